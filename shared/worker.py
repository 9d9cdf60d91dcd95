"""The worker of a service: everything that happens without being asked over HTTP.

    sequencer → relay → feed            what this service said
    feed → inbox → commands, rows       what others said
    ledger → later read models          what this service recorded
    clock → deadlines → commands        what became due

One worker of a service is active, the others stand by; the cursors are the real fence, the
lock only spares work. Whatever loop fails takes the worker down: it is started again whole.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Final

import structlog

from shared.bus import Bus, UnsafeBus
from shared.bus.bell import Bells, LocalBell
from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.clock import AdjustableClock, Clock, SystemClock
from shared.collecting import collect_rarely
from shared.contracts.envelope import Hearing
from shared.deadlines import Deadlines
from shared.desk import Desk
from shared.eventstore import EventStore
from shared.eventstore.log import PostgresLog
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.signing import Signing, signer_of
from shared.eventstore.working import PostgresWorking, WorkingStore, is_defect
from shared.handling import Handling
from shared.heartbeat import Heartbeat, Watched
from shared.inbox import Inbox
from shared.ledger_reader import LedgerReader
from shared.manifest import Service
from shared.reconciler import Reconciler
from shared.relay import Relay
from shared.servers import connect_patiently
from shared.settings import ServiceSettings
from shared.telemetry import configure_logging
from shared.understanding import Understanding
from shared.webhooks.courier import Courier, Road
from shared.webhooks.deliveries import Deliveries, Keeping
from shared.webhooks.keys import WebhookKeys

BUSY_SECONDS: Final = 0.005
# Whoever commits pokes; looking unasked is for a poke that was lost, and rarer the longer it is
# quiet: 25 ms after the last command, 200 ms through the night.
IDLE_SECONDS: Final = 0.025
QUIET_SECONDS: Final = 0.2
TROUBLE_SECONDS: Final = 0.5
APPENDS_PER_ROUND_MAX: Final = 500
STANDBY_SECONDS: Final = 1.0
_TRY: Final = "SELECT pg_try_advisory_lock($1)"
END_SECONDS_MAX: Final = 10.0
"""So long a worker without the lead may take to end."""
STUCK: Final = 70
LOCK: Final = 0x1A0BAC05  # one number for every service: each has a database of its own

log = structlog.get_logger()


class Worker:
    """All loops of one service, on whatever store, bus and clock it is given."""

    def __init__(
        self,
        service: Service,
        *,
        store: EventStore,
        working: WorkingStore,
        clock: Clock,
        signing: Signing | None = None,
    ) -> None:
        """Nothing runs before `run`. `courier` delivers webhooks, where the service offers any."""
        self._service = service
        self.courier: Callable[[Desk], Courier] | None = None
        self._signing = signing
        self._numbered = Bells()
        self._committed = LocalBell()
        self.watched = Watched()
        self.desk = Desk(
            service=service.name,
            handling=Handling(service.aggregates, store, committed=self._ring),
            store=store,
            working=working,
            clock=clock,
            committed=self._ring,
        )
        self.understanding = Understanding(
            self.desk.actor, Hearing(service.hears), service.react, service.projections
        )

    async def run(self, connect: Callable[[], Awaitable[Bus]]) -> None:
        """Work until cancelled. What needs no bus does not wait for `connect`."""
        later = [one for one in self._service.projections if one.project and not one.inline]
        self.watched.readers = [LedgerReader(self.desk, projection) for projection in later]
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sequence(), name="sequencer")
            group.create_task(Heartbeat(self.desk, self.watched).run(), name="heartbeat")
            for reader in self.watched.readers:
                group.create_task(reader.run(self._numbered.another()), name=reader.name)
            if isinstance(self.desk.clock, AdjustableClock):
                group.create_task(self.desk.clock.follow(), name="clock")
            if self._signing is not None:
                group.create_task(self._signing.run(), name="signing")
            if self.courier is not None:
                group.create_task(self.courier(self.desk).run(), name="webhooks")
            if self._service.fall_due is not None:
                deadlines = Deadlines(self.desk, self._service.fall_due)
                group.create_task(deadlines.run(), name="deadlines")
            self._with_bus(group, await connect())

    def _with_bus(self, group: asyncio.TaskGroup, bus: Bus) -> None:
        service, store = self._service.name, self.desk.store
        relay = Relay(store, bus, service)
        inboxes = [
            Inbox(self.desk, self.understanding, producer, bus.ear(producer, service))
            for producer in self.understanding.hearing.producers
        ]
        self.watched.bus, self.watched.relay, self.watched.inboxes = bus, relay, inboxes
        group.create_task(bus.listen(service, self._committed.ring), name="pokes")
        group.create_task(relay.run(self._numbered.another()), name="relay")
        group.create_task(Reconciler(store, bus, relay, service).run(), name="reconciler")
        for inbox in inboxes:
            group.create_task(inbox.run(), name=inbox.reader)

    async def _sequence(self) -> None:
        """Number what was committed: at once when poked, else when it is looked for again."""
        pause = IDLE_SECONDS
        while True:
            try:
                taken = (await self.desk.store.sequence(APPENDS_PER_ROUND_MAX)).taken
            except Exception as trouble:
                if is_defect(trouble):
                    raise
                log.warning("sequencer_waits", why=repr(trouble))
                await asyncio.sleep(TROUBLE_SECONDS)
                continue
            if taken:
                self._numbered.ring()
                pause = BUSY_SECONDS
            if taken < APPENDS_PER_ROUND_MAX:
                await self._committed.wait(pause)
            pause = min(max(pause * 2, IDLE_SECONDS), QUIET_SECONDS)

    async def _ring(self) -> None:
        self._committed.ring()


async def work(service: Service, settings: ServiceSettings | None = None) -> None:
    """Run the worker of a service until SIGTERM or SIGINT."""
    settings = settings or service.settings()
    configure_logging(service.name, settings.log_level)
    worker = asyncio.create_task(_work(service, settings), name="worker")
    collect_rarely()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, worker.cancel)
    try:
        await worker
    except asyncio.CancelledError:
        log.info("worker_ended", service=service.name)


async def _work(service: Service, settings: ServiceSettings) -> None:
    if settings.nats_monitoring_url is None:
        raise UnsafeBus("ABACUS_NATS_MONITORING_URL must say where NATS shows that it flushes")
    address = Address(
        url=settings.nats_url,
        name=f"{service.name}-worker",
        monitoring_url=settings.nats_monitoring_url,
        user=settings.nats_user,
        password=settings.nats_password,
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(leading(settings.database_url))
        pool = await open_pool(
            settings.database_url, connections_max=settings.database_connections_max
        )
        stack.push_async_callback(pool.close)
        store, working = PostgresStore(pool), PostgresWorking(pool)
        stack.push_async_callback(store.settle)
        clock: Clock = SystemClock()
        if settings.clock == "adjustable":
            clock = AdjustableClock(working)
            await clock.refresh()

        async def connect() -> Bus:
            bus = await JetStreamBus.connect(address, replicas=settings.feed_replicas)
            stack.push_async_callback(bus.close)
            return bus

        signing = Signing(
            PostgresLog(pool),
            signer_of(
                settings.data_dir,
                service.name,
                settings.checkpoint_key,
                previous=settings.checkpoint_keys_previous,
            ),
            origin=f"abacus/{settings.region}/{service.name}",
        )
        worker = Worker(service, store=store, working=working, clock=clock, signing=signing)
        if service.offers:
            keys, network = WebhookKeys(settings.webhook_master), settings.webhook_network
            keeping = Keeping(
                delivered=timedelta(days=settings.webhook_keep_days),
                failed=timedelta(days=settings.webhook_keep_failed_days),
            )
            road = Road(keys=keys, network=network, keeping=keeping)
            worker.courier = lambda desk: Courier(desk, Deliveries(pool), road)
        log.info("worker_started", service=service.name)
        await worker.run(connect)


@asynccontextmanager
async def leading(url: str) -> AsyncIterator[None]:
    """Be the one active worker of this database; waits as long as another one is.

    The lock belongs to a connection and goes with it. When it is lost the body is cancelled:
    another worker may lead by then, and its cursors refuse whatever we still try.
    """
    connection = await connect_patiently(url)
    body = asyncio.current_task()

    last_resort: asyncio.TimerHandle | None = None

    def lost(_connection: object) -> None:
        nonlocal last_resort
        if body is not None and not leaving:
            log.critical("lead_lost")
            body.cancel()
            last_resort = asyncio.get_running_loop().call_later(END_SECONDS_MAX, _end_at_once)

    leaving = False
    connection.add_termination_listener(lost)
    try:
        # The other one is another process, perhaps on another machine: there is nothing to wait on.
        while not await connection.fetchval(_TRY, LOCK):  # noqa: ASYNC110
            await asyncio.sleep(STANDBY_SECONDS)
        yield
    finally:
        leaving = True
        if last_resort is not None:
            last_resort.cancel()
        await connection.close(timeout=STANDBY_SECONDS)


def _end_at_once() -> None:
    """A loop that does not let itself be cancelled must not keep a silent worker in its place.

    Nothing is lost by it: what is not in the database has not happened.
    """
    log.critical("worker_stuck")
    os._exit(STUCK)
