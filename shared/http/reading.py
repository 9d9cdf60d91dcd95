"""Reading: queries over the read models, in the caller's scope, at least as new as asked for.

    @router.get("/targets/{target_id}", operation_id="get_target")
    async def get_target(read: Reading, target_id: str) -> TargetView:
        row = await read.one(select(TargetRegister).where(TargetRegister.target_id == target_id))
        read.check(row.region_code, department=row.department_code, unit=row.unit_code)
        read.tag(row.version)
        return TargetView.of(row)

Lists restrict their rows with `read.scope.where(region=…, department=…, unit=…)`. Sessions
are read-only and each statement sees its own snapshot; nothing here can change a row.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, overload

from fastapi import Depends, Header, Request, Response
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel.sql.expression import Select, SelectOfScalar

from shared.domain.decider import Owner
from shared.domain.refusals import NotFound
from shared.http.identity import Person, scope_in
from shared.http.language import Language
from shared.http.pages import Page, Paging, keyset, sort_keys
from shared.http.position import Position
from shared.http.preconditions import etag
from shared.http.problems import NotYet, Unavailable
from shared.http.runtime import Runtime
from shared.http.scope import Scope

QUERY_MILLISECONDS_MAX: Final = 5_000
WAIT_SECONDS: Final = 2.0
WAIT_SECONDS_MAX: Final = 30.0
POLL_SECONDS: Final = 0.02
IMMUTABLE_SECONDS: Final = 31_536_000
type Query[T] = Select[T] | SelectOfScalar[T]
"""What `sqlmodel.select` makes."""

_PREFER_WAIT: Final = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,4})\"?", re.ASCII)


def reading_engine(database_url: str, connections_max: int) -> AsyncEngine:
    """Connections that can only read, with a time limit per query."""
    plain = re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql+asyncpg://", database_url)
    return create_async_engine(
        plain,
        pool_size=connections_max,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS_MAX,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "timeout": 5,
            "server_settings": {
                "application_name": "abacus-read",
                "default_transaction_read_only": "on",
                "statement_timeout": str(QUERY_MILLISECONDS_MAX),
            },
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One caller's view of the read models during one request."""

    session: AsyncSession
    person: Person
    scope: Scope
    language: Language
    response: Response
    runtime: Runtime

    async def one[T](self, statement: Query[T]) -> T:
        """The one row, or `NotFound`."""
        row = await self.first(statement)
        if row is None:
            raise NotFound
        return row

    async def first[T](self, statement: Query[T]) -> T | None:
        """The first row, or nothing."""
        return next(iter(await self.all(statement.limit(1))), None)

    async def all[T](self, statement: Query[T]) -> Sequence[T]:
        """Every row. Only for what is small by nature; lists of things are pages."""
        found = await self.session.execute(statement)
        rows: Sequence[Any] = found.all()
        return [row[0] for row in rows] if isinstance(statement, SelectOfScalar) else rows

    async def rows[*Ts](self, statement: Select[*Ts]) -> Sequence[tuple[*Ts]]:
        """Every row of a `select` of several columns. Only for what is small by nature."""
        found = await self.session.execute(statement)
        return found.all()

    async def scalar[T](self, statement: SelectOfScalar[T]) -> T | None:
        """The first column of the first row."""
        return await self.session.scalar(statement)

    @overload
    async def page[T](
        self, statement: Query[T], page: Paging, *, order: Sequence[object] = ()
    ) -> Page[T]: ...

    @overload
    async def page[T, V](
        self,
        statement: Query[T],
        page: Paging,
        *,
        order: Sequence[object] = (),
        into: Callable[[T], V],
    ) -> Page[V]: ...

    async def page[T](
        self,
        statement: Query[T],
        page: Paging,
        *,
        order: Sequence[object] = (),
        into: Callable[[T], object] | None = None,
    ) -> Page[Any]:
        """One page of the rows of a `select` over one table, in the order asked for.

        `order` takes columns and `col(…).desc()`; `into` shapes each row.
        """
        entity: type = statement.column_descriptions[0]["entity"]
        keys = sort_keys(entity, order)
        after = page.after([key.kind for key in keys])
        if after is not None:
            statement = statement.where(keyset(keys, after))
        ordered = statement.order_by(None).order_by(*(key.ordering for key in keys))
        rows = await self.all(ordered.limit(page.limit + 1))
        shown, following = rows[: page.limit], None
        if len(rows) > page.limit:
            last = _entity_of(shown[-1], entity)
            following = page.lead_to([getattr(last, str(key.column.key)) for key in keys])
        return Page(items=[into(row) if into else row for row in shown], next=following)

    def check(
        self, region_code: str, *, department: str | None = None, unit: str | None = None
    ) -> None:
        """Refuse a foreign row exactly as a missing one."""
        owner = Owner(region_code=region_code, department_code=department, unit_code=unit)
        if not self.scope.may_read(owner):
            raise NotFound

    def tag(self, version: int) -> None:
        """Answer the version of the thing as its `ETag`, for the next `If-Match`."""
        self.response.headers["etag"] = etag(version)

    def immutable(self) -> None:
        """The answer can never change: a fixed `as_of`, a closed period, an archive page."""
        self.response.headers["cache-control"] = f"public, max-age={IMMUTABLE_SECONDS}, immutable"


