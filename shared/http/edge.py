"""The outermost layer: one correlation id, safe headers, limits, and a problem for every failure.

Pure ASGI, because Starlette's `BaseHTTPMiddleware` has cancelled code that must run
(`reliability` R2). What it adds to a request it finds in `scope` under `abacus.*`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from random import SystemRandom
from typing import TYPE_CHECKING, Any, Final

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp

from shared.domain.refusals import NotFound, Refusal
from shared.http.failures import refusal_of
from shared.http.language import preferred
from shared.http.limits import (
    BODY_BYTES_MAX,
    CallerGone,
    Receive,
    declared_length,
    too_large,
)
from shared.http.operations import PathTable
from shared.http.pace import BYTES_OF_A_REQUEST, charge_bytes
from shared.http.problems import MEDIA_TYPE, FieldsInvalid, MalformedRequest, MethodNotAllowed
from shared.http.runtime import Runtime
from shared.http.slim import answer_command
from shared.telemetry import DENIALS, REQUEST_SECONDS, REQUESTS, correlation_from, set_correlation

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]
type Headers = Iterable[tuple[bytes, bytes]]

_CHANCE: Final = SystemRandom()
_DENIED: Final = frozenset({401, 403, 404})
_SAFE: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
_NOT_MODIFIED: Final = 304
_NO_STORE: Final = (b"cache-control", b"no-store")
_NO_CONTENT: Final = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_OWN_CONTENT: Final = (
    b"content-security-policy",
    (
        b"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        b"frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
)

log = structlog.get_logger(__name__)


class Edge:
    """Wraps a whole API. Raises only when an answer broke off after it had begun."""

    def __init__(self, app: ASGIApp, runtime: Runtime, methods: PathTable) -> None:
        """Stand in front of `app`; `methods` says what each path allows."""
        self._app = app
        self._methods = methods
        self._runtime = runtime
        self._hiding_seconds = runtime.settings.hiding_milliseconds / 1_000
        # Looking a series up by its labels costs more than counting.
        self._measures: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        correlation = correlation_from(
            headers.get(b"abacus-correlation-id", b"").decode("latin-1"),
            headers.get(b"traceparent", b"").decode("latin-1"),
        )
        set_correlation(correlation)
        scope["abacus.headers"] = headers
        scope["abacus.language"] = preferred(
            headers.get(b"accept-language", b"").decode("latin-1"), self._runtime.language
        )
        started, status = time.perf_counter(), 0
        named = (b"abacus-correlation-id", correlation.encode())

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _finished(message.get("headers", ()), named, status)
            try:
                await send(message)
            except (OSError, RuntimeError) as failure:
                raise CallerGone from failure

        try:
            await self._keep_pace(scope, headers.get(b"authorization"))
            await self._app(scope, _guarded(scope, headers, receive, self._runtime), answer)
        except (CallerGone, ClientDisconnect):
            log.info("caller_gone", operation=operation_of(scope))
        except Exception as failure:
            if status:
                log.exception("answer_broke_off")
                raise
            # For the log alone: the caller is not told whether a thing is missing or foreign.
            scope["abacus.why"] = type(failure).__name__
            refusal = refusal_of(failure)
            if self._knows_by_another_method(scope, refusal):
                refusal = MethodNotAllowed()
            elif isinstance(refusal, NotFound) and "abacus.person" in scope:
                await asyncio.sleep(_CHANCE.uniform(0, self._hiding_seconds))
            with suppress(CallerGone):
                await self._refuse(scope, refusal, answer)
        finally:
            self._measure(scope, status, time.perf_counter() - started)

    async def _keep_pace(self, scope: Scope, authorization: bytes | None) -> None:
        """Who is known pays for the request, else the address it comes from."""
        person = None
        if authorization is not None:
            person = self._runtime.identity.known(authorization)
        await self._runtime.paces.keep(scope, person.actor if person else None)

    def _knows_by_another_method(self, scope: Scope, refusal: Refusal) -> bool:
        """The router behind has queries only: the paths of commands are unknown to it.

        It may take one for the name of a thing: `/libraries/cases` for `/libraries/{library}`.
        """
        if not isinstance(refusal, NotFound | FieldsInvalid):
            return False
        found = self._methods.find(scope["path"])
        return found is not None and scope["method"] not in found[0]

    async def _refuse(self, scope: Scope, refusal: Refusal, send: Send) -> None:
        problem = self._runtime.problems.answer(refusal, scope["abacus.language"])
        headers = [
            (name.encode(), text.encode("latin-1")) for name, text in problem.headers.items()
        ]
        if problem.status == MethodNotAllowed.status:
            found = self._methods.find(scope["path"])
            allowed = ", ".join(sorted(found[0])) if found else ""
            headers = [(n, v) for n, v in headers if n != b"allow"]
            headers.append((b"allow", allowed.encode()))
        headers.append((b"content-type", MEDIA_TYPE.encode()))
        headers.append((b"content-length", str(len(problem.body)).encode()))
        await send({"type": "http.response.start", "status": problem.status, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else problem.body
        await send({"type": "http.response.body", "body": body})

    def _measure(self, scope: Scope, status: int, seconds: float) -> None:
        operation = operation_of(scope)
        service = self._runtime.service
        found = self._measures.get((operation, status))
        if found is None:
            found = (
                REQUESTS.labels(service, operation, status),
                REQUEST_SECONDS.labels(service, operation),
            )
            self._measures[operation, status] = found
        found[0].inc()
        found[1].observe(seconds)
        if status in _DENIED:
            DENIALS.labels(service, operation, status).inc()
            person = scope.get("abacus.person")
            actor = person.actor if person else None
            why = scope.get("abacus.why")
            log.info("request_denied", operation=operation, status=status, actor=actor, why=why)


def operation_of(scope: Scope) -> str:
    """The name of what was asked for; never a path, which could hold anything."""
    named = scope.get("abacus.operation")
    if named is not None:
        return str(named)
    return getattr(scope.get("route"), "name", None) or "unknown"


def _finished(given: Headers, named: tuple[bytes, bytes], status: int) -> list[tuple[bytes, bytes]]:
    """What is sent; "not modified" says nothing of the content, so the page keeps its policy."""
    headers = [*given, *_SAFE, named]
    known = {name for name, _ in given}
    if b"cache-control" not in known:
        headers.append(_NO_STORE)
    if b"content-security-policy" not in known and status != _NOT_MODIFIED:
        html = any(n == b"content-type" and v.startswith(b"text/html") for n, v in given)
        headers.append(_OWN_CONTENT if html else _NO_CONTENT)
    return headers


def _guarded(
    scope: Scope, headers: dict[bytes, bytes], receive: Receive, runtime: Runtime
) -> Receive:
    """Refuse what no operation could mean, and count the bytes of a body that may be large."""
    if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
        raise MalformedRequest("The address holds the character NUL.")
    bytes_max = runtime.uploads.get(scope["path"], BODY_BYTES_MAX)
    length = declared_length(headers)
    if length > bytes_max:
        raise too_large(bytes_max)
    if length <= BYTES_OF_A_REQUEST and b"transfer-encoding" not in headers:
        return receive
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        size = len(message.get("body", b""))
        charge_bytes(scope, size)
        seen += size
        if seen > bytes_max:
            raise too_large(bytes_max)
        return message

    return counted


class CommandLane:
    """Answers commands itself and passes everything else on."""

    def __init__(self, app: ASGIApp, runtime: Runtime, table: PathTable) -> None:
        """Know the commands by path."""
        self._app = app
        self._runtime = runtime
        self._table = table

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, if it is a command."""
        found = None
        if scope["type"] == "http" and scope["method"] == "POST":
            found = self._table.find(scope["path"])
        if found is None:
            await self._app(scope, receive, send)
            return
        operation, values = found
        scope["abacus.operation"] = operation.name
        place = dict(zip(operation.parameters, values, strict=True))
        reply = await answer_command(self._runtime, operation, place, scope, receive)
        start = {"type": "http.response.start", "status": reply.status, "headers": reply.headers}
        await send(start)
        await send({"type": "http.response.body", "body": reply.body})
