"""The monthly bulletins of the regions: which month was told, and when."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import JSON, Field, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.bulletin_words import (
    BulletinCorrected,
    BulletinIssued,
    BulletinOverdue,
    BulletinOwed,
    Month,
    Told,
    bulletin_content,
    bulletin_digest,
    edition_of,
    told_on,
)
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Put, Set


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
    edition: int = 0
    content_sha256: str = ""
    version: int = 0


class BulletinEditionRow(Table, table=True):
    """An edition word for word as it was told; it never changes again."""

    __tablename__ = "bulletin_editions"

    bulletin_id: str = Field(primary_key=True)
    edition: int = Field(primary_key=True)
    region_code: str
    issued_on: date
    reason: str
    content: dict[str, object] = Field(sa_type=JSON)
    content_sha256: str


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case BulletinOwed(month=month, due_on=due_on):
            yield from _put(recorded, month, due_on=due_on)
        case BulletinIssued() | BulletinCorrected() as told:
            yield from _told(recorded, told)
        case BulletinOverdue(month=month):
            yield from _put(recorded, month, overdue=True)
        case _:
            return


def _told(recorded: AnyRecorded, told: Told) -> Iterable[Change]:
    content, sha256 = bulletin_content(told), bulletin_digest(told)
    first = {"issued_on": told.issued_on} if isinstance(told, BulletinIssued) else {}
    yield from _put(
        recorded,
        told.month,
        lines=content["lines"],
        edition=edition_of(told),
        content_sha256=sha256,
        **first,
    )
    yield Put(
        BulletinEditionRow,
        {
            "bulletin_id": told.month.id,
            "edition": edition_of(told),
            "region_code": told.month.region_code,
            "issued_on": told_on(told),
            "reason": content["reason"],
            "content": content,
            "content_sha256": sha256,
        },
    )


def _put(recorded: AnyRecorded, month: Month, **values: object) -> Iterable[Change]:
    """A bulletin may be issued before it was owed: the row comes with the first fact."""
    key = {"bulletin_id": month.id}
    about = {"region_code": month.region_code, "year": month.year, "month": month.month}
    yield Add(BulletinRow, key, {"version": 1})
    yield Set(BulletinRow, key, {**about, **values, "version": recorded.version})


bulletin_register = Projection(
    name="bulletin_register", tables=(BulletinRow, BulletinEditionRow), project=_project
)


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


def bulletin_editions(bulletin_id: str) -> SelectOfScalar[BulletinEditionRow]:
    """Everything that was told of a month, the first edition first."""
    return (
        select(BulletinEditionRow)
        .where(BulletinEditionRow.bulletin_id == bulletin_id)
        .order_by(col(BulletinEditionRow.edition))
    )
