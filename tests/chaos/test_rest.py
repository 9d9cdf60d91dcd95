"""A backlog is waited for as long as somebody works it off, and no longer."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import asyncpg
import pytest

from tests.chaos.rest import NEVER, Watch

SAID: Final = 12
PATIENCE_SECONDS: Final = 3.0
_AT: Final = """
INSERT INTO es.cursor (name, position) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""


@pytest.fixture
async def watch(jars_url: str, banks_url: str) -> Watch:
    """Jars have said something, and banks hear it; beside their place lies a digest."""
    await _run(jars_url, "UPDATE es.head SET words = $1", SAID)
    await _run(banks_url, _AT, "inbox:jars", 0)
    await _run(banks_url, _AT, "digest:inbox:jars", -(2**62))
    return Watch(
        urls={},
        databases={"jars": jars_url, "banks": banks_url},
        hears={"jars": [], "banks": ["jars"]},
        readers={"jars": [], "banks": []},
    )


@pytest.fixture
async def beating(watch: Watch) -> AsyncIterator[None]:
    """Whatever else there is, the worker of the banks says how it feels."""

    async def beat() -> None:
        number = 0
        while True:
            number += 1
            await _run(watch.databases["banks"], _AT, "worker:beat_ms", number)
            await asyncio.sleep(PATIENCE_SECONDS / 10)

    task = asyncio.create_task(beat())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("beating")
async def test_a_reader_that_comes_further_is_waited_for(watch: Watch) -> None:
    async def read() -> None:
        for number in range(1, SAID + 1):
            await asyncio.sleep(PATIENCE_SECONDS / 6)
            await _run(watch.databases["banks"], _AT, "inbox:jars", number)

    reading = asyncio.create_task(read())
    rested, _ = await watch.come_to_rest(PATIENCE_SECONDS)
    await reading
    assert PATIENCE_SECONDS < rested < NEVER


@pytest.mark.usefixtures("beating")
async def test_a_reader_that_stands_still_is_told_however_the_worker_feels(watch: Watch) -> None:
    rested, moving = await watch.come_to_rest(PATIENCE_SECONDS)
    assert (rested, moving) == (NEVER, "banks has not heard all of jars")


async def _run(url: str, sql: str, *arguments: object) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql, *arguments)
    finally:
        await connection.close()
