"""How a warning goes on without an answer, and how it ends."""

from collections.abc import Sequence
from datetime import date

from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.commands import (
    CloseWarning,
    DismissWarning,
    MarkOverdue,
    MarkVerificationOverdue,
)
from services.monitoring.domain.warning.events import (
    Case,
    RectificationOverdue,
    Step,
    VerificationOverdue,
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
    Issued,
    Measured,
    Objection,
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


def overdue(command: MarkOverdue | MarkVerificationOverdue, state: OpenState) -> Facts:
    """What the clock says of a step: nothing where the step was done in time."""
    if isinstance(command, MarkVerificationOverdue):
        return _unchecked(command, state)
    due_on = _owed(command.step, state)
    if due_on is None or business_date(command.now) <= due_on:
        return []
    late = RectificationOverdue(project=state.case.project, step=command.step, due_on=due_on)
    return [late, next_level(state.case)]


def _unchecked(command: MarkVerificationOverdue, state: OpenState) -> Facts:
    """The bureau is late itself: it is noted once, and the unit is not worse off."""
    if not isinstance(state, Verifying) or state.late:
        return []
    due_on = state.shown.verify_by
    if due_on is None or business_date(command.now) <= due_on:
        return []
    return [VerificationOverdue(project=state.case.project, due_on=due_on)]


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


def next_level(case: Case) -> WarningEvent:
    """Blue becomes red and needs a new letter; red needs a measure."""
    if case.level is Level.BLUE:
        return WarningUpgraded(project=case.project, level=Level.RED)
    return WarningEscalated(project=case.project)


def close(command: CloseWarning, state: OpenState) -> Facts:
    """Only what was verified, measured, or needed no letter comes to an end."""
    outcome = _outcome(state)
    if outcome is None:
        raise no.WarningStillOpen
    left = [reason for reason in state.case.reasons if not command.answers.get(reason)]
    if left or not command.fund_effect or not command.target_effect:
        raise no.AnswersMissing(pointer="/answers", reasons=left)
    if _open_objection(state):
        raise no.ObjectionOpen
    return [
        WarningClosed(
            project=state.case.project,
            level=state.case.level,
            outcome=outcome,
            answers=command.answers,
            fund_effect=command.fund_effect,
            target_effect=command.target_effect,
            closed_on=business_date(command.now),
            released=state.holds if isinstance(state, Measured) else (),
            closed_by=command.by,
            closed_at=command.now,
            overdue=0 if isinstance(state, Raised) else state.overdue,
        )
    ]


def _open_objection(state: OpenState) -> bool:
    return isinstance(state, Verified | Measured) and state.objection is Objection.OPEN


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
