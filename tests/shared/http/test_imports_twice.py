"""The same file at two processes of a service, at the same moment."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from shared.http.app import create_app
from shared.http.policy import Role
from shared.testing.tokens import AUDIENCE, ISSUER
from tests.shared.http.conftest import Served, Wall
from tests.shared.http.jars import service

FILES, LINES = 30, 20
OPEN = "/v1/imports?operation=open_jar&accept=true"


@pytest.fixture
async def beside(real_jars: Served, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A second process of the same service, as far as the store can tell."""
    settings = service.settings.model_validate(
        {
            "issuer": ISSUER,
            "audience": AUDIENCE,
            "data_dir": tmp_path,
            "database_url": real_jars.url,
            "nats_url": "nats://127.0.0.1:9",
        }
    )
    app = create_app(service, settings=settings, keys=real_jars.tokens.keys, clock=Wall())
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://jars") as client:
            yield client


async def test_both_tell_the_same_report_and_each_line_counts_once(
    real_jars: Served, beside: httpx.AsyncClient
) -> None:
    by = {**real_jars.tokens.of(Role.FB_BUDGET), "content-type": "application/x-ndjson"}

    async def send(client: httpx.AsyncClient, number: int, later: float) -> httpx.Response:
        await asyncio.sleep(later)
        lines = [
            {"body": {"jar_id": f"j{number}x{one}", "unit_code": "u1"}, "key": f"k{number}-{one}"}
            for one in range(LINES)
        ]
        content = b"\n".join(json.dumps(line).encode() for line in lines)
        headers = {**by, "idempotency-key": f"file-{number}"}
        return await client.post(OPEN, content=content, headers=headers)

    for number in range(FILES):
        first, twin = await asyncio.gather(
            send(real_jars.client, number, 0), send(beside, number, number / 1_000)
        )
        assert (first.status_code, twin.status_code) == (201, 201)
        assert first.json()["state"] == "ACCEPTED"
        assert first.content == twin.content
    assert await real_jars.run("SELECT count(*) FROM es.event") == [(FILES * LINES,)]
