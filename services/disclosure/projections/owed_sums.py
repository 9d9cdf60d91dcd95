"""Sums over what is owed: the balance, the calendar, the countdown, what is late."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlmodel import and_, col, func, literal, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.projections.bulletin_register import BulletinRow
from services.disclosure.projections.disclosure_register import (
    DisclosureRow,
    ItemStatus,
    open_on,
    told_on,
    withheld_on,
)
from services.disclosure.projections.span import Span
from services.disclosure.projections.unit_register import UnitRow

_select: Final[Any] = select  # its overloads end at four columns
TOLD: Final = (ItemStatus.PUBLISHED.value, ItemStatus.ARCHIVED.value)


class Holder(StrEnum):
    """For whom the balance is struck."""

    UNIT = "unit"
    DEPARTMENT = "department"
    REGION = "region"


def _of_year(span: Span) -> Any:  # noqa: ANN401 - a condition
    return and_(
        span.regions(DisclosureRow.region_code), DisclosureRow.fiscal_year == span.fiscal_year
    )


def _late(span: Span) -> Any:  # noqa: ANN401 - a condition
    return and_(open_on(span), col(DisclosureRow.due_on) < span.as_of)


def _counts(span: Span) -> Sequence[Any]:
    return (
        func.count(),
        func.count().filter(told_on(span)),
        func.count().filter(withheld_on(span)),
        func.count().filter(open_on(span)),
        func.count().filter(_late(span)),
    )


def balance(
    span: Span, by: Holder, unit: str | None, department: str | None
) -> Select[str, str, str, int, int, int, int, int]:
    """Region, department, unit; owed, told, withheld, open, late. Blank where not asked for.

    What does not say its department belongs to that of its unit.
    """
    of_unit = select(UnitRow.department_code).where(UnitRow.unit_code == DisclosureRow.unit_code)
    whose = func.coalesce(
        DisclosureRow.department_code, of_unit.correlate(DisclosureRow).scalar_subquery(), ""
    )
    blank = literal("")
    keys: dict[Holder, tuple[Any, Any, Any]] = {
        Holder.REGION: (col(DisclosureRow.region_code), blank, blank),
        Holder.DEPARTMENT: (col(DisclosureRow.region_code), whose, blank),
        Holder.UNIT: (col(DisclosureRow.region_code), whose, col(DisclosureRow.unit_code)),
    }
    region, of_department, own = keys[by]
    rows = _select(
        region.label("region"), of_department.label("department"), own.label("unit"),
        *_counts(span),
    ).where(_of_year(span))  # fmt: skip
    if unit is not None:
        rows = rows.where(DisclosureRow.unit_code == unit)
    if department is not None:
        rows = rows.where(whose == department)
    grouped: Any = rows.group_by("region", "department", "unit")
    ordered: Select[str, str, str, int, int, int, int, int] = grouped.order_by(
        "region", "department", "unit"
    )
    return ordered


def calendar(
    span: Span, since: date, until: date
) -> Select[date, str, str, int, int, int, int, int]:
    """Day by day and kind by kind: what falls due, and how much of it is done."""
    rows: Any = (
        _select(DisclosureRow.due_on, DisclosureRow.channel, DisclosureRow.kind, *_counts(span))
        .where(_of_year(span), col(DisclosureRow.due_on).between(since, until))
        .group_by(col(DisclosureRow.due_on), col(DisclosureRow.channel), col(DisclosureRow.kind))
    )
    found: Select[date, str, str, int, int, int, int, int] = rows
    return found


def months_due(span: Span, since: date, until: date) -> SelectOfScalar[BulletinRow]:
    """The bulletins that fall due between two days."""
    return select(BulletinRow).where(
        span.regions(BulletinRow.region_code),
        BulletinRow.year == span.fiscal_year,
        col(BulletinRow.due_on).between(since, until),
    )


def countdown(span: Span) -> Select[str, int, int, date | None, date | None]:
    """Kind by kind: open, open without a term, the next due day, the oldest missed one."""
    rows: Any = (
        _select(
            DisclosureRow.kind,
            func.count().filter(open_on(span)),
            func.count().filter(and_(open_on(span), col(DisclosureRow.due_on).is_(None))),
            func.min(DisclosureRow.due_on).filter(
                and_(open_on(span), col(DisclosureRow.due_on) >= span.as_of)
            ),
            func.min(DisclosureRow.due_on).filter(_late(span)),
        )
        .where(_of_year(span))
        .group_by(col(DisclosureRow.kind))
    )
    found: Select[str, int, int, date | None, date | None] = rows
    return found


def late_items(span: Span, kind: str | None) -> SelectOfScalar[DisclosureRow]:
    """What should have been told by now, the longest overdue first when paged by due day."""
    rows = select(DisclosureRow).where(_of_year(span), _late(span))
    return rows if kind is None else rows.where(DisclosureRow.kind == kind)
