"""The states of a monitoring record."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.monitoring.domain.record.events import (
    CollectionOpened,
    ExecutionConfirmed,
    ExecutionPrefilled,
    ForecastFiled,
    MonitoringEntered,
    MonitoringMissed,
    MonitoringReturned,
    MonitoringReviewed,
    MonitoringScored,
    MonitoringSubmitted,
    MonitoringVerified,
    PreAnalysisRun,
    RecordEvent,
)
from services.monitoring.domain.record.judging import Part, parts_of
from services.monitoring.domain.values import Execution, Project
from shared.domain.hands import NOBODY, Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """Nothing was said of this node yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A report is awaited; `missed` when its day has passed.

    `filled` and `confirmed` are the two locks of the form; a return opens one, or both. `hands`
    are all who ever filled in, confirmed or signed, also what was written over or given back.
    """

    project: Project
    forecast: ForecastFiled | None = None
    analysed: bool = False
    missed: bool = False
    missing: MonitoringMissed | None = None
    collected: bool = False
    prefilled: Execution | None = None
    filled: MonitoringEntered | None = None
    confirmed: ExecutionConfirmed | None = None
    returned: bool = False
    hands: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A report waits for its review."""

    opened: Open
    report: MonitoringSubmitted
    checked: MonitoringVerified | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The record is done."""

    project: Project
    report: MonitoringSubmitted
    result: MonitoringScored


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


def evolve(state: RecordState, event: RecordEvent) -> RecordState:  # noqa: C901, PLR0911, PLR0912 - one per fact
    """The record after one more fact."""
    before = opened(state, event.project)
    match event:
        case ForecastFiled():
            return replace(before, forecast=event)
        case PreAnalysisRun():
            return replace(before, analysed=True)
        case CollectionOpened():
            return replace(before, collected=True)
        case ExecutionPrefilled(execution=execution):
            return replace(before, prefilled=execution)
        case MonitoringEntered(filled_by=by):
            return replace(before, filled=event, hands=before.hands.also(by))
        case ExecutionConfirmed(confirmed_by=by):
            return replace(before, confirmed=event, hands=before.hands.also(by))
        case MonitoringSubmitted(submitted_by=by):
            return Submitted(opened=replace(before, hands=before.hands.also(by)), report=event)
        case MonitoringMissed():
            return replace(before, missed=True, missing=event)
        case MonitoringReturned(codes=codes):
            return _reopened(before, parts_of(codes))
        case MonitoringVerified():
            return replace(state, checked=event) if isinstance(state, Submitted) else state
        case MonitoringReviewed():
            return state
        case MonitoringScored():
            return Scored(project=event.project, report=_report(state), result=event)
        case _:
            assert_never(event)


def _reopened(before: Open, parts: frozenset[Part]) -> Open:
    return replace(
        before,
        filled=None if Part.BUSINESS in parts else before.filled,
        confirmed=None if Part.FINANCE in parts else before.confirmed,
        returned=True,
    )


def _report(state: RecordState) -> MonitoringSubmitted:
    assert isinstance(state, Submitted), "only a submitted report is ever scored"
    return state.report
