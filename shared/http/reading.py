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

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated, Any, Final, overload

from fastapi import Depends, Header, Request, Response
from fastapi import Query as Parameter
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel.sql.expression import Select, SelectOfScalar

from shared.contracts.fields import Day
from shared.domain.decider import Owner
from shared.domain.refusals import NotFound
from shared.domain.workdays import business_date
from shared.http.identity import Person, scope_in
from shared.http.language import Language
from shared.http.pages import Page, Paging, SortKey, keyset, primary_key, sort_keys
from shared.http.policy import Role
from shared.http.position import Position
from shared.http.preconditions import etag
from shared.http.problems import FieldsInvalid, Unavailable
from shared.http.runtime import Runtime
from shared.http.scope import Scope
from shared.http.sessions import Session, distrusting
from shared.http.waiting import WAIT_SECONDS_MAX, wait_for, wait_seconds
from shared.servers import Servers

QUERY_MILLISECONDS_MAX: Final = 5_000
IMMUTABLE_SECONDS: Final = 31_536_000
_BY_INDEX: Final = text("SET enable_seqscan = off")
_AS_BEFORE: Final = text("RESET enable_seqscan")
type Query[T] = Select[T] | SelectOfScalar[T]
"""What `sqlmodel.select` makes."""


def reading_engine(database_url: str, connections_max: int) -> AsyncEngine:
    """Connections that can only read, with a time limit per query."""
    return _engine(database_url, connections_max, {})


def past_engine(database_url: str, connections_max: int) -> AsyncEngine:
    """The same, for queries `as_of` an earlier day: the read models are those of that day."""
    return _engine(database_url, connections_max, {"search_path": "as_of"})


def _engine(database_url: str, connections_max: int, more: Mapping[str, str]) -> AsyncEngine:
    how = {
        "application_name": "abacus-read",
        "default_transaction_read_only": "on",
        "statement_timeout": str(QUERY_MILLISECONDS_MAX),
        **more,
    }
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=partial(Servers(database_url).connect, server_settings=how),
        pool_size=connections_max,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS_MAX,
        isolation_level="AUTOCOMMIT",
    )
    return distrusting(engine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One caller's view of the read models during one request."""

    session: AsyncSession
    person: Person
    scope: Scope
    language: Language
    response: Response
    runtime: Runtime
    admitted: frozenset[Role] = frozenset()
    as_of: date | None = None

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
        primary = [str(column.key) for column in primary_key(entity)]
        for row in shown if page.marking else ():
            one = _entity_of(row, entity)
            page.mark([getattr(one, name) for name in primary], _values(one, keys))
        if len(rows) > page.limit:
            following = page.lead_to(_values(_entity_of(shown[-1], entity), keys))
        return Page(items=[into(row) if into else row for row in shown], next=following)

    def check(
        self, region_code: str, *, department: str | None = None, unit: str | None = None
    ) -> None:
        """Refuse a foreign row exactly as a missing one."""
        owner = Owner(region_code=region_code, department_code=department, unit_code=unit)
        if not self.scope.may_read(owner):
            raise NotFound

    def tag(self, version: int) -> None:
        """Answer the version of the thing as its `ETag`, for the next `If-Match`.

        What was is no base for a change: the past has none.
        """
        if self.as_of is None:
            self.response.headers["etag"] = etag(version)

    def immutable(self) -> None:
        """The answer can never change: a fixed `as_of`, a closed period, an archive page."""
        whose = "public" if Role.PUBLIC in self.admitted else "private"
        self.response.headers["cache-control"] = f"{whose}, max-age={IMMUTABLE_SECONDS}, immutable"


def _values(one: object, keys: Sequence[SortKey]) -> list[object]:
    """What a row is sorted by."""
    return [getattr(one, str(key.column.key)) for key in keys]


def _entity_of(row: Any, entity: type) -> object:  # noqa: ANN401 - an entity or a row of several
    """The part of a row that has the sort columns."""
    return row[0] if isinstance(row, Row) and isinstance(row[0], entity) else row


@asynccontextmanager
async def looking(runtime: Runtime) -> AsyncIterator[AsyncSession]:
    """The read models for work that outlives its request: read-only, each query on its own."""
    if runtime.engine is None:
        raise Unavailable("This process has no database to read from.")
    async with Session(runtime.engine) as session:
        yield session


@asynccontextmanager
async def looking_up(runtime: Runtime) -> AsyncIterator[AsyncSession]:
    """The same for questions by key: answered from an index however small the table is now.

    A connection keeps its plans. One that was made while a table was empty reads all of it, and
    goes on doing so when a million rows have come.
    """
    async with looking(runtime) as session:
        await session.execute(_BY_INDEX)
        try:
            yield session
        finally:
            await session.execute(_AS_BEFORE)


async def reading_now(
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
    """The caller's view of the read models as they are."""
    runtime: Runtime = request.app.state.runtime
    if runtime.engine is None:
        raise Unavailable("This process has no database to read from.")
    async with Session(runtime.engine) as session:
        if abacus_at_least is not None:
            await wait_for(runtime, session, Position.read(abacus_at_least), wait_seconds(prefer))
            if prefer and "wait" in prefer:
                response.headers["preference-applied"] = "wait"
        yield _read(request, response, session)


ReadingNow = Annotated[Read, Depends(reading_now)]
"""A dependency: `read: ReadingNow`, for what has days of its own in its question."""


async def reading(
    request: Request,
    response: Response,
    now: ReadingNow,
    as_of: Annotated[
        Day | None,
        Parameter(description="Answer as at the end of this day: with what was known by then."),
    ] = None,
) -> AsyncIterator[Read]:
    """The caller's view of the read models, as they are or as they were on an earlier day."""
    runtime = now.runtime
    today = business_date(runtime.clock.now())
    if as_of is None or as_of == today:
        yield now
        return
    if as_of > today:
        raise FieldsInvalid(
            f"as_of is a day until today, {today.isoformat()}.",
            pointer="/as_of",
            remedy="Ask without as_of for what is known now.",
        )
    assert runtime.past_engine is not None
    async with Session(runtime.past_engine) as session:
        await session.execute(_SET_DAY, {"day": as_of.isoformat()})
        read = replace(_read(request, response, session), as_of=as_of)
        read.immutable()
        yield read


# For the session: its connection is the past's alone, and the next one sets a day of its own.
_SET_DAY: Final = text("SELECT set_config('abacus.as_of', :day, false)")


def _read(request: Request, response: Response, session: AsyncSession) -> Read:
    person: Person = request.scope["abacus.person"]
    admitted = request.scope["abacus.admitted"]
    return Read(
        session=session,
        person=person,
        scope=scope_in(person, admitted),
        language=request.scope["abacus.language"],
        response=response,
        runtime=request.app.state.runtime,
        admitted=admitted,
    )


Reading = Annotated[Read, Depends(reading)]
"""A dependency: `read: Reading`."""
