"""The town alive: both workers at work on a real bus, started again when they die, under load.

The judge reads the rows and the feed's bytes: every acknowledged command has its word in the
feed under its number, and its effect at the banks once and in the order of its jar.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import nats

from shared.bus import Bus
from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.eventstore.connections import open_pool
from shared.eventstore.postgres import PostgresStore
from shared.handling import Handling
from shared.manifest import Service
from tests.chaos.judge.feed import check_feed, read_feed
from tests.chaos.judge.hearing import check_heard
from tests.chaos.judge.ledger import check_ledger
from tests.chaos.judge.store import Store, read_store, read_sums
from tests.chaos.judge.verdict import Verdict
from tests.chaos.town import Side
from tests.shared.banks import banks, jars
from tests.shared.counters import PutCoins, ask

JARS: Final = 7
FIRST_COINS: Final = 1_000  # below lie those that break something
PAUSE_SECONDS: Final = 0.05
AGAIN_SECONDS: Final = 0.1
SECONDS_MAX: Final = 120.0  # whatever else runs on the machine; on a quiet one it is a few seconds
_MARK: Final = "SELECT position FROM es.cursor WHERE name = $1"

type Look = Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """What lives and how it reaches the bus; each part may be a saboteur's."""

    jars_url: str
    banks_url: str
    feeds: Sequence[str]
    address: Callable[[str], Address]
    jars: Service = jars
    banks: Service = banks
    replicas: int = 1
    bus: type[JetStreamBus] = JetStreamBus


@dataclass(slots=True)
class Place:
    """What lives, what was asked of it, and who died of what."""

    plan: Living
    jars: Side
    banks: Side
    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)
    handling: Handling | None = None
    """Whoever takes commands, where that is another process than the worker."""
    _asked: int = 0
    _at_work: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def start(self, *sides: Side) -> None:
        """Let them work; who dies is started again, as a supervisor does."""
        for side in sides:
            task = asyncio.create_task(_kept_alive(side, self.plan, self.deaths))
            self._at_work[side.service.name] = task

    async def stop(self, *sides: Side) -> None:
        """No more of these, in the middle of whatever they do."""
        tasks = [self._at_work.pop(side.service.name) for side in sides]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for side in sides:
            side.restart()

    async def leave(self) -> None:
        """Everybody stops."""
        await self.stop(*(one for one in (self.jars, self.banks)
                          if one.service.name in self._at_work))  # fmt: skip

    async def put(self, *coins: int, jar: str | None = None) -> None:
        """One command after the other, each answered before the next; other jars by turns."""
        for one in coins:
            name = jar or f"j{one % JARS}"
            handling = self.handling or self.jars.worker.desk.handling
            await handling.handle(ask(PutCoins(jar_id=name, coins=one)))
            self.acknowledged.append((f"jar-{name}", one))

    async def put_some(self, count: int, clients: int = 4) -> None:
        """So many commands, by several people at once."""
        numbers = [FIRST_COINS + self._asked + n for n in range(count)]
        self._asked += count
        numbers.reverse()

        async def client() -> None:
            while numbers:
                await self.put(numbers.pop())

        await asyncio.gather(*(client() for _ in range(clients)))

    @asynccontextmanager
    async def loaded(self, pause: float = 0.02) -> AsyncIterator[None]:
        """Commands all the while, one at a time."""
        going = True

        async def client() -> None:
            while going:
                await self.put_some(1, 1)
                await asyncio.sleep(pause)

        task = asyncio.create_task(client())
        try:
            yield
        finally:
            going = False
            await task

    async def value(self, side: Side, query: str) -> int:
        """One number out of a database."""
        return int(await side.pool.fetchval(query) or 0)

    async def said(self) -> int:
        """How many words were said and numbered; all, when nothing waits for its number."""
        unnumbered = "SELECT -count(*) FROM es.unsequenced"
        await self.until(lambda: self.value(self.jars, unnumbered), 0, SECONDS_MAX)
        return await self.value(self.jars, "SELECT words FROM es.head")

    async def heard(self) -> int:
        """How far the banks have heard the jars."""
        return await self.value(
            self.banks, "SELECT position FROM es.cursor WHERE name = 'inbox:jars'"
        )

    async def fed(self) -> int:
        """Where the feed ends, by whoever answers; -1 when nobody does."""
        with suppress(OSError, nats.errors.Error, nats.js.errors.Error, TimeoutError):
            client = await nats.connect(
                list(self.plan.feeds), connect_timeout=2, allow_reconnect=False, error_cb=_unheard
            )
            try:
                return (await client.jetstream(timeout=2).stream_info("JARS")).state.last_seq
            finally:
                await client.close()
        return -1

    async def fed_soundly(self) -> int:
        """The last word in the feed before a missing one; -1 when nobody answers."""
        with suppress(OSError, nats.errors.Error, nats.js.errors.Error, TimeoutError):
            client = await nats.connect(list(self.plan.feeds), error_cb=_unheard)
            try:
                found = [number for number, _ in await read_feed(client, "JARS")]
            finally:
                await client.close()
            return next((n for n in range(len(found)) if found[n] != n + 1), len(found))
        return -1

    async def heard_all(self, seconds_max: float = SECONDS_MAX) -> float:
        """Wait until everything that was said was heard; how long that took."""
        return await self.until(self.heard, await self.said(), seconds_max)

    async def fed_all(self, seconds_max: float = SECONDS_MAX) -> float:
        """Wait until everything that was said lies in the feed; how long that took."""
        return await self.until(self.fed, await self.said(), seconds_max)

    async def until(self, look: Look, wanted: int, seconds_max: float = SECONDS_MAX) -> float:
        """Wait until a look shows a number, or more; how long that took."""
        began = time.monotonic()
        while (seen := await look()) < wanted:
            took = time.monotonic() - began
            assert took < seconds_max, f"saw {seen}, wanted {wanted} for {took:.0f} s"
            await asyncio.sleep(PAUSE_SECONDS)
        return time.monotonic() - began

    async def marked(self, name: str, wanted: int, seconds_max: float = SECONDS_MAX) -> float:
        """Wait until the banks' heartbeat has written a number, or more; how long that took."""

        async def look() -> int:
            found = await self.banks.pool.fetchval(_MARK, name)
            return -1 if found is None else int(found)

        return await self.until(look, wanted, seconds_max)

    async def judged(self, worth: Callable[[int], int | None] = int) -> Verdict:
        """What the judge says, reading rows and bytes only.

        `worth` is what the banks have to book for so many coins; nothing, where they pass it by.
        """
        verdict = Verdict()
        stores = {
            "jars": await read_store("jars", self.jars.url),
            "banks": await read_store("banks", self.banks.url),
        }
        for store in stores.values():
            check_ledger(store, verdict)
        client = await nats.connect(list(self.plan.feeds), error_cb=_unheard)
        try:
            check_feed(stores["jars"], await read_feed(client, "JARS"), verdict)
        finally:
            await client.close()
        check_heard(stores, {"banks": ["jars"]}, verdict)
        told, mirrored = _told(stores["jars"]), _told(stores["banks"])
        _check_acknowledged(self.acknowledged, told, verdict)
        told = {jar: known for jar, coins in told.items()
                if (known := [one for one in coins if worth(one) is not None])}  # fmt: skip
        for jar in sorted(told.keys() | mirrored.keys()):
            if told.get(jar) != mirrored.get(jar):
                verdict.wrong("order", f"{jar}: {mirrored.get(jar)} of {told.get(jar)}")
        coins = await read_sums(self.banks.url, "SELECT jar, coins FROM books")
        verdict.compare(
            "projection",
            "coins",
            {jar: sum(worth(one) or 0 for one in all_) for jar, all_ in told.items()},
            coins,
        )
        words = await read_sums(self.banks.url, "SELECT jar, words FROM books")
        verdict.compare(
            "projection", "words", {jar: len(all_) for jar, all_ in told.items()}, words
        )
        return verdict


