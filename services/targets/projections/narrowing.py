"""The conditions that every list shares."""

from typing import Any

from sqlmodel import col

from services.targets.projections.reach import regions


def narrowed[Q](  # noqa: PLR0913 - one argument per filter
    rows: Q,
    row: Any,  # noqa: ANN401 - any read-model class with these columns
    *,
    region: str | None = None,
    tree: bool = True,
    unit: str | None = None,
    fiscal_year: int | None = None,
    status: str | None = None,
) -> Q:
    """The rows of a list, with the filters that were given."""
    narrow: Any = rows
    if region is not None:
        narrow = narrow.where(regions(row.region_code, region, tree=tree))
    if unit is not None:
        narrow = narrow.where(col(row.unit_code) == unit)
    if fiscal_year is not None:
        narrow = narrow.where(col(row.fiscal_year) == fiscal_year)
    if status is not None:
        narrow = narrow.where(col(row.status) == status)
    found: Q = narrow
    return found
