"""The jars, served in this process: in memory, and on a real database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx
import pytest

from shared.http.app import create_app
from shared.http.policy import Role
from shared.testing.api_spec import Api, api
from shared.testing.servers import Postgres, as_template, fresh_database
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.shared.http.jars import install, service


@pytest.fixture
async def jars(tmp_path: Path) -> AsyncIterator[Api]:
    """The jars over a store in memory, asked by the finance office of unit u1."""
    async with api(service, data_dir=tmp_path) as served:
        served.by = served.tokens.of(Role.UNIT_FINANCE, unit="u1", subject="li")
        yield served


class Wall:
    """A clock that shows what it is set to, or the real time."""

    def __init__(self) -> None:
        self.shows: datetime | None = None

    def now(self) -> datetime:
        return self.shows or datetime.now(UTC)


class Served:
    """The jars over a real database."""

    def __init__(self, client: httpx.AsyncClient, tokens: Tokens, url: str, wall: Wall) -> None:
        self.client = client
        self.tokens = tokens
        self.url = url
        self.wall = wall

    async def run(self, sql: str, *arguments: object) -> list[tuple[object, ...]]:
        """Something that no request would do."""
        connection = await asyncpg.connect(self.url)
        try:
            return [tuple(row) for row in await connection.fetch(sql, *arguments)]
        finally:
            await connection.close()

    async def open(self, *names: str, unit: str = "u1", coins: int = 0) -> str:
        """Open jars; answers the position after the last."""
        by = self.tokens.of(Role.FB_BUDGET)
        position = ""
        for name in names:
            answer = await self.client.post(
                "/v1/jars", json={"jar_id": name, "unit_code": unit}, headers=by
            )
            assert answer.status_code == 201, answer.text
            if coins:
                answer = await self.client.post(
                    f"/v1/jars/{name}/put", json={"coins": coins}, headers={**by, "if-match": '"1"'}
                )
                assert answer.status_code == 204, answer.text
            position = answer.headers["abacus-position"]
        return position


@pytest.fixture
async def real_jars(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Served]:
    """The jars over a real database."""
    template = await asyncio.to_thread(as_template, postgres, "jars_template", install)
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
        wall = Wall()
        app = create_app(service, settings=settings, keys=tokens.keys, clock=wall)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://jars") as client:
                yield Served(client, tokens, url, wall)
