"""`python -m services.<name> serve | work | migrate | rebuild | token`: the same verbs for all."""

import argparse
import sys
from contextlib import suppress
from types import FrameType
from typing import Final

import uvicorn
import uvloop
from fastapi import FastAPI

from shared import migrations
from shared.clock import AdjustableClock, Clock, SystemClock
from shared.contracts.envelope import Hearing
from shared.eventstore.connections import open_pool
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.working import PostgresWorking
from shared.http.addresses import Gateways
from shared.http.connections import connection_class
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.leaving import PatientServer
from shared.manifest import Service
from shared.projections import Projection
from shared.rebuilding import Rebuilding
from shared.redriving import Redrive
from shared.sealing import Ring, SealingKeyMissing
from shared.sealing.rewrapping import Rewrapped, rewrap
from shared.servers import connect
from shared.telemetry import configure_logging
from shared.worker import Worker, work

# Longer than a command may take: uvicorn cancels what is still running then (`reliability` R6).
STOP_SECONDS_MAX: Final = 25
# Longer than clients and proxies keep a connection they do not use (httpx 5 s, nginx 60 s): who
# closes first must be whoever sends next, or a request meets a connection that is being closed.
IDLE_SECONDS_MAX: Final = 75
EVERYTHING: Final = "all"
NOT_STARTED: Final = 3  # what uvicorn itself ends with
_PARKED: Final = """
SELECT producer, number, subject, reason, parked_at FROM es.parked
WHERE starts_with(reader, 'inbox:') ORDER BY producer, number
"""


def run(service: Service) -> None:
    """Do what the command line asks."""
    arguments = _arguments(service)
    match arguments.verb:
        case "serve":
            serve(service)
        case "work":
            uvloop.run(work(service))
        case "migrate":
            uvloop.run(migrate(service))
        case "parked":
            uvloop.run(show_parked(service))
        case "redrive":
            uvloop.run(redrive(service))
        case "rewrap":
            uvloop.run(rewrap_keys(service))
        case "token":
            print(token(service, arguments))  # noqa: T201 - a person pastes it
        case _:
            uvloop.run(rebuild(service, arguments.projection))


def serve(service: Service) -> None:
    """Answer HTTP in one process: commands that wait together are decided together."""
    settings = service.settings()
    config = uvicorn.Config(
        service.asgi(),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=connection_class(settings.connections_max, Gateways(settings.gateways)),
        proxy_headers=False,
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS_MAX,
        timeout_keep_alive=IDLE_SECONDS_MAX,
    )
    server = _Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(NOT_STARTED)


class _Server(PatientServer):
    """Tells the app that it is stopping: whoever follows a stream is sent away, not waited for."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal has come."""
        app = self.config.app
        assert isinstance(app, FastAPI)
        app.state.leaving = True
        super().handle_exit(sig, frame)


async def migrate(service: Service) -> None:
    """Bring the database up to date; run as the owner of the tables."""
    await migrations.upgrade(service.name, service.settings().database_url)


async def rebuild(service: Service, name: str) -> None:
    """Make read models again from events while the service serves; run as their owner."""
    settings = service.settings()
    configure_logging(service.name, settings.log_level)
    connection = await connect(settings.database_url)
    try:
        rebuilding = Rebuilding(connection, service.aggregates.codec, Hearing(service.hears))
        for projection in _chosen(service, name):
            await rebuilding.rebuild(projection, _report)
    finally:
        await connection.close()


async def show_parked(service: Service) -> int:
    """Say which words could not be applied, why, and what to do; answers how many."""
    connection = await connect(service.settings().database_url)
    try:
        rows = await connection.fetch(_PARKED)
    finally:
        await connection.close()
    for producer, number, subject, reason, at in rows:
        print(f"{producer} {number}  {subject}  since {at:%Y-%m-%d %H:%M}\n  {reason}")  # noqa: T201
    ending = f"mend the cause, then: python -m services.{service.name} redrive"
    print(f"{len(rows):,} words wait; {ending}" if rows else "Nothing waits.", flush=True)  # noqa: T201
    return len(rows)


async def redrive(service: Service) -> None:
    """Apply what was parked, in order; may run beside the worker, and be stopped at any time."""
    settings = service.settings()
    configure_logging(service.name, settings.log_level)
    pool = await open_pool(settings.database_url)
    try:
        store, working = PostgresStore(pool), PostgresWorking(pool)
        clock: Clock = SystemClock()
        if settings.clock == "adjustable":
            clock = AdjustableClock(working)
            await clock.refresh()
        worker = Worker(service, store=store, working=working, clock=clock)
        for producer in worker.understanding.hearing.producers:
            while done := await Redrive(worker.desk, worker.understanding, producer).run():
                print(f"{producer}: {done:,} words applied", flush=True)  # noqa: T201
        await store.settle()
    finally:
        await pool.close()
    if await show_parked(service):
        sys.exit(1)


async def rewrap_keys(service: Service) -> None:
    """Wrap the keys of persons by the sealing key that holds now; run as their owner."""
    settings = service.settings()
    current, *previous = settings.sealing_secrets
    ring, found = Ring(current, previous), Rewrapped()
    connection = await connect(settings.database_url)
    try:
        async for found in rewrap(connection, ring):
            print(f"{found.done:,} keys", flush=True)  # noqa: T201 - a person waits
    except SealingKeyMissing as missing:
        sys.exit(str(missing))
    finally:
        await connection.close()
    if found.missing:
        sys.exit(f"{found.missing:,} keys were left as they are. {found.wanted}")
    print(f"Every key is wrapped by {ring.current.id}.", flush=True)  # noqa: T201 - a person waits


def token(service: Service, arguments: argparse.Namespace) -> str:
    """A bearer token of this machine's own issuer, for people who try things out."""
    bearer = Bearer(
        subject=arguments.subject,
        roles=[Role(role) for role in arguments.role],
        region_code=arguments.region,
        unit_code=arguments.unit,
        department_code=arguments.department,
    )
    settings = service.settings()
    seconds = arguments.seconds or settings.token_seconds_max
    return Issuer.of(settings).mint(bearer, seconds=seconds)


async def _report(projection: str, folded: int) -> None:
    print(f"{projection}: {folded:,} facts and words", flush=True)  # noqa: T201 - a person waits


def _chosen(service: Service, name: str) -> list[Projection]:
    return [one for one in service.projections if name in (EVERYTHING, one.name)]


def _arguments(service: Service) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"services.{service.name}", description=service.title)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("serve", help="answer HTTP")
    verbs.add_parser("work", help="number, say, hear, fold and keep deadlines")
    verbs.add_parser("migrate", help="bring the database up to date")
    names = [projection.name for projection in service.projections]
    rebuilt = verbs.add_parser("rebuild", help="make a read model again from events")
    rebuilt.add_argument("projection", choices=[EVERYTHING, *names])
    verbs.add_parser("parked", help="list the words that could not be applied, with the reason")
    verbs.add_parser("redrive", help="apply them after all, once the cause is mended")
    if service.seals:
        verbs.add_parser("rewrap", help="wrap the keys of persons by the sealing key of now")
    minted = verbs.add_parser("token", help="a bearer token of this machine's own issuer")
    minted.add_argument("--role", action="append", required=True, choices=sorted(Role))
    minted.add_argument("--region")
    minted.add_argument("--unit", help="a unit code, or * for every unit of the region")
    minted.add_argument("--department")
    minted.add_argument("--subject", default="somebody")
    minted.add_argument("--seconds", type=int)
    return parser.parse_args(sys.argv[1:])
