"""The event store on PostgreSQL: one statement for a group of commands, one to load for them."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
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
from shared.eventstore.connections import Held, Pool, open_pool
from shared.eventstore.writing import Copy, Query, written
from shared.past import SINCE

ATTEMPTS_MAX: Final = 4
ROWS_PER_ROUND_MAX: Final = 20_000
__all__ = ["PostgresStore", "open_pool"]

_REFUSALS: Final[Mapping[str, type[Exception]]] = {"ES409": VersionConflict, "ES410": CursorMoved}
_STREAM_TAKEN: Final = "uq_event_stream_version"
_KEY_TAKEN: Final = "pk_command"


class PostgresStore:
    """Keeps the promises of `EventStore` in one database."""

    def __init__(self, pool: Pool) -> None:
        """Use this pool; whoever opened it closes it, after `settle`."""
        self._pool = pool
        self._under_way: set[asyncio.Task[None]] = set()

    async def load(
        self, streams: Mapping[str, int], keys: Sequence[str] = (), *, snapshots: bool = True
    ) -> Loaded:
        """Read streams after the given versions, and answered commands by key, in one trip."""
        asked = list(streams), list(streams.values()), list(keys), snapshots
        return reading.loaded(await self._rows(reading.LOAD, *asked))

    def written(self, transaction: Transaction) -> Transaction:
        """With its statements, ready to be sent."""
        return written(transaction)

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

    async def assure(self) -> None:
        """A standby that commits wait for has everything that can be read here."""
        await self._rows(reading.ASSURE)

    async def sequence(self, appends_max: int = 500) -> Sequenced:
        """Number what has been committed. Any number may run; one at a time numbers."""
        rows = await self._rows(reading.SEQUENCE, appends_max, ROWS_PER_ROUND_MAX)
        [(position, number, taken)] = rows
        return Sequenced(Head(position, number), taken)

    async def head(self) -> Head:
        """How far the numbers go."""
        [(position, number)] = await self._rows(reading.HEAD)
        return Head(position, number)

    async def read_ledger(
        self, after: int, limit: int, names: Collection[str] = ()
    ) -> Sequence[LedgerEntry]:
        """Private events in ledger order; of some names, and the last one of all."""
        if names:
            rows = await self._rows(reading.LEDGER_OF, after, limit, list(names))
        else:
            rows = await self._rows(reading.LEDGER, after, limit)
        return reading.ledger_entries(rows)

    async def read_words(self, after: int, limit: int) -> Sequence[SaidWord]:
        """What this service has said, in order."""
        return reading.said_words(await self._rows(reading.WORDS, after, limit))

    async def read_heard(self, producer: str, after: int, limit: int) -> Sequence[HeardWord]:
        """What this service has heard, in order."""
        return reading.heard_words(await self._rows(reading.HEARD, producer, after, limit))

    async def cursor(self, name: str) -> int:
        """Where a reader stands; 0 before its first step."""
        return sum(row[0] for row in await self._rows(reading.CURSOR, name))

    async def silence(self) -> float | None:
        """For how many seconds nothing has been heard of the worker; nothing where it never was."""
        found = [row[0] for row in await self._rows(reading.SILENCE)]
        return max(0.0, float(found[0])) if found else None

    async def heard_version(self, producer: str, subject: str) -> int:
        """The last version of a producer's stream that has been heard and applied; 0 for none."""
        [(version,)] = await self._rows(reading.HEARD_VERSION, producer, subject)
        return version or 0

    async def _rows(self, query: str, *arguments: object) -> Sequence[reading.Row]:
        async with self._pool.held() as connection:
            return await connection.fetch(query, *arguments)

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
                if lost.constraint_name == _STREAM_TAKEN:
                    raise VersionConflict(lost.detail) from None
                if lost.constraint_name == _KEY_TAKEN:
                    raise await self._why_taken(transaction) from None
                raise
            except asyncpg.PostgresError as refused:
                said = _REFUSALS.get(refused.sqlstate or "")
                if said is None:
                    raise
                raise said(str(refused)) from None
            else:
                return

    async def _apply(self, transaction: Transaction) -> None:
        found = written(transaction).queries
        async with self._pool.held() as connection:
            if len(found) == 1:
                await _run(connection, found[0])
                return
            async with connection.transaction():
                for query in found:
                    await _run(connection, query)

    async def _why_taken(self, transaction: Transaction) -> Exception:
        """Whether a key was answered for the same request, which is then to be read, or not."""
        known = (await self.load({}, [record.key for record in transaction.records])).records
        for record in transaction.records:
            if record.key in known and known[record.key].fingerprint != record.fingerprint:
                return KeyReused(record.key)
        return VersionConflict("a key was answered by another writer")


async def _run(connection: Held, query: Query | Copy) -> None:
    if isinstance(query, Query):
        await connection.execute(query.sql, *query.arguments)
        return
    await connection.copy_to_table(
        query.shape.name,
        # Bytes would be the name of a file.
        source=memoryview(query.lines),  # type: ignore[arg-type]  # the stubs know files only
        columns=(*query.shape.names, SINCE),
        schema_name=query.shape.schema,
        format="csv",
        quote='"',
        escape="\\",
        null="null",
    )
