"""A closed year: what was carried over, and every change since, shown as a correction."""

from collections.abc import Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.disclosure.api.report.asked import Reported
from services.disclosure.api.report.figures import FIGURES, items_path
from services.disclosure.api.report.year import year_of
from services.disclosure.api.spans import Today
from services.disclosure.api.views import View
from services.disclosure.projections.span import Span
from services.disclosure.projections.year_register import (
    YearCorrectionRow,
    YearRow,
    closed_year,
    corrections,
)
from shared.http.reading import Read, Reading, reading

router: Final = APIRouter(tags=["Loop"])

as_known_on: Final = asynccontextmanager(reading)


class CarriedView(BaseModel):
    """A red item that the coming year goes on with."""

    item_id: str
    kind: str
    region_code: str
    project_code: str
    since: date
    reason: str


class CorrectedItem(View):
    """A red item that came up, or ended, after the closing."""

    item_id: str
    kind: str
    project_code: str
    change: str = Field(examples=["OPENED"])
    carried: bool
    corrected_on: date


class CorrectedFigure(BaseModel):
    """A figure that is another one than when the year was closed. Both have their items."""

    id: str
    label: str
    at_closing: str
    now: str
    items_at_closing: str
    items_now: str


class FiscalYearView(BaseModel):
    """A fiscal year of a region: open, or closed with all that was corrected since."""

    region_code: str
    fiscal_year: int
    closed: bool
    closed_on: date | None
    carried: list[CarriedView]
    corrected_items: list[CorrectedItem]
    corrected_figures: list[CorrectedFigure]


@router.get("/fiscal-years/{region}/{fiscal_year}", operation_id="get_fiscal_year")
async def get_fiscal_year(
    request: Request, read: Reading, day: Today, span: Reported
) -> FiscalYearView:
    """Whether a year is closed. Nothing of a closed year changes silently: here is what did."""
    row = await read.first(closed_year(span.region_code, span.fiscal_year))
    later = await read.all(corrections(span.region_code, span.fiscal_year))
    figures = await _corrected(request, read, row, span, day) if row else []
    return _view(span, row, later, figures)


def _view(
    span: Span,
    row: YearRow | None,
    later: Sequence[YearCorrectionRow],
    figures: list[CorrectedFigure],
) -> FiscalYearView:
    return FiscalYearView(
        region_code=span.region_code,
        fiscal_year=span.fiscal_year,
        closed=row is not None,
        closed_on=row.closed_on if row else None,
        carried=[CarriedView.model_validate(one) for one in row.carried] if row else [],
        corrected_items=[CorrectedItem.model_validate(one) for one in later],
        corrected_figures=figures,
    )


async def _corrected(
    request: Request, read: Read, row: YearRow, span: Span, day: date
) -> list[CorrectedFigure]:
    """The figures as at the end of the day of the closing, beside those of the answer."""
    now = await year_of(read, span)
    closed = Span(
        region_code=span.region_code,
        fiscal_year=span.fiscal_year,
        tree=span.tree,
        as_of=row.closed_on,
    )
    async with as_known_on(request, Response(), read, row.closed_on) as past:
        before = await year_of(past, closed)
    return [
        CorrectedFigure(
            id=figure.id,
            label=figure.label,
            at_closing=figure.text(before),
            now=figure.text(now),
            items_at_closing=items_path(figure.id, closed, row.closed_on),
            items_now=items_path(figure.id, span, read.as_of or day),
        )
        for figure in FIGURES
        if figure.text(before) != figure.text(now)
    ]
