"""Official forms of one target or assessment, as they are signed and filed (`domain` §8)."""

import asyncio
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from services.targets.api.forms.ex_ante_paper import (
    REPORT_TITLE,
    SCORE_SHEET,
    SCORES_TITLE,
    Assessed,
    report,
    score_lines,
    score_paper,
)
from services.targets.api.forms.target_paper import TITLE, TargetForm, paper
from services.targets.api.forms.target_reading import registers, stated
from services.targets.projections import ex_ante_papers, rule_sets
from services.targets.projections import ex_ante_register as assessments
from services.targets.projections.target_opinions import opinions
from services.targets.projections.target_register import target
from services.targets.projections.target_versions import draft
from services.targets.projections.unit_register import unit
from shared.documents.paper import Paper
from shared.documents.writing import write_workbook
from shared.http.reading import Read, Reading
from shared.http.workbooks import DOCX, XLSX, download, printed

router = APIRouter(tags=["Forms"])
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}


def _files(*kinds: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file.", "content": dict.fromkeys(kinds, _BINARY)}}


class SheetForm(StrEnum):
    """A score sheet to count with, or to sign."""

    XLSX = "xlsx"
    DOCX = "docx"


@router.get(
    "/v1/targets/{target_id}/form",
    operation_id="print_target_form",
    response_class=Response,
    responses=_files(DOCX),
)
async def print_target_form(read: Reading, target_id: str) -> Response:
    """项目支出绩效目标申报表, with the signatures it has so far (`domain` §8.1)."""
    row = await read.one(target(target_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    [said] = await stated(read, [row])
    known = await registers(read, [row])
    signatures = await read.first(opinions(target_id))
    assessed = await read.first(assessments.assessment(target_id))
    form = TargetForm(
        stated=said, registered=known.of(row), opinions=signatures, assessment=assessed
    )
    return await _printed(paper(form), f"{TITLE}-{target_id}")


@router.get(
    "/v1/ex-ante-assessments/{assessment_id}/report",
    operation_id="print_ex_ante_report",
    response_class=Response,
    responses=_files(DOCX),
)
async def print_ex_ante_report(read: Reading, assessment_id: str) -> Response:
    """事前绩效评估报告 in its five chapters, with the score sheet (`domain` §8.2)."""
    assessed = await _assessed(read, assessment_id)
    return await _printed(report(assessed), f"{REPORT_TITLE}-{assessment_id}")


@router.get(
    "/v1/ex-ante-assessments/{assessment_id}/score-sheet",
    operation_id="print_ex_ante_score_sheet",
    response_class=Response,
    responses=_files(XLSX, DOCX),
)
async def print_ex_ante_score_sheet(
    read: Reading,
    assessment_id: str,
    form: Annotated[SheetForm, Query(description="A workbook, or a paper.")] = SheetForm.XLSX,
) -> Response:
    """评分表: what each scorer gave on each dimension, and what it came to (`domain` §8.2)."""
    assessed = await _assessed(read, assessment_id)
    name = f"{SCORES_TITLE}-{assessment_id}"
    if form is SheetForm.DOCX:
        return await _printed(score_paper(assessed), name)
    content = await asyncio.to_thread(write_workbook, SCORE_SHEET, score_lines(assessed))
    return download(content, XLSX, f"{name}.xlsx")


async def _assessed(read: Read, assessment_id: str) -> Assessed:
    row = await read.one(assessments.assessment(assessment_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    promised = await read.first(draft(assessment_id))
    applicant = await read.first(unit(row.unit_code))
    return Assessed(
        row=row,
        paper=await read.one(ex_ante_papers.paper(assessment_id)),
        scores=await read.all(assessments.scores(assessment_id, row.round)),
        scorings=await read.all(ex_ante_papers.scorings(assessment_id, row.round)),
        rules=await _rules(read, row),
        unit=applicant,
        application=json.loads(promised.notes_json).get("application", {}) if promised else {},
    )


async def _rules(read: Read, row: assessments.ExAnteRow) -> Mapping[str, Any]:
    """Those that graded it; before that, those in force."""
    known = await read.first(rule_sets.rule_set(row.region_code, row.fiscal_year))
    version = row.rule_set_version or (known.rule_set_version if known else 0)
    applied = await read.first(rule_sets.version(row.region_code, row.fiscal_year, version))
    found: Mapping[str, Any] = json.loads(applied.rules_json) if applied else {}
    return found


async def _printed(form: Paper, name: str) -> Response:
    return await asyncio.to_thread(printed, form, name)
