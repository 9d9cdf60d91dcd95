"""Every database of these stories has the tables of the service."""

from collections.abc import Iterator

import pytest

from shared.testing.servers import Postgres, fresh_database, migrated


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The address of a migrated database for one test."""
    with fresh_database(postgres, migrated(postgres, "monitoring")) as url:
        yield url
