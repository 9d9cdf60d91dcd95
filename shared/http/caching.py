"""Public answers can be revalidated: `ETag`, `Cache-Control`, and 304 (RFC 9110, RFC 9111).

A query that tags the version itself keeps its strong tag; any other whole public answer gets
a weak one of its bytes. A stream (SSE, export) is passed through as it comes.

An answer that says for how long it holds (`holds_while`) is known from then on: whoever has it
is told so from memory, before anything is routed or read. What is known of the head is then at
most a tenth of a second old (`shared.http.freshness`), and the answer says how old.
"""

import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.types import ASGIApp

from shared.http.freshness import TROUBLE, Freshness
from shared.http.limits import Receive
from shared.http.policy import Role

type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]

_REVALIDATE: Final = (b"cache-control", b"public, no-cache")
_VARY: Final = (b"vary", b"Accept, Accept-Language, Abacus-At-Least, Origin")
_PACKED: Final = (b"vary", b"Accept-Encoding")  # as whoever packs the answer says
_FRESH: Final = frozenset({b"abacus-as-of", b"abacus-age-seconds", b"abacus-event-position"})
_KEPT: Final = _FRESH | {
    b"etag", b"cache-control", b"vary", b"link", b"content-language", b"expires"
}  # fmt: skip
_OK: Final = 200
KNOWN_MAX: Final = 2_000
# An answer depends on these; who is named or has written something is asked of the database.
_READ: Final = (b"accept", b"accept-language", b"host", b"x-forwarded-prefix")
_OWN: Final = frozenset({b"authorization", b"abacus-at-least", b"cookie"})

type Key = tuple[str, bytes, tuple[bytes | None, ...]]


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer that was given: its tag, its headers, and until which head it holds."""

    tag: bytes
    headers: list[tuple[bytes, bytes]]
    number: int | None
    operation: str


@dataclass(slots=True)
class Known:
    """The answers of one process that hold until more is said; the oldest is forgotten first."""

    found: dict[Key, _Known] = field(default_factory=dict)

    def remember(self, scope: MutableMapping[str, Any], headers: list[tuple[bytes, bytes]]) -> None:
        """Keep an answer that says for how long it holds."""
        key, tag = _key(scope), dict(headers).get(b"etag")
        if key is None or tag is None:
            return
        while len(self.found) >= KNOWN_MAX:
            self.found.pop(next(iter(self.found)))
        kept = [(name, text) for name, text in headers if name in _KEPT and name not in _FRESH]
        kept.append(_PACKED)
        number: int | None = scope["abacus.holds_while"]
        operation = getattr(scope.get("route"), "name", None) or "unknown"
        self.found[key] = _Known(tag, kept, number, operation)


def holds_while(scope: MutableMapping[str, Any], number: int | None) -> None:
    """The answer to this request holds while so many words are said, or for ever (`None`)."""
    scope["abacus.holds_while"] = number


def _key(scope: MutableMapping[str, Any]) -> Key | None:
    headers: dict[bytes, bytes] = scope["abacus.headers"]
    if not _OWN.isdisjoint(headers):
        return None
    return scope["path"], scope["query_string"], tuple(headers.get(name) for name in _READ)


class Remembered:
    """In front of everything that costs: a 304 from memory, where the caller has what we know."""

    def __init__(self, app: ASGIApp, known: Known, fresh: Freshness) -> None:
        """Wrap what answers queries and packs answers."""
        self._app = app
        self._known = known
        self._fresh = fresh

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, if it is known, or pass it on."""
        headers = None
        if scope["type"] == "http" and scope["method"] == "GET":
            headers = await self._has_it(scope)
        if headers is None:
            await self._app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _has_it(self, scope: MutableMapping[str, Any]) -> list[tuple[bytes, bytes]] | None:
        """The headers of a 304 from memory, where the caller has what we would answer."""
        wanted = scope["abacus.headers"].get(b"if-none-match")
        key = _key(scope) if wanted is not None else None
        known = self._known.found.get(key) if key is not None else None
        if known is None or not _same(wanted, known.tag):
            return None
        try:
            seen = await self._fresh.lately()
        except TROUBLE:
            return None
        if known.number is not None and known.number != seen.number:
            return None
        scope["abacus.operation"] = known.operation
        return [*known.headers, *self._fresh.headers(seen)]


class Revalidation:
    """Tags public GET answers and answers 304 where the caller has the same already."""

    def __init__(self, app: ASGIApp, known: Known) -> None:
        """Wrap what answers queries; what holds for a while is `known` from then on."""
        self._app = app
        self._known = known

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
                if not message.get("more_body") and opening["status"] == _OK:
                    message = _tagged(scope, opening, message)
                    if "abacus.holds_while" in scope:
                        self._known.remember(scope, opening["headers"])
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
