"""Public answers can be revalidated: `ETag`, `Cache-Control`, and 304 (RFC 9110, RFC 9111).

A query that tags the version itself keeps its strong tag; any other whole public answer gets
a weak one of its bytes. A stream (SSE, export) is passed through as it comes.
"""

import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from starlette.types import ASGIApp

from shared.http.limits import Receive
from shared.http.policy import Role

type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]

_REVALIDATE: Final = (b"cache-control", b"public, no-cache")
_VARY: Final = (b"vary", b"Accept, Accept-Language, Abacus-At-Least, Origin")
_KEPT: Final = frozenset(
    {b"etag", b"cache-control", b"vary", b"link", b"content-language", b"expires"}
)


class Revalidation:
    """Tags public GET answers and answers 304 where the caller has the same already."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap what answers queries."""
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def answer(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None:
                opening, start = start, None
                if not message.get("more_body") and opening["status"] == 200:  # noqa: PLR2004
                    message = _tagged(scope, opening, message)
                await send(opening)
            await send(message)

        await self._app(scope, receive, answer)


def _tagged(scope: MutableMapping[str, Any], opening: Message, message: Message) -> Message:
    """Complete the opening's headers; the body is emptied when the caller has it."""
    headers = list(opening.get("headers", ()))
    known = dict(headers)
    if Role.PUBLIC in scope.get("abacus.admitted", ()):
        if b"etag" not in known and message.get("body"):
            digest = hashlib.sha256(message["body"]).hexdigest()[:32]
            headers.append((b"etag", f'W/"{digest}"'.encode()))
        if b"cache-control" not in known:
            headers.append(_REVALIDATE)
        headers.append(_VARY)
    opening["headers"] = headers
    tag = dict(headers).get(b"etag")
    wanted = scope["abacus.headers"].get(b"if-none-match")
    if tag is None or wanted is None or not _same(wanted, tag):
        return message
    opening["status"] = 304
    opening["headers"] = [(name, value) for name, value in headers if name in _KEPT]
    return {**message, "body": b""}


def _same(wanted: bytes, tag: bytes) -> bool:
    """Weak comparison, as RFC 9110 §13.1.2 asks for."""
    plain = tag.removeprefix(b"W/")
    return wanted.strip() == b"*" or any(
        entry.strip().removeprefix(b"W/") == plain for entry in wanted.split(b",")
    )
