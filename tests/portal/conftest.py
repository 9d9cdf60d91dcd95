"""The portal over a played year on a real PostgreSQL, made once for all its stories."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from shared.testing.servers import Postgres, fresh_database
from tests.disclosure.world import World, world
from tests.portal.year import play


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """Everything said, done, numbered and signed. Stories that change something make their own."""
    folder = tmp_path_factory.mktemp("portal")
    with fresh_database(postgres) as database:
        async with world(database, folder) as here:
            await play(here, database, folder)
            yield here
