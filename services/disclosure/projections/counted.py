"""A figure and its items from one condition: the rows of a register, counted or added up.

The list is the rows themselves and the figure an aggregate over the same rows, so the items add
up to the figure whatever is asked and whenever.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import func, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Rows of one register. `by` names the column whose different values are counted.

    With `amount` that column is added up instead; with `each` every row counts, however often its
    name comes. `name` is the column that names an item, `day` the one that says when it happened.
    """

    rows: Callable[[Span], SelectOfScalar[Any]]
    name: str
    by: str = ""
    amount: str = ""
    day: str = ""
    each: bool = False

    @property
    def counts(self) -> str:
        """The column whose different values are counted."""
        return self.by or self.name

    def figure(self, span: Span) -> SelectOfScalar[int]:
        """How many, or how much."""
        found = self.rows(span).order_by(None).subquery()
        if self.amount:
            return select(func.coalesce(func.sum(found.c[self.amount]), 0))
        if self.each:
            return select(func.count()).select_from(found)
        return select(func.count(func.distinct(found.c[self.counts])))
