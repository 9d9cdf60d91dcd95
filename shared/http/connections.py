"""A connection that asks for nothing is not kept: deadlines for heads and bodies, and a limit.

uvicorn itself waits for ever for the rest of a request and accepts connections without end, so a
few hundred clients that send a byte now and then hold all the descriptors there are (slow loris).
Source: `reliability` §6 (API4) and S8. A whole request in one packet, which nearly every one is,
costs no timer. Whoever has been silent longest makes room for who comes new.
"""

import asyncio
import resource
from collections import OrderedDict
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS_MAX: Final = 10.0
BODY_SECONDS: Final = 15.0
BODY_BYTES_PER_SECOND_MIN: Final = 2_048
DESCRIPTORS_BESIDE: Final = 256
"""Databases, the bus, logs, files and the reader of workbooks."""
_SLOW: Final = (
    b'{"type":"about:blank","title":"Request Timeout","status":408,'
    b'"detail":"The request did not arrive in time.",'
    b'"remedy":"Send it again, without pauses.",'
    + '"title_zh":"请求未按时送达","remedy_zh":"请重新发送。"}'.encode()
)
_FULL: Final = (
    b'{"type":"about:blank","title":"Service Unavailable","status":503,'
    b'"detail":"Too many connections are open.","remedy":"Try again in a second.",'
    + '"title_zh":"连接过多","remedy_zh":"请稍后重试。"}'.encode()
)


def _answer(status: bytes, body: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 " + status + b"\r\ncontent-type: application/problem+json\r\n" + more
    head += b"connection: close\r\ncontent-length: " + str(len(body)).encode()
    return head + b"\r\n\r\n" + body


SLOW: Final = _answer(b"408 Request Timeout", _SLOW)
FULL: Final = _answer(b"503 Service Unavailable", _FULL, b"retry-after: 1\r\n")


class Connection(HttpToolsProtocol):
    """One connection of a client; `silent` are those whose client has to speak, oldest first."""

    head_seconds_max: ClassVar[float] = HEAD_SECONDS_MAX
    body_seconds: ClassVar[float] = BODY_SECONDS
    connections_max: ClassVar[int] = 1_000
    silent: ClassVar[OrderedDict["Connection", None]] = OrderedDict()

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as uvicorn has it
        """Nothing has been said."""
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._asked = self._in_body = False
        self._body_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; somebody who is silent may have to go for it."""
        super().connection_made(transport)
        if len(self.connections) > self.connections_max and not self._made_room():
            transport.write(FULL)
            transport.close()
            return
        self.silent[self] = None
        self._expect(self.head_seconds_max)

    def _made_room(self) -> bool:
        while self.silent:
            other, _ = self.silent.popitem(last=False)
            if not other.transport.is_closing():
                other.end(FULL)
                return True
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self.silent.pop(self, None)
        self._relax()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A part of a request: what follows has to come in time."""
        if self._in_body:
            self._body_bytes += len(data)
        elif self._deadline is None:
            self._expect(self.head_seconds_max)
        super().data_received(data)
        if self._in_body and self._deadline is None:
            self._body_bytes = 0
            self._expect(self.body_seconds)
            self.silent[self] = None

    def on_headers_complete(self) -> None:
        """A request is known."""
        self.silent.pop(self, None)
        self._relax()
        self._asked = self._in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is whole."""
        self.silent.pop(self, None)
        self._relax()
        self._in_body = False
        super().on_message_complete()
        if self.cycle.response_complete:
            self.silent[self] = None

    def on_response_complete(self) -> None:
        """It is answered; the client is silent until it asks again."""
        super().on_response_complete()
        if not self.transport.is_closing() and not self.pipeline:
            self.silent[self] = None

    def _expect(self, seconds: float) -> None:
        self._deadline = self.loop.call_later(seconds, self._late)

    def _relax(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        """A body that moves may take its time; anything else has had it."""
        self._deadline = None
        if self._in_body and self._body_bytes >= BODY_BYTES_PER_SECOND_MIN * self.body_seconds:
            self._body_bytes = 0
            self._expect(self.body_seconds)
            return
        if self._in_body and self.flow.read_paused:
            # It is we who do not read.
            self._expect(self.body_seconds)
            return
        if not self.transport.is_closing():
            self.end(SLOW)

    def end(self, answer: bytes) -> None:
        """Close it, with an answer where one is awaited; who reads a body learns that it broke."""
        if self._in_body and not self.cycle.response_started:
            cycle = self.cycle
            cycle.response_started = cycle.response_complete = True
            cycle.message_event.set()
            self.transport.write(answer)
        elif not self._asked:
            self.transport.write(answer)
        self.transport.close()


def connection_class(connections_max: int) -> type[Connection]:
    """Connections of which a process has so many, or as many as it may have descriptors for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections_max + DESCRIPTORS_BESIDE
    if soft < wanted:
        soft = min(wanted, hard) if hard != resource.RLIM_INFINITY else wanted
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    known = {"connections_max": min(connections_max, max(1, soft - DESCRIPTORS_BESIDE))}
    return type("Connection", (Connection,), {**known, "silent": OrderedDict()})
