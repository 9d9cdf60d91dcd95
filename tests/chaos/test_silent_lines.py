"""Lines to a database that fell silent are soon given up, and none of them is used again."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from random import Random
from typing import Final

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.eventstore.connections import GIVING_BACK_SECONDS_MAX, Pool, open_pool
from shared.http.reading import reading_engine
from shared.http.sessions import Session
from tests.chaos.proxy import Proxy, before

LINES: Final = 4
CALL_SECONDS: Final = 0.5
LATE_SECONDS_MAX: Final = 5.0  # a loaded machine needs so long for what is due at once
ASKED: Final = "SELECT 1"
SESSION: Final = text("SELECT pg_backend_pid()")


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
    _expect_others(before_it, await _sessions(pool))


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


@pytest.fixture
async def queried(jars_url: str) -> AsyncIterator[tuple[AsyncEngine, Proxy]]:
    """Lines of the queries, and what lies before the database."""
    async with before(jars_url, Random(1)) as (proxy, url):  # noqa: S311 - no toxic rolls dice
        engine = reading_engine(url, LINES)
        try:
            yield engine, proxy
        finally:
            await engine.dispose()


async def test_a_query_leaves_a_silent_line_and_the_next_uses_none_of_before(
    queried: tuple[AsyncEngine, Proxy],
) -> None:
    engine, proxy = queried
    before_it = await _queried(engine)
    proxy.toxic = "black hole"
    began = time.monotonic()
    async with Session(engine, seconds_max=CALL_SECONDS) as session:
        with pytest.raises(TimeoutError):
            await session.execute(SESSION)
    assert time.monotonic() - began < CALL_SECONDS + GIVING_BACK_SECONDS_MAX + LATE_SECONDS_MAX
    proxy.toxic = "none"
    _expect_others(before_it, await _queried(engine))


async def test_a_caller_who_goes_away_leaves_only_the_line_that_was_asked(
    queried: tuple[AsyncEngine, Proxy],
) -> None:
    engine, proxy = queried
    before_it = await _queried(engine)
    proxy.toxic = "black hole"
    async with Session(engine) as session:
        asked = asyncio.create_task(session.execute(SESSION))
        while not proxy.done["black hole"]:  # noqa: ASYNC110 - the proxy tells nobody
            await asyncio.sleep(0.01)
        proxy.toxic = "none"
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
    assert len(before_it & await _queried(engine)) == LINES - 1


async def _queried(engine: AsyncEngine) -> set[int]:
    """Which sessions of the server are behind as many lines of the queries as there are."""
    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(Session(engine)) for _ in range(LINES)]
        return {await line.scalar(SESSION) for line in lines}


def _expect_others(before_it: set[int], after_it: set[int]) -> None:
    """As many lines as there were, and none of them."""
    assert len(before_it) == len(after_it) == LINES
    assert not before_it & after_it


async def _held(pool: Pool) -> None:
    """One question on a line that is held, in time or not at all."""
    async with pool.held() as connection:
        await connection.fetchval(ASKED, timeout=CALL_SECONDS)


async def _sessions(pool: Pool) -> set[int]:
    """Which sessions of the server are behind as many lines as there are."""
    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(pool.held()) for _ in range(LINES)]
        return {await line.fetchval("SELECT pg_backend_pid()") for line in lines}
