"""Questions about watching: rounds, records, scores, statistics."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Query

from services.monitoring.api.explaining import explanations
from services.monitoring.api.views import (
    ExplanationView,
    NodeView,
    RecordView,
    RoundPlanView,
    StatisticsView,
)
from services.monitoring.domain.values import Level, project_id
from services.monitoring.projections import monitoring_register as records
from services.monitoring.projections import monitoring_statistics as counters
from services.monitoring.projections import round_board as rounds
from services.monitoring.projections.monitoring_register import RecordRow
from services.monitoring.projections.monitoring_statistics import StatisticsRow
from services.monitoring.projections.round_board import RoundRow
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading
from shared.http.scope import covers

router: Final = APIRouter(tags=["Monitoring"])
Year = Annotated[int, Path(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
Status = Literal["AWAITED", "OPEN", "SUBMITTED", "RETURNED", "SCORED", "MISSED"]


@router.get("/rounds/plans/{fiscal_year}", operation_id="get_round_plan")
async def get_round_plan(read: Reading, fiscal_year: Year) -> RoundPlanView:
    """The nodes of a year: cut-off, and the pre-analysis one month earlier."""
    mine = read.scope.where(region=RoundRow.region_code)
    found = await read.all(rounds.rounds(fiscal_year).where(mine))
    ordered = sorted(found, key=lambda row: (row.region_code, row.cut_off_on))
    return RoundPlanView(fiscal_year=fiscal_year, nodes=[NodeView.of(row) for row in ordered])


@router.get("/rounds/{round_id}", operation_id="get_round")
async def get_round(read: Reading, round_id: str) -> NodeView:
    """One round of a region, by the id that planning answers."""
    mine = read.scope.where(region=RoundRow.region_code)
    row = await read.one(rounds.monitoring_round(round_id).where(mine))
    read.tag(row.version)
    return NodeView.of(row)


async def record_of(read: Read, record_id: str) -> RecordRow:
    """The record, where the caller may see it."""
    row = await read.one(records.record(record_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/records/{record_id}", operation_id="get_record")
async def get_record(read: Reading, record_id: str) -> RecordView:
    """One project at one node: `<project>-<year>-<node>`."""
    return RecordView.of(await record_of(read, record_id))


@router.get("/records", operation_id="list_records")
async def list_records(  # noqa: PLR0913 - every parameter is a filter
    read: Reading,
    page: PageRequest,
    fiscal_year: YearAsked,
    *,
    node: str | None = None,
    level: Level | None = None,
    status: Status | None = None,
) -> Page[RecordView]:
    """The register of a year: also those nobody reported on."""
    mine = read.scope.where(
        region=RecordRow.region_code,
        department=RecordRow.department_code,
        unit=RecordRow.unit_code,
    )
    query = records.records(fiscal_year, node=node, level=level, status=status).where(mine)
    return await read.page(query, page, into=RecordView.of)


@router.get(
    "/records/{project_code}/{fiscal_year}/{node}/explanation", operation_id="explain_record"
)
async def explain_record(
    read: Reading, project_code: str, fiscal_year: Year, node: str
) -> list[ExplanationView]:
    """What the forecast and the score of a project at a node were computed from."""
    record_id = f"{project_id(project_code, fiscal_year)}-{node}"
    await record_of(read, record_id)
    found = await explanations(read, record_id)
    return [ExplanationView.of(row) for row in found]


@router.get("/statistics/{fiscal_year}", operation_id="get_statistics")
async def get_statistics(
    read: Reading,
    fiscal_year: Year,
    region: str | None = None,
    scope: Literal["self", "tree"] = "tree",
) -> StatisticsView:
    """The counters of a year: money, levels, warnings, letters; one region or all below it."""
    mine = read.scope.where(region=StatisticsRow.region_code)
    found = await read.all(counters.statistics(fiscal_year).where(mine))
    asked = [row for row in found if _within(region, row.region_code, scope)]
    return StatisticsView.of(fiscal_year, asked)


def _within(region: str | None, code: str, scope: str) -> bool:
    if region is None:
        return True
    return covers(region, code) if scope == "tree" else code == region
