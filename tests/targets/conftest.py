"""The targets service, served in this process: in memory, and on a real database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from services.targets.main import service
from shared.http.app import create_app
from shared.testing.api_spec import Api, api
from shared.testing.servers import Postgres, fresh_database, migrated
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.targets.town import Town


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Api]:
    """The service over a store in memory."""
    async with api(service, data_dir=tmp_path) as running:
        yield running


@pytest.fixture
async def town(served: Api) -> Town:
    """The people of one county over a store in memory."""
    return Town(served.client, served.tokens)


@asynccontextmanager
async def _on_a_database(
    postgres: Postgres, data_dir: Path, clock: str = "system"
) -> AsyncIterator[Town]:
    template = await asyncio.to_thread(migrated, postgres, "targets")
    with fresh_database(postgres, template) as url:
        tokens = Tokens.fresh()
        settings = service.settings.model_validate(
            {
                "issuer": ISSUER,
                "audience": AUDIENCE,
                "data_dir": data_dir,
                "database_url": url,
                "nats_url": "nats://127.0.0.1:9",
                "clock": clock,
            }
        )
        app = create_app(service, settings=settings, keys=tokens.keys)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://targets") as client:
                runtime = app.state.runtime
                yield Town(client, tokens, runtime.store, runtime.handling)


@pytest.fixture
async def real_town(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Town]:
    """The people of one county over a real, migrated database."""
    async with _on_a_database(postgres, tmp_path, "adjustable") as running:
        yield running


@pytest.fixture
async def empty_town(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Town]:
    """Another such service, with a database of its own."""
    async with _on_a_database(postgres, tmp_path / "empty") as running:
        yield running


@pytest.fixture
async def town_in_time(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Town]:
    """The same, with a clock that the stories set forward."""
    async with _on_a_database(postgres, tmp_path, "adjustable") as running:
        yield running
