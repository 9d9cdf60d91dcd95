"""given / when / then for HTTP: facts first, then a request, then the answer and new facts.

async with api(service) as jars:
    await jars.given(OpenJar(jar_id="a", unit_code="u1"))
    answer = await jars.post("/v1/jars/a/put", {"coins": 3}, if_match=1, by=finance)
    answer.then(204).recorded(CoinsPut(coins=3))
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

import httpx
from fastapi import FastAPI

from shared.asking import Ask
from shared.clock import AdjustableClock, FixedOffset
from shared.eventstore.codec import Codec
from shared.eventstore.memory import MemoryStore
from shared.handling import Handling
from shared.http.app import create_app
from shared.manifest import Service
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens

type Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the facts that the request left behind."""

    response: httpx.Response
    facts: Sequence[object]

    def then(self, status: int) -> Self:
        """It must have this status; the message shows the answer when it does not."""
        found = self.response
        assert found.status_code == status, f"{found.status_code}: {found.text[:1000]}"
        if status >= httpx.codes.BAD_REQUEST:
            assert found.headers["content-type"] == "application/problem+json"
            assert found.json()["status"] == status
        return self

    def recorded(self, *facts: object) -> Self:
        """It must have recorded exactly these facts."""
        assert list(self.facts) == list(facts)
        return self

    def recorded_nothing(self) -> Self:
        """It must have left nothing."""
        return self.recorded()

    def refused(self, slug: str) -> Self:
        """The problem must be of this type."""
        assert self.json["type"].endswith("/" + slug), self.json["type"]
        return self

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON is what it is
        """The body."""
        return self.response.json()

    @property
    def headers(self) -> httpx.Headers:
        """The headers."""
        return self.response.headers


@dataclass(slots=True, kw_only=True)
class Api:
    """A service in this process, over a store in memory."""

    app: FastAPI
    client: httpx.AsyncClient
    store: MemoryStore
    tokens: Tokens
    handling: Handling
    codec: Codec
    by: Headers = field(default_factory=dict)
    _seen: int = 0

    async def given(self, *commands: object) -> None:
        """What has already happened, by commands that nobody has to be allowed to send."""
        now = datetime.now(UTC)
        for command in commands:
            ask = Ask(
                commands=(command,),
                actor=f"{ISSUER}|given",
                unit="",
                now=now,
                correlation_id="given",
                causation_id="given",
            )
            await self.handling.handle(ask)
        await self._new_facts()

    async def post(
        self,
        path: str,
        body: object = None,
        *,
        if_match: int | str | None = None,
        key: str | None = None,
        by: Headers | None = None,
        **more: Any,  # noqa: ANN401 - whatever httpx takes
    ) -> Answered:
        """Send a command."""
        headers = dict(self.by if by is None else by)
        if if_match is not None:
            headers["if-match"] = if_match if isinstance(if_match, str) else f'"{if_match}"'
        if key is not None:
            headers["idempotency-key"] = key
        headers |= more.pop("headers", {})
        if body is not None:
            more["json"] = body
        response = await self.client.post(path, headers=headers, **more)
        return Answered(response, await self._new_facts())

    async def get(self, path: str, *, by: Headers | None = None, **more: Any) -> Answered:  # noqa: ANN401
        """Ask for something."""
        headers = {**(self.by if by is None else by), **more.pop("headers", {})}
        response = await self.client.get(path, headers=headers, **more)
        return Answered(response, await self._new_facts())

    async def _new_facts(self) -> list[object]:
        while (await self.store.sequence()).taken:
            pass
        entries = await self.store.read_ledger(self._seen, 10_000)
        self._seen += len(entries)
        return [self.codec.event(entry.event) for entry in entries]


@asynccontextmanager
async def api(service: Service, **settings: object) -> AsyncIterator[Api]:
    """Serve a manifest in this process with an issuer, a clock and a store of its own."""
    tokens, store = Tokens.fresh(), MemoryStore()
    chosen = service.settings.model_validate(
        {"issuer": ISSUER, "audience": AUDIENCE, "clock": "adjustable", **settings}
    )
    app = create_app(
        service,
        settings=chosen,
        store=store,
        clock=AdjustableClock(FixedOffset()),
        keys=tokens.keys,
    )
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.test") as client:
            yield Api(
                app=app,
                client=client,
                store=store,
                tokens=tokens,
                handling=Handling(service.aggregates, store),
                codec=service.aggregates.codec,
            )
