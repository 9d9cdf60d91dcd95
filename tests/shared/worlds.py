"""A store, a bus and the loops of one service, stepped by hand or left to run."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shared.bus.memory import MemoryBus
from shared.clock import AdjustableClock
from shared.eventstore import EventStore
from shared.eventstore.memory import MemoryStore
from shared.eventstore.working import MemoryWorking, WorkingStore
from shared.inbox import Inbox
from shared.manifest import Service
from shared.relay import Relay
from shared.worker import Worker
from tests.shared.counters import PutCoins, ask


@dataclass(slots=True)
class Memory:
    """One service in memory."""

    service: Service
    bus: MemoryBus = field(default_factory=lambda: MemoryBus(patience=0.01))
    store: MemoryStore = field(default_factory=MemoryStore)
    working: MemoryWorking = field(init=False)
    worker: Worker = field(init=False)

    def __post_init__(self) -> None:
        """Put the worker together."""
        self.working = MemoryWorking(self.store)
        self.worker = worker(self.service, self.store, self.working)

    @property
    def relay(self) -> Relay:
        """A relay of its own, as after a restart."""
        return Relay(self.store, self.bus, self.service.name)

    def inbox(self, producer: str) -> Inbox:
        """An inbox of its own, as after a restart."""
        ear = self.bus.ear(producer, self.service.name)
        return Inbox(self.worker.desk, self.worker.understanding, producer, ear)

    async def say(self, *coins: int, jar: str = "a") -> None:
        """Put coins into a jar and number what was committed."""
        await put(self.worker, [(jar, one) for one in coins])
        await self.store.sequence(10_000)


def worker(service: Service, store: EventStore, working: WorkingStore) -> Worker:
    """A worker whose clock can be set forward."""
    return Worker(service, store=store, working=working, clock=AdjustableClock(working))


async def put(worker: Worker, coins: Sequence[tuple[str, int]]) -> None:
    """Coins into jars, in one transaction."""
    await worker.desk.handling.handle_all(
        [ask(PutCoins(jar_id=jar, coins=one)) for jar, one in coins]
    )


async def eventually(
    look: Callable[[], Awaitable[object]], wanted: object, seconds_max: float = 60
) -> None:
    """Wait until a look shows what is wanted."""
    until = time.monotonic() + seconds_max
    while (seen := await look()) != wanted:
        assert time.monotonic() < until, f"saw {seen!r}, wanted {wanted!r}"
        await asyncio.sleep(0.01)


def today() -> datetime:
    """The real moment."""
    return datetime.now(UTC)
