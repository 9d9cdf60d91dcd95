"""What a worker keeps beside the facts: due deadlines, parked words, the clock, its heartbeat.

These tables are working memory: losing one costs work, never a fact.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import asyncpg

from shared.eventstore import CursorMoved, KeyReused, Parked, VersionConflict
from shared.eventstore.memory import MemoryStore
from shared.messages import Deadline, Rows

type Query = tuple[str, tuple[object, ...]]

# What repeating cannot mend: the row that a fold made does not fit its table.
_DEFECTS: Final = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.SyntaxOrAccessError,
    asyncpg.exceptions.DataError,
)
# What may be gone when it is tried again: another writer, a lost connection, a full disk.
_OF_THE_MOMENT: Final = (
    VersionConflict,
    CursorMoved,
    KeyReused,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)

_DUE: Final = """
SELECT key, kind, subject, due_at FROM es.deadline WHERE due_at <= $1 ORDER BY due_at, key LIMIT $2
"""
_PARKED: Final = """
SELECT reader, producer, number, subject, reason FROM es.parked
WHERE reader = $1 AND producer = $2 ORDER BY number
"""
_UNPARK: Final = """
DELETE FROM es.parked p USING unnest($1::text[], $2::text[], $3::bigint[]) AS d(reader, producer, n)
WHERE p.reader = d.reader AND p.producer = d.producer AND p.number = d.n
"""
_CLOCK: Final = "SELECT business_at - set_at FROM es.clock"
_SET_CLOCK: Final = """
INSERT INTO es.clock AS c (business_at, set_at) VALUES (clock_timestamp() + $1, clock_timestamp())
ON CONFLICT (one) DO UPDATE SET business_at = excluded.business_at, set_at = excluded.set_at
WHERE c.business_at - c.set_at < $1
"""
_MARK: Final = """
INSERT INTO es.cursor (name, position) SELECT * FROM unnest($1::text[], $2::bigint[])
UNION ALL SELECT 'worker:beat_ms', (extract(epoch FROM clock_timestamp()) * 1000)::bigint
ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""


class WorkingStore(Protocol):
    """What the loops of a worker need beyond `EventStore`."""

    async def due(self, now: datetime, limit: int) -> Sequence[Deadline]:
        """Deadlines that business time has passed, the oldest first."""

    async def parked(self, reader: str, producer: str) -> Sequence[Parked]:
        """What a reader has parked of one producer, in order."""

    async def unpark(self, parked: Sequence[Parked]) -> None:
        """Forget that these were parked: they have been applied."""

    async def mark(self, marks: Mapping[str, int]) -> None:
        """Write down numbers by name, for whoever watches the worker; and when, as a heartbeat.

        The moment is the store's own, as is the one it is compared with (`EventStore.silence`):
        the clocks of two machines may differ.
        """

    async def look(self, queries: Sequence[Query]) -> Sequence[Rows]:
        """What the read models say; nothing where there are none."""

    async def offset(self) -> timedelta | None:
        """How far business time is ahead of real time; nothing when it was never set."""

    async def advance(self, offset: timedelta) -> timedelta:
        """Set it, later only raise it; answers what it is afterwards."""


class PostgresWorking:
    """Working memory in the service's database."""

    def __init__(self, pool: Any) -> None:  # noqa: ANN401 - asyncpg's pool is generic in its stubs only
        """Use this pool."""
        self._pool = pool

    async def due(self, now: datetime, limit: int) -> Sequence[Deadline]:
        """Deadlines that business time has passed, the oldest first."""
        rows = await self._pool.fetch(_DUE, now, limit)
        return [Deadline(key=k, kind=kind, subject=s, due_at=at) for k, kind, s, at in rows]

    async def parked(self, reader: str, producer: str) -> Sequence[Parked]:
        """What a reader has parked of one producer, in order."""
        return [Parked(*row) for row in await self._pool.fetch(_PARKED, reader, producer)]

    async def unpark(self, parked: Sequence[Parked]) -> None:
        """Forget that these were parked."""
        await self._pool.execute(
            _UNPARK,
            [p.reader for p in parked],
            [p.producer for p in parked],
            [p.number for p in parked],
        )

    async def mark(self, marks: Mapping[str, int]) -> None:
        """Write down numbers by name."""
        await self._pool.execute(_MARK, list(marks), list(marks.values()))

    async def look(self, queries: Sequence[Query]) -> Sequence[Rows]:
        """What the read models say."""
        return [await self._pool.fetch(sql, *arguments) for sql, arguments in queries]

    async def offset(self) -> timedelta | None:
        """How far business time is ahead of real time; nothing when it was never set."""
        offset: timedelta | None = await self._pool.fetchval(_CLOCK)
        return offset

    async def advance(self, offset: timedelta) -> timedelta:
        """Set the offset, later only raise it."""
        await self._pool.execute(_SET_CLOCK, offset)
        return await self.offset() or timedelta()


class MemoryWorking:
    """The same in one process, beside a `MemoryStore`."""

    def __init__(self, store: MemoryStore) -> None:
        """Share the store's deadlines and parked words."""
        self._store = store
        self._offset: timedelta | None = None
        self.marks: dict[str, int] = {}

    async def due(self, now: datetime, limit: int) -> Sequence[Deadline]:
        """Deadlines that business time has passed, the oldest first."""
        due = [one for one in self._store.deadlines.values() if one.due_at <= now]
        return sorted(due, key=lambda one: (one.due_at, one.key))[:limit]

    async def parked(self, reader: str, producer: str) -> Sequence[Parked]:
        """What a reader has parked of one producer, in order."""
        mine = [p for p in self._store.parked if (p.reader, p.producer) == (reader, producer)]
        return sorted(mine, key=lambda one: one.number)

    async def unpark(self, parked: Sequence[Parked]) -> None:
        """Forget that these were parked."""
        gone = {(p.reader, p.producer, p.number) for p in parked}
        self._store.parked[:] = [
            p for p in self._store.parked if (p.reader, p.producer, p.number) not in gone
        ]

    async def mark(self, marks: Mapping[str, int]) -> None:
        """Write down numbers by name."""
        self.marks |= {**marks, "worker:beat_ms": int(time.time() * 1_000)}

    async def look(self, queries: Sequence[Query]) -> Sequence[Rows]:
        """No read model is kept in memory."""
        return [[] for _ in queries]

    async def offset(self) -> timedelta | None:
        """How far business time is ahead of real time; nothing when it was never set."""
        return self._offset

    async def advance(self, offset: timedelta) -> timedelta:
        """Set the offset, later only raise it."""
        self._offset = offset if self._offset is None else max(self._offset, offset)
        return self._offset


def is_defect(error: Exception) -> bool:
    """Whether repeating cannot mend it: a fault of the word or of our code, not of the moment."""
    if isinstance(error, _DEFECTS):
        return True
    return not isinstance(error, _OF_THE_MOMENT)
