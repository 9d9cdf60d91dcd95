"""A receiver of webhooks on this machine: it keeps what it got and answers what it is told to."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ssl import SSLContext

OK = b"HTTP/1.1 204 No Content\r\n\r\n"
PART = b"z" * 65_536


@dataclass(frozen=True, slots=True)
class Got:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Receiver:
    """What was received; `answers` are used up one by one, the last one stays.

    With `patience` it answers only when that is set; an `endless` one never comes to the end.
    """

    port: int = 0
    got: list[Got] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=lambda: [OK])
    connections: int = 0
    patience: asyncio.Event | None = None
    endless: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request, answer it."""
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            pairs = (line.split(": ", 1) for line in head[1:] if line)
            headers = {name.lower(): value for name, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.got.append(Got(head[0].split(" ")[1], headers, body))
            if self.patience is not None:
                await self.patience.wait()
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            writer.write(answer)
            await writer.drain()
            while self.endless:  # until nobody is there any more
                writer.write(PART)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def status(code: int, *headers: str) -> bytes:
    """An answer of this status."""
    lines = "".join(f"{line}\r\n" for line in headers)
    return f"HTTP/1.1 {code} Word\r\n{lines}\r\n".encode()


@asynccontextmanager
async def receiver(
    answers: Sequence[bytes] = (OK,), *, tls: SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """A receiver on a free port of the loopback."""
    one = Receiver(answers=list(answers))
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0, ssl=tls)
    one.port = server.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        server.close()
        await server.wait_closed()
