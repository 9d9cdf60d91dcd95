"""A month's bulletin: composed from what was heard, and read back as it was told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Final, cast

from fastapi import APIRouter, Path, Response

from services.disclosure.api.report.asked import (
    AskedMonth,
    InMonth,
    place_name,
    standing,
)
from services.disclosure.api.report.bodies import figure_bodies, line_bodies, passage_bodies
from services.disclosure.api.report.bulletin_text import (
    Counts,
    bulletin_title,
    lines,
    month_passages,
    told_of_month,
    unit_of,
)
from services.disclosure.api.report.edition import (
    Edition,
    corrected,
    figures_of,
    passages_of,
)
from services.disclosure.api.report.files import FILES, FileForm, Wanted, file_of
from services.disclosure.api.report.items import (
    FigureItems,
    Rows,
    figure_of,
    money_or_number,
    page_of,
    rule_of,
)
from services.disclosure.api.report.views import EditionView, IssuedBulletin
from services.disclosure.api.schemas import IssueBulletinBody
from services.disclosure.api.spans import Today
from services.disclosure.api.views import BulletinView
from services.disclosure.domain.bulletin_words import Month, month_of
from services.disclosure.domain.refusals import NoSuchEdition, NoSuchFigure
from services.disclosure.projections.bulletin_register import (
    BulletinEditionRow,
    bulletin,
    bulletin_editions,
)
from services.disclosure.projections.counted import Counted
from services.disclosure.projections.month_work import COMING, WORKS, days_of
from services.disclosure.projections.span import Span
from services.disclosure.projections.year_problems import PROBLEMS
from shared.http.pages import PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Bulletins and reports"])

BulletinId = Annotated[str, Path(pattern=r"^.{2,12}-\d{4}-\d{2}$", examples=["653100-2021-03"])]
EditionNumber = Annotated[int, Path(ge=1, le=1_000, examples=[1])]
MonthFigure = Annotated[str, Path(pattern=r"^(B\d{2}[UPNM]|N\d{2})$", examples=["B02P"])]


@router.get("/bulletins/{region}/{year}/{month}/draft", operation_id="draft_bulletin")
async def draft_bulletin(
    read: Reading, day: Today, at: AskedMonth, span: InMonth
) -> IssueBulletinBody:
    """The bulletin as the registers would have it: read it, mend it, `POST /v1/bulletins`."""
    counts = await _counted(read, day, at, span)
    return IssueBulletinBody(
        region_code=at.region_code,
        year=at.year,
        month=at.month,
        lines=line_bodies(lines(counts)),
        passages=passage_bodies(month_passages(counts)),
        figures=figure_bodies(told_of_month(counts)),
    )


async def _counted(read: Read, day: date, at: Month, span: Span) -> Counts:
    """The month as far as it is known; what is still open, as at its end."""
    ended = _at_its_end(span, at)
    return Counts(
        name=await place_name(read, at.region_code),
        month=at,
        span=ended,
        day=read.as_of or day,
        done=await _done(read, span, at),
        problems={
            number: await figure_of(read, ended, problem.counted)
            for number, problem in PROBLEMS.items()
        },
        coming={
            number: await figure_of(read, span, one.counted(at)) for number, one in COMING.items()
        },
    )


async def _done(read: Read, span: Span, at: Month) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for code, work in WORKS.items():
        [row] = await read.rows(work.tally(span, at))
        found |= {code + measure: int(n) for measure, n in zip(work.measures, row, strict=True)}
    return found


def _at_its_end(span: Span, at: Month) -> Span:
    return replace(span, as_of=min(span.as_of, days_of(at)[1]))


@router.get(
    "/bulletins/{region}/{year}/{month}/figures/{figure_id}/items",
    operation_id="list_bulletin_items",
)
async def list_bulletin_items(  # noqa: PLR0913, PLR0917 - the parameters of a question
    read: Reading,
    day: Today,
    at: AskedMonth,
    span: InMonth,
    page: PageRequest,
    figure_id: MonthFigure,
) -> FigureItems:
    """The items that a figure of a month was counted from; together they add up to it."""
    label, unit, counted = _measured(at, figure_id)
    rows = Rows(rule=rule_of(counted), counted=counted)
    items, following = await page_of(read, span, rows, page)
    found = await figure_of(read, span, counted)
    return FigureItems(
        **(await standing(read, span, day)).model_dump(),
        id=figure_id,
        label=label,
        unit=unit,
        rule=rows.rule,
        value=money_or_number(found, counted),
        items=items,
        next=following,
    )


def _measured(at: Month, figure_id: str) -> tuple[str, str, Counted]:
    if figure_id in COMING:
        coming = COMING[figure_id]
        return coming.label, coming.unit, coming.counted(at)
    work = WORKS.get(figure_id[:-1])
    if work is None or figure_id[-1] not in work.measures:
        raise NoSuchFigure(figure_id)
    return work.name, unit_of(figure_id), work.counted(at, figure_id[-1])


@router.get("/bulletins/{bulletin_id}", operation_id="get_bulletin")
async def get_bulletin(read: Reading, bulletin_id: BulletinId) -> BulletinView:
    """The bulletin of a month, by its number, as its latest edition tells it."""
    row = await read.one(bulletin(bulletin_id))
    read.tag(row.version)
    return BulletinView.model_validate(row)


@router.get("/bulletins/{bulletin_id}/editions", operation_id="list_bulletin_editions")
async def list_bulletin_editions(read: Reading, bulletin_id: BulletinId) -> IssuedBulletin:
    """Everything that was told of a month, the first edition first."""
    rows = await _editions(read, bulletin_id)
    return IssuedBulletin(
        bulletin_id=bulletin_id,
        region_code=rows[0].region_code,
        title=await _title(read, rows[0]),
        editions=[
            EditionView.model_validate(
                {
                    **{name: row.content[name] for name in ("lines", "passages", "figures")},
                    "edition": row.edition,
                    "issued_on": row.issued_on,
                    "reason": row.reason,
                    "content_sha256": row.content_sha256,
                }
            )
            for row in rows
        ],
    )


@router.get(
    "/bulletins/{bulletin_id}/editions/{number}",
    operation_id="get_bulletin_edition",
    response_class=Response,
    responses=FILES,
)
async def get_bulletin_edition(
    read: Reading, bulletin_id: BulletinId, number: EditionNumber, form: Wanted = FileForm.HTML
) -> Response:
    """An edition as it was told: its text, its figures and its digest never change."""
    rows = await _editions(read, bulletin_id)
    row = next((one for one in rows if one.edition == number), None)
    if row is None:
        raise NoSuchEdition(f"{bulletin_id} has no edition {number}.")
    edition = _edition(row, await _title(read, row))
    read.immutable()
    return await file_of(read, edition, form)


async def _editions(read: Read, bulletin_id: str) -> Sequence[BulletinEditionRow]:
    rows = await read.all(bulletin_editions(bulletin_id))
    return rows or [await read.one(bulletin_editions(bulletin_id))]


async def _title(read: Read, row: BulletinEditionRow) -> str:
    return bulletin_title(await place_name(read, row.region_code), month_of(row.bulletin_id))


def _edition(row: BulletinEditionRow, title: str) -> Edition:
    content = cast("Mapping[str, Any]", row.content)
    at = month_of(row.bulletin_id)
    return Edition(
        title=title,
        note=f"{row.issued_on.isoformat()}发布。{corrected(row.edition, row.reason)}",
        passages=passages_of(content["passages"]),
        figures=figures_of(content["figures"]),
        lines=content["lines"],
        month=f"{at.year}年{at.month}月",
        sha256=row.content_sha256,
    )
