"""History read again: through decode and fold, and as a whole rebuild, beside SQL alone.

The process and its database connection take turns, so a rate is one of a single core.
"""

import gc
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg

from shared.collecting import THRESHOLDS
from shared.contracts.envelope import Hearing
from shared.eventstore.codec import Codec
from shared.eventstore.postgres import PostgresStore
from shared.handling import Handling
from shared.rebuilding import PAGE, Rebuilding
from tests.bench.cast import jar, jars
from tests.bench.ground import ROUNDS, Ground, stored
from tests.bench.table import Row, share
from tests.shared.counters import OpenJar, PutCoins, ask

# What a rebuild cannot avoid: every numbered event is read, and its stream is counted.
SQL_ONLY: Final = """
SELECT sum(events) FROM (
  SELECT count(*) AS events, max(l.position), sum(octet_length(e.body))
  FROM es.ledger l JOIN es.event e USING (append_id, idx) GROUP BY e.stream) AS streams
"""
THINGS: Final = 16_000
CHANGES: Final = 5
CHUNK: Final = 1_000
UNTUNED: Final = (700, 10, 10)  # how Python starts, and how `rebuild` runs


async def measure(ground: Ground) -> list[Row]:
    """A row for reading and folding in memory, and one for a rebuild with its swap."""
    with ground.database() as url:
        connection = await asyncpg.connect(url)
        try:
            async with stored(url) as (pool, store):
                await _live(store)
                await pool.execute("ANALYZE")
                reading = await _rounds(connection, lambda: _replay(store))
            with _untuned():
                rebuilding = await _rounds(connection, lambda: _rebuild(connection))
        finally:
            await connection.close()
    return [
        Row(
            measure="replay: read, decode, evolve",
            unit="/s",
            ours=reading[0],
            limit=reading[1],
            budget=share(400_000, 897_578),
        ),
        Row(
            measure="rebuild: read, decode, fold, write, swap",
            unit="/s",
            ours=rebuilding[0],
            limit=rebuilding[1],
            budget=share(400_000, 897_578),
        ),
    ]


async def _live(store: PostgresStore) -> None:
    """Things that were opened and then changed five times, all of it numbered."""
    handling = Handling(jars.aggregates, store)
    for first in range(0, THINGS, CHUNK):
        names = [f"r{number}" for number in range(first, min(first + CHUNK, THINGS))]
        await handling.handle_all(
            [
                ask(OpenJar(jar_id=name), *[PutCoins(jar_id=name, coins=3)] * CHANGES)
                for name in names
            ]
        )
    while (await store.sequence()).taken:
        pass


async def _rounds(
    connection: "asyncpg.Connection[asyncpg.Record]", ours: Callable[[], Awaitable[int]]
) -> tuple[list[float], list[float]]:
    """Events per second, ours and SQL's, in turn."""

    async def scan() -> int:
        return int(await connection.fetchval(SQL_ONLY))

    await scan()
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for one, found in zip((ours, scan), rates, strict=True):
            began = time.perf_counter()
            events = await one()
            found.append(events / (time.perf_counter() - began))
    return rates


async def _replay(store: PostgresStore) -> int:
    """The ledger as events and states, page by page; answers how many events there were."""
    codec = Codec([jar])
    position, events = 0, 0
    while entries := await store.read_ledger(position, PAGE):
        for entry in entries:
            recorded = codec.decode(entry.event, entry.position)
            jar.evolve(jar.initial, recorded.event)
        position, events = entries[-1].position, events + len(entries)
    return events


async def _rebuild(connection: "asyncpg.Connection[asyncpg.Record]") -> int:
    """What `python -m services.<name> rebuild` does; answers how many events were folded."""

    async def progress(_projection: str, _folded: int) -> None:
        """Nobody waits."""

    rebuilding = Rebuilding(connection, jars.aggregates.codec, Hearing(jars.hears))
    return await rebuilding.rebuild(jars.projections[0], progress)


@contextmanager
def _untuned() -> Iterator[None]:
    """Collect garbage as often as a fresh process does."""
    gc.unfreeze()
    gc.set_threshold(*UNTUNED)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*THRESHOLDS)
