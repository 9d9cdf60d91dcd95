"""Two databases with the kernel's tables, for the two services of the town."""

import asyncio
from collections.abc import Iterator

import pytest

from shared.testing.servers import Postgres, as_template, fresh_database
from tests.shared.banks import install


@pytest.fixture
def jars_url(postgres: Postgres) -> Iterator[str]:
    """A database with the kernel's tables."""
    template = as_template(postgres, "town_v1", lambda url: asyncio.run(install(url)))
    with fresh_database(postgres, template) as url:
        yield url


@pytest.fixture
def banks_url(postgres: Postgres) -> Iterator[str]:
    """Another one."""
    template = as_template(postgres, "town_v1", lambda url: asyncio.run(install(url)))
    with fresh_database(postgres, template) as url:
        yield url
