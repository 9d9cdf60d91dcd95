"""The annual report: its figures, computed; its chapters, written from them; its editions."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from services.disclosure.api.figures import FIGURES, drill_down
from services.disclosure.api.report_page import report_page
from services.disclosure.api.spans import Reported
from services.disclosure.api.year import year_of
from services.disclosure.projections.region_register import region
from services.disclosure.projections.report_register import editions
from services.disclosure.projections.span import Span
from shared.http.reading import Read, Reading, ReadingNow

PRODUCERS: Final = ("targets", "monitoring", "evaluation")

router: Final = APIRouter(tags=["Bulletins and reports"])


class FigureView(BaseModel):
    """A figure. A list is in `values` under its id; `value` then holds it as JSON text."""

    id: str = Field(examples=["F06"])
    label: str
    value: str = Field(examples=["253"])
    values: dict[str, list[str]] | None = None
    unit: str
    drill_down: str


class FiguresView(BaseModel):
    """All figures of a year, computed from individual facts."""

    region: str
    fiscal_year: int
    scope: str
    as_of: date
    event_position: str = Field(description="How far each producer's words were heard.")
    figures: list[FigureView]


class EditionView(BaseModel):
    """An edition of the report as it was issued."""

    edition: int
    issued_on: date
    figures: list[dict[str, str]]


class IssuedReport(BaseModel):
    """Every edition that the public was told."""

    region_code: str
    fiscal_year: int
    editions: list[EditionView]


@router.get(
    "/annual-reports/{region}/{fiscal_year}/figures",
    operation_id="get_figures",
    response_model_exclude_none=True,
)
async def get_figures(read: ReadingNow, span: Reported) -> FiguresView:
    """The figures F01 to F43, each with the list whose items add up to it."""
    year = await year_of(read, span)
    return FiguresView(
        region=span.region_code,
        fiscal_year=span.fiscal_year,
        scope=span.scope,
        as_of=span.as_of,
        event_position=await _position(read),
        figures=[
            FigureView(
                id=figure.id,
                label=figure.label,
                value=figure.text(year),
                values=figure.values(year),
                unit=figure.unit,
                drill_down=drill_down(figure, span),
            )
            for figure in FIGURES
        ],
    )


@router.get(
    "/annual-reports/{region}/{fiscal_year}",
    operation_id="get_annual_report",
    response_class=HTMLResponse,
)
async def get_annual_report(read: ReadingNow, span: Reported) -> HTMLResponse:
    """The report in the chapters of the source report, written from the computed figures."""
    year = await year_of(read, span)
    return HTMLResponse(report_page(await _name(read, span), span, year))


@router.get("/annual-reports/{report_id}", operation_id="get_issued_report")
async def get_issued_report(
    read: Reading,
    report_id: Annotated[str, Path(pattern=r"^.{2,12}-\d{4}$", examples=["653100-2021"])],
) -> IssuedReport:
    """The editions that were issued, the first one first, with the figures as they were told."""
    rows = await read.all(editions(report_id))
    first = rows[0] if rows else await read.one(editions(report_id))
    read.tag(len(rows))
    return IssuedReport(
        region_code=first.region_code,
        fiscal_year=first.fiscal_year,
        editions=[
            EditionView(edition=row.edition, issued_on=row.issued_on, figures=row.figures)
            for row in rows
        ],
    )


async def _name(read: Read, span: Span) -> str:
    row = await read.first(region(span.region_code))
    return row.name if row else span.region_code


async def _position(read: Read) -> str:
    store = read.runtime.store
    if store is None:
        return ""
    heard = [f"{name}:{await store.cursor(f'inbox:{name}')}" for name in PRODUCERS]
    head = await store.head()
    return " ".join([*heard, f"disclosure:{head.position}"])
