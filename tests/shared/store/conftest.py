"""Stores on a database with the kernel's tables and the suite's read models."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from shared import past
from shared.eventstore.connections import Pool, open_pool
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.schema import v1
from shared.testing.servers import Postgres, as_template, fresh_database

TALLY = """
CREATE TABLE tally (
  region text, year int, projects int NOT NULL, title text NOT NULL, note text,
  PRIMARY KEY (region, year));
"""


async def _install(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await v1.install(connection)
        await connection.execute(TALLY + past.keep("notes"))
    finally:
        await connection.close()


@pytest.fixture
def store_url(postgres: Postgres) -> Iterator[str]:
    """The address of a database with the kernel's tables and nothing in them."""
    template = as_template(postgres, "kernel_v1", lambda url: asyncio.run(_install(url)))
    with fresh_database(postgres, template) as url:
        yield url


@pytest.fixture
async def pool(store_url: str) -> AsyncIterator[Pool]:
    """Connections as a service has them."""
    pool = await open_pool(store_url)
    yield pool
    await pool.close()


@pytest.fixture
async def postgres_store(pool: Pool) -> AsyncIterator[PostgresStore]:
    """An empty store on PostgreSQL."""
    store = PostgresStore(pool)
    yield store
    await store.settle()
