"""A connection that rests is kept for longer than clients and proxies keep it."""

import asyncio
from typing import Final

import httpx
import pytest

from tests.system.running import Running

pytestmark = pytest.mark.real

# Longer than uvicorn keeps a connection unasked, and than httpx keeps one unasked.
RESTED_SECONDS: Final = 6.0


async def test_a_connection_that_rested_answers_the_next_request(running: Running) -> None:
    limits = httpx.Limits(keepalive_expiry=60)
    async with httpx.AsyncClient(limits=limits) as client:
        before = {url: await _door(client, url) for url in running.urls.values()}
        await asyncio.sleep(RESTED_SECONDS)
        after = {url: await _door(client, url) for url in running.urls.values()}
    assert after == before


async def _door(client: httpx.AsyncClient, url: str) -> tuple[str, int]:
    """Which of its connections the client was answered by."""
    response = await client.get(f"{url}/livez")
    assert response.status_code == httpx.codes.OK
    address: tuple[str, int] = response.extensions["network_stream"].get_extra_info("client_addr")
    return address
