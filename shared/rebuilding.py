"""Blue/green rebuild: a read model made again from events while the service serves the old one.

The replay folds into a shadow schema: read-model tables are named without a schema, so the
very same statements write there when `search_path` says so. The swap is one short transaction.
It locks the live tables against writers (readers go on), replays what was committed meanwhile,
and replaces the rows. A writer that was waiting for the lock goes on with the rebuilt rows:
whatever it adds was not visible to the replay, so nothing is missed and nothing is counted twice.

The replay goes through the days: own facts and heard words of one day, then of the next, so
that the past of the read model (`as_of`) comes out as it was, too.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import asyncpg
import structlog

from shared.contracts.envelope import Hearing, envelope
from shared.domain.workdays import business_date
from shared.eventstore import StoredEvent
from shared.eventstore.codec import Codec
from shared.eventstore.gathering import gather
from shared.eventstore.statements import Statement, sql_of
from shared.projections import Change, Projection

PAGE: Final = 5_000
OWN: Final = ""
SHADOW: Final = "rebuilt"
SHADOW_PAST: Final = "rebuilt_past"

log = structlog.get_logger()

type Connection = asyncpg.Connection[asyncpg.Record]
type Progress = Callable[[str, int], Awaitable[None]]

_LEDGER: Final = """
SELECT l.position AS place, e.* FROM es.ledger l JOIN es.event e USING (append_id, idx)
WHERE l.position > $1 AND l.position <= $2 ORDER BY l.position LIMIT $3"""

_UNNUMBERED: Final = """
SELECT 0 AS place, e.* FROM es.unsequenced u JOIN es.event e USING (append_id)
ORDER BY e.append_id, e.idx"""

_HEARD: Final = """
SELECT number, body, heard_on FROM es.heard h WHERE producer = $1 AND number > $2 AND NOT EXISTS
  (SELECT FROM es.parked p WHERE p.producer = h.producer AND p.number = h.number)
