"""One service on a real PostgreSQL, its API and its worker awake, and others who speak to it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

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
from shared.manifest import Service
from shared.testing.projection_spec import recorded
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from shared.webhooks.courier import Courier, Road
from shared.webhooks.deliveries import Deliveries
from shared.worker import Worker

PRODUCERS = ("targets", "monitoring", "evaluation", "disclosure")


@dataclass(slots=True, kw_only=True)
class Alive:
    """A service that hears, answers and keeps its terms."""

    client: httpx.AsyncClient
    tokens: Tokens
    clock: AdjustableClock
    store: PostgresStore
    working: PostgresWorking
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
            await self.heard(producer, number)

    async def heard(self, producer: str, number: int) -> None:
        """Everything up to this word has been heard."""

        async def reached() -> bool:
            return await self.store.cursor(f"inbox:{producer}") >= number

        await eventually(reached)


async def eventually(look: Callable[[], Awaitable[bool]], seconds_max: float = 60) -> None:
    """Wait until it is so."""
    until = time.monotonic() + seconds_max
    while not await look():
        assert time.monotonic() < until, "it never came"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def alive(
    service: Service,
    url: str,
    start: datetime,
    road: Road | None = None,
    **more: Any,  # noqa: ANN401 - settings
) -> AsyncIterator[Alive]:
    """Serve and work over a migrated database until the story is told."""
    tokens, bus = Tokens.fresh(), MemoryBus(patience=0.02)
    for producer in PRODUCERS:
        await bus.provision(producer)
    told = {"database_url": url, "issuer": ISSUER, "audience": AUDIENCE, "clock": "adjustable"}
    settings = service.settings.model_validate({**told, **more})
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
        yield Alive(
            client=client,
            tokens=tokens,
            clock=clock,
            store=store,
            working=working,
            bus=bus,
            runtime=app.state.runtime,
        )
        assert not task.done(), task.exception()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
