"""Those who flood a served process, and those who only want an answer meanwhile.

Everything is written to bare sockets: a client library would wait, retry or give up politely.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from shared.embedded.server import LOOPBACK
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.settings import ServiceSettings
from tests.targets.own_process import Serving

REGION: Final = "653101"
ANSWER_SECONDS_MAX: Final = 60.0
OTHERS: Final = 30
MEGABYTES_10: Final = 10 * 1_048_576
BULKS: Final = ("declared", "chunked", "deep", "upload")
_LINE: Final = b'{"x": 1}\n'

type Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Besieged(Serving):
    """The service as it is served, with the limits that a story needs."""

    def __init__(self, folder: Path, database_url: str, **limits: int) -> None:
        """Nothing runs before `start`."""
        super().__init__(folder, database_url)
        given = {f"ABACUS_{name.upper()}": str(value) for name, value in limits.items()}
        self._variables: Mapping[str, str] = {**self._variables, **given}
        self._issuer = Issuer.of(ServiceSettings.model_validate({"data_dir": folder / "data"}))

    def token(self, subject: str, region: str = REGION) -> str:
        """Somebody of the bureau, by name."""
        bearer = Bearer(subject=subject, roles=[Role.FB_LEADER], region_code=region)
        return self._issuer.mint(bearer)


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
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, answer: Answer) -> None:
        """One more; a refusal for want of room says when to come again."""
        self.statuses[answer.status] += 1
        self.seconds.append(answer.seconds)
        self.more.set()
        waiting = answer.status in {429, 503} and "retry-after" in answer.headers
        if answer.status >= 500 and not waiting:
            self.hopeless.append(f"{answer.status} {answer.body[:300]!r}")
        if answer.status == 429 and not waiting:
            self.hopeless.append("429 without Retry-After")

    async def reaches(self, status: int, times: int) -> None:
        """Wait until somebody was answered so often."""
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            while self.statuses[status] < times:
                self.more.clear()
                await self.more.wait()

    @property
    def figures(self) -> str:
        """Median and 99 of 100, in milliseconds."""
        return f"{self.late(0.5) * 1000:.0f}/{self.late(0.99) * 1000:.0f} ms of {len(self.seconds)}"

    def late(self, share: float) -> float:
        """The seconds within which this share was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def tell(name: str, calm: Seen, meanwhile: Seen, *more: object) -> None:
    """The figures of a story, for `pytest -s`."""
    print(f"\n{name}: {calm.figures}, meanwhile {meanwhile.figures}", *more)  # noqa: T201


def request(method: str, path: str, token: str = "", body: bytes = b"", *more: str) -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "host: x", "content-type: application/json", *more]
    lines += [f"authorization: Bearer {token}"] if token else []
    lines += [] if "transfer-encoding: chunked" in more else [f"content-length: {len(body)}"]
    return "\r\n".join((*lines, "", "")).encode() + body


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Streams]:
    """A connection, closed whatever happens."""
    streams = await asyncio.open_connection(LOOPBACK, port, limit=1 << 20)
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


async def others(port: int, tokens: Sequence[str], times: int, seen: Seen) -> None:
    """People who ask one after the other, each a new connection now and then."""
    for number in range(times):
        async with connected(port) as streams:
            token = tokens[number % len(tokens)]
            seen.note(await ask(streams, request("GET", "/v1/regions?limit=5", token)))


async def hammer(port: int, sent: bytes, stop: asyncio.Event, seen: Seen) -> None:
    """One connection that asks again as soon as it has an answer, and comes back when it is cut."""
    while not stop.is_set():
        with suppress(OSError, asyncio.IncompleteReadError):
            async with connected(port) as streams:
                while not stop.is_set():
                    seen.note(await ask(streams, sent))


async def drip(port: int, head: bytes, stop: asyncio.Event, ended: Counter[str]) -> None:
    """A connection that sends a beginning and then a byte now and then (slow loris)."""
    while not stop.is_set():
        with suppress(OSError):
            async with connected(port) as (reader, writer):
                writer.write(head)
                gone = asyncio.ensure_future(reader.read(1_000))
                while not stop.is_set() and not gone.done():
                    writer.write(b"x")
                    await asyncio.wait({gone}, timeout=1.0)
                if gone.done():
                    ended["answered" if gone.result() else "closed"] += 1
                else:
                    gone.cancel()
                    ended["held"] += 1
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await stop.wait()


async def bulky(
    besieged: Besieged, kind: str, number: int, seen: Seen, stop: asyncio.Event
) -> None:
    """A client that sends something far too large or too deep, again and again."""
    head, body = _bulk(kind, besieged.token(f"{kind} {number}"))
    while not stop.is_set():
        with suppress(OSError, asyncio.IncompleteReadError):
            async with connected(besieged.port) as (reader, writer):
                writer.write(head)
                reading = asyncio.create_task(answered(reader, time.perf_counter()))
                with suppress(OSError):
                    for start in range(0, len(body), 65_536):
                        if reading.done():
                            break
                        writer.write(body[start : start + 65_536])
                        await writer.drain()
                seen.note(await reading)


def _bulk(kind: str, token: str) -> tuple[bytes, bytes]:
    """Head and body: 10 MiB for a command, said or not; a megabyte of brackets; a long file."""
    if kind == "upload":
        body = _LINE * (MEGABYTES_10 // len(_LINE))
        head = request("POST", "/v1/imports?operation=register_region", token)
        head = head.replace(b"application/json", b"application/x-ndjson")
    else:
        body = b"[" * 1_000_000 if kind == "deep" else b" " * MEGABYTES_10
        more = ["transfer-encoding: chunked"] if kind == "chunked" else []
        head = request("POST", "/v1/regions", token, b"", *more)
    if kind == "chunked":
        body = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    return head.replace(b"length: 0", b"length: %d" % len(body)), body
