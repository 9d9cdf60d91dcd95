"""What every question about a told period has in common: two days, and what the answer stands on.

`as_of` is what was known: read models as at the end of that day, which never change again.
`effective_at` is what had happened by then, of all that is known. Left out, both are today.
"""

from datetime import date
from typing import Annotated

from fastapi import Depends, Path
from pydantic import BaseModel, Field

from services.disclosure.api.spans import (
    Asked,
    EffectiveAt,
    FiscalYear,
    RegionCode,
    ScopeName,
    ScopeQuery,
    Today,
)
from services.disclosure.domain.bulletin_words import Month
from services.disclosure.projections.positions import event_position
from services.disclosure.projections.region_register import region as region_of
from services.disclosure.projections.report_rule_sets import rule_set
from services.disclosure.projections.span import Span
from shared.http.reading import Read, Reading

Year = Annotated[int, Path(ge=2000, le=2100, examples=[2021])]
MonthNumber = Annotated[int, Path(ge=1, le=12, examples=[3])]


class Standing(BaseModel):
    """What an answer stands on: the same question with this `as_of` is answered the same."""

    as_of: date = Field(description="What was known at the end of this day.")
    effective_at: date = Field(description="What had happened by this day.")
    rule_set_version: int | None = Field(
        default=None,
        description="The version of the rules that binds the year; absent where none was heard.",
    )
    event_position: str = Field(
        description="How far each producer's words were heard.",
        examples=["targets:120 monitoring:310 evaluation:44 disclosure:205"],
    )


def report_span(  # noqa: PLR0913, PLR0917 - the parameters of a question
    read: Reading,
    day: Today,
    region: RegionCode,
    fiscal_year: FiscalYear,
    scope: ScopeQuery = ScopeName.TREE,
    effective_at: EffectiveAt = None,
) -> Span:
    """The span of a report: region and year are its address."""
    return Span(
        region_code=region,
        fiscal_year=fiscal_year,
        tree=scope is ScopeName.TREE,
        as_of=effective_at or read.as_of or day,
    )


def month_of_path(region: RegionCode, year: Year, month: MonthNumber) -> Month:
    """The month that the address names."""
    return Month(region_code=region, year=year, month=month)


def month_span(
    read: Reading,
    day: Today,
    at: Annotated[Month, Depends(month_of_path)],
    scope: ScopeQuery = ScopeName.TREE,
) -> Span:
    """The span of a month: its year, as far as it is known."""
    return Span(
        region_code=at.region_code,
        fiscal_year=at.year,
        tree=scope is ScopeName.TREE,
        as_of=read.as_of or day,
    )


Reported = Annotated[Span, Depends(report_span)]
Listed = Asked
AskedMonth = Annotated[Month, Depends(month_of_path)]
InMonth = Annotated[Span, Depends(month_span)]


async def standing(read: Read, span: Span, day: date) -> Standing:
    """What an answer to this question stands on."""
    rules = await read.first(rule_set(span.region_code, span.fiscal_year))
    return Standing(
        as_of=read.as_of or day,
        effective_at=span.as_of,
        rule_set_version=rules.rule_set_version if rules else None,
        event_position=await event_position(read),
    )


async def place_name(read: Read, region_code: str) -> str:
    """The name of the region, or its code where nobody told it."""
    row = await read.first(region_of(region_code))
    return row.name if row else region_code
