"""Every door of every service, in this process: what can be asked for, and a caller who asks.

The services stand over a store in memory, without a database to read from. Whoever is let in to
read is told so (503); whoever is not is refused before that, and the difference is what counts.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, MutableMapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from ipaddress import IPv6Address
from itertools import count
from pathlib import Path
from typing import Any, Final

import msgspec
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Route

from shared.clock import AdjustableClock, FixedOffset
from shared.eventstore.memory import MemoryStore
from shared.http.app import Api, create_app
from shared.http.commands import CommandEndpoint
from shared.http.routes import CommandRoute, operation_name
from shared.manifest import Service
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.authority.division import SERVICES

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
PLACES: Final[Mapping[str, str]] = {
    "fiscal_year": "2021",
    "year": "2021",
    "month": "3",
    "node": "M05",
    "line_no": "1",
    "number": "1",
    "before": "1",
    "after": "1",
    "import_id": "0198f2b4-7c1e-7d3a-9b52-4f0a6c1d2e3f",
    "delegation_id": "0198f2b4-7c1e-7d3a-9b52-4f0a6c1d2e3f",
    "library": "KS_CORE",
    "table": "TARGETS",
    "name": "portal.css",
}
"""What stands in a path where a word would not do."""

_PLACES_OF_CALLERS: Final = count(1)
_NETWORKS: Final = int(IPv6Address("2001:db8::1"))


@dataclass(frozen=True, slots=True)
class Door:
    """One operation: where it is and how it is asked for."""

    service: str
    operation: str
    method: str
    path: str
    command: bool

    @property
    def address(self) -> str:
        """The path with something in the place of each parameter."""
        parts = []
        for part in self.path.split("/"):
            name = part[1:-1].partition(":")[0] if part.startswith("{") else None
            parts.append(part if name is None else PLACES.get(name, f"{name}-1"))
        return "/".join(parts)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def problem(self) -> str:
        """The name of the problem, if it is one."""
        if self.headers.get("content-type") != "application/problem+json":
            return ""
        # HEAD has the headers of a problem and no body.
        told = msgspec.json.decode(self.body) if self.body else {"type": "/"}
        return str(told["type"]).rsplit("/", 1)[1]

    @property
    def kind(self) -> tuple[int, str]:
        """Status and problem."""
        return self.status, self.problem


@dataclass(slots=True, kw_only=True, eq=False)
class House:
    """One service, its doors and its store."""

    name: str
    manifest: Service
    app: Api
    store: MemoryStore
    tokens: Tokens

    doors: Sequence[Door] = field(init=False)

    def __post_init__(self) -> None:
        """Every way in, as the running app describes itself."""
        self.doors = [door for route in self.app.described for door in self._of(route, "")]

    def _of(self, route: Any, prefix: str) -> Iterable[Door]:  # noqa: ANN401 - whatever it has
        if (included := getattr(route, "original_router", None)) is not None:
            for inner in included.routes:
                yield from self._of(inner, prefix + route.include_context.prefix)
            return
        assert isinstance(route, Route), f"a door of an unknown kind: {route}"
        named = operation_name(route) if isinstance(route, APIRoute) else route.name
        for method in sorted(route.methods or ()):
            command = isinstance(route, CommandRoute)
            yield Door(self.name, named, method, prefix + route.path, command)

    @property
    def commands(self) -> Mapping[str, CommandEndpoint]:
        """The command endpoints by operation."""
        return {one.operation: one for one in self.manifest.commands}

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        query: str = "",
    ) -> Answer:
        """One request, straight to the app: no client changes what is sent."""
        sent = {"accept": "application/json", **(headers or {})}
        if body:
            sent |= {"content-length": str(len(body))}
            sent.setdefault("content-type", "application/json")
        scope: MutableMapping[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(n.encode(), v.encode("latin-1")) for n, v in sent.items()],
            # Everybody comes from elsewhere: how often one place may ask is another story.
            "client": (str(IPv6Address(_NETWORKS | next(_PLACES_OF_CALLERS) << 64)), 9),
            "server": ("doors", 80),
        }
        return await _answered(self.app, scope, body)


async def _answered(app: FastAPI, scope: MutableMapping[str, Any], body: bytes) -> Answer:
    sent = [{"type": "http.request", "body": body, "more_body": False}]
    found: dict[str, Any] = {"status": 0, "headers": (), "body": b""}

    async def receive() -> MutableMapping[str, Any]:
        return sent.pop() if sent else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            found.update(status=message["status"], headers=message.get("headers", ()))
        else:
            found["body"] += message.get("body", b"")

    await app(scope, receive, send)
    headers = {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in found["headers"]}
    return Answer(found["status"], headers, found["body"])


@asynccontextmanager
async def opened(data_dir: Path) -> AsyncIterator[Sequence[House]]:
    """The four services."""
    async with AsyncExitStack() as stack:
        houses = []
        for name in SERVICES:
            manifest: Service = import_module(f"services.{name}.main").service
            tokens, store = Tokens.fresh(), MemoryStore()
            settings = manifest.settings.model_validate(
                {
                    "issuer": ISSUER,
                    "audience": AUDIENCE,
                    "clock": "adjustable",
                    "data_dir": data_dir / name,
                    # How often somebody may ask is another story: `test_floods.py`.
                    "requests_per_second_max": 0,
                    # What time tells is another: `test_timing.py`.
                    "hiding_milliseconds": 0,
                }
            )
            app = create_app(
                manifest,
                settings=settings,
                store=store,
                clock=AdjustableClock(FixedOffset()),
                keys=tokens.keys,
            )
            await stack.enter_async_context(app.router.lifespan_context(app))
            houses.append(House(name=name, manifest=manifest, app=app, store=store, tokens=tokens))
        yield houses
