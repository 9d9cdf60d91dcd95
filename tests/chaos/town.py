"""A town of two tiny services on two small databases: jars tell, banks listen and book.

The kernel is the real one; only the bus is kept in memory, so that a test takes a second. What
runs is journaled like the load on the whole system, and judged by the same judge.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncpg

from shared.bus.memory import MemoryBus
from shared.eventstore.connections import Pool, open_pool
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.working import PostgresWorking
from shared.inbox import Inbox
from shared.manifest import Service
from shared.relay import Relay
from shared.worker import Worker
from tests.chaos.journal import Journal
from tests.chaos.judge.effects import check_effects, read_journal
from tests.chaos.judge.feed import check_feed
from tests.chaos.judge.hearing import check_heard
from tests.chaos.judge.ledger import check_ledger
from tests.chaos.judge.store import Store, read_store, read_sums
from tests.chaos.judge.sums import check_intake
from tests.chaos.judge.verdict import Verdict
from tests.shared.banks import banks, jars
from tests.shared.counters import PutCoins, ask
from tests.shared.worlds import worker

COMMANDS: Final = 60
CLIENTS: Final = 8
ATTEMPTS_MAX: Final = 60
FIRST_FEN: Final = 101
GONE: Final = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)

type Intake = Callable[[str], int]


def exactly(yuan: str) -> int:
    """An amount as whole fen."""
    whole, _, cents = yuan.partition(".")
    return int(whole) * 100 + int(cents)


@dataclass(slots=True)
class Side:
    """One service of the town. `restart` is what follows a crash: nothing is remembered."""

    service: Service
    url: str
    pool: Pool
    store: PostgresStore
    worker: Worker = field(init=False)

    def __post_init__(self) -> None:
        """Start."""
        self.restart()

    def restart(self) -> None:
        """A new process over the same database."""
        self.worker = worker(self.service, self.store, PostgresWorking(self.pool))

    async def number(self) -> None:
        """Give numbers to everything that was committed."""
        while (await self.store.sequence()).taken:
            pass


@dataclass(slots=True)
class Town:
    """Both services, the bus between them, and what was asked of them."""

    jars: Side
    banks: Side
    journal: Journal
    bus: MemoryBus

    async def live(self, *, intake: Intake = exactly) -> None:
        """Some concurrent load with crashes in between, then everything comes to rest."""
        numbers = list(range(COMMANDS))

        async def client() -> None:
            while numbers:
                await self.put(numbers.pop(0), intake)

        await asyncio.gather(*(client() for _ in range(CLIENTS)))
        await self.rest()

    async def put(self, number: int, intake: Intake = exactly) -> None:
        """One command, asked again with its key until it is answered."""
        key, fen = f"chaos-{number}", FIRST_FEN + 7 * number
        command = PutCoins(jar_id=key, coins=intake(f"{fen // 100}.{fen % 100:02d}"))
        self.journal.note("invoke", key, service="jars", mark=f"jar-{key}/CoinsPut", fen=fen)
        for _ in range(ATTEMPTS_MAX):
            handling = self.jars.worker.desk.handling
            try:
                await handling.handle(ask(command, key=key))
            except GONE:
                self.journal.note("info", key)
                self.jars.restart()
                continue
            self.journal.note("ok", key, answer=key)
            return

    async def rest(self) -> None:
        """Number, say, hear, until nothing moves; a crashed hearer begins anew."""
        await self.jars.number()
        while await self.relay().publish_next():
            pass
        inbox = self.inbox()
        while True:
            try:
                if not await inbox.step():
                    break
            except GONE:
                self.banks.restart()
                inbox = self.inbox()
        await self.banks.number()

    def relay(self) -> Relay:
        """A relay of the jars, as after a restart."""
        return Relay(self.jars.store, self.bus, "jars")

    def inbox(self) -> Inbox:
        """The ear of the banks, as after a restart."""
        desk, understanding = self.banks.worker.desk, self.banks.worker.understanding
        return Inbox(desk, understanding, "jars", self.bus.ear("jars", "banks"))

    async def judged(self) -> Verdict:
        """What the judge says of all of it."""
        verdict = Verdict()
        stores = {
            "jars": await read_store("jars", self.jars.url),
            "banks": await read_store("banks", self.banks.url),
        }
        for store in stores.values():
            check_ledger(store, verdict)
        feed = self.bus.feeds["jars"]
        check_feed(
            stores["jars"], [(n, w.body) for n, w in enumerate(feed.words, feed.first)], verdict
        )
        check_heard(stores, {"banks": ["jars"]}, verdict)
        asked = read_journal(self.journal.path, verdict)
        check_effects(asked, stores, verdict)
        check_intake(asked, stores["jars"], verdict)
        told, mirrored = (_coins(store) for store in stores.values())
        books = await read_sums(self.banks.url, "SELECT jar, coins FROM books")
        verdict.compare("projection", "books", told, books)
        verdict.compare("projection", "mirrors", told, mirrored)
        return verdict


def _coins(store: Store) -> Counter[str]:
    """What went into each jar, by the events."""
    found: Counter[str] = Counter()
    for stream, name, data in store.told():
        found[stream] += data["coins"] if name == "CoinsPut" else 0
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which parts of the town are built; each may be a saboteur's."""

    jars_store: type[PostgresStore] = PostgresStore
    banks_store: type[PostgresStore] = PostgresStore
    bus: type[MemoryBus] = MemoryBus


@asynccontextmanager
async def town(plan: Plan, jars_url: str, banks_url: str, folder: Path) -> AsyncIterator[Town]:
    """A town over two databases that have the kernel's tables."""
    async with AsyncExitStack() as stack:
        sides = []
        for service, url, kind in (
            (jars, jars_url, plan.jars_store),
            (banks, banks_url, plan.banks_store),
        ):
            pool = await open_pool(url)
            stack.push_async_callback(pool.close)
            store = kind(pool)
            stack.push_async_callback(store.settle)
            sides.append(Side(service, url, pool, store))
        bus = plan.bus(patience=0.01)
        journal = Journal(folder / "journal.jsonl")
        stack.callback(journal.close)
        yield Town(sides[0], sides[1], journal, bus)
