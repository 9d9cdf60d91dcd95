"""Commands about watching: rounds, forecasts, reports, reviews."""

from typing import Final

from services.monitoring.api import schemas
from services.monitoring.domain.record.commands import (
    FileForecast,
    ReturnMonitoring,
    ReviewMonitoring,
    RunPreAnalysis,
    SubmitMonitoring,
)
from services.monitoring.domain.round import CloseRound, PlanRound
from services.monitoring.domain.values import ReportedValue
from services.monitoring.domain.watch import ArrangeNodes
from shared.http.commands import Asked, CommandEndpoint, Translate


def plan_round(asked: Asked, region_code: str, fiscal_year: int, node: str) -> PlanRound:
    """Set the days of a round by the rules in force; also done when a rule set is adopted."""
    return PlanRound(
        region_code=region_code,
        fiscal_year=fiscal_year,
        node=node,
        by=asked.actor,
        now=asked.now,
    )


def close_round(
    asked: Asked, region_code: str, fiscal_year: int, node: str, body: schemas.CloseRoundBody
) -> CloseRound:
    """End a round with the figures of its signed report."""
    return CloseRound(
        region_code=region_code,
        fiscal_year=fiscal_year,
        node=node,
        reviewed=body.reviewed,
        missed=body.missed,
        by=asked.actor,
        now=asked.now,
    )


def arrange_nodes(asked: Asked, project_code: str, fiscal_year: int) -> ArrangeNodes:
    """Arrange a project's nodes by the rules that hold now, after the rules changed."""
    return ArrangeNodes(
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def _values(body: tuple[schemas.ReportedValueBody, ...]) -> tuple[ReportedValue, ...]:
    return tuple(
        ReportedValue(
            indicator_id=value.indicator_id,
            actual=value.actual,
            completion=value.completion,
            likelihood=value.likelihood,
            cause=value.cause,
            cause_text=value.cause_text,
            evidence=value.evidence,
        )
        for value in body
    )


def file_forecast(
    asked: Asked, project_code: str, fiscal_year: int, node: str, body: schemas.FileForecastBody
) -> FileForecast:
    """Say before the node what will be paid and reached by it."""
    return FileForecast(
        project_code=project_code,
        fiscal_year=fiscal_year,
        node=node,
        region_code=asked.region_code or "",
        planned_payments=body.planned_payments,
        values=_values(body.values),
        by=asked.actor,
        now=asked.now,
    )


def run_pre_analysis(
    asked: Asked, project_code: str, fiscal_year: int, node: str
) -> RunPreAnalysis:
    """Predict the state at the node now; the clock does it a month before the node."""
    return RunPreAnalysis(
        project_code=project_code,
        fiscal_year=fiscal_year,
        node=node,
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def submit_monitoring(
    asked: Asked,
    project_code: str,
    fiscal_year: int,
    node: str,
    body: schemas.SubmitMonitoringBody,
) -> SubmitMonitoring:
    """Hand in what was reached, with proof and causes; the ledger supplies the money."""
    return SubmitMonitoring(
        project_code=project_code,
        fiscal_year=fiscal_year,
        node=node,
        region_code=asked.region_code or "",
        values=_values(body.values),
        summary=body.summary,
        by=asked.actor,
        now=asked.now,
    )


def return_monitoring(
    asked: Asked,
    project_code: str,
    fiscal_year: int,
    node: str,
    body: schemas.ReturnMonitoringBody,
) -> ReturnMonitoring:
    """Give a report back for a stated reason."""
    return ReturnMonitoring(
        project_code=project_code,
        fiscal_year=fiscal_year,
        node=node,
        region_code=asked.region_code or "",
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def review_monitoring(
    asked: Asked,
    project_code: str,
    fiscal_year: int,
    node: str,
    body: schemas.ReviewMonitoringBody,
) -> ReviewMonitoring:
    """Accept a report; score and level are computed in the same act."""
    return ReviewMonitoring(
        project_code=project_code,
        fiscal_year=fiscal_year,
        node=node,
        region_code=asked.region_code or "",
        opinion=body.opinion,
        completeness=body.completeness,
        correction=body.correction,
        compliance_suspected=body.compliance_suspected,
        by=asked.actor,
        now=asked.now,
    )


_ROUND: Final = "/rounds/{region_code}/{fiscal_year}/{node}"
_RECORD: Final = "/records/{project_code}/{fiscal_year}/{node}"
_TAG: Final = "Monitoring"


def _opens(path: str, translate: Translate) -> CommandEndpoint:
    """What may be the first thing said of a node: there is no version to match yet."""
    return CommandEndpoint(
        path=f"{_RECORD}/{path}",
        translate=translate,
        tag=_TAG,
        creates=True,
        location="/records/{id}",
    )


WATCHING_COMMANDS: Final = (
    CommandEndpoint(
        path=f"{_ROUND}/plan",
        translate=plan_round,
        tag=_TAG,
        creates=True,
        location="/rounds/{id}",
    ),
    CommandEndpoint(path=f"{_ROUND}/close", translate=close_round, tag=_TAG),
    CommandEndpoint(
        path="/watches/{project_code}/{fiscal_year}/arrange", translate=arrange_nodes, tag=_TAG
    ),
    _opens("forecast", file_forecast),
    _opens("pre-analyse", run_pre_analysis),
    _opens("submit", submit_monitoring),
    CommandEndpoint(path=f"{_RECORD}/return", translate=return_monitoring, tag=_TAG),
    CommandEndpoint(path=f"{_RECORD}/review", translate=review_monitoring, tag=_TAG),
)
