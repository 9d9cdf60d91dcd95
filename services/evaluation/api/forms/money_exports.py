"""The ledgers of recoveries and cuts as files that import again unchanged, and notices on paper."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col, select

from services.evaluation.api.forms.money_lines import (
    cut_line,
    cut_shown,
    recovery_line,
    recovery_shown,
)
from services.evaluation.api.forms.money_sheets import CUT_SHEET, RECOVERY_SHEET
from services.evaluation.projections import cut_register, programme_register, recovery_ledger
from services.evaluation.projections.cut_register import CutRow
from services.evaluation.projections.recovery_ledger import ReallocationRow, RecoveryRow
from shared.domain.refusals import Conflict, Invalid
from shared.http.reading import Read, Reading
from shared.http.routes import refusals
from shared.http.workbooks import DOCX, NDJSON, XLSX, Form, exported, printed

router: Final = APIRouter(tags=["Forms"])
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
FormAsked = Annotated[Form, Query(description="A workbook, or a command line in each line.")]
LINES_MAX: Final = 20_000
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}


class LedgerTooLong(Invalid):
    """A file holds 20,000 lines; ask as somebody who sees fewer projects."""

    title_zh = "台账超过两万条，请缩小范围"


class NotNotified(Conflict):
    """There is a notice once the unit is notified."""

    title_zh = "尚未发出通知书"


def _files(*kinds: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file.", "content": dict.fromkeys(kinds, _BINARY)}}


async def _names(read: Read, units: Iterable[str]) -> dict[str, str]:
    named = await read.all(programme_register.unit_names(set(units)))
    return {one.unit_code: one.name for one in named}


@router.get(
    "/recovery-ledger/form",
    operation_id="export_recovery_ledger",
    response_class=Response,
    responses=_files(XLSX, NDJSON),
)
async def export_recovery_ledger(
    read: Reading, fiscal_year: YearAsked, form: FormAsked = Form.XLSX
) -> Response:
    """资金收回台账 of a year: every claim with what came of it."""
    mine = read.scope.where(
        region=RecoveryRow.region_code,
        department=RecoveryRow.department_code,
        unit=RecoveryRow.unit_code,
    )
    query = recovery_ledger.recoveries(fiscal_year=fiscal_year).where(mine)
    rows = await read.all(query.order_by(RecoveryRow.recovery_id).limit(LINES_MAX + 1))
    if len(rows) > LINES_MAX:
        raise LedgerTooLong(lines_max=LINES_MAX)
    lines = [recovery_line(row) for row in rows]
    if form is Form.XLSX:
        names = await _names(read, (row.unit_code for row in rows))
        used = await _used(read, fiscal_year)
        for number, (line, row) in enumerate(zip(lines, rows, strict=True), start=1):
            unit = names.get(row.unit_code, "")
            line["shown"] = recovery_shown(row, number, unit, used[row.recovery_id])
    name = f"{RECOVERY_SHEET.title}-{fiscal_year}"
    return await asyncio.to_thread(exported, RECOVERY_SHEET, lines, form, name)


async def _used(read: Read, fiscal_year: int) -> defaultdict[str, list[ReallocationRow]]:
    found: defaultdict[str, list[ReallocationRow]] = defaultdict(list)
    query = select(ReallocationRow).where(col(ReallocationRow.fiscal_year) == fiscal_year)
    for one in await read.all(query.order_by(ReallocationRow.recovery_id, ReallocationRow.entry)):
        found[one.recovery_id].append(one)
    return found


@router.get(
    "/budget-cut-ledger/form",
    operation_id="export_budget_cut_ledger",
    response_class=Response,
    responses=_files(XLSX, NDJSON),
)
async def export_budget_cut_ledger(
    read: Reading, budget_year: YearAsked, form: FormAsked = Form.XLSX
) -> Response:
    """预算调减台账 of a budget: every cut with what it rests on and what was granted."""
    mine = read.scope.where(
        region=CutRow.region_code, department=CutRow.department_code, unit=CutRow.unit_code
    )
    query = cut_register.cuts(budget_year=budget_year).where(mine)
    rows = await read.all(query.order_by(CutRow.cut_id).limit(LINES_MAX + 1))
    if len(rows) > LINES_MAX:
        raise LedgerTooLong(lines_max=LINES_MAX)
    lines = [cut_line(row) for row in rows]
    if form is Form.XLSX:
        names = await _names(read, (row.unit_code for row in rows))
        for number, (line, row) in enumerate(zip(lines, rows, strict=True), start=1):
            line["shown"] = cut_shown(row, number, names.get(row.unit_code, ""))
    name = f"{CUT_SHEET.title}-{budget_year}"
    return await asyncio.to_thread(exported, CUT_SHEET, lines, form, name)


@router.get(
    "/recoveries/{recovery_id}/notice",
    operation_id="print_recovery_notice",
    response_class=Response,
    responses={**_files(DOCX), **refusals(409)},
)
async def print_recovery_notice(read: Reading, recovery_id: str) -> Response:
    """资金收回通知书, as the unit receives it."""
    from services.evaluation.api.forms.money_papers import (  # noqa: PLC0415 - seldom asked for
        RECOVERY_TITLE,
        recovery_notice,
    )

    row = await read.one(recovery_ledger.recovery(recovery_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    if not row.notice_no:
        raise NotNotified
    names = await _names(read, [row.unit_code])
    paper = recovery_notice(row, names.get(row.unit_code, ""))
    return await asyncio.to_thread(printed, paper, f"{RECOVERY_TITLE}-{recovery_id}")


@router.get(
    "/budget-cuts/{cut_id}/notice",
    operation_id="print_budget_cut_notice",
    response_class=Response,
    responses={**_files(DOCX), **refusals(409)},
)
async def print_budget_cut_notice(read: Reading, cut_id: str) -> Response:
    """预算调减通知书, as the unit receives it."""
    from services.evaluation.api.forms.money_papers import (  # noqa: PLC0415 - seldom asked for
        CUT_TITLE,
        cut_notice,
    )

    row = await read.one(cut_register.cut(cut_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    if not row.document_no:
        raise NotNotified
    names = await _names(read, [row.unit_code])
    paper = cut_notice(row, names.get(row.unit_code, ""))
    return await asyncio.to_thread(printed, paper, f"{CUT_TITLE}-{cut_id}")
