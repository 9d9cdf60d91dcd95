"""Bulk import: files of command lines, checked, decided and accepted by the api, beside COPY.

Every line is validated, decided, hashed, said in public, folded into the read model and
remembered under a key. The database is kept: it is the history that other measures read.
"""

import time
from typing import Final

import asyncpg
import httpx

from shared.embedded import LOOPBACK
from shared.eventstore.postgres import PostgresStore
from shared.handling import Handling
from shared.http.import_lines import LINES_MAX
from shared.http.policy import Role
from shared.http.workbooks import NDJSON
from tests.bench.cast import kernel_alone
from tests.bench.ground import BODY_BYTES, ROUNDS, Ground, History, Served, stored
from tests.bench.table import Row, share
from tests.bench.web import token
from tests.shared.counters import PutCoins, ask

BULK: Final = 10_000
SECONDS_MAX: Final = 120.0


async def measure(ground: Ground) -> list[Row]:
    """A row for whole files over HTTP and one for the kernel alone."""
    history = await imported(ground)
    files = Row(
        measure=f"import in files of {LINES_MAX:,} lines",
        unit="/s",
        ours=history.imported,
        limit=history.copied,
        budget=share(100_000, 230_119),
    )
    with ground.database() as url:
        async with stored(url) as (_, store):
            return [files, await _bulk(store, url)]


async def imported(ground: Ground) -> History:
    """Many streams of one event each, imported through the api and numbered; made once."""
    if ground.history is not None:
        return ground.history
    url = ground.stack.enter_context(ground.database())
    ours: list[float] = []
    copied: list[float] = []
    async with ground.listening("tests.bench.ours", JARS_DATABASE_URL=url) as served:
        bearer = token(ground, Role.UNIT_FINANCE)
        for first in range(0, ground.streams, LINES_MAX):
            numbers = range(first, min(first + LINES_MAX, ground.streams))
            copied.append(len(numbers) / await _copy(url, len(numbers)))
            ours.append(len(numbers) / await _file(served, bearer, numbers))
    async with stored(url) as (pool, store):
        while (await store.sequence()).taken:
            pass
        await pool.execute("ANALYZE")
    ground.history = History(
        url=url, streams=ground.streams, imported=tuple(ours), copied=tuple(copied)
    )
    return ground.history


async def _file(served: Served, bearer: str, numbers: range) -> float:
    """The seconds from the first byte of a file to the answer that it is stored."""
    lines = b"\n".join(b'{"path":{"jar_id":"s%d"},"body":{"coins":3}}' % n for n in numbers)
    headers = {"content-type": NDJSON, "authorization": f"Bearer {bearer}"}
    asked = {"operation": "put_coins", "accept": "true"}
    async with httpx.AsyncClient(timeout=SECONDS_MAX) as client:
        began = time.perf_counter()
        answer = await client.post(
            f"http://{LOOPBACK}:{served.port}/v1/imports",
            params=asked, headers=headers, content=lines,
        )  # fmt: skip
        seconds = time.perf_counter() - began
    if answer.status_code != httpx.codes.CREATED or answer.json()["good"] != len(numbers):
        raise RuntimeError(answer.text[:500])
    return seconds


async def _copy(url: str, rows: int) -> float:
    """The seconds that COPY needs for as many rows of the size of an event."""
    connection = await asyncpg.connect(url)
    try:
        body = bytes(BODY_BYTES)
        records = [("j", body)] * rows
        began = time.perf_counter()
        await connection.copy_records_to_table("bare", records=records, columns=("jar", "body"))
        return time.perf_counter() - began
    finally:
        await connection.close()


async def _bulk(store: PostgresStore, url: str) -> Row:
    """Commands that are decided and committed together, without HTTP, keys and read model."""
    handling = Handling(kernel_alone, store)
    ours: list[float] = []
    copied: list[float] = []
    for _ in range(ROUNDS):
        asks = [ask(PutCoins(jar_id=f"b{number % 2_500}", coins=1)) for number in range(BULK)]
        copied.append(BULK / await _copy(url, BULK))
        began = time.perf_counter()
        await handling.handle_all(asks)
        ours.append(BULK / (time.perf_counter() - began))
    return Row(measure=f"{BULK:,} commands in one transaction", unit="/s", ours=ours, limit=copied)
