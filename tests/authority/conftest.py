"""The four services in this process, opened once for the whole folder."""

from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from tests.authority.doors import House, opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def houses(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sequence[House]]:
    """Every service over a store in memory."""
    async with opened(tmp_path_factory.mktemp("houses")) as found:
        yield found
