"""Self-evaluation forms out: one to sign, or a whole list that fills in again unchanged (§8.4)."""

import asyncio
from collections.abc import Sequence
from enum import StrEnum
from itertools import batched
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from services.evaluation.api.forms.self_evaluation_lines import Stated, line, on_sheet
from services.evaluation.api.forms.self_evaluation_paper import paper
from services.evaluation.api.forms.self_evaluation_sheet import SELF_EVALUATION_SHEET, TITLE
from services.evaluation.api.self_evaluation_queries import YearAsked, mine, self_evaluation_of
from services.evaluation.domain.self_evaluation.refusals import SelfEvaluationFormsTooMany
from services.evaluation.projections import self_evaluation_coverage as coverage
from services.evaluation.projections import self_evaluation_forms as forms
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.http.reading import Read, Reading
from shared.http.workbooks import DOCX, NDJSON, XLSX, Form, download, exported, printed

router: Final = APIRouter(tags=["Forms"])

PDF: Final = "application/pdf"
LINES_MAX: Final = 20_000
"""As many as one import reads; what is exported must be importable."""
PART_MAX: Final = 1_000
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}


def _files(*kinds: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file.", "content": dict.fromkeys(kinds, _BINARY)}}


class Printed(StrEnum):
    """A workbook to fill, or a paper to sign."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"


@router.get(
    "/self-evaluations/{self_evaluation_id}/form",
    operation_id="print_self_evaluation_form",
    response_class=Response,
    responses=_files(XLSX, DOCX, PDF),
)
async def print_self_evaluation_form(
    read: Reading,
    self_evaluation_id: str,
    form: Annotated[Printed, Query(description="A workbook, or a paper.")] = Printed.XLSX,
) -> Response:
    """项目支出绩效自评表 of one project, as far as it has come."""
    row = await self_evaluation_of(read, self_evaluation_id)
    [stated] = await _stated(read, [row])
    name = f"{TITLE}-{self_evaluation_id}"
    return await asyncio.to_thread(_printed, stated, form, name)


def _printed(stated: Stated, form: Printed, name: str) -> Response:
    if form is Printed.DOCX:
        return printed(paper(stated), name)
    if form is Printed.PDF:
        from shared.documents.pdf import write_pdf  # noqa: PLC0415 - a printer costs memory

        return download(write_pdf(paper(stated)), PDF, f"{name}.pdf")
    return exported(SELF_EVALUATION_SHEET, [on_sheet(stated)], Form.XLSX, name)


@router.get(
    "/self-evaluation-forms/export",
    operation_id="export_self_evaluation_forms",
    response_class=Response,
    responses=_files(XLSX, NDJSON),
)
async def export_self_evaluation_forms(
    read: Reading,
    fiscal_year: YearAsked,
    form: Annotated[Form, Query(description="A workbook, or command lines.")] = Form.XLSX,
) -> Response:
    """The self-evaluation forms of a year that one may see, as they would be filled in again."""
    query = coverage.of_year(fiscal_year).where(mine(read))
    ordered = query.order_by(col(SelfEvaluationRow.self_evaluation_id)).limit(LINES_MAX + 1)
    found = await read.all(ordered)
    if len(found) > LINES_MAX:
        raise SelfEvaluationFormsTooMany(
            f"More than {LINES_MAX:,} forms.", remedy="Ask as a unit or a county, part by part."
        )
    stated = await _stated(read, found)
    if form is Form.NDJSON:
        stated = [one for one in stated if one.form.reports]
    lines = line if form is Form.NDJSON else on_sheet
    name = f"{TITLE}-{fiscal_year}"
    return await asyncio.to_thread(
        lambda: exported(SELF_EVALUATION_SHEET, [lines(one) for one in stated], form, name)
    )


async def _stated(read: Read, rows: Sequence[SelfEvaluationRow]) -> list[Stated]:
    """The self-evaluations with form and money, part by part."""
    found: list[Stated] = []
    for part in batched(rows, PART_MAX):
        keys = [row.self_evaluation_id for row in part]
        known = {one.self_evaluation_id: one for one in await read.all(forms.forms(keys))}
        money = {one.self_evaluation_id: one for one in await read.all(coverage.paid_of(keys))}
        found += [
            Stated(row=row, form=known[key], money=money.get(key))
            for row in part
            if (key := row.self_evaluation_id) in known
        ]
    return found
