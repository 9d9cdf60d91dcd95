"""How a warning goes on without an answer, and how it ends."""

from collections.abc import Sequence
from datetime import date

from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.commands import (
    CloseWarning,
    DismissWarning,
    FailRectification,
    MarkOverdue,
    TakeMeasure,
)
from services.monitoring.domain.warning.events import (
    Case,
    MeasureTaken,
    RectificationFailed,
    RectificationOverdue,
    Step,
    WarningCancelled,
    WarningClosed,
    WarningEscalated,
    WarningEvent,
    WarningOutcome,
    WarningUpgraded,
)
from services.monitoring.domain.warning.state import (
    Acknowledged,
    Drafted,
    Escalated,
    Issued,
    Measured,
    OpenState,
    Pushed,
    Raised,
    Rectifying,
    Verified,
    Verifying,
)
from shared.domain.workdays import business_date

type Facts = Sequence[WarningEvent]


def dismiss(command: DismissWarning, state: OpenState) -> Facts:
    """Before a letter a warning can be dropped; afterwards it needs an answer."""
    if not isinstance(state, Raised | Pushed | Drafted):
        raise no.WarningStillOpen
    return [
        WarningCancelled(
            project=state.case.project,
            level=state.case.level,
            reason=command.reason,
            cancelled_on=business_date(command.now),
            reason_code=command.reason_code,
        )
    ]


def fail(command: FailRectification, state: OpenState) -> Facts:
    """Back to work, or on to the next level."""
    upgraded = isinstance(state, Pushed) and state.replaces is not None
    if upgraded or isinstance(state, Rectifying | Escalated | Measured):
        return []
    if not isinstance(state, Verifying):
        raise no.NothingToVerify
    failed = RectificationFailed(
        project=state.case.project, reason=command.reason, finish_by=state.issued.finish_by
    )
    return [failed, _next_level(state.case)] if command.escalate else [failed]


def overdue(command: MarkOverdue, state: OpenState) -> Facts:
    """What the clock says of a step: nothing where the step was done in time."""
    due_on = _owed(command.step, state)
    if due_on is None or business_date(command.now) <= due_on:
        return []
    late = RectificationOverdue(project=state.case.project, step=command.step, due_on=due_on)
    return [late, _next_level(state.case)]


def _owed(step: Step, state: OpenState) -> date | None:
    match step, state:
        case Step.ACKNOWLEDGE, Issued(issued=issued):
            return issued.acknowledge_by
        case Step.PLAN, Issued(issued=issued) | Acknowledged(issued=issued):
            return issued.plan_by
        case (
            Step.FINISH,
            Issued(issued=issued) | Acknowledged(issued=issued) | Rectifying(issued=issued),
        ):
            return issued.finish_by
        case _:
            return None


def _next_level(case: Case) -> WarningEvent:
    if case.level is Level.BLUE:
        return WarningUpgraded(project=case.project, level=Level.RED)
    return WarningEscalated(project=case.project)


def take_measure(command: TakeMeasure, state: OpenState) -> Facts:
    """Record a measure; the same document is recorded once."""
    if not isinstance(state, Escalated | Measured):
        raise no.MeasureNotDue
    taken = MeasureTaken(
        project=state.case.project,
        measure=command.measure,
        document_no=command.document_no,
        decided_on=command.decided_on,
        note=command.note,
    )
    return [] if isinstance(state, Measured) and taken in state.measures else [taken]


def close(command: CloseWarning, state: OpenState) -> Facts:
    """Only what was verified, measured, or needed no letter comes to an end."""
    outcome = _outcome(state)
    if outcome is None:
        raise no.WarningStillOpen
    left = [reason for reason in state.case.reasons if not command.answers.get(reason)]
    if left or not command.fund_effect or not command.target_effect:
        raise no.AnswersMissing(pointer="/answers", reasons=left)
    return [
        WarningClosed(
            project=state.case.project,
            level=state.case.level,
            outcome=outcome,
            answers=command.answers,
            fund_effect=command.fund_effect,
            target_effect=command.target_effect,
            closed_on=business_date(command.now),
        )
    ]


def _outcome(state: OpenState) -> WarningOutcome | None:
    match state:
        case Verified():
            return WarningOutcome.VERIFIED
        case Measured():
            return WarningOutcome.MEASURED
        case Pushed(case=case) if not case.letter_needed and case.level is Level.BLUE:
            return WarningOutcome.VERIFIED
        case _:
            return None
