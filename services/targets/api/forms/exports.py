"""Lists as files that import again unchanged: XLSX for people, NDJSON for machines."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import select

from services.targets.api.filters import Filters, Status
from services.targets.api.forms.gathering import by_code, every
from services.targets.api.forms.register_sheets import (
    PROJECT_SHEET,
    REGION_SHEET,
    REQUEST_SHEET,
    UNIT_SHEET,
    as_written,
    project_line,
    region_line,
    request_line,
    unit_line,
)
from services.targets.api.forms.target_lines import Line, body, on_sheet, unshowable
from services.targets.api.forms.target_reading import Registers, registers, stated
from services.targets.api.forms.target_sheet import TARGET_SHEET
from services.targets.domain.refusals.applications import NotOnTheForm
from services.targets.projections import budget_requests as requests
from services.targets.projections.narrowing import narrowed
from services.targets.projections.project_particulars import ProjectParticularsRow, particulars
from services.targets.projections.project_register import ProjectRow
from services.targets.projections.region_register import RegionRow
from services.targets.projections.target_register import TargetRow
from services.targets.projections.unit_register import UnitRow
from shared.documents.sheet import Sheet
from shared.http.reading import Read, Reading
from shared.http.workbooks import NDJSON, XLSX, Form, exported

router = APIRouter(tags=["Forms"])

SHOWN_MAX: Final = 20
As = Annotated[Form, Query(description="A workbook, or a command line in each line.")]
_FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}, NDJSON: {}},
    }
}


@router.get(
    "/v1/regions/form",
    operation_id="export_region_form",
    response_class=Response,
    responses=_FILES,
)
async def export_region_form(read: Reading, filters: Filters, form: As = Form.XLSX) -> Response:
    """The regions one may see, as they would be entered again."""
    rows = select(RegionRow).where(read.scope.where(region=RegionRow.region_code))
    rows = narrowed(rows, RegionRow, region=filters.region, tree=filters.tree)
    found = await every(read, rows, RegionRow.region_code)
    return await _file(REGION_SHEET, lambda: map(region_line, found), form)


@router.get(
    "/v1/units/form", operation_id="export_unit_form", response_class=Response, responses=_FILES
)
async def export_unit_form(read: Reading, filters: Filters, form: As = Form.XLSX) -> Response:
    """The units one may see, as they would be entered again."""
    rows = narrowed(
        select(UnitRow).where(_mine(read, UnitRow)),
        UnitRow,
        region=filters.region,
        tree=filters.tree,
        unit=filters.unit,
    )
    found = await every(read, rows, UnitRow.unit_code)
    return await _file(UNIT_SHEET, lambda: map(unit_line, found), form)


@router.get(
    "/v1/projects/export",
    operation_id="export_projects",
    response_class=Response,
    responses=_FILES,
)
async def export_projects(
    read: Reading, filters: Filters, status: Status = None, form: As = Form.XLSX
) -> Response:
    """The project library (项目库), as it would be entered again."""
    rows = select(ProjectRow).where(_mine(read, ProjectRow))
    rows = narrowed(rows, ProjectRow, status=status, **vars(filters))
    found = await every(read, rows, ProjectRow.project_code)
    codes = (row.project_code for row in found)
    said = await by_code(read, particulars, "project_code", codes)
    return await _file(as_written(PROJECT_SHEET), lambda: _projects(found, said), form)


def _projects(rows: Iterable[ProjectRow], said: Any) -> Iterable[Line]:  # noqa: ANN401 - by code
    missing = ProjectParticularsRow(project_code="")
    return (project_line(row, said.get(row.project_code, missing)) for row in rows)


@router.get(
    "/v1/budget-requests/export",
    operation_id="export_budget_requests",
    response_class=Response,
    responses=_FILES,
)
async def export_budget_requests(
    read: Reading, filters: Filters, status: Status = None, form: As = Form.XLSX
) -> Response:
    """The requests one may see; `fiscal_year` is the budget year."""
    row = requests.BudgetRequestRow
    rows = narrowed(
        requests.of_year(select(row).where(_mine(read, row)), filters.fiscal_year),
        row,
        region=filters.region,
        tree=filters.tree,
        unit=filters.unit,
        status=status,
    )
    found = await every(read, rows, row.request_id)
    return await _file(as_written(REQUEST_SHEET), lambda: map(request_line, found), form)


@router.get(
    "/v1/targets/export",
    operation_id="export_targets",
    response_class=Response,
    responses=_FILES,
)
async def export_targets(
    read: Reading, filters: Filters, status: Status = None, form: As = Form.XLSX
) -> Response:
    """Targets as the application form, which drafts them again (`domain` §8.1)."""
    rows = select(TargetRow).where(_mine(read, TargetRow))
    rows = narrowed(rows, TargetRow, status=status, **vars(filters))
    found = await every(read, rows, TargetRow.target_id)
    said = await stated(read, found)
    if form is Form.NDJSON:
        return await _file(TARGET_SHEET, lambda: ({"body": body(one)} for one in said), form)
    known = await registers(read, found)
    return await _file(TARGET_SHEET, lambda: _on_sheet(said, known), form)


def _on_sheet(said: Sequence[Any], known: Registers) -> Iterable[Line]:
    lines = [(one.row, body(one)) for one in said]
    lost = [f"{row.target_id} {pointer}" for row, line in lines for pointer in unshowable(line)]
    if lost:
        raise NotOnTheForm(
            "; ".join(lost[:SHOWN_MAX]),
            remedy="Export them as NDJSON, or narrow the list.",
            detail_zh=f"{len(lost)} 处内容无法在表格中表示，请导出 NDJSON。",
            remedy_zh="请导出 NDJSON，或缩小范围。",
        )
    return (on_sheet(line, known.of(row).shown(row)) for row, line in lines)


def _mine(read: Read, row: Any) -> Any:  # noqa: ANN401 - any row with an owner
    return read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )


async def _file(sheet: Sheet, lines: Callable[[], Iterable[Line]], form: Form) -> Response:
    """The file, made beside the loop: a whole region takes seconds."""
    return await asyncio.to_thread(lambda: exported(sheet, list(lines()), form, sheet.title))
