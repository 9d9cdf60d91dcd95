"""Lines to a database that fell silent are soon given up, and none of them is used again."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from random import Random
from typing import Final

import pytest

from shared.eventstore.connections import GIVING_BACK_SECONDS_MAX, Pool, open_pool
from tests.chaos.proxy import Proxy, before

LINES: Final = 4
CALL_SECONDS: Final = 0.5
LATE_SECONDS_MAX: Final = 5.0  # a loaded machine needs so long for what is due at once
ASKED: Final = "SELECT 1"


@pytest.fixture
async def holed(jars_url: str) -> AsyncIterator[tuple[Pool, Proxy]]:
    """A pool whose lines are all there and have been used, and what lies before the database."""
    async with before(jars_url, Random(1)) as (proxy, url):  # noqa: S311 - no toxic rolls dice
        pool = await open_pool(url)
        try:
            async with AsyncExitStack() as stack:
                for _ in range(LINES):
                    connection = await stack.enter_async_context(pool.held())
                    assert await connection.fetchval(ASKED) == 1
            yield pool, proxy
        finally:
            pool.terminate()


async def test_no_line_of_before_is_used_after_one_fell_silent(
    holed: tuple[Pool, Proxy],
) -> None:
    pool, proxy = holed
    before_it = await _sessions(pool)
    proxy.toxic = "black hole"
    with pytest.raises(TimeoutError):
        await _held(pool)
    proxy.toxic = "none"
    after_it = await _sessions(pool)
    assert len(before_it) == len(after_it) == LINES
    assert not before_it & after_it


@pytest.mark.parametrize("is_held", [True, False])
async def test_a_silent_line_is_waited_for_no_longer_than_a_moment_more(
    holed: tuple[Pool, Proxy], *, is_held: bool
) -> None:
    pool, proxy = holed
    proxy.toxic = "black hole"
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        await (_held(pool) if is_held else pool.fetchval(ASKED, timeout=CALL_SECONDS))
    assert time.monotonic() - began < CALL_SECONDS + GIVING_BACK_SECONDS_MAX + LATE_SECONDS_MAX


async def _held(pool: Pool) -> None:
    """One question on a line that is held, in time or not at all."""
    async with pool.held() as connection:
        await connection.fetchval(ASKED, timeout=CALL_SECONDS)


async def _sessions(pool: Pool) -> set[int]:
    """Which sessions of the server are behind as many lines as there are."""
    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(pool.held()) for _ in range(LINES)]
        return {await line.fetchval("SELECT pg_backend_pid()") for line in lines}
