"""The read models as they were at the end of a day, or as they are: read whole, in one state.

    async with snapshot(runtime, day) as state:
        async for rows in state.rows(select(ProjectRow), ProjectRow):
            ...

Everything that is read through a snapshot belongs together: it is one transaction of the
database, however long it takes. Rows come in batches, so that memory does not grow with them.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import String, collate, text

from shared.domain.workdays import business_date
from shared.http.pages import primary_key
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime
from shared.http.sessions import Session

BATCH: Final = 500
READ_SECONDS_MAX: Final = 60
"""So long a batch may take; nobody waits for a row, and all batches take as long as they take."""
_HEARD_SECONDS_MAX: Final = READ_SECONDS_MAX + 2.0
_DAY: Final = text("SELECT set_config('abacus.as_of', :day, true)")
# The server ends a query after five seconds; a batch of many may take longer.
_PATIENT: Final = text(f"SET LOCAL statement_timeout = {READ_SECONDS_MAX * 1_000}")
# The moment of a commit is real time; business time may have been set ahead of it.
_UNNUMBERED: Final = text(
    """
    SELECT min((recorded_at + coalesce((SELECT business_at - set_at FROM es.clock), interval '0'))
               AT TIME ZONE 'Asia/Shanghai')::date
    FROM es.unsequenced JOIN es.append USING (append_id)
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One state of all read models, and the day it stands for."""

    session: Session
    day: date

    async def rows(
        self,
        statement: Any,  # noqa: ANN401 - a select of any shape
        entity: type,
    ) -> AsyncIterator[Sequence[Any]]:
        """The rows of a statement in the order of the keys of an entity, batch by batch."""
        ordered = statement.order_by(None).order_by(*_by_key(entity))
        found = await self.session.stream(ordered.execution_options(yield_per=BATCH))
        batches = found.partitions(BATCH)
        while True:
            async with self.session.in_time():
                batch = await anext(batches, None)
            if batch is None:
                return
            yield batch

    async def all(self, statement: Any) -> Sequence[Any]:  # noqa: ANN401 - a select of any shape
        """Every row of a statement. Only for what belongs to a batch."""
        found = await self.session.execute(statement)
        rows: Sequence[Any] = found.all()
        return rows


def _by_key(entity: type) -> list[Any]:
    """By key, texts by their code points: the same order on every server, and in Python."""
    columns = [getattr(entity, column.key) for column in primary_key(entity)]
    return [collate(c, "C") if isinstance(c.type, String) else c for c in columns]


@asynccontextmanager
async def snapshot(runtime: Runtime, day: date) -> AsyncIterator[Snapshot]:
    """The read models at the end of the day; as they are, where it is not over."""
    over = day < business_date(runtime.clock.now())
    engine = runtime.past_engine if over else runtime.engine
    if engine is None:
        raise Unavailable("This process has no database to read from.")
    whole = engine.execution_options(isolation_level="REPEATABLE READ")
    async with Session(whole, seconds_max=_HEARD_SECONDS_MAX) as session:
        await session.execute(_PATIENT)
        await session.execute(_DAY, {"day": day.isoformat()})
        yield Snapshot(session=session, day=day)


async def first_unnumbered(runtime: Runtime) -> date | None:
    """The day of the oldest fact that is committed and has no number yet; mostly there is none."""
    if runtime.engine is None:
        raise Unavailable("This process has no database to read from.")
    async with Session(runtime.engine) as session:
        found: date | None = await session.scalar(_UNNUMBERED)
        return found
