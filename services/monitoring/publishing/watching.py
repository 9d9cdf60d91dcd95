"""Facts of rounds and records in public words."""

from decimal import Decimal
from typing import TypedDict, assert_never

from services.monitoring.domain import round as rounds
from services.monitoring.domain.record import events as fact
from services.monitoring.domain.round_report import RoundReport
from services.monitoring.publishing.whose import whose
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_round(event: rounds.RoundEvent, _recorded: AnyRecorded) -> PublicEvent | None:
    """When everybody is looked at, and how many were."""
    match event:
        case rounds.RoundPlanned(region_code=region, fiscal_year=year, dates=dates):
            return said.RoundPlanned(
                region_code=region,
                fiscal_year=year,
                node=dates.node,
                cut_off_on=dates.cut_off_on,
                pre_analysis_on=dates.pre_analysis_on,
            )
        case rounds.RoundClosed(region_code=region, fiscal_year=year):
            return said.RoundClosed(
                region_code=region,
                fiscal_year=year,
                node=event.node,
                cut_off_on=event.cut_off_on,
                reviewed=event.reviewed,
                missed=event.missed,
                **_summary(event.report),
            )
        case rounds.RoundAdvanced() | rounds.RoundArchived():
            return None
        case _:
            assert_never(event)


class _Summary(TypedDict, total=False):
    exempted: int
    levels: dict[str, int]
    mean_score: Decimal | None
    execution_rate: Decimal | None
    goal_rate: Decimal | None


def _summary(report: RoundReport | None) -> _Summary:
    """The figures of a report without names."""
    if report is None:
        return {}
    figures = report.figures
    return {
        "exempted": len(report.exempted),
        "levels": figures.levels,
        "mean_score": figures.mean_score,
        "execution_rate": figures.execution_rate,
        "goal_rate": figures.goal_rate,
    }


def of_record(event: fact.RecordEvent, _recorded: AnyRecorded) -> PublicEvent | None:
    """How a project stands; what a unit wrote and who read it stays inside."""
    of = whose(event.project)
    match event:
        case fact.PreAnalysisRun(rating=rating):
            return said.PreAnalysisRun(
                **of,
                node=event.node,
                level=rating.level.value,
                execution_rate=rating.execution_rate,
                goal_rate=rating.goal_rate,
                method=event.method.value,
                reasons=rating.reasons,
                analysed_on=event.analysed_on,
                rule_set_version=event.rule_set_version,
            )
        case fact.MonitoringScored(rating=rating):
            return said.MonitoringScored(
                **of,
                node=event.node,
                score=event.score.total,
                level=rating.level.value,
                execution_rate=rating.execution_rate,
                goal_rate=rating.goal_rate,
                reasons=rating.reasons,
                rule_set_version=event.rule_set_version,
            )
        case fact.MonitoringMissed(rating=rating):
            return said.MonitoringMissed(
                **of,
                node=event.node,
                execution_rate=rating.execution_rate,
                reasons=rating.reasons,
                due_on=event.due_on,
                rule_set_version=event.rule_set_version,
            )
        case (
            fact.ForecastFiled()
            | fact.MonitoringSubmitted()
            | fact.MonitoringReturned()
            | fact.MonitoringReviewed()
            | fact.CollectionOpened()
            | fact.ExecutionPrefilled()
            | fact.MonitoringEntered()
            | fact.ExecutionConfirmed()
            | fact.MonitoringVerified()
        ):
            return None
        case _:
            assert_never(event)
