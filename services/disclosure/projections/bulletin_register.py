"""The monthly bulletins of the regions: which month was told, and when."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import JSON, Field, func, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.bulletin import (
    BulletinIssued,
    BulletinOverdue,
    BulletinOwed,
    Month,
)
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Set


class BulletinRow(Table, table=True):
    """The bulletin of a month."""

    __tablename__ = "bulletin_register"

    bulletin_id: str = Field(primary_key=True)
    region_code: str = Field(default="", index=True)
    year: int = 0
    month: int = 0
    due_on: date | None = None
    issued_on: date | None = None
    overdue: bool = False
    lines: list[dict[str, object]] = Field(default_factory=list, sa_type=JSON)
    version: int = 0


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case BulletinOwed(month=month, due_on=due_on):
            yield from _put(recorded, month, due_on=due_on)
        case BulletinIssued(month=month, lines=lines, issued_on=issued_on):
            told = [
                {
                    "work": line.work,
                    "units": line.units,
                    "projects": line.projects,
                    "result": line.result,
                }
                for line in lines
            ]
            yield from _put(recorded, month, issued_on=issued_on, lines=told)
        case BulletinOverdue(month=month):
            yield from _put(recorded, month, overdue=True)
        case _:
            return


def _put(recorded: AnyRecorded, month: Month, **values: object) -> Iterable[Change]:
    """A bulletin may be issued before it was owed: the row comes with the first fact."""
    key = {"bulletin_id": month.id}
    about = {"region_code": month.region_code, "year": month.year, "month": month.month}
    yield Add(BulletinRow, key, {"version": 1})
    yield Set(BulletinRow, key, {**about, **values, "version": recorded.version})


bulletin_register = Projection(name="bulletin_register", tables=(BulletinRow,), project=_project)


def bulletins(span: Span) -> SelectOfScalar[BulletinRow]:
    """The months of the year."""
    return select(BulletinRow).where(
        span.regions(BulletinRow.region_code), BulletinRow.year == span.fiscal_year
    )


def months_told(span: Span) -> SelectOfScalar[int]:
    """How many months of the year were told."""
    return select(func.count(func.distinct(BulletinRow.month))).where(
        span.regions(BulletinRow.region_code),
        BulletinRow.year == span.fiscal_year,
        span.told(BulletinRow.issued_on),
    )


def bulletin(bulletin_id: str) -> SelectOfScalar[BulletinRow]:
    """One month by its number, `653100-2021-03`."""
    return select(BulletinRow).where(BulletinRow.bulletin_id == bulletin_id)
