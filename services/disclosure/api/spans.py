"""The parameters that every question about a year has in common."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from services.disclosure.projections.span import Span
from shared.contracts.fields import Day
from shared.domain.workdays import business_date

RegionCode = Annotated[str, Path(min_length=2, max_length=12, examples=["653100"])]
FiscalYear = Annotated[int, Path(ge=2000, le=2100, examples=[2021])]


class ScopeName(StrEnum):
    """`tree`: the region with all below it (全地区); `self`: the region alone (本级)."""

    TREE = "tree"
    SELF = "self"


ScopeQuery = Annotated[ScopeName, Query(description="With the regions below it, or alone.")]
AsOf = Annotated[
    Day | None, Query(description="Answer as at the end of this day: with what was known by then.")
]
EffectiveAt = Annotated[
    Day | None, Query(description="Only what had happened by then, of all that is known.")
]
"""`as_of` is what was known, `effective_at` what had happened by then (row K11)."""


def today(request: Request) -> date:
    """The legal day it is, by business time."""
    return business_date(request.app.state.runtime.clock.now())


Today = Annotated[date, Depends(today)]


def span_of_query(  # noqa: PLR0913, PLR0917 - the parameters of a question
    day: Today,
    region: Annotated[str, Query(min_length=2, max_length=12, examples=["653100"])],
    fiscal_year: Annotated[int, Query(ge=2000, le=2100, examples=[2021])],
    scope: ScopeQuery = ScopeName.TREE,
    as_of: AsOf = None,
    effective_at: EffectiveAt = None,
) -> Span:
    """The span of a list: region and year are parameters of the query."""
    return Span(
        region_code=region,
        fiscal_year=fiscal_year,
        tree=scope is ScopeName.TREE,
        as_of=effective_at or as_of or day,
    )


Asked = Annotated[Span, Depends(span_of_query)]
