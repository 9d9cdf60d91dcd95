"""Fixtures give infrastructure only: private servers, one database per test, an empty bus."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from shared.testing.servers import (
    Nats,
    Postgres,
    delete_all_streams,
    fresh_database,
    private_nats,
    private_postgres,
)
from tests.together import WholeFiles

if TYPE_CHECKING:
    from xdist.remote import Producer


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> WholeFiles:
    """Files are shared out whole."""
    return WholeFiles(config, log)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL for the whole run."""
    with private_postgres() as server:
        yield server


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The address of an empty database for one test."""
    with fresh_database(postgres) as url:
        yield url


@pytest.fixture(scope="session")
def nats_server() -> Iterator[Nats]:
    """A real NATS for the whole run, with whatever earlier tests left in it."""
    with private_nats() as server:
        yield server


@pytest.fixture
def nats(nats_server: Nats) -> Nats:
    """A running NATS without a single stream."""
    nats_server.start()
    asyncio.run(delete_all_streams(nats_server))
    return nats_server
