"""Two real services with all their processes, which come and go, over what lasts."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from shared.asking import Answer, Ask
from shared.bus import Bus
from shared.bus.memory import MemoryBus
from shared.eventstore.memory import MemoryStore
from shared.eventstore.working import MemoryWorking
from shared.handling import Handling
from shared.manifest import Service
from shared.worker import Worker
from tests.simulation.faults import BusLine, StoreLine, Trouble

APIS: Final = 2
HOURS_PER_SECOND: Final = 2
SKEW_SECONDS: Final = 3_600
AWAY_SECONDS: Final = 2.0
DAYS_MAX: Final = 10
SERVICES: Final = ("targets", "monitoring")


@dataclass(slots=True)
class Calendar:
    """Business time: it runs with the loop, and now and then jumps forward."""

    began: datetime
    jumped: timedelta = timedelta()

    def now(self) -> datetime:
        """What a right clock says."""
        hours = asyncio.get_running_loop().time() * HOURS_PER_SECOND
        return self.began + self.jumped + timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class SkewedClock:
    """The clock of one process, which goes wrong."""

    calendar: Calendar
    skew: timedelta

    def now(self) -> datetime:
        """What this process believes."""
        return self.calendar.now() + self.skew


@dataclass(slots=True)
class Premises:
    """One service: its store, its api processes and its workers."""

    service: Service
    store: MemoryStore
    bus: MemoryBus
    calendar: Calendar
    trouble: Trouble
    apis: list[tuple[StoreLine, Handling]] = field(default_factory=list)
    workers: list[asyncio.Task[None]] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)

    def open(self) -> None:
        """Every process begins."""
        for _ in range(APIS):
            self._begin_api()
        self.begin_worker()

    def _begin_api(self) -> None:
        line = StoreLine(self.store, self.trouble)
        bus = BusLine(self.bus, self.trouble)

        async def committed() -> None:
            await bus.ring(self.service.name)

        self.apis.append((line, Handling(self.service.aggregates, line, committed=committed)))

    def kill_api(self) -> None:
        """One of them dies in the middle of what it does, and another begins."""
        line, _ = self.apis.pop(self.trouble.chance.randrange(len(self.apis)))
        line.dead = True
        self._begin_api()

    def begin_worker(self) -> None:
        """A worker that supposes to be the only one."""
        skew = timedelta(seconds=self.trouble.chance.uniform(-SKEW_SECONDS, SKEW_SECONDS))
        self.workers.append(asyncio.create_task(self._supervised(SkewedClock(self.calendar, skew))))

    async def _supervised(self, clock: SkewedClock) -> None:
        """Started again whenever it fails, as a supervisor does."""
        while True:
            worker = Worker(
                self.service,
                store=StoreLine(self.store, self.trouble),
                working=MemoryWorking(self.store),
                clock=clock,
            )
            try:
                await worker.run(self._connect)
            except Exception as failure:  # noqa: BLE001 - whatever it is, the judge hears of it
                self.defects.append(f"{self.service.name}: {failure!r}")
                await asyncio.sleep(1)

    async def _connect(self) -> Bus:
        return BusLine(self.bus, self.trouble)

    async def kill_worker(self) -> None:
        """Its tasks end wherever they are; the next one begins, sometimes beside an old one."""
        for worker in self.workers:
            worker.cancel()
        await asyncio.gather(*self.workers, return_exceptions=True)
        self.workers.clear()
        self.begin_worker()

    async def ask(self, ask: Ask) -> Answer:
        """Ask one of the api processes, once; an answer may stay away."""
        _, api = self.trouble.chance.choice(self.apis)
        async with asyncio.timeout(AWAY_SECONDS):
            return await api.handle(ask)

    async def close(self) -> None:
        """Every process ends."""
        for line, _ in self.apis:
            line.dead = True
        for worker in self.workers:
            worker.cancel()
        await asyncio.gather(*self.workers, return_exceptions=True)

    async def state(self, stream: str) -> Any:  # noqa: ANN401 - whatever its decider folds to
        """What a stream comes to, read from the store alone."""
        loaded = await self.store.load({stream: 0}, snapshots=False)
        return self.service.aggregates.restore(stream, loaded).state


@dataclass(slots=True)
class County:
    """Both services, the bus between them, and whatever befalls them."""

    premises: Mapping[str, Premises]
    bus: MemoryBus
    calendar: Calendar
    trouble: Trouble

    async def befall(self) -> None:
        """Misfortune after misfortune, until it is cancelled."""
        chance = self.trouble.chance
        while True:
            await asyncio.sleep(chance.expovariate(1.5))
            await self._one(chance.choice(list(self.premises.values())))

    async def _one(self, victim: Premises) -> None:
        chance, name = self.trouble.chance, victim.service.name
        kinds = ("worker", "worker", "api", "second worker", "outage", "days", "tail", "feed")
        kind = chance.choice(kinds)
        self.trouble.done[kind] += 1
        match kind:
            case "worker":
                await victim.kill_worker()
            case "api":
                victim.kill_api()
            case "second worker":
                victim.begin_worker()
            case "outage":
                self.bus.available = False
                await asyncio.sleep(chance.uniform(0.1, 2))
                self.bus.available = True
            case "days":
                self.calendar.jumped += timedelta(days=chance.uniform(0, DAYS_MAX))
            case "tail" if name in self.bus.feeds and self.bus.feeds[name].words:
                self.bus.lose_tail(name, chance.randint(1, 3))
            case "feed":
                await self.bus.forget(name)
            case _:
                self.trouble.done[kind] -= 1  # there was nothing to lose

    def pardon(self) -> None:
        """All faults stop: from now on everything must come right by itself."""
        self.trouble.over = True
        self.bus.available = True

    async def close(self) -> None:
        """Everybody goes home."""
        for one in self.premises.values():
            await one.close()
