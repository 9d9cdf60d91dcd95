"""The monitoring service on a real PostgreSQL, its API and its worker, and others who speak."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

import httpx

from services.monitoring.main import service
from shared.webhooks.courier import Road
from tests.alive import Alive, alive, eventually

__all__ = ["World", "eventually", "world"]


@dataclass(slots=True, kw_only=True)
class World(Alive):
    """One monitoring service, alive."""

    async def settled(self) -> None:
        """Everything said so far has come back to us, was acted upon, and can be read."""
        while True:
            await eventually(self._on_time)
            await self.store.sequence()  # what was committed has its number
            before = await self.store.head()
            await self.heard("monitoring", before.number)
            await self._folded(before.position)
            await asyncio.sleep(0.1)
            await self.store.sequence()
            if await self._on_time() and await self.store.head() == before:
                return

    async def _on_time(self) -> bool:
        return not await self.working.due(self.clock.now(), 1)

    async def _folded(self, position: int) -> None:
        later = [one.name for one in service.projections if one.project and not one.inline]

        async def read() -> bool:
            return min([await self.store.cursor(name) for name in later]) >= position

        await eventually(read)

    async def later(self, moment: datetime) -> None:
        """Business time passes, and the api takes over what time it is; what falls due is done."""
        await self.clock.advance_to(moment)

        async def told() -> bool:
            return self.runtime.clock.now() >= moment

        await eventually(told)

    async def post(
        self, path: str, body: Mapping[str, Any] | None, by: Mapping[str, str], status: int = 0
    ) -> httpx.Response:
        """Ask for something, as often as one likes."""
        digest = sha256(f"{path}{body}".encode()).hexdigest()
        key = {"idempotency-key": digest, "if-match": "*"}
        answer = await self.client.post(f"/v1{path}", headers={**by, **key}, json=body)
        accepted = answer.status_code in {201, 204} if not status else answer.status_code == status
        assert accepted, answer.text
        return answer

    async def get(self, path: str, by: Mapping[str, str], **query: Any) -> Any:  # noqa: ANN401
        """Read something."""
        answer = await self.client.get(f"/v1{path}", headers=dict(by), params=query)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()


@asynccontextmanager
async def world(
    url: str,
    start: datetime,
    road: Road | None = None,
    **more: Any,  # noqa: ANN401 - settings
) -> AsyncIterator[World]:
    """Serve and work until the story is told."""
    async with alive(service, url, start, road, **more) as told:
        yield World(**{one.name: getattr(told, one.name) for one in fields(told)})
