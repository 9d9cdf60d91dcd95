"""A connection that asks for nothing is not kept: deadlines for heads and bodies, and a limit.

uvicorn itself waits for ever for the rest of a request and accepts connections without end, so a
few hundred clients that send a byte now and then hold all the descriptors there are (slow loris).
Source: `reliability` §6 (API4) and S8. A whole request in one packet, which nearly every one is,
costs no timer. Who comes new finds room where most are silent: of the address that has most such
connections the one that has been silent longest goes. Only where everybody has just come, and
nobody has more than the newcomer's own address, the newcomer is asked to come again.
"""

import asyncio
import resource
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shared.http.addresses import NOBODY, Gateways, whose
from shared.http.silence import Silence

GRACE_SECONDS: Final = 0.2
"""Who connects sends at once; so long it may take until that is read."""
HEAD_SECONDS_MAX: Final = 10.0
BODY_SECONDS: Final = 15.0
BODY_BYTES_PER_SECOND_MIN: Final = 2_048
DESCRIPTORS_BESIDE: Final = 256
"""Databases, the bus, logs, files and the reader of workbooks."""
_SCHEMES: Final = {b"http": "http", b"https": "https"}
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
    """One connection of a client; `silent` are those that wait for their client."""

    head_seconds_max: ClassVar[float] = HEAD_SECONDS_MAX
    body_seconds: ClassVar[float] = BODY_SECONDS
    grace_seconds: ClassVar[float] = GRACE_SECONDS
    connections_max: ClassVar[int] = 1_000
    gateways: ClassVar[Gateways] = Gateways()
    silent: ClassVar[Silence["Connection"]] = Silence()

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as uvicorn has it
        """Nothing has been said."""
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._asked = self._in_body = self._gateway = False
        self._body_bytes = 0
        self._peer = self._asker = NOBODY

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; somebody who is silent may have to go for it."""
        super().connection_made(transport)
        if self.client is not None:
            self._peer = self._asker = whose(self.client[0])
            self._gateway = self.gateways.believes(self.client[0])
        if len(self.connections) > self.connections_max and not self._made_room():
            transport.write(FULL)
            transport.close()
            return
        self._wait_for(self._peer)
        self._expect(self.head_seconds_max)

    def _made_room(self) -> bool:
        while (first := self.silent.first()) is not None:
            if not first.one.transport.is_closing():
                young = self.loop.time() - first.since < self.grace_seconds
                if young and first.of <= self.silent.of(self._peer) + 1:
                    return False
                first.one.end(FULL)
                self.silent.discard(first.one)
                return True
            self.silent.discard(first.one)
        return False

    def _wait_for(self, address: str) -> None:
        """It is somebody's turn who comes from there."""
        self.silent.add(self, address, self.loop.time())

    def give_way(self, address: str) -> None:
        """Nothing is lost to whoever is asking now if this ends unanswered."""
        self._wait_for(address)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self.silent.discard(self)
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
            self._wait_for(self._asker)

    def on_headers_complete(self) -> None:
        """A request is known, and where it comes from."""
        self.silent.discard(self)
        self._relax()
        if self._gateway:
            self._believe_gateway()
        self.scope["abacus.gives_way"] = self.give_way  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()
        self._asked = self._in_body = True

    def _believe_gateway(self) -> None:
        assert self.client is not None
        host = self.gateways.client(self.client[0], self.headers)
        self._asker = whose(host)
        self.scope["client"] = (host, 0)
        self.scope["abacus.gateway"] = self.client[0]  # type: ignore[typeddict-unknown-key]
        for name, text in self.headers:
            if name == b"x-forwarded-proto" and text in _SCHEMES:
                self.scope["scheme"] = _SCHEMES[text]

    def on_message_complete(self) -> None:
        """A request is whole."""
        self.silent.discard(self)
        self._relax()
        self._in_body = False
        super().on_message_complete()
        if self.cycle.response_complete:
            self._wait_for(self._peer)

    def on_response_complete(self) -> None:
        """It is answered; the client is silent until it asks again."""
        super().on_response_complete()
        if not self.transport.is_closing() and not self.pipeline:
            self._wait_for(self._peer)

    def pause_writing(self) -> None:
        """The client does not read what it asked for: it is its turn, too."""
        super().pause_writing()
        self._wait_for(self._asker)

    def resume_writing(self) -> None:
        """It reads."""
        super().resume_writing()
        if not self.cycle.response_complete:
            self.silent.discard(self)

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
        if self.flow.write_paused:
            # What is written already would be waited for.
            self.transport.abort()
            return
        if not self._asked:
            self.transport.write(answer)
        elif not self.pipeline and not self.cycle.response_started:
            cycle = self.cycle
            cycle.response_started = cycle.response_complete = True
            cycle.message_event.set()
            self.transport.write(answer)
        self.transport.close()


def connection_class(connections_max: int, gateways: Gateways) -> type[Connection]:
    """Connections of which a process has so many, or as many as it may have descriptors for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections_max + DESCRIPTORS_BESIDE
    if soft < wanted:
        soft = min(wanted, hard) if hard != resource.RLIM_INFINITY else wanted
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    found = min(connections_max, max(1, soft - DESCRIPTORS_BESIDE))
    known = {"connections_max": found, "gateways": gateways, "silent": Silence()}
    return type("Connection", (Connection,), known)
