"""One county per story, on the real databases of both services."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.testing.servers import Postgres
from tests.adjustments.county import County, county


@pytest.fixture
async def here(postgres: Postgres, tmp_path: Path) -> AsyncIterator[County]:
    """Both services with their workers, and two projects with money."""
    async with county(postgres, tmp_path) as told:
        yield told
