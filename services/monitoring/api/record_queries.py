"""Questions about forms, decisions, evidence, reports of rounds, and false alarms."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path

from services.monitoring.api.alarm_statistics import forecasts_of, warnings_of
from services.monitoring.api.decisions import decision_of
from services.monitoring.api.explaining import explanations
from services.monitoring.api.record_views import (
    AlarmsView,
    DecisionView,
    EvidenceView,
    ExemptionView,
    InputFact,
    ReportView,
    ReturnedView,
    RoundReportView,
)
from services.monitoring.api.rounds_excused import excused
from services.monitoring.api.watching_queries import YearAsked, record_of
from services.monitoring.domain.values import project_id
from services.monitoring.projections import (
    alarm_counts,
    monitoring_evidence,
    round_reports,
    watched_projects,
)
from services.monitoring.projections import monitoring_reports as reports
from services.monitoring.projections import round_board as rounds
from services.monitoring.projections.monitoring_evidence import EvidenceRow
from services.monitoring.projections.monitoring_register import RecordRow
from services.monitoring.projections.round_board import RoundRow
from services.monitoring.projections.round_reports import RoundReportRow
from services.monitoring.projections.warning_outcomes import OutcomeRow
from services.monitoring.projections.watched_projects import WatchedRow
from shared.http.facts import facts_of
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Monitoring"])
Year = Annotated[int, Path(ge=2000, le=2100)]


@router.get("/records/{record_id}/report", operation_id="get_report")
async def get_report(read: Reading, record_id: str) -> ReportView:
    """The form of a record as far as it has come, with every time it went back."""
    await record_of(read, record_id)
    row = await read.one(reports.report(record_id))
    went_back = await read.all(reports.returned(record_id))
    return ReportView.of(row, [ReturnedView.of(one) for one in went_back])


@router.get(
    "/records/{project_code}/{fiscal_year}/{node}/decision-table",
    operation_id="get_decision_table",
)
async def get_decision_table(
    read: Reading, project_code: str, fiscal_year: Year, node: str
) -> list[DecisionView]:
    """Every row of the warning table with its values and limits, forecast and result."""
    key = project_id(project_code, fiscal_year)
    record_id = f"{key}-{node}"
    await record_of(read, record_id)
    explained = await explanations(read, record_id)
    inputs = await _inputs(read, [f"watch-{key}", f"ledger-{key}", f"record-{record_id}"])
    return [decision_of(row, inputs) for row in explained]


async def _inputs(read: Read, streams: Sequence[str]) -> list[InputFact]:
    return [
        InputFact(
            stream=fact.stream,
            version=fact.version,
            fact=fact.fact,
            event_id=fact.event_id,
            recorded_on=fact.recorded_on,
        )
        for fact in await facts_of(read, streams)
    ]


@router.get("/records/{record_id}/evidence", operation_id="list_record_evidence")
async def list_record_evidence(read: Reading, record_id: str) -> list[EvidenceView]:
    """The files of a report; those that prove something of another project or year say where."""
    await record_of(read, record_id)
    mine = await read.all(monitoring_evidence.of_record(record_id))
    others = await read.all(monitoring_evidence.elsewhere(record_id).where(_mine(read)))
    places: dict[str, list[str]] = {}
    for row in others:
        places.setdefault(row.sha256, []).append(row.record_id)
    return [EvidenceView.of(row, places.get(row.sha256, [])) for row in mine]


@router.get("/evidence/used-twice", operation_id="list_evidence_used_twice")
async def list_evidence_used_twice(
    read: Reading, page: PageRequest, fiscal_year: YearAsked
) -> Page[EvidenceView]:
    """The files of a year that are in the reports of more than one project or year."""
    query = monitoring_evidence.used_twice(fiscal_year).where(_mine(read))
    return await read.page(query, page, into=lambda row: EvidenceView.of(row, []))


def _mine(read: Read) -> Any:  # noqa: ANN401 - a condition
    return read.scope.where(
        region=EvidenceRow.region_code,
        department=EvidenceRow.department_code,
        unit=EvidenceRow.unit_code,
    )


@router.get("/rounds/{round_id}/report", operation_id="get_round_report")
async def get_round_report(read: Reading, round_id: str) -> RoundReportView:
    """The signed report of a closed round, as it was counted from the records."""
    mine = read.scope.where(region=RoundReportRow.region_code)
    row = await read.one(round_reports.round_report(round_id).where(mine))
    read.immutable()
    return RoundReportView.of(row)


@router.get("/rounds/{round_id}/exemptions", operation_id="list_round_exemptions")
async def list_round_exemptions(read: Reading, round_id: str) -> list[ExemptionView]:
    """Who gives no report on this node, and why."""
    mine = read.scope.where(region=RoundRow.region_code)
    row = await read.one(rounds.monitoring_round(round_id).where(mine))
    perhaps = watched_projects.perhaps_excused(row.region_code, row.fiscal_year, row.cut_off_on)
    theirs = read.scope.where(
        region=WatchedRow.region_code,
        department=WatchedRow.department_code,
        unit=WatchedRow.unit_code,
    )
    return excused(row, await read.all(perhaps.where(theirs)))


@router.get("/statistics/{fiscal_year}/alarms", operation_id="get_alarm_statistics")
async def get_alarm_statistics(read: Reading, fiscal_year: Year) -> AlarmsView:
    """False alarms by region, source and reason; precision and recall of the pre-analysis."""
    of_warnings = read.scope.where(region=OutcomeRow.region_code)
    of_records = read.scope.where(region=RecordRow.region_code)
    outcomes = await read.rows(alarm_counts.outcome_groups(fiscal_year, of_warnings))
    forecasts = await read.rows(alarm_counts.forecast_groups(fiscal_year, of_records))
    return AlarmsView(
        fiscal_year=fiscal_year,
        warnings=warnings_of(outcomes),
        pre_analysis=forecasts_of(forecasts),
    )
