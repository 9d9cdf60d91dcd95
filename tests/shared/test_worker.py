"""Workers at work: what one service commits, another has, whatever is killed in between."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg
import pytest
from msgspec.structs import replace

from shared import worker as kernel
from shared.asking import Ask
from shared.bus import Bus
from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.clock import AdjustableClock, ClockWouldGoBack
from shared.embedded import Nats, Postgres
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.working import PostgresWorking
from shared.manifest import Service
from shared.testing.servers import as_template, fresh_database
from shared.worker import Worker, leading
from tests.shared.banks import UNFOLDABLE, Books, Totals, banks, install, jars
from tests.shared.counters import Jar, OpenJar, PutCoins, ask
from tests.shared.worlds import Memory, eventually, put, today, worker


def asked(command: object, now: datetime) -> Ask:
    """A request at a moment of business time."""
    return replace(ask(command), now=now)


@asynccontextmanager
async def working(worker: Worker, connect: Callable[[], Awaitable[Bus]]) -> AsyncIterator[None]:
    """Let a worker work; what takes it down is raised."""
    task = asyncio.create_task(worker.run(connect))
    try:
        yield
    finally:
        if not task.done():
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_in_memory_a_word_goes_all_the_way() -> None:
    speaking = Memory(jars)
    hearing = Memory(banks, bus=speaking.bus)

    async def bus() -> Bus:
        return speaking.bus

    async with working(speaking.worker, bus), working(hearing.worker, bus):
        await put(speaking.worker, [("a", 2), ("a", 3), ("b", 4)])

        async def books() -> list[dict[str, object]]:
            return hearing.store.rows(Books)

        await eventually(
            books,
            [{"jar": "jar-a", "coins": 5, "words": 2}, {"jar": "jar-b", "coins": 4, "words": 1}],
        )

        async def totals() -> list[dict[str, object]]:
            return speaking.store.rows(Totals)

        await eventually(totals, [{"unit": "u1", "coins": 9, "events": 3}])
    assert speaking.working.marks["worker:bus"] == 1


async def test_a_feed_ahead_of_its_store_is_told_by_the_heartbeat() -> None:
    lost = Memory(jars)
    await lost.say(1, 2, 3)
    while await lost.relay.publish_next():
        pass
    restored = Memory(jars, bus=lost.bus)

    async def bus() -> Bus:
        return lost.bus

    async def halted() -> int:
        return restored.working.marks.get("worker:halted", 0)

    async with working(restored.worker, bus):
        await eventually(halted, 1)
    assert len(lost.bus.feeds["jars"].words) == 3


async def test_an_event_that_cannot_be_folded_parks_its_stream_only() -> None:
    world = Memory(jars)
    await world.say(1, UNFOLDABLE, 2)
    await world.say(7, jar="b")
    readers = world.worker.watched

    async def bus() -> Bus:
        return world.bus

    async def totals() -> list[dict[str, object]]:
        return world.store.rows(Totals)

    async with working(world.worker, bus):
        await eventually(totals, [{"unit": "u1", "coins": 8, "events": 2}])
    assert [(one.reader, one.number) for one in world.store.parked] == [
        ("totals", 2),
        ("totals", 3),
    ]
    assert readers.readers[0].cursor == 4


async def test_deadlines_fall_due_when_the_clock_passes_them_once_each() -> None:
    world = Memory(jars)
    clock = world.worker.desk.clock
    assert isinstance(clock, AdjustableClock)
    now = clock.now()
    names = [f"j{number}" for number in range(600)]
    handling = world.worker.desk.handling
    await handling.handle_all([asked(OpenJar(jar_id=name), now) for name in names])
    await handling.handle_all([asked(PutCoins(jar_id="j7", coins=5), now)])
    assert len(world.store.deadlines) == 599

    async def bus() -> Bus:
        return world.bus

    async def left() -> int:
        return len(world.store.deadlines)

    async with working(world.worker, bus):
        await asyncio.sleep(0.4)
        assert await left() == 599
        await clock.advance_to(today() + timedelta(days=2))
        await eventually(left, 0)
    events = [entry.event for entry in await world.store.read_ledger(0, 5_000)]
    assert sum(event.name == "CoinsPut" for event in events) == 600
    with pytest.raises(ClockWouldGoBack):
        await clock.advance_to(today())


async def test_a_deadline_that_is_refused_or_breaks_is_parked_and_holds_nobody_up() -> None:
    world = Memory(jars)
    clock = world.worker.desk.clock
    assert isinstance(clock, AdjustableClock)
    names = ["bad", "fine", "worse", "wrong"]
    await world.worker.desk.handling.handle_all(
        [asked(OpenJar(jar_id=name), clock.now()) for name in names]
    )
    await clock.advance_to(today() + timedelta(days=2))

    async def bus() -> Bus:
        return world.bus

    async def left() -> int:
        return len(world.store.deadlines)

    async with working(world.worker, bus):
        await eventually(left, 0)
    assert sorted(one.subject for one in world.store.parked) == [
        "look:bad",
        "look:worse",
        "look:wrong",
    ]
    assert (await world.store.load({"jar-fine": 0})).streams["jar-fine"].events[-1].version == 2


async def test_a_deadline_may_look_at_the_read_models_before_it_says_what_to_do() -> None:
    world = Memory(jars)
    clock = world.worker.desk.clock
    assert isinstance(clock, AdjustableClock)
    await world.worker.desk.handling.handle_all(
        [asked(OpenJar(jar_id=name), clock.now()) for name in ("looks", "loses")]
    )
    await clock.advance_to(today() + timedelta(days=2))

    async def bus() -> Bus:
        return world.bus

    async def left() -> int:
        return len(world.store.deadlines)

    async with working(world.worker, bus):
        await eventually(left, 0)
    states = await world.worker.desk.handling.states(["jar-looks", "jar-loses"])
    looked, lost = states["jar-looks"], states["jar-loses"]
    assert isinstance(looked, Jar)
    assert isinstance(lost, Jar)
    assert (looked.coins, lost.coins) == (2, 0)
    assert [one.subject for one in world.store.parked] == ["look:loses"]


@dataclass(slots=True)
class Real:
    """One service on PostgreSQL and NATS."""

    url: str
    pool: asyncpg.Pool
    worker: Worker
    connect: Callable[[], Awaitable[Bus]]

    async def value(self, query: str) -> object:
        """One value out of the database."""
        return await self.pool.fetchval(query)


@pytest.fixture
def urls(postgres: Postgres) -> Iterator[tuple[str, str]]:
    """Two databases with the kernel's tables and the books."""
    template = as_template(postgres, "banks_v1", lambda url: asyncio.run(install(url)))
    with fresh_database(postgres, template) as one, fresh_database(postgres, template) as other:
        yield one, other