ORDER BY number LIMIT $3"""


@dataclass(frozen=True, slots=True)
class Dated:
    """What one fact or word changes, and the business day on which it did."""

    day: date
    changes: Sequence[Change]


@dataclass(slots=True)
class _Replay:
    """How far the shadow has come: in the own ledger and in what each producer said."""

    position: int = 0
    numbers: dict[str, int] = field(default_factory=dict)
    folded: int = 0
    pages: dict[str, deque[Dated]] = field(default_factory=dict)


class Rebuilding:
    """Rebuilds the projections of one service over a connection of its owner."""

    def __init__(self, connection: Connection, codec: Codec, hearing: Hearing) -> None:
        """Read events with `codec`, words with `hearing`; write as the owner of the tables."""
        self._connection = connection
        self._codec = codec
        self._hearing = hearing

    async def rebuild(self, projection: Projection, progress: Progress) -> int:
        """Make one read model again; answers how many facts and words were folded."""
        replay = _Replay(numbers=dict.fromkeys(self._hearing.producers, 0))
        await self._prepare(projection)
        try:
            while await self._step(projection, replay, await self._limit(projection)):
                await progress(projection.name, replay.folded)
            await self._swap(projection, replay)
        finally:
            await self._clear()
        await progress(projection.name, replay.folded)
        log.info("projection_rebuilt", projection=projection.name, folded=replay.folded)
        return replay.folded

    async def _prepare(self, projection: Projection) -> None:
        await self._clear()
        await self._connection.execute(f"CREATE SCHEMA {SHADOW}")
        for name in _names(projection):
            await self._connection.execute(
                f'CREATE TABLE {SHADOW}."{name}" (LIKE public."{name}" INCLUDING ALL)'
            )
        await self._connection.execute("SELECT es.keep_past($1, $2)", SHADOW, SHADOW_PAST)
        await self._connection.execute(f"SET search_path = {SHADOW}")

    async def _clear(self) -> None:
        await self._connection.execute("RESET search_path; RESET abacus.day")
        await self._connection.execute(f"DROP SCHEMA IF EXISTS {SHADOW}, {SHADOW_PAST} CASCADE")

    async def _limit(self, projection: Projection) -> int:
        """The last position to fold: all that is numbered, or as far as the live one has come."""
        if projection.inline:
            return int(await self._connection.fetchval("SELECT size FROM es.head"))
        cursor = await self._connection.fetchval(
            "SELECT position FROM es.cursor WHERE name = $1", projection.name
        )
        return int(cursor or 0)

    async def _step(self, projection: Projection, replay: _Replay, limit: int) -> bool:
        """Fold the next day, or a page of it; false when there was nothing left."""
        await self._read_on(projection, replay, limit)
        waiting = {source: page for source, page in replay.pages.items() if page}
        if not waiting:
            return False
        day = min(page[0].day for page in waiting.values())
        changes: list[Change] = []
        for page in waiting.values():
            while page and page[0].day == day:
                changes += page.popleft().changes
                replay.folded += 1
        await self._fold(changes, day)
        return True

    async def _read_on(self, projection: Projection, replay: _Replay, limit: int) -> None:
        """Fill what has run empty: a day may only be folded when every source shows its next."""
        if projection.project is not None and not replay.pages.get(OWN):
            rows = await self._connection.fetch(_LEDGER, replay.position, limit, PAGE)
            replay.pages[OWN] = deque(self._facts(projection, rows))
            replay.position = rows[-1]["place"] if rows else replay.position
        if projection.hear is not None:
            for producer in replay.numbers:
                await self._hear_on(projection, replay, producer)

    async def _hear_on(self, projection: Projection, replay: _Replay, producer: str) -> None:
        """The next page of a producer that holds anything: many say what nobody here listens to."""
        while not replay.pages.get(producer):
            words = await self._connection.fetch(_HEARD, producer, replay.numbers[producer], PAGE)
            if not words:
                return
            replay.pages[producer] = deque(self._words(projection, words))
            replay.numbers[producer] = words[-1]["number"]

    async def _swap(self, projection: Projection, replay: _Replay) -> None:
        names = sorted(_names(projection))
        async with self._connection.transaction():
            tables = ", ".join(f'public."{name}"' for name in names)
            await self._connection.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
            # The fence of the sequencer: nothing gets a number between the two reads below.
            await self._connection.execute("SELECT FROM es.head FOR UPDATE")
            while await self._step(projection, replay, await self._limit(projection)):
                pass
            if projection.project is not None and projection.inline:
                rows = await self._connection.fetch(_UNNUMBERED)
                for dated in self._facts(projection, rows):
                    await self._fold(dated.changes, dated.day)
                replay.folded += len(rows)
            for name in names:
                await self._replace(name)

    async def _replace(self, name: str) -> None:
        """The rows and their past, as the shadow has them; the days are the shadow's, too."""
        run = self._connection.execute
        columns = await self._connection.fetchval(
            "SELECT es.columns_of(format('public.%I', $1::text)::regclass)", name
        )
        listed = ", ".join(columns)
        await run(f'ALTER TABLE public."{name}" DISABLE TRIGGER USER')
        for there, here, kept in (
            (SHADOW, "public", "_since"),
            (SHADOW_PAST, "past", "_since, _until"),
        ):
            await run(f'DELETE FROM {here}."{name}"')  # noqa: S608
            await run(
                f'INSERT INTO {here}."{name}" ({listed}, {kept}) '  # noqa: S608
                f'SELECT {listed}, {kept} FROM {there}."{name}"'
            )
        await run(f'ALTER TABLE public."{name}" ENABLE TRIGGER USER')

    def _facts(self, projection: Projection, rows: Sequence[asyncpg.Record]) -> Iterable[Dated]:
        project = projection.project
        assert project is not None
        for row in rows:
            stored = StoredEvent(*(row[name] for name in StoredEvent.__struct_fields__))
            fact = self._codec.decode(stored, row["place"] or None)
            yield Dated(business_date(fact.occurred_at), list(project(fact)))

    def _words(self, projection: Projection, rows: Sequence[asyncpg.Record]) -> Iterable[Dated]:
        hear = projection.hear
        assert hear is not None
        for row in rows:
            if not row["body"]:  # nobody here listened to it, so its text was not kept
                continue
            heard = self._hearing.hear(envelope(row["body"]), row["number"])
            yield Dated(row["heard_on"], [] if heard is None else list(hear(heard)))

    async def _fold(self, changes: Iterable[Change], day: date) -> None:
        await self._connection.execute(
            "SELECT set_config('abacus.day', $1, false)", day.isoformat()
        )
        for batches in gather(changes):
            for batch in batches:
                statement = Statement(batch, day)
                await self._connection.execute(sql_of(statement.key), *statement.arguments)


def _names(projection: Projection) -> list[str]:
    return [table.__table__.name for table in projection.tables]
