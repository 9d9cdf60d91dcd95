"""A bad network between a process and its database or bus: one TCP proxy, one toxic at a time."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Final, Literal
from urllib.parse import urlsplit, urlunsplit

type Toxic = Literal[
    "none",
    "latency",
    "slicer",
    "stall",
    "reset",
    "lost answer",
    "black hole",
    "deaf",
    "mute",
    "rot",
]
TOXICS: Final[tuple[Toxic, ...]] = ("latency", "slicer", "stall", "reset", "lost answer")
HOLES: Final[tuple[Toxic, ...]] = ("black hole", "deaf", "mute")
"""Nobody is told: what is sent is gone, both ways, only answers or only questions, and so is the
line for ever."""
ROTTING: Final = re.compile(rb'"coins":\d\d')
CHUNK: Final = 65_536
SLICE_MAX: Final = 9
LATENCY_SECONDS: Final = 0.03
STALL_SECONDS: Final = 0.6


class _Cut(ConnectionError):
    """The line ends here."""


@dataclass(slots=True)
class Proxy:
    """Passes bytes on, as badly as it is told."""

    host: str
    port: int
    chance: Random
    toxic: Toxic = "none"
    done: Counter[str] = field(default_factory=Counter)
    _lines: set[asyncio.StreamWriter] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection from its beginning to its end."""
        self._lines.add(writer)
        try:
            there, back = await asyncio.open_connection(self.host, self.port)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._pump(reader, back, asked=True))
                    group.create_task(self._pump(there, writer, asked=False))
            finally:
                back.transport.abort()
        except* (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()
            self._lines.discard(writer)

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, asked: bool
    ) -> None:
        lost = False
        while data := await source.read(CHUNK):
            lost = lost or self.toxic in {"black hole", "mute" if asked else "deaf"}
            if lost:
                self.done[self.toxic] += 1
                continue
            for part in await self._through(data, asked=asked):
                sink.write(part)
                await sink.drain()
        raise _Cut

    async def _through(self, data: bytes, *, asked: bool) -> list[bytes]:
        """What comes out of the other end, and when."""
        toxic, chance = self.toxic, self.chance
        if toxic == "latency":
            await asyncio.sleep(chance.uniform(0, LATENCY_SECONDS))
        elif toxic == "slicer":
            self.done[toxic] += 1
            return [data[n : n + SLICE_MAX] for n in range(0, len(data), SLICE_MAX)]
        elif toxic == "stall" and chance.random() < 0.1:
            self.done[toxic] += 1
            await asyncio.sleep(STALL_SECONDS)
        elif toxic == "reset" and chance.random() < 0.03:
            self.done[toxic] += 1
            raise _Cut
        elif toxic == "lost answer" and not asked and chance.random() < 0.05:
            self.done[toxic] += 1  # the server did it, and nobody hears so
            raise _Cut
        elif toxic == "rot" and not asked and (found := ROTTING.search(data)):
            self.done[toxic] += 1  # the second figure of the first number is another one
            at = found.end() - 1
            return [data[:at], bytes([data[at] ^ 1]), data[at + 1 :]]
        self.done["latency"] += toxic == "latency"
        return [data]

    async def close(self) -> None:
        """Every line ends."""
        while self._lines:
            for writer in self._lines:
                writer.transport.abort()
            await asyncio.sleep(0.01)


@asynccontextmanager
async def before(url: str, chance: Random) -> AsyncIterator[tuple[Proxy, str]]:
    """A proxy before a database, and the address by which to reach it through the proxy."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    proxy = Proxy(parts.hostname, parts.port, chance)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    place = parts.netloc.rpartition("@")[0] + f"@127.0.0.1:{port}"
    try:
        yield proxy, urlunsplit(parts._replace(netloc=place))
    finally:
        server.close()
        await proxy.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                await server.wait_closed()