@asynccontextmanager
async def real(service: Service, url: str, nats: Nats) -> AsyncIterator[Real]:
    """The service, not yet working."""
    pool = await open_pool(url)
    store = PostgresStore(pool)
    buses: list[Bus] = []

    async def connect() -> Bus:
        bus = await JetStreamBus.connect(
            Address(url=nats.url, name=service.name, monitoring_url=nats.monitoring_url)
        )
        buses.append(bus)
        return bus

    yield Real(url, pool, worker(service, store, PostgresWorking(pool)), connect)
    for bus in buses:
        await bus.close()
    await store.settle()
    await pool.close()


async def test_every_word_arrives_once_although_nats_is_killed_and_emptied(
    urls: tuple[str, str], nats: Nats
) -> None:
    async with real(jars, urls[0], nats) as speaking, real(banks, urls[1], nats) as hearing:
        async with (
            working(speaking.worker, speaking.connect),
            working(hearing.worker, hearing.connect),
        ):
            for round_ in range(10):
                await put(speaking.worker, [(f"j{n % 20}", 1) for n in range(200)])
                if round_ == 3:
                    nats.kill()
                    nats.start()
                if round_ == 6:
                    bus = await speaking.connect()
                    await bus.forget("jars")

            async def heard() -> object:
                return await hearing.value("SELECT sum(words) FROM books")

            await eventually(heard, 2_000, 60)
        assert await hearing.value("SELECT sum(coins) FROM books") == 2_000
        assert await hearing.value("SELECT count(*) FROM es.event WHERE name = 'CoinsPut'") == 2_000
        assert await hearing.value("SELECT count(*) FROM es.parked") == 0
        assert await speaking.value("SELECT sum(events) FROM totals") == 2_000


