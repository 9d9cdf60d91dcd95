"""The annual report: its figures, computed; their items; its draft and its editions."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Path, Response

from services.disclosure.api.report.asked import Reported, Standing, place_name, standing
from services.disclosure.api.report.bodies import figure_bodies, passage_bodies
from services.disclosure.api.report.chapters import Whole, chapters, title, told_figures
from services.disclosure.api.report.edition import (
    Edition,
    corrected,
    figures_of,
    passages_of,
)
from services.disclosure.api.report.figure_items import SOURCES, Source
from services.disclosure.api.report.figures import FIGURES, Figure, items_path, register_path
from services.disclosure.api.report.files import FILES, FileForm, Wanted, file_of
from services.disclosure.api.report.items import (
    FigureItem,
    FigureItems,
    Rows,
    Rule,
    figure_of,
    money_or_number,
    page_of,
    rule_of,
)
from services.disclosure.api.report.views import (
    EditionView,
    FiguresView,
    FigureView,
    IssuedReport,
)
from services.disclosure.api.report.year import Year, year_of
from services.disclosure.api.schemas import IssueAnnualReportBody
from services.disclosure.api.spans import Today
from services.disclosure.domain.refusals import NoSuchEdition, NoSuchFigure
from services.disclosure.projections.report_register import ReportRow, editions
from services.disclosure.projections.span import Span
from services.disclosure.projections.year_problems import PROBLEMS
from services.disclosure.projections.year_register import closed_year
from shared.http.pages import PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Bulletins and reports"])

ReportId = Annotated[str, Path(pattern=r"^.{2,12}-\d{4}$", examples=["653100-2021"])]
Number = Annotated[int, Path(ge=1, le=1_000, examples=[1])]
FigureId = Annotated[str, Path(pattern=r"^[FP]\d{2}$", examples=["F06"])]


@router.get(
    "/annual-reports/{region}/{fiscal_year}/figures",
    operation_id="get_figures",
    response_model_exclude_none=True,
)
async def get_figures(read: Reading, day: Today, span: Reported) -> FiguresView:
    """The figures F01 to F43, each with the list whose items add up to it."""
    year = await year_of(read, span)
    stands = await standing(read, span, day)
    closed = await read.first(closed_year(span.region_code, span.fiscal_year))
    return FiguresView(
        **stands.model_dump(),
        region=span.region_code,
        fiscal_year=span.fiscal_year,
        scope=span.scope,
        closed_on=closed.closed_on if closed else None,
        figures=[_view(figure, year, span, stands) for figure in FIGURES],
    )


def _view(figure: Figure, year: Year, span: Span, stands: Standing) -> FigureView:
    return FigureView(
        id=figure.id,
        label=figure.label,
        value=figure.text(year),
        values=figure.values(year),
        unit=figure.unit,
        shown=figure.shown(year) if figure.text(year) else "",
        drill_down=items_path(figure.id, span, stands.as_of),
        rows=register_path(figure, span),
    )


@router.get(
    "/annual-reports/{region}/{fiscal_year}/figures/{figure_id}/items",
    operation_id="list_figure_items",
)
async def list_figure_items(
    read: Reading, day: Today, span: Reported, page: PageRequest, figure_id: FigureId
) -> FigureItems:
    """The items that a figure was counted from; together they add up to it."""
    stands = await standing(read, span, day)
    if figure_id in PROBLEMS:
        return await _problem_items(read, span, page, figure_id, stands)
    figure = next((one for one in FIGURES if one.id == figure_id), None)
    if figure is None:
        raise NoSuchFigure(figure_id)
    source = SOURCES[figure_id]
    value, items, following = await _listed(read, span, page, figure, source)
    return FigureItems(
        **stands.model_dump(),
        id=figure.id,
        label=figure.label,
        unit=figure.unit,
        rule=source.rule,
        value=value,
        items=items,
        next=following,
    )


async def _listed(
    read: Read, span: Span, page: PageRequest, figure: Figure, source: Source
) -> tuple[str, list[FigureItem], str | None]:
    """The figure with a page of its items. Only some figures need the whole year."""
    if isinstance(source, Rows):
        items, following = await page_of(read, span, source, page)
        if source.says is None and source.rule in {Rule.COUNT, Rule.SUM}:
            found = await figure_of(read, span, source.counted)
            return money_or_number(found, source.counted), items, following
        return figure.text(await year_of(read, span)), items, following
    year = await year_of(read, span)
    return figure.text(year), list(source.items(year)), None


async def _problem_items(
    read: Read, span: Span, page: PageRequest, figure_id: str, stands: Standing
) -> FigureItems:
    problem = PROBLEMS[figure_id]
    rows = Rows(rule=rule_of(problem.counted), counted=problem.counted)
    items, following = await page_of(read, span, rows, page)
    found = await figure_of(read, span, problem.counted)
    return FigureItems(
        **stands.model_dump(),
        id=figure_id,
        label=problem.label,
        unit=problem.unit,
        rule=rows.rule,
        value=money_or_number(found, problem.counted),
        items=items,
        next=following,
    )


async def written(read: Read, span: Span) -> Whole:
    """Everything that the report of this span is written from."""
    whole = Whole(
        name=await place_name(read, span.region_code),
        span=span,
        year=await year_of(read, span),
        problems={
            number: await figure_of(read, span, one.counted) for number, one in PROBLEMS.items()
        },
    )
    return Whole(
        name=whole.name,
        span=span,
        year=whole.year,
        problems=whole.problems,
        figures=told_figures(whole),
    )


@router.get("/annual-reports/{region}/{fiscal_year}/draft", operation_id="draft_annual_report")
async def draft_annual_report(read: Reading, span: Reported) -> IssueAnnualReportBody:
    """The report as the registers would have it: read it, mend it, `POST /v1/annual-reports`."""
    whole = await written(read, span)
    return IssueAnnualReportBody(
        region_code=span.region_code,
        fiscal_year=span.fiscal_year,
        title=title(whole.name, span),
        figures=figure_bodies(whole.figures),
        passages=passage_bodies(chapters(whole)),
    )


@router.get(
    "/annual-reports/{region}/{fiscal_year}",
    operation_id="get_annual_report",
    response_class=Response,
    responses=FILES,
)
async def get_annual_report(
    read: Reading, span: Reported, form: Wanted = FileForm.HTML
) -> Response:
    """The report in the chapters of the source report, written from the computed figures."""
    whole = await written(read, span)
    edition = Edition(
        title=title(whole.name, span),
        note=f"数据截至{span.as_of.isoformat()}，由业务事实逐项计算得出。",
        passages=chapters(whole),
        figures=whole.figures,
    )
    return await file_of(read, edition, form)


@router.get("/annual-reports/{report_id}", operation_id="get_issued_report")
async def get_issued_report(read: Reading, report_id: ReportId) -> IssuedReport:
    """The editions that were issued, the first one first, with all that they told."""
    rows = await _editions(read, report_id)
    read.tag(len(rows))
    return IssuedReport(
        region_code=rows[0].region_code,
        fiscal_year=rows[0].fiscal_year,
        title=rows[-1].title,
        editions=[EditionView.model_validate(row, from_attributes=True) for row in rows],
    )


@router.get(
    "/annual-reports/{report_id}/editions/{number}",
    operation_id="get_report_edition",
    response_class=Response,
    responses=FILES,
)
async def get_report_edition(
    read: Reading, report_id: ReportId, number: Number, form: Wanted = FileForm.HTML
) -> Response:
    """An edition as it was told: its text, its figures and its digest never change."""
    rows = await _editions(read, report_id)
    row = next((one for one in rows if one.edition == number), None)
    if row is None:
        raise NoSuchEdition(f"{report_id} has no edition {number}.")
    read.immutable()
    return await file_of(read, _edition(row), form)


async def _editions(read: Read, report_id: str) -> Sequence[ReportRow]:
    rows = await read.all(editions(report_id))
    return rows or [await read.one(editions(report_id))]


def _edition(row: ReportRow) -> Edition:
    said = corrected(row.edition, row.reason)
    return Edition(
        title=row.title or f"{row.region_code} {row.fiscal_year}年度报告",
        note=f"{row.issued_on.isoformat()}发布。{said}",
        passages=passages_of(row.passages),
        figures=figures_of(row.figures),
        sha256=row.content_sha256,
    )
