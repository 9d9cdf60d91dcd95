"""The states of a warning; each holds what only it knows."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.monitoring.domain.values import Level
from services.monitoring.domain.warning.events import (
    Case,
    LetterAcknowledged,
    LetterDrafted,
    LetterIssued,
    MeasureTaken,
    RectificationEvidenceSubmitted,
    RectificationFailed,
    RectificationOverdue,
    RectificationPlanSubmitted,
    RectificationVerified,
    WarningCancelled,
    WarningClosed,
    WarningEscalated,
    WarningEvent,
    WarningOutcome,
    WarningPushed,
    WarningRaised,
    WarningUpgraded,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRaised:
    """Nobody warned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Waits for a confirmation."""

    case: Case
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """The unit knows; a letter has to follow."""

    case: Case
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A letter waits for its signature."""

    case: Case
    draft: LetterDrafted
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A letter was sent."""

    case: Case
    issued: LetterIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """The unit has the letter."""

    case: Case
    issued: LetterIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectifying:
    """The unit works by its plan."""

    case: Case
    issued: LetterIssued
    plan: RectificationPlanSubmitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifying:
    """Evidence waits to be checked."""

    case: Case
    issued: LetterIssued
    plan: RectificationPlanSubmitted
    shown: RectificationEvidenceSubmitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The cure was found good."""

    case: Case
    issued: LetterIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    """A red warning was not answered."""

    case: Case
    issued: LetterIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """At least one measure was taken."""

    case: Case
    issued: LetterIssued
    measures: tuple[MeasureTaken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Closed or cancelled."""

    case: Case
    outcome: WarningOutcome
    issued: LetterIssued | None = None


type Answering = Issued | Acknowledged | Rectifying | Verifying | Verified | Escalated | Measured
"""States after a letter."""

type OpenState = Raised | Pushed | Drafted | Answering
type WarningState = NotRaised | OpenState | Ended


def evolve(state: WarningState, event: WarningEvent) -> WarningState:
    """The warning after one more fact."""
    if isinstance(event, WarningRaised):
        return Raised(case=event.case)
    return state if isinstance(state, NotRaised) else _further(state, event)


def _further(state: OpenState | Ended, event: WarningEvent) -> WarningState:  # noqa: PLR0911 - one per fact
    case = state.case
    match event, state:
        case WarningPushed(), Raised():
            return Pushed(case=case)
        case WarningCancelled(), _:
            return Ended(case=case, outcome=WarningOutcome.CANCELLED)
        case LetterDrafted(), Pushed(replaces=before) | Drafted(replaces=before):
            return Drafted(case=case, draft=event, replaces=before)
        case LetterIssued(), Drafted():
            return Issued(case=case, issued=event)
        case WarningClosed(outcome=outcome), _:
            return Ended(case=case, outcome=outcome, issued=_letter(state))
        case _, Raised() | Pushed() | Drafted() | Ended():
            return state
        case _, _:
            return _answered(state, event)


def _letter(state: OpenState | Ended) -> LetterIssued | None:
    return None if isinstance(state, Raised | Pushed | Drafted) else state.issued


def _answered(state: Answering, event: WarningEvent) -> WarningState:  # noqa: C901, PLR0911 - one per fact
    case, issued = state.case, state.issued
    match event:
        case LetterAcknowledged():
            return Acknowledged(case=case, issued=issued)
        case RectificationPlanSubmitted():
            return Rectifying(case=case, issued=issued, plan=event)
        case RectificationEvidenceSubmitted():
            plan = state.plan if isinstance(state, Rectifying | Verifying) else _no_plan(event)
            return Verifying(case=case, issued=issued, plan=plan, shown=event)
        case RectificationVerified():
            return Verified(case=case, issued=issued)
        case RectificationFailed():
            if isinstance(state, Verifying):
                return Rectifying(case=case, issued=issued, plan=state.plan)
            return state
        case WarningUpgraded(level=level):
            number = issued.letter.letter_no
            return Pushed(case=replace(case, level=level), replaces=number)
        case WarningEscalated():
            return Escalated(case=replace(case, level=Level.RED), issued=issued)
        case MeasureTaken():
            before = state.measures if isinstance(state, Measured) else ()
            return Measured(case=case, issued=issued, measures=(*before, event))
        case (
            RectificationOverdue()
            | WarningRaised()
            | WarningPushed()
            | WarningCancelled()
            | LetterDrafted()
            | LetterIssued()
            | WarningClosed()
        ):
            return state
        case _:
            assert_never(event)


def _no_plan(event: RectificationEvidenceSubmitted) -> RectificationPlanSubmitted:
    return RectificationPlanSubmitted(project=event.project, steps=())