async def test_a_worker_that_is_cancelled_at_any_moment_has_one_effect(
    urls: tuple[str, str], nats: Nats
) -> None:
    async with real(jars, urls[0], nats) as speaking, working(speaking.worker, speaking.connect):
        await put(speaking.worker, [(f"j{n % 50}", 1) for n in range(3_000)])
        for pause in (0.05, 0.2, 0.11, 0.3, 0.07):
            hearing_once = real(banks, urls[1], nats)
            async with hearing_once as once, working(once.worker, once.connect):
                await asyncio.sleep(pause)
        async with real(banks, urls[1], nats) as hearing:
            async with working(hearing.worker, hearing.connect):

                async def heard() -> object:
                    return await hearing.value("SELECT sum(words) FROM books")

                await eventually(heard, 3_000, 60)
            assert await hearing.value("SELECT count(*) FROM es.heard") == 3_000
            assert await hearing.value("SELECT sum(coins) FROM books") == 3_000


async def test_deadlines_and_the_clock_lie_in_the_database(
    urls: tuple[str, str], nats: Nats
) -> None:
    async with real(jars, urls[0], nats) as jar:
        now = jar.worker.desk.clock.now()
        asks = [asked(OpenJar(jar_id=f"j{n}"), now) for n in range(300)]
        await jar.worker.desk.handling.handle_all(asks)
        other = AdjustableClock(PostgresWorking(jar.pool))
        async with working(jar.worker, jar.connect):

            async def left() -> object:
                return await jar.value("SELECT count(*) FROM es.deadline")

            assert await left() == 300
            await other.advance_to(today() + timedelta(days=3))
            await eventually(left, 0)
        counted = "SELECT count(*) FROM es.event WHERE name = 'CoinsPut'"
        assert await jar.value(counted) == 300
        assert await jar.value("SELECT count(*) FROM es.command WHERE key LIKE 'deadline:%'") == 300


async def test_the_heartbeat_says_how_the_worker_feels(urls: tuple[str, str], nats: Nats) -> None:
    async with real(jars, urls[0], nats) as jar, working(jar.worker, jar.connect):
        mark = "SELECT position FROM es.cursor WHERE name = '{}'".format

        async def bus() -> object:
            return await jar.value(mark("worker:bus"))

        await eventually(bus, 1)
        beat = await jar.value(mark("worker:beat_ms"))
        assert isinstance(beat, int)
        assert abs(time.time() * 1_000 - beat) < 5_000
        assert await jar.value(mark("worker:stopped")) == 0
        nats.kill()
        await eventually(bus, 0)
        nats.start()
        await eventually(bus, 1)


async def test_one_worker_leads_and_the_next_one_follows(urls: tuple[str, str]) -> None:
    order: list[str] = []

    async def lead(name: str, until: asyncio.Event) -> None:
        async with leading(urls[0]):
            order.append(name)
            await until.wait()

    first_may_go, second_may_go = asyncio.Event(), asyncio.Event()
    second_may_go.set()
    first = asyncio.create_task(lead("first", first_may_go))

    async def led() -> int:
        return len(order)

    await eventually(led, 1)
    second = asyncio.create_task(lead("second", second_may_go))
    await asyncio.sleep(0.3)
    assert order == ["first"]
    first_may_go.set()
    await asyncio.gather(first, second)
    assert order == ["first", "second"]


async def test_a_worker_that_lost_its_lead_ends_even_if_a_loop_will_not(
    urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, stays = asyncio.Event(), asyncio.Event()
    monkeypatch.setattr(kernel, "END_SECONDS_MAX", 0.05)
    monkeypatch.setattr(kernel, "_end_at_once", ended.set)

    async def lead(*, stubborn: bool) -> None:
        async with leading(urls[0]):
            try:
                await end_the_leader(urls[0])
                await stays.wait()
            except asyncio.CancelledError:
                if not stubborn:
                    raise
                await asyncio.wait_for(ended.wait(), 20)

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(lead(stubborn=False))
    await asyncio.sleep(0.2)
    assert not ended.is_set(), "whoever ends in time is let go"
    await asyncio.create_task(lead(stubborn=True))
    assert ended.is_set()


async def end_the_leader(url: str) -> None:
    """As an administrator would, or a failover."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks "
            "WHERE locktype = 'advisory' AND objid = $1::bigint::oid AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            kernel.LOCK,
        )
    finally:
        await connection.close()
