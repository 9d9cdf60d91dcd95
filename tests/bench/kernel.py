"""Appending through load, decide and commit beside pgbench's INSERT of the same size."""

import asyncio
import itertools
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from shared.eventstore.connections import Pool
from shared.eventstore.postgres import PostgresStore
from shared.handling import Handling
from tests.bench.cast import kernel_alone
from tests.bench.ground import BODY_BYTES, ROUNDS, Ground, stored
from tests.bench.table import Budget, Row, share
from tests.shared.counters import PutCoins, ask

SECONDS: Final = 0.7
CONCURRENCY: Final = (1, 8, 32)
STREAMS_PER_LANE: Final = 20
SEQUENCED_PER_ROUND: Final = 4_000
PGBENCH_INSERTS: Final = 16_000
PGBENCH_THREADS: Final = 2
PGBENCH: Final = "INSERT INTO bare (jar, body) VALUES ('j', repeat('x', {})::bytea);\n"
_TPS: Final = re.compile(r"tps = ([0-9.]+) \(without")
# What the specification allows at 32 at once; its bare limit there was 52,439.
BUDGETS: Final[Mapping[tuple[str, int], Budget]] = {
    ("append a new aggregate", 32): share(25_000, 52_439),
    ("load + append", 32): share(20_000, 52_439),
}

type Operation = Callable[[int, int], Awaitable[object]]


async def measure(ground: Ground) -> list[Row]:
    """Rows for 1, 8 and 32 at once, and for the sequencer over what they left."""
    with ground.database() as url:
        async with stored(url) as (pool, store):
            operations = _operations(pool, store)
            for one in operations.values():
                await _window(8, one)
            rows: list[Row] = []
            for concurrency in CONCURRENCY:
                rows += await _at_once(concurrency, operations, _Pgbench(ground, url))
            rows.append(await _sequencer(store))
    return rows


def _operations(pool: Pool, store: PostgresStore) -> Mapping[str, Operation]:
    handling = Handling(kernel_alone, store)
    fresh = itertools.count()

    async def create(_lane: int, _turn: int) -> None:
        await handling.handle(ask(PutCoins(jar_id=f"n{next(fresh)}", coins=1)))

    async def again(lane: int, turn: int) -> None:
        jar = f"a{lane}x{turn % STREAMS_PER_LANE}"
        await handling.handle(ask(PutCoins(jar_id=jar, coins=1)))

    async def insert(_lane: int, _turn: int) -> None:
        await pool.execute("INSERT INTO bare (jar, body) VALUES ($1, $2)", "j", bytes(BODY_BYTES))

    return {
        "append a new aggregate": create,
        "load + append": again,
        "INSERT by asyncpg alone": insert,
    }


async def _at_once(
    concurrency: int, operations: Mapping[str, Operation], pgbench: "_Pgbench"
) -> list[Row]:
    limit: list[float] = []
    ours: dict[str, list[float]] = {name: [] for name in operations}
    for _ in range(ROUNDS):
        limit.append(await pgbench.rate(concurrency))
        for name, one in operations.items():
            ours[name].append(await _window(concurrency, one))
    return [
        Row(
            measure=f"{name}, {concurrency} at once",
            unit="/s",
            ours=rates,
            limit=limit,
            budget=BUDGETS.get((name, concurrency)),
        )
        for name, rates in ours.items()
    ]


async def _window(concurrency: int, one: Operation) -> float:
    """Operations per second when so many go on side by side for a while."""
    began = time.perf_counter()

    async def lane(number: int) -> int:
        for turn in itertools.count():
            if time.perf_counter() - began > SECONDS:
                return turn
            await one(number, turn)
        raise AssertionError

    done = sum(await asyncio.gather(*(lane(number) for number in range(concurrency))))
    return done / (time.perf_counter() - began)


async def _sequencer(store: PostgresStore) -> Row:
    """Numbering what was appended, in the rounds of the worker."""
    rates: list[float] = []
    for _ in range(ROUNDS):
        began, taken = time.perf_counter(), 0
        while taken < SEQUENCED_PER_ROUND and (round_ := await store.sequence()).taken:
            taken += round_.taken
        rates.append(taken / (time.perf_counter() - began))
    return Row(measure="sequencer, appends numbered", unit="/s", ours=rates)


class _Pgbench:
    """PostgreSQL's own load generator, which costs far less than any client in Python."""

    def __init__(self, ground: Ground, url: str) -> None:
        """The program that belongs to the server; its script is a file."""
        binaries = ground.postgres.run_sql("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        self._program = Path(binaries.strip()) / "pgbench"
        self._script = ground.folder / "insert.sql"
        self._script.write_text(PGBENCH.format(BODY_BYTES))
        self._url = url

    async def rate(self, clients: int) -> float:
        """INSERTs per second with so many connections."""
        process = await asyncio.create_subprocess_exec(
            self._program, "--no-vacuum", "--protocol=prepared", f"--file={self._script}",
            f"--client={clients}", f"--jobs={min(clients, PGBENCH_THREADS)}",
            f"--transactions={PGBENCH_INSERTS // clients}", self._url,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        said, trouble = await process.communicate()
        found = _TPS.search(said.decode())
        if found is None:
            raise RuntimeError((said + trouble).decode())
        return float(found[1])
