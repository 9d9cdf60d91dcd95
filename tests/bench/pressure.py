"""A client that costs little: keep-alive connections that send the next request on each answer."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

_LENGTH: Final = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)

DONE: Final = (b"HTTP/1.1 204", b"HTTP/1.1 201")

type Make = Callable[[], bytes]


@dataclass(slots=True)
class Window:
    """What one window of pressure saw."""

    answers: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    bad: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.answers / self.seconds

    def latency_ms(self, share: float) -> float:
        """A percentile of the latencies."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class _Connection(asyncio.Protocol):
    def __init__(self, make: Make, seen: Window, good: tuple[bytes, ...]) -> None:
        self.stopping = False
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._make, self._seen, self._good = make, seen, good
        self._transport: asyncio.Transport | None = None
        self._sent_at = 0.0
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """An answer is whole when its body is; 204 has none."""
        self._data += data
        head, end, body = self._data.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return
        if not head.startswith(self._good):
            self._seen.bad.append(self._data[:500])
        self._data = b""
        self._seen.answers += 1
        self._seen.latencies.append(time.perf_counter() - self._sent_at)
        if self.stopping and self._transport is not None:
            self._transport.close()
            self.done.set_result(None)
        else:
            self._send()

    def _send(self) -> None:
        assert self._transport is not None
        self._sent_at = time.perf_counter()
        self._transport.write(self._make())


async def press(
    port: int, make: Make, connections: int, seconds: float, good: tuple[bytes, ...] = DONE
) -> Window:
    """Press a server for a while."""
    loop, seen = asyncio.get_running_loop(), Window()
    opened = [
        (await loop.create_connection(lambda: _Connection(make, seen, good), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    began = time.perf_counter()
    await asyncio.sleep(seconds)
    seen.seconds = time.perf_counter() - began
    for connection in opened:
        connection.stopping = True
    await asyncio.gather(*(connection.done for connection in opened))
    return seen


def _length(head: bytes) -> int:
    """How many bytes of body follow."""
    found = _LENGTH.search(head)
    return int(found[1]) if found else 0
