"""The monitoring service on a real PostgreSQL, its API and its worker, and others who speak."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import httpx

from services.monitoring.main import service
from services.monitoring.settings import MonitoringSettings
from shared import migrations
from shared.bus import Bus
from shared.bus.memory import MemoryBus
from shared.clock import AdjustableClock
from shared.contracts.envelope import say, subject_of
from shared.contracts.public_event import PublicEvent
from shared.eventstore import SaidWord
from shared.eventstore.hashes import word_hash
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.working import PostgresWorking
from shared.http.app import create_app
from shared.http.runtime import Runtime
from shared.testing.projection_spec import recorded
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from shared.webhooks.courier import Courier, Road
from shared.webhooks.deliveries import Deliveries
from shared.worker import Worker


@dataclass(slots=True, kw_only=True)
class World:
    """One monitoring service, alive."""

    client: httpx.AsyncClient
    tokens: Tokens
    clock: AdjustableClock
    store: PostgresStore
    bus: MemoryBus
    runtime: Runtime
    said: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def hear(self, *words: PublicEvent) -> None:
        """Somebody says this, and it has been heard."""
        for word in words:
            self.said[word.producer] += 1
            number = self.said[word.producer]
            (told,) = recorded(f"word-{number}", word, at=self.clock.now())
            body = say(word, told)
            said = SaidWord(number, subject_of(word), word.event_type(), body, word_hash(body))
            await self.bus.publish(word.producer, [said])
        for producer, number in self.said.items():
            await self._heard(producer, number)

    async def settled(self) -> None:
        """Everything said so far has come back to us, was acted upon, and can be read."""
        while True:
            await self.store.sequence()  # what was committed has its number
            before = await self.store.head()
            await self._heard("monitoring", before.number)
            await self._folded(before.position)
            await asyncio.sleep(0.1)
            await self.store.sequence()
            if await self.store.head() == before:
                return

    async def _folded(self, position: int) -> None:
        later = [one.name for one in service.projections if one.project and not one.inline]

        async def read() -> bool:
            return min([await self.store.cursor(name) for name in later]) >= position

        await eventually(read)

    async def _heard(self, producer: str, number: int) -> None:
        async def cursor() -> bool:
            return await self.store.cursor(f"inbox:{producer}") >= number

        await eventually(cursor)

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


async def eventually(look: Callable[[], Awaitable[bool]], seconds_max: float = 20) -> None:
    """Wait until it is so."""
    until = time.monotonic() + seconds_max
    while not await look():
        assert time.monotonic() < until, "it never came"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def world(
    url: str,
    start: datetime,
    road: Road | None = None,
    **more: Any,  # noqa: ANN401 - settings
) -> AsyncIterator[World]:
    """Serve and work until the story is told."""
    await migrations.upgrade("monitoring", url)
    tokens, bus = Tokens.fresh(), MemoryBus(patience=0.02)
    for producer in ("targets", "evaluation", "monitoring"):
        await bus.provision(producer)
    settings = MonitoringSettings.model_validate(
        {
            "database_url": url,
            "issuer": ISSUER,
            "audience": AUDIENCE,
            "clock": "adjustable",
            **more,
        }
    )
    async with AsyncExitStack() as stack:
        pool = await open_pool(url)
        stack.push_async_callback(pool.close)
        store, working = PostgresStore(pool), PostgresWorking(pool)
        clock = AdjustableClock(working)
        await clock.advance_to(start)
        worker = Worker(service, store=store, working=working, clock=clock)

        if road is not None:
            worker.courier = lambda desk: Courier(desk, Deliveries(pool), road)

        async def connect() -> Bus:
            return bus

        task = asyncio.create_task(worker.run(connect))
        stack.push_async_callback(_ended, task)
        app = create_app(service, settings=settings, clock=clock, keys=tokens.keys)
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://api.test")
        await stack.enter_async_context(client)
        runtime = app.state.runtime
        yield World(
            client=client, tokens=tokens, clock=clock, store=store, bus=bus, runtime=runtime
        )
        assert not task.done(), task.exception()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
