"""Statements with a page missing: whose turn it is, since when, and how it ended."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Column, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain import statement_pages as fact
from services.monitoring.projections import Table
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class PageBreakRow(Table, table=True):
    """One statement of which a page did not come."""

    __tablename__ = "page_breaks"

    pages_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    account: str
    series: str
    missing: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    owner: str
    day_on: date
    opened_on: date
    state: str
    note: str = ""
    resolved_by: str = ""
    resolved_on: date | None = None
    version: int


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if not recorded.stream.startswith("pages-"):
        return
    event: fact.PagesEvent = recorded.event
    if isinstance(event, fact.PageBreakOpened):
        yield Put(PageBreakRow, _opened(event, recorded))
    elif not isinstance(event, fact.PageTaken):
        values = {**_changed(event, recorded), "version": recorded.version}
        yield Set(PageBreakRow, {"pages_id": recorded.id}, values)


def _opened(event: fact.PageBreakOpened, recorded: Recorded[Any]) -> dict[str, object]:
    return PageBreakRow(
        pages_id=recorded.id,
        region_code=event.region_code,
        account=event.account,
        series=event.series,
        missing=list(event.missing),
        owner=event.owner,
        day_on=event.day_on,
        opened_on=event.opened_on,
        state=fact.PageBreakState.OPEN.value,
        version=recorded.version,
    ).model_dump()


def _changed(
    event: fact.PageBreakTransferred | fact.PageBreakRejected | fact.PageBreakClosed,
    recorded: Recorded[Any],
) -> dict[str, object]:
    if isinstance(event, fact.PageBreakTransferred):
        return {"owner": event.owner}
    done = {"resolved_on": business_date(recorded.occurred_at)}
    if isinstance(event, fact.PageBreakClosed):
        return {**done, "state": fact.PageBreakState.CAME.value}
    return {
        **done,
        "state": fact.PageBreakState.REJECTED.value,
        "note": event.note,
        "resolved_by": event.rejected_by,
    }


page_breaks: Final = Projection(name="page_breaks", tables=(PageBreakRow,), project=_fold)


def breaks_of_pages(state: str | None, owner: str | None) -> SelectOfScalar[PageBreakRow]:
    """Statements with a page missing, narrowed as asked."""
    query = select(PageBreakRow)
    for name, value in (("state", state), ("owner", owner)):
        if value is not None:
            query = query.where(col(getattr(PageBreakRow, name)) == value)
    return query


def page_break(pages_id: str) -> SelectOfScalar[PageBreakRow]:
    """One of them."""
    return select(PageBreakRow).where(PageBreakRow.pages_id == pages_id)
