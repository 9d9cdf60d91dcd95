"""What the national budget system is sent, and what it sent as lines of our own (`domain` §7.1)."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Query, Response
from pydantic import JsonValue
from sqlmodel import col, select

from services.targets.api.filters import Filters
from services.targets.api.forms.gathering import by_code, every
from services.targets.api.forms.target_lines import body
from services.targets.api.forms.target_reading import stated
from services.targets.api.forms.target_sheet import TITLE
from services.targets.api.national import (
    conclusion_record,
    goal_record,
    indicator_records,
    project_lines,
)
from services.targets.domain.values import TargetStatus
from services.targets.projections.ex_ante_register import ExAnteRow
from services.targets.projections.narrowing import narrowed
from services.targets.projections.target_register import TargetRow
from services.targets.projections.unit_register import UnitRow, units
from shared.documents.sheet import Column, Sheet
from shared.domain.decider import Owner
from shared.domain.money import Money
from shared.http.reading import Read, Reading
from shared.http.workbooks import NDJSON, XLSX, Form, download, exported

router = APIRouter(tags=["National tables"])

BINDING: Final = (TargetStatus.APPROVED, TargetStatus.ADJUSTING, TargetStatus.CLOSED)
RECORDS_MAX: Final = 5_000
GOALS, INDICATORS = "PM_PERF_GOAL_INFO", "PM_PERF_INDICATOR"
_GOAL_FIELDS: Final = (
    *("kpi_per_id", "mof_div_code", "fiscal_year", "agency_code", "dept_code", "pro_code"),
    *("kpi_target", "is_last_inst"),
)
_INDICATOR_FIELDS: Final = (
    *("kpi_id", "lv1_perf_ind_code", "lv1_perf_ind_name", "lv2_perf_ind_code"),
    *("lv2_perf_ind_name", "lv3_perf_ind_code", "lv3_perf_ind_name", "kpi_content", "kpi_val"),
    *("kpi_evalstd", "kpi_remark"),
)
NATIONAL_SHEET: Final = Sheet(
    operation="",
    title=TITLE,
    columns=tuple(Column(title=name, pointer=f"/{GOALS}/{name}") for name in _GOAL_FIELDS),
    lines=tuple(Column(title=name, pointer=f"/{name}") for name in _INDICATOR_FIELDS),
    lines_pointer=f"/{INDICATORS}",
)
_FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "A record in each line.", "content": {NDJSON: {}}}
}


@router.get(
    "/v1/national/targets",
    operation_id="export_national_targets",
    response_class=Response,
    responses={
        200: {
            "description": "A target in each line: both tables.",
            "content": {
                NDJSON: {},
                XLSX: {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
async def export_national_targets(
    read: Reading,
    filters: Filters,
    form: Annotated[Form, Query(description="Lines, or a workbook.")] = Form.NDJSON,
) -> Response:
    """Targets that bind, as records of the national tables; the workbook drafts them again."""
    rows = select(TargetRow).where(_mine(read, TargetRow), col(TargetRow.status).in_(BINDING))
    found = await every(read, narrowed(rows, TargetRow, **vars(filters)), TargetRow.target_id)
    said = await stated(read, found)

    def records() -> Iterable[Mapping[str, Any]]:
        for one in said:
            target = {**_owner(one.row), **body(one)}
            yield {GOALS: goal_record(target), INDICATORS: indicator_records(target)}

    if form is Form.XLSX:
        lines = list(records())
        return await asyncio.to_thread(exported, NATIONAL_SHEET, lines, form, "national-targets")
    return await _lines(records, "national-targets")


@router.get(
    "/v1/national/ex-ante-conclusions",
    operation_id="export_national_conclusions",
    response_class=Response,
    responses=_FILES,
)
async def export_national_conclusions(read: Reading, filters: Filters) -> Response:
    """What the ex-ante assessments of a year concluded, project by project."""
    rows = select(ExAnteRow).where(_mine(read, ExAnteRow), col(ExAnteRow.conclusion).is_not(None))
    rows = narrowed(rows, ExAnteRow, **vars(filters))
    found = await every(read, rows, ExAnteRow.assessment_id)
    return await _lines(lambda: map(_concluded, found), "national-conclusions")


@router.post(
    "/v1/national/projects/translate",
    operation_id="translate_national_projects",
    response_class=Response,
    responses=_FILES,
)
async def translate_national_projects(
    read: Reading,
    records: Annotated[
        list[dict[str, JsonValue]],
        Body(max_length=RECORDS_MAX, examples=[[{"pro_code": "653101210000000000001"}]]),
    ],
) -> Response:
    """Budget records as lines of `register_project`, for `/v1/imports`; nothing is changed.

    Who answers for a project is whom its unit has named.
    """
    codes = {str(record.get("agency_code")) for record in records}
    known = await by_code(read, units, "unit_code", codes)
    persons = {code: _persons(unit) for code, unit in known.items() if _named(read, unit)}
    return await _lines(lambda: project_lines(records, persons), "register-project")


def _named(read: Read, unit: UnitRow) -> bool:
    """Whether a unit is the reader's to see and has named who answers."""
    owner = Owner(
        region_code=unit.region_code,
        department_code=unit.department_code,
        unit_code=unit.unit_code,
    )
    return bool(unit.head) and read.scope.may_read(owner)


def _persons(unit: UnitRow) -> Mapping[str, str]:
    return {"business": unit.business, "finance": unit.finance, "head": unit.head}


def _owner(row: TargetRow) -> Mapping[str, str]:
    return {
        "region_code": row.region_code,
        "unit_code": row.unit_code,
        "department_code": row.department_code,
    }


def _concluded(row: ExAnteRow) -> Mapping[str, Any]:
    accepted = str(Money(row.accepted_fen or 0))
    return conclusion_record({**row.model_dump(), "accepted": accepted})


def _mine(read: Read, row: Any) -> Any:  # noqa: ANN401 - any row with an owner
    return read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )


async def _lines(records: Callable[[], Iterable[Mapping[str, Any]]], name: str) -> Response:
    """A record in each line, made beside the loop."""

    def written() -> bytes:
        return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records()).encode()

    return download(await asyncio.to_thread(written), NDJSON, f"{name}.ndjson")
