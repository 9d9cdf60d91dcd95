"""The figures of a year of ex-ante assessments (F05-F10), and the items they are counted from."""

from datetime import date
from typing import Any, cast

from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.targets.projections.ex_ante_register import ExAnteRow
from services.targets.projections.reach import regions


def sums_by(
    column: str, region_code: str, assessed_year: int, *, tree: bool
) -> Select[tuple[str, int, int, int]]:
    """Number, amount asked for and amount cut, by a column, of what was concluded in a year."""
    by = col(getattr(ExAnteRow, column))
    sums = select(
        by,
        func.count(),
        func.sum(ExAnteRow.requested_fen),
        func.sum(ExAnteRow.reduced_fen),
    )
    of_year = sums.where(*concluded_in(region_code, assessed_year, tree=tree))
    return cast("Select[tuple[str, int, int, int]]", of_year.group_by(by))  # one row per value


def units_assessed(region_code: str, assessed_year: int, *, tree: bool) -> SelectOfScalar[int]:
    """How many different units had an assessment concluded in a year."""
    return select(func.count(func.distinct(col(ExAnteRow.unit_code)))).where(
        *concluded_in(region_code, assessed_year, tree=tree)
    )


def items(
    region_code: str,
    assessed_year: int,
    *,
    tree: bool,
    grade: str | None,
    reduction_kind: str | None,
) -> SelectOfScalar[ExAnteRow]:
    """The single assessments behind a figure; their amounts add up to it."""
    rows = select(ExAnteRow).where(*concluded_in(region_code, assessed_year, tree=tree))
    if grade is not None:
        rows = rows.where(col(ExAnteRow.grade) == grade)
    if reduction_kind is not None:
        rows = rows.where(col(ExAnteRow.reduction_kind) == reduction_kind)
    return rows


def concluded_in(region_code: str, assessed_year: int, *, tree: bool) -> tuple[Any, ...]:
    """The condition that every figure of a year shares."""
    first, last = date(assessed_year, 1, 1), date(assessed_year, 12, 31)
    return (
        col(ExAnteRow.concluded_on).between(first, last),
        regions(ExAnteRow.region_code, region_code, tree=tree),
    )