def _told(store: Store) -> Mapping[str, list[int]]:
    """What went into each jar, in the order of its versions."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    versions = [row["version"] for row in store.events]
    for version, (stream, name, data) in zip(versions, store.told(), strict=True):
        if name == "CoinsPut":
            found[stream].append((version, data["coins"]))
    return {jar: [coins for _, coins in sorted(puts)] for jar, puts in found.items()}


def _check_acknowledged(
    acknowledged: Sequence[tuple[str, int]], told: Mapping[str, list[int]], verdict: Verdict
) -> None:
    verdict.seen["acknowledged"] += len(acknowledged)
    for jar, coins in acknowledged:
        times = told.get(jar, []).count(coins)
        if times != 1:
            verdict.wrong("lost" if times == 0 else "doubled", f"{jar} {coins}: {times} times")


async def _unheard(_error: Exception) -> None:
    """What the client complains of while servers come and go."""


@asynccontextmanager
async def living(plan: Living) -> AsyncIterator[Place]:
    """Both services at work, until the end."""
    async with AsyncExitStack() as stack:
        sides = []
        for service, url in ((plan.jars, plan.jars_url), (plan.banks, plan.banks_url)):
            pool = await open_pool(url)
            stack.push_async_callback(pool.close)
            store = PostgresStore(pool)
            stack.push_async_callback(store.settle)
            sides.append(Side(service, url, pool, store))
        place = Place(plan, sides[0], sides[1])
        stack.push_async_callback(place.leave)
        place.start(*sides)
        yield place


async def _kept_alive(side: Side, plan: Living, deaths: list[str]) -> None:
    while True:
        buses: list[Bus] = []

        async def connect(buses: list[Bus] = buses) -> Bus:
            address = plan.address(f"{side.service.name}-worker")
            bus = await plan.bus.connect(address, replicas=plan.replicas)
            buses.append(bus)
            return bus

        try:
            await side.worker.run(connect)
        except Exception as end:  # noqa: BLE001 - whatever it is, it is started again
            deaths.append(f"{side.service.name}: {end!r} {getattr(end, 'exceptions', '')}")
            await asyncio.sleep(AGAIN_SECONDS)
            side.restart()
        finally:
            for bus in buses:
                await bus.close()
