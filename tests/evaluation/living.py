"""A county over a real database whose worker is awake: it hears, and what falls due is done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.evaluation.main import service
from shared.clock import AdjustableClock
from shared.contracts.public_event import PublicEvent
from shared.eventstore import Transaction
from shared.eventstore.working import PostgresWorking
from shared.projections import Change
from tests.alive import Alive, alive, eventually
from tests.evaluation.county import County

__all__ = ["Living", "eventually", "living"]


@dataclass(slots=True, kw_only=True)
class Living:
    """People, a clock, and words that arrive."""

    county: County
    alive: Alive

    @property
    def clock(self) -> AdjustableClock:
        """Business time, as those who ask know it."""
        clock = self.alive.runtime.clock
        assert isinstance(clock, AdjustableClock)
        return clock

    @property
    def working(self) -> PostgresWorking:
        """What the worker reads."""
        return self.alive.working

    async def hear(self, *words: PublicEvent) -> None:
        """Somebody says this, and it has been heard."""
        await self.alive.hear(*words)

    async def log(self, *changes: Change) -> None:
        """These rows are in the read models."""
        await self.alive.store.commit(Transaction(changes=list(changes)))

    async def until_it_is(self, path: str, **columns: object) -> dict[str, Any]:
        """Wait until a thing is shown like this."""
        shown: dict[str, Any] = {}

        async def looks() -> bool:
            shown.update(await self.county.read(path))
            return {name: shown[name] for name in columns} == columns

        await eventually(looks)
        return shown


@asynccontextmanager
async def living(url: str, start: datetime) -> AsyncIterator[Living]:
    """Serve and work until the story is told."""
    async with alive(service, url, start, nats_url="nats://127.0.0.1:9") as world:
        assert world.runtime.store is not None
        county = County(world.client, world.tokens, world.runtime.store)
        yield Living(county=county, alive=world)
