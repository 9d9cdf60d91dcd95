"""Questions about the cure of a warning, and its form 附1 整改反馈表."""

import asyncio
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from services.monitoring.api.forms.feedback_paper import feedback_paper
from services.monitoring.api.forms.letter_sheets import (
    PLAN_SHEET,
    PROOF_SHEET,
    blank_plan,
    plan_line,
    proof_line,
)
from services.monitoring.api.warning_views import RectificationView, evidence_views
from services.monitoring.projections import warning_board as warnings
from services.monitoring.projections.evidence_uses import elsewhere, uses_in
from services.monitoring.projections.warning_board import WarningRow
from services.monitoring.projections.warning_steps import EvidenceUseRow, steps_of
from shared.documents.paper import write_docx
from shared.documents.writing import write_workbook
from shared.domain.decider import Owner
from shared.http.reading import Read, Reading
from shared.http.workbooks import DOCX, XLSX, download

router: Final = APIRouter(tags=["Warnings"])
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The file.", "content": dict.fromkeys((XLSX, DOCX), _BINARY)}
}


class Part(StrEnum):
    """The plan, or what came of it."""

    PLAN = "plan"
    PROOF = "proof"


class FormKind(StrEnum):
    """A workbook that can be imported again, or a paper to sign."""

    XLSX = "xlsx"
    DOCX = "docx"


async def _cure(read: Read, warning_id: str) -> tuple[WarningRow, RectificationView]:
    row = await read.one(warnings.warning(warning_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    steps = await read.all(steps_of(warning_id))
    mine = await read.all(uses_in(warning_id))
    digests = [use.sha256 for use in mine]
    others = await read.all(elsewhere(digests, row.project_code, row.fiscal_year))
    seen = {(use.sha256, use.warning_id): _may_see(read, use) for use in others}
    return row, RectificationView.of(row, steps, evidence_views(mine, others, seen))


def _may_see(read: Read, use: EvidenceUseRow) -> bool:
    return read.scope.may_read(
        Owner(
            region_code=use.region_code,
            department_code=use.department_code,
            unit_code=use.unit_code,
        )
    )


@router.get("/warnings/{warning_id}/rectification", operation_id="get_rectification")
async def get_rectification(read: Reading, warning_id: str) -> RectificationView:
    """The cure of a warning: plan, proof with duplicates, checks, numbers before and after."""
    row, cure = await _cure(read, warning_id)
    read.tag(row.version)
    return cure


@router.get(
    "/warnings/{warning_id}/feedback-form",
    operation_id="print_feedback_form",
    response_class=Response,
    responses=_FILES,
)
async def print_feedback_form(
    read: Reading,
    warning_id: str,
    part: Annotated[Part, Query(description="Of a workbook.")] = Part.PLAN,
    form: Annotated[FormKind, Query(description="A workbook, or a paper.")] = FormKind.XLSX,
) -> Response:
    """附1 整改反馈表. Without a plan it shows the problems, to be filled in (`domain` §8.5)."""
    row, cure = await _cure(read, warning_id)
    if form is FormKind.DOCX:
        content = await asyncio.to_thread(write_docx, feedback_paper(row, cure))
        return download(content, DOCX, f"整改反馈表-{warning_id}.docx")
    sheet, line = _sheet(part, row, cure)
    content = await asyncio.to_thread(write_workbook, sheet, [line])
    return download(content, XLSX, f"{sheet.title}-{warning_id}.xlsx")


def _sheet(part: Part, row: WarningRow, cure: RectificationView) -> Any:  # noqa: ANN401 - sheet and line
    if part is Part.PROOF:
        items = [item.model_dump() for item in cure.evidence]
        return PROOF_SHEET, proof_line(row.warning_id, cure.result, items)
    if cure.steps:
        return PLAN_SHEET, plan_line(row.warning_id, cure.steps)
    return PLAN_SHEET, blank_plan(row.warning_id, row.reasons)
