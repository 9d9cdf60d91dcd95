"""`python -m tests.bench`: medians of paired windows, ours beside the bare limit of the same run.

Absolute rates belong to the machine and the moment; quote the ratios.
"""

import asyncio
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
import uvloop
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from shared.eventstore.connections import open_pool
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.schema import v1
from shared.handling import Handling
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.testing.servers import free_port, fresh_database, private_postgres
from tests.bench.pressure import Make, Window, press
from tests.shared.counters import PutCoins, aggregates, ask
from tests.shared.http.jars import JarShelf, service

ROUNDS: Final = 3
SECONDS: Final = 2.0
JARS: Final = 500
OPERATIONS: Final = 6_000
BULK: Final = 10_000


async def _rate(concurrency: int, one: Callable[[int, int], Awaitable[object]]) -> float:
    """Operations per second when so many go on side by side."""
    share = OPERATIONS // concurrency

    async def lane(number: int) -> None:
        for turn in range(share):
            await one(number, turn)

    began = time.perf_counter()
    await asyncio.gather(*(lane(number) for number in range(concurrency)))
    return share * concurrency / (time.perf_counter() - began)


async def _kernel(url: str) -> None:
    """Appending through load, decide and commit beside a bare INSERT of the same size."""
    pool = await open_pool(url)
    store = PostgresStore(pool)
    handling = Handling(aggregates(), store)
    fresh = itertools.count()

    async def create(_lane: int, _turn: int) -> None:
        await handling.handle(ask(PutCoins(jar_id=f"n{next(fresh)}", coins=1)))

    async def again(lane: int, turn: int) -> None:
        await handling.handle(ask(PutCoins(jar_id=f"a{lane}x{turn % 20}", coins=1)))

    async def insert(_lane: int, _turn: int) -> None:
        await pool.execute("INSERT INTO bare (jar, body) VALUES ($1, $2)", "j", bytes(510))

    for concurrency in (1, 8, 32):
        bare = await _rate(concurrency, insert)
        new, old = await _rate(concurrency, create), await _rate(concurrency, again)
        print(
            f"kernel, {concurrency:>2} at once: bare INSERT {bare:8,.0f}/s   "
            f"new aggregate {new:8,.0f}/s ({new / bare:4.2f})   "
            f"load + append {old:8,.0f}/s ({old / bare:4.2f})"
        )
    asks = [ask(PutCoins(jar_id=f"b{number % 2500}", coins=1)) for number in range(BULK)]
    began = time.perf_counter()
    await handling.handle_all(asks)
    print(f"bulk: {BULK / (time.perf_counter() - began):,.0f} commands/s in one transaction")
    began, taken = time.perf_counter(), 0
    while (round_ := await store.sequence()).taken:
        taken += round_.taken
    print(f"sequencer: {taken / (time.perf_counter() - began):,.0f} appends/s")
    await store.settle()
    await pool.close()


@contextmanager
def _server(module: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        env={**os.environ, **environment, "BENCH_PORT": str(port)},
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


async def _until_open(port: int) -> None:
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError(f"nobody listens on {port}")


def _request(path: str, body: bytes, *headers: str) -> bytes:
    lines = (f"POST {path} HTTP/1.1", "host: x", "content-type: application/json", *headers)
    return "\r\n".join((*lines, f"content-length: {len(body)}", "", "")).encode() + body


async def _http(bare_port: int, port: int, token: str) -> None:
    """Windows of the bare endpoint and of ours in turn, at 1, 8 and 32 connections."""
    bearer = f"authorization: Bearer {token}"
    jars, puts = itertools.count(), itertools.count()

    def create() -> bytes:
        return _request("/v1/jars", b'{"jar_id":"j%d"}' % (next(jars) % JARS), bearer)

    def put() -> bytes:
        number = next(puts)
        path = f"/v1/jars/j{number % JARS}/put"
        return _request(path, b'{"coins":3}', bearer, "if-match: *", f"idempotency-key: k{number}")

    def insert() -> bytes:
        return _request(f"/put/j{next(puts) % JARS}", b'{"coins":3}')

    await press(port, create, 8, SECONDS)
    for connections in (1, 8, 32):
        pairs = [
            (await _window(bare_port, insert, connections), await _window(port, put, connections))
            for _ in range(ROUNDS)
        ]
        bare = statistics.median(one.rate for one, _ in pairs)
        ours = statistics.median(one.rate for _, one in pairs)
        ratio = statistics.median(own.rate / raw.rate for raw, own in pairs)
        late = statistics.median(one.latency_ms(0.99) for _, one in pairs)
        print(
            f"http, {connections:>2} connections: bare {bare:7,.0f}/s   ours {ours:7,.0f}/s   "
            f"ratio {ratio:4.2f}   p99 {late:5.1f} ms"
        )


async def _window(port: int, make: Make, connections: int) -> Window:
    seen = await press(port, make, connections, SECONDS)
    if seen.bad:
        raise RuntimeError(f"{len(seen.bad)} bad answers, the first: {seen.bad[0]!r}")
    return seen


async def _prepare(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await v1.install(connection, "jars")
        table = CreateTable(JarShelf.__table__)  # type: ignore[attr-defined]
        dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
        await connection.execute(str(table.compile(dialect=dialect)))
        await connection.execute(
            "CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
            "jar text NOT NULL, body bytea NOT NULL)"
        )
    finally:
        await connection.close()


def main() -> None:
    """Measure on servers of its own."""
    with (
        private_postgres() as server,
        fresh_database(server) as url,
        tempfile.TemporaryDirectory(prefix="abacus-bench-") as folder,
    ):
        os.environ["ABACUS_DATA_DIR"] = folder
        uvloop.run(_prepare(url))
        uvloop.run(_kernel(url))
        bearer = Bearer(
            subject="li", roles=[Role.UNIT_FINANCE], region_code="653100", unit_code="u1"
        )
        token = Issuer.of(service.settings()).mint(bearer)
        bare_port, port = free_port(), free_port()
        surroundings = {
            "BENCH_URL": url,
            "JARS_DATABASE_URL": url,
            "ABACUS_LOG_LEVEL": "ERROR",
        }

        async def run() -> None:
            await _until_open(bare_port)
            await _until_open(port)
            await _http(bare_port, port, token)

        with (
            _server("tests.bench.bare", bare_port, surroundings),
            _server("tests.bench.ours", port, surroundings),
        ):
            uvloop.run(run())


if __name__ == "__main__":
    main()
