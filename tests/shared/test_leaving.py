"""A server that was told to stop answers what comes over the connections that are open."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from shared.embedded.server import LOOPBACK
from shared.leaving import PatientServer

REQUEST = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"


@asynccontextmanager
async def serving(kind: type[uvicorn.Server]) -> AsyncIterator[tuple[uvicorn.Server, int]]:
    """A server of this kind, on a port of its own, until it has stopped."""
    with socket.create_server((LOOPBACK, 0)) as door:
        config = uvicorn.Config(
            PlainTextResponse("yes"), http="httptools", lifespan="off", log_config=None
        )
        server = kind(config)
        running = asyncio.create_task(server.serve([door]))
        try:
            yield server, door.getsockname()[1]
        finally:
            server.should_exit = True
            await running


async def answered(kind: type[uvicorn.Server]) -> tuple[bytes, bytes]:
    """What two clients get who came before the signal and ask after it: one of them had asked."""
    async with serving(kind) as (server, port), asyncio.timeout(60):
        known, asking = await asyncio.open_connection(LOOPBACK, port)
        asking.write(REQUEST)
        assert b"200 OK" in await known.readuntil(b"yes")
        fresh, beginning = await asyncio.open_connection(LOOPBACK, port)
        while len(server.server_state.connections) < 2:  # noqa: ASYNC110 - both of them
            await asyncio.sleep(0.01)
        server.should_exit = True
        while server.servers[0].is_serving():  # noqa: ASYNC110 - the door is closed
            await asyncio.sleep(0.01)
        for writer in (asking, beginning):
            writer.write(REQUEST)
        both = await known.read(), await fresh.read()
        for writer in (asking, beginning):
            writer.close()
        return both


async def test_who_came_before_the_signal_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.leaving.LOOKS", 1_000)
    for answer in await answered(PatientServer):
        assert b"200 OK" in answer
        assert b"connection: close" in answer


async def test_without_patience_they_are_not() -> None:
    """What the library does: or this would show nothing."""
    try:
        both = await answered(uvicorn.Server)
    except ConnectionError:
        return
    assert both == (b"", b"")
