"""A database of monitoring, migrated once: each test has a copy, and none waits for the steps."""

import asyncio
from collections.abc import Iterator

import pytest

from shared import migrations
from shared.testing.servers import Postgres, as_template, fresh_database


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """The template of all copies."""
    return as_template(
        postgres,
        "monitoring_template",
        lambda url: asyncio.run(migrations.upgrade("monitoring", url)),
    )


@pytest.fixture
def database(postgres: Postgres, migrated: str) -> Iterator[str]:
    """The address of a migrated database for one test."""
    with fresh_database(postgres, migrated) as url:
        yield url
