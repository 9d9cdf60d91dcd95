"""What a question is about: a region alone or with those below it, a year, and as of when."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlmodel import col

from shared.http.scope import region_prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """`tree` takes in every region below (全地区), otherwise the region alone counts (本级)."""

    region_code: str
    fiscal_year: int
    tree: bool
    as_of: date

    def regions(self, column: str) -> bool:
        """The rows of these regions, as a condition on the column that names the region."""
        prefix = region_prefix(self.region_code) if self.tree else None
        own = col(column) == self.region_code
        condition = own if prefix is None else col(column).startswith(prefix)
        return cast("bool", condition)  # conditions are typed as SQLModel types comparisons

    def told(self, column: date | None) -> bool:
        """What had happened by then, as a condition on the column that says when."""
        return cast("bool", col(column) <= self.as_of)

    def before(self, column: date | None) -> bool:
        """What fell due before that day, as a condition on the column that says when."""
        return cast("bool", col(column) < self.as_of)

    def in_year(self, column: date | None) -> bool:
        """What happened in the fiscal year, by then."""
        last = min(self.as_of, self.year_end)
        return cast("bool", col(column).between(date(self.fiscal_year, 1, 1), last))

    @property
    def year_end(self) -> date:
        """The last day of the fiscal year."""
        return date(self.fiscal_year, 12, 31)

    @property
    def scope(self) -> str:
        """`tree` or `self`, as the request says it."""
        return "tree" if self.tree else "self"
