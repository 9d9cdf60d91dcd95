"""Facts of rounds and records in public words."""

from typing import assert_never

from services.monitoring.domain import round as rounds
from services.monitoring.domain.record import events as fact
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
            )
        case rounds.RoundAdvanced():
            return None
        case _:
            assert_never(event)


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
        ):
            return None
        case _:
            assert_never(event)
