"""A county over a real database whose worker is awake: it hears, and what falls due is done."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from services.evaluation.main import service
from services.evaluation.settings import EvaluationSettings
from shared import migrations
from shared.bus import Bus
from shared.bus.memory import MemoryBus
from shared.clock import AdjustableClock
from shared.contracts.envelope import say, subject_of
from shared.contracts.public_event import PublicEvent
from shared.eventstore import SaidWord, Transaction
from shared.eventstore.hashes import word_hash
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.working import PostgresWorking
from shared.http.app import create_app
from shared.projections import Change
from shared.testing.projection_spec import recorded
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from shared.worker import Worker
from tests.evaluation.county import County

PATIENCE = 20


@dataclass(slots=True, kw_only=True)
class Living:
    """People, a clock, and words that arrive."""

    county: County
    clock: AdjustableClock
    bus: MemoryBus
    store: PostgresStore
    working: PostgresWorking
    said: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def hear(self, *words: PublicEvent) -> None:
        """Somebody says this, and it has been heard."""
        for word in words:
            self.said[word.producer] += 1
            number = self.said[word.producer]
            (told,) = recorded(f"word-{number}", word, at=self.clock.now())
            body = say(word, told)
            said = SaidWord(number, subject_of(word), word.event_type(), body, word_hash(body))
            await self.bus.publish(word.producer, [said])
        for producer, number in self.said.items():
            await eventually(self._cursor(producer, number))

    def _cursor(self, producer: str, number: int) -> Callable[[], Awaitable[bool]]:
        async def reached() -> bool:
            return await self.store.cursor(f"inbox:{producer}") >= number

        return reached

    async def log(self, *changes: Change) -> None:
        """These rows are in the read models."""
        await self.store.commit(Transaction(changes=list(changes)))

    async def until_it_is(self, path: str, **columns: object) -> dict[str, Any]:
        """Wait until a thing is shown like this."""
        shown: dict[str, Any] = {}

        async def looks() -> bool:
            shown.update(await self.county.read(path))
            return {name: shown[name] for name in columns} == columns

        await eventually(looks)
        return shown


async def eventually(look: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it is so, at most twenty seconds."""
    until = time.monotonic() + PATIENCE
    while not await look():
        assert time.monotonic() < until, "it never came"
        await asyncio.sleep(0.05)


@asynccontextmanager
async def living(url: str, start: datetime) -> AsyncIterator[Living]:
    """Serve and work until the story is told."""
    await migrations.upgrade("evaluation", url)
    tokens, bus = Tokens.fresh(), MemoryBus(patience=0.02)
    for producer in ("targets", "monitoring", "disclosure", "evaluation"):
        await bus.provision(producer)
    settings = EvaluationSettings.model_validate(
        {
            "database_url": url,
            "nats_url": "nats://127.0.0.1:9",
            "issuer": ISSUER,
            "audience": AUDIENCE,
            "clock": "adjustable",
        }
    )
    async with AsyncExitStack() as stack:
        pool = await open_pool(url)
        stack.push_async_callback(pool.close)
        store, working = PostgresStore(pool), PostgresWorking(pool)
        clock = AdjustableClock(working)
        await clock.advance_to(start)
        worker = Worker(service, store=store, working=working, clock=clock)

        async def connect() -> Bus:
            return bus

        task = asyncio.create_task(worker.run(connect))
        stack.push_async_callback(_ended, task)
        app = create_app(service, settings=settings, clock=clock, keys=tokens.keys)
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://judge")
        await stack.enter_async_context(client)
        county = County(client, tokens, app.state.runtime.store)
        yield Living(
            county=county, clock=app.state.runtime.clock, bus=bus, store=store, working=working
        )
        assert not task.done(), task.exception()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
