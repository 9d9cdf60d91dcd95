"""How long after a commit another process has it: through sequencer, relay, JetStream, inbox.

Two workers run as processes of their own. We commit as an api does, ring the producer's
worker, and are told by the hearer's database when its read model has been committed. The
limit is the least that anybody must do: one INSERT, one message that is flushed, one INSERT.
"""

import asyncio
import time
from bisect import bisect_left
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg
import nats

from shared.bus.poke import poking
from shared.contracts.envelope import envelope
from shared.eventstore.postgres import PostgresStore
from shared.handling import Handling
from shared.inbox import inbox_cursor
from shared.testing.servers import delete_all_streams
from tests.bench.bare_ear import CHANNEL, SUBJECT
from tests.bench.cast import jars
from tests.bench.ground import BODY_BYTES, ROUNDS, Ground, stored
from tests.bench.table import Row, at_most
from tests.shared.counters import PutCoins, ask

PER_SECOND: Final = 500
SECONDS: Final = 3.0
WARM_SECONDS: Final = 1.0
ARRIVE_SECONDS_MAX: Final = 60.0
SHARES: Final = (0.5, 0.99)
# The hearer's cursor moves in the transaction of its rows; who listens is told after the commit.
_TELL: Final = f"""
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('{CHANNEL}', NEW.position::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER UPDATE ON es.cursor FOR EACH ROW
  WHEN (NEW.name = '{inbox_cursor("jars")}') EXECUTE FUNCTION tell();
"""

type Say = Callable[[int], Awaitable[object]]
type Measured = Callable[[float], Awaitable[Sequence[float]]]


class Arrivals:
    """What a hearer's database told us, and when."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._numbers: list[int] = []
        self._moments: list[float] = []
        self._changed = asyncio.Event()

    def note(self, *told: object) -> None:
        """A notification: everything up to its number is there."""
        last = self._numbers[-1] if self._numbers else 0
        self._numbers.append(max(last, int(str(told[-1]))))
        self._moments.append(time.perf_counter())
        self._changed.set()

    async def reach(self, number: int) -> None:
        """Wait until a number is there."""
        async with asyncio.timeout(ARRIVE_SECONDS_MAX):
            while not self._numbers or self._numbers[-1] < number:
                self._changed.clear()
                await self._changed.wait()

    def moment(self, number: int) -> float:
        """When a number was there."""
        return self._moments[bisect_left(self._numbers, number)]


async def measure(ground: Ground) -> list[Row]:
    """A row for the median and one for the slowest hundredth."""
    await delete_all_streams(ground.nats)
    with ground.database() as said, ground.database() as heard:
        async with AsyncExitStack() as stack:
            bare = await stack.enter_async_context(_bare(ground, said))
            ours = await stack.enter_async_context(_ours(ground, said, heard))
            for one in (bare, ours):
                await one(WARM_SECONDS)
            rounds = [(await ours(SECONDS), await bare(SECONDS)) for _ in range(ROUNDS)]
    return [
        Row(
            measure=f"commit → another process has it, p{part * 100:.0f} at {PER_SECOND}/s",
            unit="ms",
            ours=[_percentile(own, part) for own, _ in rounds],
            limit=[_percentile(raw, part) for _, raw in rounds],
            budget=at_most(most, "ms"),
        )
        for part, most in zip(SHARES, (3, 10), strict=True)
    ]


@asynccontextmanager
async def _ours(ground: Ground, said: str, heard: str) -> AsyncIterator[Measured]:
    """Both workers. What is yielded measures for a while: the seconds that each word took."""
    async with AsyncExitStack() as stack:
        arrivals = await stack.enter_async_context(_told(heard, _TELL))
        stack.enter_context(ground.process("tests.bench.working", "jars", JARS_DATABASE_URL=said))
        stack.enter_context(
            ground.process("tests.bench.working", "banks", BANKS_DATABASE_URL=heard)
        )
        _, store = await stack.enter_async_context(stored(said))
        poke = await stack.enter_async_context(poking(ground.address("jars-api"), "jars"))
        handling = Handling(jars.aggregates, store, committed=poke)
        done = 0

        async def measured(seconds: float) -> Sequence[float]:
            nonlocal done

            async def say(number: int) -> None:
                await handling.handle(ask(PutCoins(jar_id=f"t{number}", coins=1)))

            first = done
            acknowledged = await _paced(say, first, seconds)
            done += len(acknowledged)
            await arrivals.reach(done)
            numbers = await _numbers(store, first)
            return [arrivals.moment(numbers[n]) - at for n, at in acknowledged.items()]

        yield measured


@asynccontextmanager
async def _bare(ground: Ground, url: str) -> AsyncIterator[Measured]:
    """An INSERT, a message and a process that inserts it; measured alike."""
    async with AsyncExitStack() as stack, ground.bus("bare") as bus:
        await bus.provision("bare")
        arrivals = await stack.enter_async_context(_told(url))
        stack.enter_context(ground.process("tests.bench.bare_ear", BENCH_URL=url))
        pool, _ = await stack.enter_async_context(stored(url))
        client = await nats.connect(ground.nats.url)
        stack.push_async_callback(client.close)
        stream = client.jetstream()
        done = 0
        committed: dict[int, float] = {}

        async def say(number: int) -> None:
            body = b"%d " % number + bytes(BODY_BYTES)
            await pool.execute("INSERT INTO bare (jar, body) VALUES ($1, $2)", "j", body)
            committed[number] = time.perf_counter()
            await stream.publish(SUBJECT, body)

        async def measured(seconds: float) -> Sequence[float]:
            nonlocal done
            sent = await _paced(say, done, seconds)
            done += len(sent)
            await arrivals.reach(done - 1)
            return [arrivals.moment(number) - committed[number] for number in sent]

        yield measured


@asynccontextmanager
async def _told(url: str, script: str = "") -> AsyncIterator[Arrivals]:
    """What is notified in a database."""
    connection = await asyncpg.connect(url)
    try:
        if script:
            await connection.execute(script)
        arrivals = Arrivals()
        await connection.add_listener(CHANNEL, arrivals.note)
        yield arrivals
    finally:
        await connection.close()


async def _paced(say: Say, first: int, seconds: float) -> Mapping[int, float]:
    """Say numbers at their moments, however slow an answer is; when each was acknowledged."""
    acknowledged: dict[int, float] = {}

    async def one(number: int) -> None:
        await say(number)
        acknowledged[number] = time.perf_counter()

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for nth in range(int(seconds * PER_SECOND)):
            await asyncio.sleep(began + nth / PER_SECOND - time.perf_counter())
            group.create_task(one(first + nth))
    return acknowledged


async def _numbers(store: PostgresStore, after: int) -> Mapping[int, int]:
    """Which number each word was given by the sequencer, from the one after."""
    found: dict[int, int] = {}
    for word in await store.read_words(after, int(ARRIVE_SECONDS_MAX * PER_SECOND)):
        found[int(envelope(word.body).subject.removeprefix("jar-t"))] = word.number
    return found


def _percentile(seconds: Sequence[float], part: float) -> float:
    """In milliseconds. A word can arrive before its own answer does: that is no time at all."""
    return max(0.0, sorted(seconds)[int(len(seconds) * part)]) * 1_000
