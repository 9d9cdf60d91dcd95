"""The evaluation service, served in this process: in memory, and on a real database."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services.evaluation.main import service
from shared.http.app import create_app
from shared.testing.api_spec import api
from shared.testing.servers import Postgres, fresh_database, migrated
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.evaluation.county import County
from tests.evaluation.living import Living, living
from tests.evaluation.standing import EARLY


@pytest.fixture
async def county(tmp_path: Path) -> AsyncIterator[County]:
    """The people of one county over a store in memory."""
    async with api(service, data_dir=tmp_path) as running:
        yield County(running.client, running.tokens, running.store)


@pytest.fixture
async def real_county(postgres: Postgres, tmp_path: Path) -> AsyncIterator[County]:
    """The people of one county over a real, migrated database."""
    template = await asyncio.to_thread(migrated, postgres, "evaluation")
    with fresh_database(postgres, template) as url:
        tokens = Tokens.fresh()
        settings = service.settings.model_validate(
            {
                "issuer": ISSUER,
                "audience": AUDIENCE,
                "data_dir": tmp_path,
                "database_url": url,
                "nats_url": "nats://127.0.0.1:9",
            }
        )
        app = create_app(service, settings=settings, keys=tokens.keys)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://judge") as client:
                yield County(client, tokens, app.state.runtime.store)


@pytest.fixture
async def living_county(postgres: Postgres) -> AsyncIterator[Living]:
    """A county whose worker is awake, in December 2021."""
    template = await asyncio.to_thread(migrated, postgres, "evaluation")
    with fresh_database(postgres, template) as url:
        async with living(url, EARLY) as found:
            yield found
