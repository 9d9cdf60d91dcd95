"""Requests and answers as bytes on bare sockets: a client library would wait or retry politely."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

LOOPBACK: Final = "127.0.0.1"
ANSWER_SECONDS_MAX: Final = 60.0

type Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, the names and texts of its headers, and how long it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


@dataclass(slots=True)
class Seen:
    """What one kind of caller was answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    hopeless: list[str] = field(default_factory=list)

    def note(self, answer: Answer) -> None:
        """One more; a refusal for want of room says when to come again."""
        self.statuses[answer.status] += 1
        self.seconds.append(answer.seconds)
        waiting = answer.status in {429, 503} and "retry-after" in answer.headers
        if answer.status >= 500 and not waiting:
            self.hopeless.append(f"{answer.status} {answer.body[:300]!r}")
        if answer.status == 429 and not waiting:
            self.hopeless.append("429 without Retry-After")

    @property
    def figures(self) -> str:
        """Median and 99 of 100, in milliseconds."""
        return f"{self.late(0.5) * 1000:.0f}/{self.late(0.99) * 1000:.0f} ms of {len(self.seconds)}"

    def late(self, share: float) -> float:
        """The seconds within which this share was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def request(method: str, path: str, token: str = "", body: bytes = b"", *more: str) -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "host: x", "content-type: application/json", *more]
    lines += [f"authorization: Bearer {token}"] if token else []
    lines += [] if "transfer-encoding: chunked" in more else [f"content-length: {len(body)}"]
    return "\r\n".join((*lines, "", "")).encode() + body


@asynccontextmanager
async def connected(port: int, address: str = LOOPBACK) -> AsyncIterator[Streams]:
    """A connection from an address, closed whatever happens."""
    streams = await asyncio.open_connection(LOOPBACK, port, limit=1 << 20, local_addr=(address, 0))
    try:
        yield streams
    finally:
        streams[1].close()
        with suppress(OSError):
            await streams[1].wait_closed()


async def answered(reader: asyncio.StreamReader, begun: float) -> Answer:
    """The next answer on a connection."""
    async with asyncio.timeout(ANSWER_SECONDS_MAX):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {
            name.lower(): text.strip() for name, _, text in (line.partition(":") for line in lines)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Answer(int(first.split()[1]), headers, body, time.perf_counter() - begun)


async def ask(streams: Streams, sent: bytes) -> Answer:
    """Send and wait."""
    reader, writer = streams
    begun = time.perf_counter()
    writer.write(sent)
    return await answered(reader, begun)
