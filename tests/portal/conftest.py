"""The portal over a played year on a real PostgreSQL, made once for all its stories."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from shared.testing.servers import Postgres, fresh_database, migrated
from tests.disclosure.conftest import database
from tests.disclosure.world import World, world
from tests.portal.year import play

__all__ = ["database", "site"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """Everything said, done, numbered and signed. Stories that change something make their own."""
    folder = tmp_path_factory.mktemp("portal")
    template = await asyncio.to_thread(migrated, postgres, "disclosure")
    with fresh_database(postgres, template) as database:
        async with world(database, folder) as here:
            await play(here, database, folder)
            yield here
