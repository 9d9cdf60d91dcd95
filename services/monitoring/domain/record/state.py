"""The states of a monitoring record."""

from dataclasses import dataclass
from typing import assert_never

from services.monitoring.domain.record.events import (
    ForecastFiled,
    MonitoringMissed,
    MonitoringReturned,
    MonitoringReviewed,
    MonitoringScored,
    MonitoringSubmitted,
    PreAnalysisRun,
    RecordEvent,
)
from services.monitoring.domain.values import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """Nothing was said of this node yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A report is awaited; `missed` when its day has passed."""

    project: Project
    forecast: ForecastFiled | None = None
    analysed: bool = False
    missed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A report waits for its review."""

    opened: Open
    report: MonitoringSubmitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The record is done."""

    project: Project
    report: MonitoringSubmitted


type RecordState = NotOpened | Open | Submitted | Scored


def opened(state: RecordState, project: Project) -> Open:
    """The record as it waits for a report."""
    match state:
        case Open():
            return state
        case Submitted(opened=before):
            return before
        case NotOpened() | Scored():
            return Open(project=project)
        case _:
            assert_never(state)


def evolve(state: RecordState, event: RecordEvent) -> RecordState:  # noqa: PLR0911 - one per fact
    """The record after one more fact."""
    before = opened(state, event.project)
    match event:
        case ForecastFiled():
            return Open(project=event.project, forecast=event)
        case PreAnalysisRun():
            return Open(project=event.project, forecast=before.forecast, analysed=True)
        case MonitoringSubmitted():
            return Submitted(opened=before, report=event)
        case MonitoringMissed():
            return Open(project=event.project, analysed=before.analysed, missed=True)
        case MonitoringReturned():
            return before
        case MonitoringReviewed():
            return state
        case MonitoringScored():
            return Scored(project=event.project, report=_report(state))
        case _:
            assert_never(event)


def _report(state: RecordState) -> MonitoringSubmitted:
    assert isinstance(state, Submitted), "only a submitted report is ever scored"
    return state.report
