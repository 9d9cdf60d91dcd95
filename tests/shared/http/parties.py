"""Guests of a served process: each on a socket of its own, from an address of its own."""

import asyncio
import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Final

import uvicorn

from shared.embedded.server import LOOPBACK
from shared.http.connections import Connection
from shared.http.silence import Silence

PART: Final = b"x" * 65_536
SETTLED_TURNS: Final = 100


@dataclass(slots=True)
class Stage:
    """What the application does meanwhile."""

    scopes: list[dict[str, Any]] = field(default_factory=list)
    waiting: int = 0
    go_on: asyncio.Event = field(default_factory=asyncio.Event)


_stages: dict[int, Stage] = {}


async def application(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - of ASGI
    """Say where a request came from: at once, once its body is there, later, or without end."""
    stage = _stages[scope["server"][1]]
    stage.scopes.append(scope)
    path = scope["path"]
    if path == "/body":
        while (await receive()).get("more_body"):
            pass
    if path == "/refused":
        scope["abacus.gives_way"]("198.51.100.1")
    if path in {"/wait", "/refused"}:
        stage.waiting += 1
        await stage.go_on.wait()
    body = json.dumps({"client": scope["client"][0]}).encode()
    headers = [] if path == "/endless" else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    while path == "/endless" and not stage.go_on.is_set():
        await send({"type": "http.response.body", "body": PART, "more_body": True})
        await asyncio.sleep(0)
    await send({"type": "http.response.body", "body": body})


def asking(path: str, *headers: str) -> bytes:
    """The bytes of a request."""
    return "\r\n".join((f"GET {path} HTTP/1.1", "host: x", *headers, "", "")).encode()


@dataclass(slots=True)
class Guest:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, sent: bytes) -> None:
        """Say something."""
        self.writer.write(sent)

    async def answer(self) -> Any:  # noqa: ANN401 - JSON is what it is
        """The next answer."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        [length] = [line for line in head.split(b"\r\n") if line.startswith(b"content-length")]
        return json.loads(await self.reader.readexactly(int(length.split()[1])))

    async def ask(self, *headers: str) -> Any:  # noqa: ANN401 - JSON is what it is
        """Ask and be answered."""
        self.send(asking("/", *headers))
        return await self.answer()

    def stop_reading(self) -> None:
        """Take nothing more of what is sent."""
        transport = self.writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()

    async def rest(self) -> bytes:
        """Everything that comes until it is closed."""
        return await self.reader.read()


class Party:
    """A server and its guests."""

    def __init__(
        self, server: uvicorn.Server, kind: type[Connection], stack: AsyncExitStack
    ) -> None:
        """Nobody has come."""
        self.kind = kind
        self._server = server
        self._stack = stack
        self._port: int = server.servers[0].sockets[0].getsockname()[1]
        self._stage = _stages[self._port] = Stage()
        stack.callback(_stages.pop, self._port)
        stack.callback(self.go_on)

    @property
    def open(self) -> int:
        """How many connections there are."""
        return len(self._server.server_state.connections)

    @property
    def known(self) -> set[Any]:
        """The connections that there are."""
        return set(self._server.server_state.connections)

    @property
    def silent(self) -> Silence[Connection]:
        """Those who wait for their client."""
        return self.kind.silent

    @property
    def waiting(self) -> int:
        """How many requests wait to be answered."""
        return self._stage.waiting

    @property
    def scopes(self) -> list[dict[str, Any]]:
        """What was asked."""
        return self._stage.scopes

    def go_on(self) -> None:
        """Answer those who wait."""
        self._stage.go_on.set()

    async def come(self, address: str, *, settled: bool = True) -> Guest:
        """Somebody connects; the server knows of them, unless it is full of others."""
        before = {one for one in self.known if not one.transport.is_closing()}
        reader, writer = await asyncio.open_connection(
            LOOPBACK, self._port, local_addr=(address, 0), limit=1 << 22
        )
        self._stack.callback(writer.close)
        if settled:
            await self.until(lambda: bool(self.known - before))
        return Guest(reader, writer)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so."""
        while not true():  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.005)

    async def until_settled(self, true: Callable[[], bool]) -> None:
        """Wait until something stays so: what the network still takes would have been taken."""
        turns = 0
        while turns < SETTLED_TURNS:
            await asyncio.sleep(0)
            turns = turns + 1 if true() else 0
