"""A whole command over HTTP beside an endpoint that reads a raw body and makes one INSERT."""

import itertools
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

import asyncpg

from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from tests.bench.ground import ROUNDS, Ground
from tests.bench.pressure import Make, Window, press
from tests.bench.table import Row, at_most, ratio_at_least, share
from tests.shared.http.jars import JarsSettings

SECONDS: Final = 1.2
JARS: Final = 500
MANY: Final = 32
CONNECTIONS: Final = (1, 8, MANY)
# A commit waits a millisecond before it flushes, as on a disk that needs as long for it.
SLOW_FLUSH: Final = (
    "ALTER DATABASE {name} SET commit_delay = 1000",
    "ALTER DATABASE {name} SET commit_siblings = 0",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """The bare endpoint and ours over one database, and what is sent to each."""

    bare_port: int
    port: int
    token: str
    numbers: Iterator[int]

    def insert(self) -> bytes:
        """A request to the bare endpoint."""
        return request(f"/put/j{next(self.numbers) % JARS}", b'{"coins":3}')

    def create(self) -> bytes:
        """Open a jar."""
        body = b'{"jar_id":"j%d"}' % (next(self.numbers) % JARS)
        return request("/v1/jars", body, f"authorization: Bearer {self.token}")

    def put(self) -> bytes:
        """Put coins into a jar, with a token, a version and an idempotency key."""
        number = next(self.numbers)
        return request(
            f"/v1/jars/j{number % JARS}/put",
            b'{"coins":3}',
            f"authorization: Bearer {self.token}",
            "if-match: *",
            f"idempotency-key: k{number}",
        )

    async def windows(self, connections: int) -> tuple[list[Window], list[Window]]:
        """Short windows of the bare endpoint and of ours in turn."""
        bare: list[Window] = []
        ours: list[Window] = []
        for _ in range(ROUNDS):
            bare.append(await _window(self.bare_port, self.insert, connections))
            ours.append(await _window(self.port, self.put, connections))
        return bare, ours


async def measure(ground: Ground) -> list[Row]:
    """Rows for 1, 8 and 32 connections, and for 32 over a disk with a slow flush."""
    rows: list[Row] = []
    numbers = itertools.count()
    with ground.database() as url:
        async with _pair(ground, url, numbers) as pair:
            for connections in CONNECTIONS:
                bare, ours = await pair.windows(connections)
                rows.append(_rates(f"HTTP command, {connections} connections", bare, ours))
        rows[-1] = replace(rows[-1], budget=ratio_at_least(1.3))
        rows.append(_late(f"HTTP p99, {MANY} connections", bare, ours))
        await _slow_down(url)
        async with _pair(ground, url, numbers) as pair:
            bare, ours = await pair.windows(MANY)
        slow = _rates(f"HTTP command, {MANY} connections, a flush takes 1 ms", bare, ours)
        rows.append(replace(slow, budget=share(5_000, 5_190)))
    return rows


def token(ground: Ground, *roles: Role) -> str:
    """A bearer token for somebody of one unit."""
    bearer = Bearer(subject="li", roles=list(roles), region_code="653100", unit_code="u1")
    return Issuer.of(JarsSettings(data_dir=ground.folder)).mint(bearer)


def request(path: str, body: bytes, *headers: str) -> bytes:
    """The bytes of a POST."""
    lines = (f"POST {path} HTTP/1.1", "host: x", "content-type: application/json", *headers)
    return "\r\n".join((*lines, f"content-length: {len(body)}", "", "")).encode() + body


@asynccontextmanager
async def _pair(ground: Ground, url: str, numbers: Iterator[int]) -> AsyncIterator[Pair]:
    """Both processes, warm."""
    async with (
        ground.listening("tests.bench.bare", BENCH_URL=url) as bare,
        ground.listening("tests.bench.ours", JARS_DATABASE_URL=url) as ours,
    ):
        pair = Pair(bare.port, ours.port, token(ground, Role.UNIT_FINANCE), numbers)
        await _window(ours.port, pair.create, 8)
        await _window(bare.port, pair.insert, 8)
        yield pair


async def _window(port: int, make: Make, connections: int) -> Window:
    seen = await press(port, make, connections, SECONDS)
    if seen.bad:
        raise RuntimeError(f"{len(seen.bad)} bad answers, the first: {seen.bad[0]!r}")
    return seen


def _rates(measure: str, bare: Sequence[Window], ours: Sequence[Window]) -> Row:
    return Row(
        measure=measure,
        unit="/s",
        ours=[one.rate for one in ours],
        limit=[one.rate for one in bare],
    )


def _late(measure: str, bare: Sequence[Window], ours: Sequence[Window]) -> Row:
    return Row(
        measure=measure,
        unit="ms",
        ours=[one.latency_ms(0.99) for one in ours],
        limit=[one.latency_ms(0.99) for one in bare],
        budget=at_most(10, "ms"),
    )


async def _slow_down(url: str) -> None:
    """From the next connection on."""
    connection = await asyncpg.connect(url)
    try:
        name = await connection.fetchval("SELECT current_database()")
        for statement in SLOW_FLUSH:
            await connection.execute(statement.format(name=name))
    finally:
        await connection.close()
