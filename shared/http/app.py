"""`create_app`: a manifest becomes an HTTP API with everything `interfaces` §1 asks for.

    CORS → edge → command lane → memory → gzip → revalidation → forms of lists → router

Commands never reach FastAPI's dependency chain; queries do, after one policy check.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import cache
from typing import Any, Final

import asyncpg
from fastapi import Depends, FastAPI
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.bus.connection import Address
from shared.bus.poke import poking
from shared.clock import AdjustableClock, Clock, SystemClock
from shared.collecting import collect_rarely
from shared.eventstore import EventStore
from shared.eventstore.codec import event_names
from shared.eventstore.log import MemoryLog, PostgresLog
from shared.eventstore.memory import MemoryStore
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.working import PostgresWorking
from shared.handling import Handling
from shared.http.caching import Known, Remembered, Revalidation
from shared.http.clock_routes import CLOCK_POLICY, clock_router
from shared.http.docs import add_docs
from shared.http.edge import CommandLane, Edge
from shared.http.freshness import Freshness
from shared.http.health import add_health
from shared.http.identity import Identity
from shared.http.import_jobs import MemoryImportJobs, PostgresImportJobs
from shared.http.import_routes import IMPORT_POLICY, UPLOAD_PATH, import_router
from shared.http.issuer import Issuer
from shared.http.keys import Jwks, KeySource
from shared.http.language import Language
from shared.http.limits import UPLOAD_BYTES_MAX
from shared.http.list_formats import ListFormats
from shared.http.openapi import openapi_document
from shared.http.operations import Operation, PathTable
from shared.http.pace import Paces
from shared.http.policy import EVERYONE, Policy
from shared.http.problems import Problems
from shared.http.reading import past_engine, reading_engine
from shared.http.routes import (
    CommandRoute,
    authorize,
    check_policy,
    methods_of,
    operation_name,
    prefix_of,
    query_routes,
)
from shared.http.runtime import Runtime
from shared.http.vocabulary import vocabulary_router
from shared.manifest import Service
from shared.sealing import Keys, MemoryKeys, PostgresKeys, Ring, Vault
from shared.servers import connect_patiently
from shared.settings import ServiceSettings, kept_secret
from shared.telemetry import configure_logging

GZIP_BYTES_MIN: Final = 1_024
CLOSE_SECONDS_MAX: Final = 10.0
EXPOSED: Final = (
    "ETag",
    "Location",
    "Link",
    "Retry-After",
    "Abacus-Position",
    "Abacus-Correlation-Id",
    "Abacus-As-Of",
    "Abacus-Event-Position",
    "Abacus-Age-Seconds",
    "Preference-Applied",
    "Content-Disposition",
)


class Api(FastAPI):
    """FastAPI with our own layers around its router."""

    runtime: Runtime
    operations: Mapping[str, Operation]
    table: PathTable
    methods: PathTable

    @property
    def described(self) -> list[BaseRoute]:
        """Every operation as OpenAPI tells it; commands never reach the router that serves."""
        return [*map(CommandRoute, self.operations.values()), *self.routes]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Straight to our own layers: FastAPI looks for its telemetry in the environment here."""
        if self.middleware_stack is None:
            self.middleware_stack = self.build_middleware_stack()
        scope["app"] = self
        await self.middleware_stack(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """Pure ASGI from end to end; the edge turns every failure into a problem."""
        app: ASGIApp = AsyncExitStackMiddleware(self.router)
        fresh = self.state.fresh = Freshness(self.runtime)
        known = Known()
        app = Revalidation(ListFormats(app, fresh), known)
        app = Remembered(GZipMiddleware(app, minimum_size=GZIP_BYTES_MIN), known, fresh)
        app = CommandLane(app, self.runtime, self.table)
        app = Edge(app, self.runtime, self.methods)
        origins = self.runtime.settings.cors_origins
        if not origins:
            return app
        return CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=("*",),
            expose_headers=EXPOSED,
            max_age=600,
        )


def create_app(
    service: Service,
    *,
    settings: ServiceSettings | None = None,
    store: EventStore | None = None,
    clock: Clock | None = None,
    keys: KeySource | None = None,
) -> Api:
    """The API of a service. Without `store` it opens the configured database at start."""
    settings = settings or service.settings()
    runtime = _runtime(service, settings, clock, keys)
    app = Api(
        title=service.title,
        version="1",
        description=(service.settings.__doc__ or "").strip(),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan(service, runtime, store),
    )
    app.runtime, app.table = runtime, PathTable()
    app.state.runtime = runtime
    app.operations = operations = dict[str, Operation]()
    routers = [
        *service.queries,
        import_router(runtime, operations, service.sheets),
        vocabulary_router(service.vocabulary),
    ]
    policy: Policy = {**service.policy, **IMPORT_POLICY, "get_vocabulary": EVERYONE}
    if settings.clock == "adjustable":
        routers.append(clock_router(runtime))
        policy = {**policy, **CLOCK_POLICY}
    queries = [operation_name(route) for route in query_routes(routers)]
    check_policy(policy, [*(c.operation for c in service.commands), *queries])
    runtime.policy = policy
    for endpoint in service.commands:
        operation = Operation.of(endpoint, policy[endpoint.operation])
        operations[operation.name] = operation
        app.table.add(operation.path, operation)
    for router in routers:
        app.include_router(router, prefix=prefix_of(router), dependencies=[Depends(authorize)])
    app.methods = methods_of(operations.values(), routers)
    # A second of work that most processes are never asked for.
    app.openapi = cache(  # type: ignore[method-assign]
        lambda: openapi_document(app, app.described, runtime.policy, runtime.problems, service.name)
    )
    add_docs(app)
    add_health(app, runtime)
    return app


