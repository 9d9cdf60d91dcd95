"""A flood, in a process of its own that gives way to everybody: what others feel is the server.

`tests.authority.flood_process` starts it: what to do comes as a line, what came of it goes out as
lines, and it ends with its input.
"""

import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from tests.authority.wire import Answer, Seen, Streams, answered, ask, connected

MEGABYTES_10: Final = 10 * 1_048_576
BULKS: Final = ("declared", "chunked", "deep", "upload")
NICE: Final = 19
TELL_SECONDS: Final = 0.1
_LINE: Final = b'{"x": 1}\n'


class Flood:
    """Clients from one address, until they are told to stop."""

    def __init__(self, port: int, address: str) -> None:
        """Nobody has come yet."""
        self.stop = asyncio.Event()
        self.seen = Seen()
        self.ended = Counter[str]()
        self._to = port, address

    def counts(self) -> Mapping[str, int]:
        """How often what came of it."""
        return {**{str(status): n for status, n in self.seen.statuses.items()}, **self.ended}

    async def hammer(self, sent: bytes) -> None:
        """Ask again as soon as there is an answer, and come back when it is cut."""
        while not self.stop.is_set():
            with suppress(OSError, asyncio.IncompleteReadError):
                async with connected(*self._to) as streams:
                    while not self.stop.is_set():
                        self.seen.note(await ask(streams, sent))

    async def drip(self, head: bytes) -> None:
        """Send a beginning and then a byte now and then (slow loris)."""
        while not self.stop.is_set():
            with suppress(OSError):
                async with connected(*self._to) as streams:
                    await self._drip(streams, head)
            with suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self.stop.wait()

    async def _drip(self, streams: Streams, head: bytes) -> None:
        reader, writer = streams
        writer.write(head)
        gone = asyncio.ensure_future(reader.read(1_000))
        while not self.stop.is_set() and not gone.done():
            writer.write(b"x")
            await asyncio.wait({gone}, timeout=1.0)
        if gone.done():
            self.ended["answered" if gone.result() else "closed"] += 1
        else:
            gone.cancel()
            self.ended["held"] += 1

    async def bulk(self, head: bytes, kind: str) -> None:
        """Send something far too large or too deep, again and again."""
        body = _body(kind)
        head = head.replace(b"length: 0", b"length: %d" % len(body))
        while not self.stop.is_set():
            with suppress(OSError, asyncio.IncompleteReadError):
                async with connected(*self._to) as streams:
                    self.seen.note(await _sent(streams, head, body))


async def _sent(streams: Streams, head: bytes, body: bytes) -> Answer:
    reader, writer = streams
    writer.write(head)
    reading = asyncio.create_task(answered(reader, time.perf_counter()))
    with suppress(OSError):
        for start in range(0, len(body), 65_536):
            if reading.done():
                break
            writer.write(body[start : start + 65_536])
            await writer.drain()
    return await reading


def _body(kind: str) -> bytes:
    """10 MiB for a command, said or not; a megabyte of brackets; a long file."""
    if kind == "upload":
        return _LINE * (MEGABYTES_10 // len(_LINE))
    body = b"[" * 1_000_000 if kind == "deep" else b" " * MEGABYTES_10
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n" if kind == "chunked" else body


def _say(flood: Flood) -> None:
    said = {"counts": flood.counts(), "hopeless": flood.seen.hopeless[:10]}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


async def _run(order: Mapping[str, Any]) -> None:
    """Flood as ordered until the input ends."""
    flood = Flood(order["port"], order["address"])
    asyncio.get_running_loop().add_reader(sys.stdin, flood.stop.set)
    clients = [
        asyncio.create_task(getattr(flood, order["does"])(sent.encode("latin-1"), *more))
        for sent, *more in order["clients"]
    ]
    while not flood.stop.is_set():
        _say(flood)
        with suppress(TimeoutError):
            async with asyncio.timeout(TELL_SECONDS):
                await flood.stop.wait()
    await asyncio.gather(*clients)
    _say(flood)


if __name__ == "__main__":
    os.nice(NICE)
    asyncio.run(_run(json.loads(sys.stdin.readline())))
