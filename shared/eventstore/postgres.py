"""The event store on PostgreSQL: one statement for a group of commands, one to load for them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg

from shared.eventstore import (
    CursorMoved,
    Head,
    HeardWord,
    KeyReused,
    LedgerEntry,
    Loaded,
    SaidWord,
    Sequenced,
    Transaction,
    VersionConflict,
    reading,
)
from shared.eventstore.writing import queries

POOL_CONNECTIONS_MIN: Final = 2
POOL_CONNECTIONS_MAX: Final = 6
CALL_SECONDS_MAX: Final = 20
ATTEMPTS_MAX: Final = 4
ROWS_PER_ROUND_MAX: Final = 20_000
# Sent when a connection is opened: no SET, hence nothing to reset when it is given back.
SESSION: Final = {
    "application_name": "iron-abacus",
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "timezone": "UTC",
    "jit": "off",
    # Our statements take arrays and find rows by key; planning them anew finds nothing better.
    "plan_cache_mode": "force_generic_plan",
}
_REFUSALS: Final[Mapping[str, type[Exception]]] = {
    "ES409": VersionConflict,
    "ES410": CursorMoved,
    "ES422": KeyReused,
}


async def open_pool(url: str, *, connections_max: int = POOL_CONNECTIONS_MAX) -> asyncpg.Pool:
    """Connections for the hot path. The caller closes the pool."""
    return await asyncpg.create_pool(
        url,
        min_size=min(POOL_CONNECTIONS_MIN, connections_max),
        max_size=connections_max,
        max_queries=1_000_000,
        command_timeout=CALL_SECONDS_MAX,
        statement_cache_size=400,
        max_cached_statement_lifetime=0,
        server_settings=SESSION,
        reset=_leave_as_it_is,
    )


async def _leave_as_it_is(_connection: object) -> None:
    """Spare the round trip that resets a session: nothing here changes one."""


class PostgresStore:
    """Keeps the promises of `EventStore` in one database."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        """Use this pool; whoever opened it closes it, after `settle`."""
        self._pool = pool
        self._under_way: set[asyncio.Task[None]] = set()

    async def load(
        self, streams: Mapping[str, int], keys: Sequence[str] = (), *, snapshots: bool = True
    ) -> Loaded:
        """Read streams after the given versions, and answered commands by key, in one trip."""
        rows = await self._pool.fetch(
            reading.LOAD, list(streams), list(streams.values()), list(keys), snapshots
        )
        return reading.loaded(rows)

    async def commit(self, transaction: Transaction) -> None:
        """Make all of it true and durable, or raise and leave nothing.

        A caller that is cancelled meanwhile does not know whether it happened: the work is
        finished without it, so that no connection is left in the middle of a transaction.
        """
        work = asyncio.create_task(self._commit(transaction))
        self._under_way.add(work)
        work.add_done_callback(self._finished)
        await asyncio.shield(work)

    async def settle(self) -> None:
        """Wait for commits whose callers have gone."""
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def sequence(self, appends_max: int = 500) -> Sequenced:
        """Number what has been committed. Any number may run; one at a time numbers."""
        rows = await self._pool.fetch(reading.SEQUENCE, appends_max, ROWS_PER_ROUND_MAX)
        [(position, number, taken)] = rows
        return Sequenced(Head(position, number), taken)

    async def head(self) -> Head:
        """How far the numbers go."""
        [(position, number)] = await self._pool.fetch(reading.HEAD)
        return Head(position, number)

    async def read_ledger(self, after: int, limit: int) -> Sequence[LedgerEntry]:
        """Private events in ledger order."""
        return reading.ledger_entries(await self._pool.fetch(reading.LEDGER, after, limit))

    async def read_words(self, after: int, limit: int) -> Sequence[SaidWord]:
        """What this service has said, in order."""
        return reading.said_words(await self._pool.fetch(reading.WORDS, after, limit))

    async def read_heard(self, producer: str, after: int, limit: int) -> Sequence[HeardWord]:
        """What this service has heard, in order."""
        return reading.heard_words(await self._pool.fetch(reading.HEARD, producer, after, limit))

    async def cursor(self, name: str) -> int:
        """Where a reader stands; 0 before its first step."""
        return await self._pool.fetchval(reading.CURSOR, name) or 0

    async def heard_version(self, producer: str, subject: str) -> int:
        """The last version of a producer's stream that has been heard and applied; 0 for none."""
        return await self._pool.fetchval(reading.HEARD_VERSION, producer, subject) or 0

    def _finished(self, work: asyncio.Task[None]) -> None:
        self._under_way.discard(work)
        if not work.cancelled():
            work.exception()  # its caller may be gone; an outcome nobody awaits is not a defect

    async def _commit(self, transaction: Transaction) -> None:
        # Rows are locked in one order, so deadlocks are rare; PostgreSQL then undoes one side
        # completely, and doing it again is safe.
        for attempt in range(1, ATTEMPTS_MAX + 1):
            try:
                await self._apply(transaction)
            except asyncpg.DeadlockDetectedError:
                if attempt == ATTEMPTS_MAX:
                    raise
            except asyncpg.UniqueViolationError as lost:
                if lost.constraint_name == "uq_event_stream_version":
                    raise VersionConflict(lost.detail) from None
                raise
            except asyncpg.PostgresError as refused:
                said = _REFUSALS.get(refused.sqlstate or "")
                if said is None:
                    raise
                raise said(str(refused)) from None
            else:
                return

    async def _apply(self, transaction: Transaction) -> None:
        found = queries(transaction)
        async with self._pool.acquire() as connection:
            if len(found) == 1:
                await connection.execute(found[0].sql, *found[0].arguments)
                return
            async with connection.transaction():
                for query in found:
                    await connection.execute(query.sql, *query.arguments)
