"""Server-sent events (WHATWG HTML §9.2): the frames, the headers, and a limit to waiting.

`id` is a cursor: whoever was cut off sends the last one as `Last-Event-ID` and goes on behind it.
A frame with an `id` and no data moves that place without telling anything. What a client does not
take is not read for it: the next part waits until the one before has left, and not for ever.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping, Sequence
from typing import Any, Final

from starlette.responses import Response

from shared.http.limits import Receive

SEND_SECONDS_MAX: Final = 30.0
"""How long a client may leave what was sent to it untouched."""
RETRY_MILLISECONDS: Final = 2_000
HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]

type Header = tuple[bytes, bytes]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class ClientStalled(Exception):
    """The client takes nothing any more; its place is for somebody else."""


def event(data: bytes, *, id_: str | None = None, name: str | None = None) -> bytes:
    """One event; `data` is JSON and has no line break of its own."""
    lines = []
    if id_ is not None:
        lines.append(f"id: {id_}".encode())
    if name is not None:
        lines.append(f"event: {name}".encode())
    lines += [b"data: " + part for part in data.split(b"\n")]
    return b"\n".join(lines) + b"\n\n"


def heartbeat(id_: str | None = None) -> bytes:
    """A comment that keeps the connection; with an `id` it also moves the place to go on from."""
    place = f"id: {id_}\n" if id_ is not None else ""
    return f": here\n{place}\n".encode()


def retry() -> bytes:
    """How long to wait before connecting again."""
    return f"retry: {RETRY_MILLISECONDS}\n\n".encode()


async def timely(send: Send, body: bytes) -> None:
    """Send a part of a stream; raises `ClientStalled` where the client does not take it."""
    try:
        async with asyncio.timeout(SEND_SECONDS_MAX):
            await send({"type": "http.response.body", "body": body, "more_body": True})
    except TimeoutError:
        raise ClientStalled from None


class EventStream(Response):
    """A stream of events that ends with its client, with the process, or with its source.

    `parts` gives frames as there is something to tell, and often enough nothing (empty bytes), so
    that a client that has gone is noticed. `ended` is called once, whatever happens.
    """

    def __init__(
        self, parts: AsyncGenerator[bytes], headers: Sequence[Header], ended: Callable[[], None]
    ) -> None:
        """Nothing is sent before it is called."""
        super().__init__()
        self._parts = parts
        self._ended = ended
        self._opening = [*HEADERS, *headers]

    async def __call__(self, _scope: object, receive: Receive, send: Send) -> None:
        """Send until it ends."""
        gone = asyncio.create_task(_gone(receive), name="event-stream")
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self._opening})
            async for part in self._parts:
                if gone.done():
                    return
                if part:
                    await timely(send, part)
            await send({"type": "http.response.body", "body": b""})
        except ClientStalled:
            return  # the server closes what was not ended
        finally:
            gone.cancel()
            await self._parts.aclose()
            self._ended()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