def _entity_of(row: Any, entity: type) -> object:  # noqa: ANN401 - an entity or a row of several
    """The part of a row that has the sort columns."""
    return row[0] if isinstance(row, Row) and isinstance(row[0], entity) else row


def wait_seconds(prefer: str | None) -> float:
    """How long a caller prefers to wait (RFC 7240), within the limit."""
    found = _PREFER_WAIT.search(prefer or "")
    return min(float(found[1]), WAIT_SECONDS_MAX) if found else WAIT_SECONDS


async def wait_for(
    runtime: Runtime, session: AsyncSession, position: Position, seconds: float
) -> None:
    """Return when the read models know what the position tells of, or refuse with `NotYet`."""
    until = time.monotonic() + seconds
    while not await _arrived(runtime, session, position):
        if time.monotonic() >= until:
            raise NotYet(
                "It has not arrived here yet.",
                remedy="Ask again, or wait longer with `Prefer: wait=10`.",
                headers={"retry-after": "1"},
            )
        await asyncio.sleep(POLL_SECONDS)


async def _arrived(runtime: Runtime, session: AsyncSession, position: Position) -> bool:
    own = position.service == runtime.service
    if not own or (runtime.hears_itself and position.said):
        assert runtime.store is not None
        heard = await runtime.store.heard_version(position.service, position.stream)
        if heard < position.said:
            return False
    if not own or not runtime.later:
        return True
    place = {"stream": position.stream, "version": position.version, "cursors": list(runtime.later)}
    behind: int | None = await session.scalar(_BEHIND, place)
    return behind == 0


# How many later read models have not folded the event yet; all of them while it has no number.
_BEHIND: Final = text(
    """
    SELECT count(*) FROM unnest(CAST(:cursors AS text[])) AS reader (name)
    LEFT JOIN es.cursor USING (name)
    WHERE coalesce(cursor.position, 0) < coalesce(
      (SELECT ledger.position FROM es.event JOIN es.ledger USING (append_id, idx)
       WHERE event.stream = :stream AND event.version = :version),
      9223372036854775807)
    """
)


async def reading(
    request: Request,
    response: Response,
    abacus_at_least: Annotated[
        str | None,
        Header(max_length=1_024, description="An `Abacus-Position`: answer nothing older."),
    ] = None,
    prefer: Annotated[
        str | None, Header(max_length=256, description="`wait=N`: how long to wait for it.")
    ] = None,
) -> AsyncIterator[Read]:
    """The caller's view of the read models."""
    runtime: Runtime = request.app.state.runtime
    if runtime.engine is None:
        raise Unavailable("This process has no database to read from.")
    person: Person = request.scope["abacus.person"]
    async with AsyncSession(runtime.engine, expire_on_commit=False) as session:
        if abacus_at_least is not None:
            await wait_for(runtime, session, Position.read(abacus_at_least), wait_seconds(prefer))
            if prefer and "wait" in prefer:
                response.headers["preference-applied"] = "wait"
        yield Read(
            session=session,
            person=person,
            scope=scope_in(person, request.scope["abacus.admitted"]),
            language=request.scope["abacus.language"],
            response=response,
            runtime=runtime,
        )


Reading = Annotated[Read, Depends(reading)]
"""A dependency: `read: Reading`."""
