"""Monitoring forms out: one to sign, or a whole list that enters again unchanged (§8.3)."""

import asyncio
from collections.abc import Sequence
from enum import StrEnum
from itertools import batched
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col, select

from services.monitoring.api.forms.monitoring_lines import Stated, line, on_sheet
from services.monitoring.api.forms.monitoring_paper import paper
from services.monitoring.api.forms.monitoring_sheet import MONITORING_SHEET, TITLE
from services.monitoring.api.rounds_excused import is_asked
from services.monitoring.api.watching_queries import YearAsked, record_of
from services.monitoring.domain.record.refusals import FormTooLong
from services.monitoring.domain.values import project_id
from services.monitoring.projections import monitoring_register as records
from services.monitoring.projections.ledger_statement import LedgerRow
from services.monitoring.projections.monitoring_register import RecordRow
from services.monitoring.projections.monitoring_reports import ReportRow
from services.monitoring.projections.watched_projects import WatchedRow
from shared.http.reading import Read, Reading
from shared.http.workbooks import DOCX, NDJSON, XLSX, Form, download, exported, printed

router = APIRouter(tags=["Forms"])

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


@router.get(
    "/records/{record_id}/form",
    operation_id="print_monitoring_form",
    response_class=Response,
    responses=_files(XLSX, DOCX),
)
async def print_monitoring_form(
    read: Reading,
    record_id: str,
    form: Annotated[Printed, Query(description="A workbook, or a paper.")] = Printed.XLSX,
) -> Response:
    """项目支出绩效目标执行监控表 of one project at one node, as far as it has come."""
    row = await record_of(read, record_id)
    [stated] = await _stated(read, [row])
    name = f"{TITLE}-{record_id}"
    if form is Printed.DOCX:
        return await asyncio.to_thread(lambda: printed(paper(stated), name))
    content = await asyncio.to_thread(_workbook, [stated])
    return download(content, XLSX, f"{name}.xlsx")


@router.get(
    "/monitoring-forms/export",
    operation_id="export_monitoring_forms",
    response_class=Response,
    responses=_files(XLSX, NDJSON),
)
async def export_monitoring_forms(
    read: Reading,
    fiscal_year: YearAsked,
    node: str,
    form: Annotated[Form, Query(description="A workbook, or command lines.")] = Form.XLSX,
) -> Response:
    """The monitoring forms of a node that one may see, as they would be entered again.

    Projects that are excused from the node have none.
    """
    mine = read.scope.where(
        region=RecordRow.region_code,
        department=RecordRow.department_code,
        unit=RecordRow.unit_code,
    )
    query = records.records(fiscal_year, node=node).where(mine)
    found = await read.all(query.order_by(col(RecordRow.record_id)).limit(LINES_MAX + 1))
    if len(found) > LINES_MAX:
        raise FormTooLong(
            f"More than {LINES_MAX:,} forms.", remedy="Ask as a unit or a county, part by part."
        )
    everybody = await _stated(read, found)
    stated = [one for one in everybody if one.report or is_asked(one.record, one.watched)]
    lines = line if form is Form.NDJSON else on_sheet
    name = f"{TITLE}-{fiscal_year}-{node}"
    return await asyncio.to_thread(
        lambda: exported(MONITORING_SHEET, [lines(one) for one in stated], form, name)
    )


def _workbook(stated: Sequence[Stated]) -> bytes:
    from shared.documents.writing import (  # noqa: PLC0415 - a workbook writer costs memory
        write_workbook,
    )

    return write_workbook(MONITORING_SHEET, [on_sheet(one) for one in stated])


async def _stated(read: Read, rows: Sequence[RecordRow]) -> list[Stated]:
    """The records with target, form and kind of money, part by part."""
    found: list[Stated] = []
    for part in batched(rows, PART_MAX):
        keys = {row.record_id: project_id(row.project_code, row.fiscal_year) for row in part}
        years = set(keys.values())
        in_report = col(ReportRow.record_id).in_(keys)
        reports = {r.record_id: r for r in await read.all(select(ReportRow).where(in_report))}
        in_watch = col(WatchedRow.watch_id).in_(years)
        watched = {w.watch_id: w for w in await read.all(select(WatchedRow).where(in_watch))}
        in_ledger = col(LedgerRow.ledger_id).in_(years)
        ledgers = {one.ledger_id: one for one in await read.all(select(LedgerRow).where(in_ledger))}
        found += [
            Stated(
                record=row,
                watched=watched.get(keys[row.record_id]),
                report=reports.get(row.record_id),
                ledger=ledgers.get(keys[row.record_id]),
            )
            for row in part
        ]
    return found
