"""Both services on real databases, their APIs and their workers, and the people of one county."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import httpx

from services.monitoring.main import service as monitoring
from services.targets.main import service as targets
from shared.bus import Bus
from shared.clock import REFRESH_SECONDS, AdjustableClock
from shared.eventstore import Head
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.working import PostgresWorking
from shared.http.app import create_app
from shared.http.policy import Role
from shared.manifest import Service
from shared.testing.servers import Postgres, fresh_database, migrated
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from shared.worker import Worker
from tests.monitoring.world import eventually
from tests.targets.stories import DEPARTMENT, REGION_CODE
from tests.targets.town import Town

START: Final = datetime.fromisoformat("2021-03-01T10:00:00+08:00")
QUOTA: Final = "6000000.00"
HEARS: Final[Mapping[str, tuple[str, ...]]] = {
    "targets": ("monitoring",),
    "monitoring": ("targets", "monitoring"),
}


@dataclass(slots=True)
class County:
    """The people of one county, and everything they work with."""

    tokens: Tokens
    connect: Callable[[], Awaitable[Bus]]
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    stores: dict[str, PostgresStore] = field(default_factory=dict)
    clocks: dict[str, AdjustableClock] = field(default_factory=dict)
    begin: dict[str, Callable[[], asyncio.Task[None]]] = field(default_factory=dict)
    workers: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    @property
    def town(self) -> Town:
        """The same people at the door of the targets service."""
        return Town(self.clients["targets"], self.tokens)

    async def killed(self, name: str) -> None:
        """The worker of a service dies where it is, and another one begins."""
        await _ended(self.workers[name])
        self.workers[name] = self.begin[name]()

    async def settled(self) -> None:
        """Everything that was said has been heard, and nothing more was said."""
        while True:
            before = await self._heads()
            for hearer, producers in HEARS.items():
                for producer in producers:
                    await self._heard(hearer, producer, before[producer].number)
            if before == await self._heads():
                return

    async def _heads(self) -> dict[str, Head]:
        """How far each has come, with everything that was committed numbered."""
        for store in self.stores.values():
            while (await store.sequence()).taken:
                pass
        return {name: await store.head() for name, store in self.stores.items()}

    async def far(self) -> list[int]:
        """How far both have come: what they numbered, and what they heard."""
        heads = [await store.head() for store in self.stores.values()]
        cursors = [
            await self.stores[hearer].cursor(f"inbox:{producer}")
            for hearer, producers in HEARS.items()
            for producer in producers
        ]
        return [*(one.number for one in heads), *cursors]

    async def _heard(self, hearer: str, producer: str, number: int) -> None:
        async def cursor() -> bool:
            return await self.stores[hearer].cursor(f"inbox:{producer}") >= number

        await eventually(cursor)

    async def it_is(self, moment: str) -> None:
        """Business time goes forward for both."""
        for clock in self.clocks.values():
            await clock.advance_to(datetime.fromisoformat(moment))
        # A worker that was just reading the setting may take over the one of before once more.
        await asyncio.sleep(2 * REFRESH_SECONDS)

    async def ask(
        self, role: Role, path: str, body: object = None, *, of: str = "monitoring", name: str = ""
    ) -> httpx.Response:
        """A command of somebody; every role is another person."""
        digest = sha256(f"{path}{body}{role}{name}".encode()).hexdigest()
        headers = {**self.by(role, name), "idempotency-key": digest, "if-match": "*"}
        return await self.clients[of].post(f"/v1{path}", json=body, headers=headers)

    async def done(
        self, role: Role, path: str, body: object = None, *, of: str = "monitoring", name: str = ""
    ) -> None:
        """A command that is not refused, and everything that follows from it."""
        answer = await self.ask(role, path, body, of=of, name=name)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:800]}"
        await self.settled()

    async def refused(
        self, role: Role, path: str, body: object, slug: str, *, of: str = "monitoring"
    ) -> dict[str, Any]:
        """A command that is refused by this name."""
        answer = await self.ask(role, path, body, of=of)
        told: dict[str, Any] = answer.json()
        assert told.get("type", "").endswith(f"/{slug}"), answer.text[:800]
        return told

    def by(self, role: Role, name: str = "") -> dict[str, str]:
        """The token of whoever holds a role here."""
        subject = name or role.value.lower()
        return self.tokens.of(
            role, region=REGION_CODE, unit="*", department=DEPARTMENT, subject=subject
        )

    async def read(self, path: str, *, of: str = "monitoring", **query: object) -> Any:  # noqa: ANN401
        """What a reader is shown."""
        params = {name: str(value) for name, value in query.items()}
        headers = self.by(Role.FB_PERFORMANCE)
        answer = await self.clients[of].get(f"/v1{path}", params=params, headers=headers)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:800]}"
        return answer.json()

    async def money(self, code: str = "P1") -> dict[str, str]:
        """The accounts of a project."""
        ledger = await self.read(f"/ledgers/{code}/2021")
        names = ("budget", "quota", "frozen", "available")
        return {name: ledger[name] for name in names}

    async def promise(self, code: str = "P1") -> tuple[str, int, str]:
        """Budget and version of a target, and the value of its first indicator."""
        row = await self.read(f"/targets/{code}-2021", of="targets")
        beside = await self.read(f"/targets/{code}-2021/comparison", of="targets")
        changed = {one["indicator_id"]: one["current"] for one in beside["changed"]}
        return row["budget"], row["target_version"], changed.get("I1", "100")


@asynccontextmanager
async def county(
    postgres: Postgres, data_dir: Path, connect: Callable[[], Awaitable[Bus]]
) -> AsyncIterator[County]:
    """Two projects of one unit, both binding, both with six of their 7.4 million issued."""
    told = County(Tokens.fresh(), connect)
    bus = await connect()
    for producer in ("targets", "evaluation", "monitoring"):
        await bus.provision(producer)
    async with AsyncExitStack() as stack:
        for service in (targets, monitoring):
            await _served(stack, told, service, postgres, data_dir)
        await told.town.founded()
        for code in ("P1", "P2"):
            await told.town.registered(code)
            await told.town.approved(code)
        await told.settled()
        for code in ("P1", "P2"):
            quota = {"document_no": f"Q-{code}", "amount": QUOTA, "issued_on": "2021-03-01"}
            await told.done(Role.FB_BUDGET, f"/ledgers/{code}/2021/issue-quota", quota)
        yield told


async def _served(
    stack: AsyncExitStack, told: County, service: Service, postgres: Postgres, data_dir: Path
) -> None:
    template = await asyncio.to_thread(migrated, postgres, service.name)
    url = stack.enter_context(fresh_database(postgres, template))
    settings = service.settings.model_validate(
        {
            "issuer": ISSUER,
            "audience": AUDIENCE,
            "data_dir": data_dir / service.name,
            "database_url": url,
            "clock": "adjustable",
        }
    )
    pool = await open_pool(url)
    stack.push_async_callback(pool.close)
    store, working = PostgresStore(pool), PostgresWorking(pool)
    clock = AdjustableClock(working)
    await clock.advance_to(START)

    def begin() -> asyncio.Task[None]:
        worker = Worker(service, store=store, working=working, clock=clock)
        return asyncio.create_task(worker.run(told.connect))

    async def ended() -> None:
        await _ended(told.workers[service.name])

    told.begin[service.name], told.workers[service.name] = begin, begin()
    stack.push_async_callback(ended)
    app = create_app(service, settings=settings, clock=clock, keys=told.tokens.keys)
    await stack.enter_async_context(app.router.lifespan_context(app))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url="http://api.test")
    told.clients[service.name] = await stack.enter_async_context(client)
    told.stores[service.name], told.clocks[service.name] = store, clock


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