def _runtime(
    service: Service, settings: ServiceSettings, clock: Clock | None, keys: KeySource | None
) -> Runtime:
    if keys is None and settings.jwks is None:
        Issuer.of(settings)
    return Runtime(
        service=service.name,
        settings=settings,
        policy=service.policy,
        identity=Identity(
            keys=keys or Jwks(settings.jwks_source, settings.token_algorithm),
            issuer=settings.issuer,
            audience=settings.audience,
            algorithm=settings.token_algorithm,
            token_seconds_max=settings.token_seconds_max,
        ),
        paces=Paces.of(settings),
        problems=Problems(settings.problem_base),
        language=Language(settings.language),
        cursor_key=_cursor_key(settings),
        clock=clock or SystemClock(),
        event_names={event: name for name, event in event_names(service.deciders).items()},
        uploads={UPLOAD_PATH: UPLOAD_BYTES_MAX, **service.uploads},
        later=tuple(p.name for p in service.projections if not p.inline),
        offers=tuple(word.event_type() for word in service.offers),
        hears_itself=any(word.producer == service.name for word in service.hears),
    )


def _cursor_key(settings: ServiceSettings) -> bytes:
    """The configured key, else one that is made once and kept in the data folder."""
    if settings.cursor_key:
        return settings.cursor_key.encode()
    return kept_secret(settings.data_dir / "cursor.key", lambda: secrets.token_hex(32)).encode()


def _vault(service: Service, settings: ServiceSettings, keys: Keys) -> Vault | None:
    """Seals with the configured key, or with one that is made once; where something is sealed."""
    if not service.seals:
        return None
    current, *previous = settings.sealing_secrets
    return Vault(Ring(current, previous), keys)


async def _expect_keys(vault: Vault | None) -> None:
    """A process without the key of what is sealed does not start; the database may come later."""
    if vault is not None:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            await vault.ready()


def _lifespan(
    service: Service, runtime: Runtime, store: EventStore | None
) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if store is not None:
                runtime.store, runtime.jobs = store, MemoryImportJobs()
                runtime.log = MemoryLog(store) if isinstance(store, MemoryStore) else None
                runtime.vault = _vault(service, runtime.settings, MemoryKeys())
                runtime.handling = Handling(service.aggregates, store)
            else:
                configure_logging(service.name, runtime.settings.log_level)
                await _start(service, runtime, stack)
                collect_rarely()
            yield

    return lifespan


async def _start(service: Service, runtime: Runtime, stack: AsyncExitStack) -> None:
    """Open what the process needs, to be closed in the opposite order."""
    settings = runtime.settings
    await (await connect_patiently(settings.database_url)).close()
    pool = await open_pool(settings.database_url, connections_max=settings.database_connections_max)
    stack.push_async_callback(_close, pool)
    store = PostgresStore(pool)
    stack.push_async_callback(store.settle)
    runtime.store, runtime.jobs = store, PostgresImportJobs(pool)
    stack.push_async_callback(runtime.background.stop)
    runtime.log = PostgresLog(pool)
    runtime.vault = _vault(service, settings, PostgresKeys(pool))
    await _expect_keys(runtime.vault)
    runtime.engine = reading_engine(settings.database_url, settings.read_connections_max)
    stack.push_async_callback(runtime.engine.dispose)
    runtime.past_engine = past_engine(settings.database_url, settings.read_connections_max)
    stack.push_async_callback(runtime.past_engine.dispose)
    if settings.clock == "adjustable":
        runtime.clock = clock = AdjustableClock(PostgresWorking(pool))
        await clock.refresh()
        follower = asyncio.create_task(clock.follow(), name="clock")
        stack.push_async_callback(_stop, follower)
    poke = await stack.enter_async_context(poking(_address(settings, service.name), service.name))
    runtime.handling = Handling(service.aggregates, store, committed=poke)


def _address(settings: ServiceSettings, service: str) -> Address:
    return Address(
        url=settings.nats_url,
        name=f"{service}-api",
        user=settings.nats_user,
        password=settings.nats_password,
    )


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _close(pool: asyncpg.Pool) -> None:
    """Close in order, but not for ever: asyncpg waits without end for a hung connection."""
    try:
        async with asyncio.timeout(CLOSE_SECONDS_MAX):
            await pool.close()
    except TimeoutError:
        pool.terminate()
