"""What a warning answers: the one place that knows every command."""

from collections.abc import Sequence
from typing import assert_never

from services.monitoring.domain.warning import curing, ending, lettering, measuring
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.commands import (
    AcknowledgeLetter,
    AnswerObjection,
    ApproveMeasure,
    CloseWarning,
    ConfirmWarning,
    CorrectLetter,
    DismissWarning,
    DraftCorrection,
    DraftLetter,
    FailRectification,
    IssueLetter,
    MarkOverdue,
    MarkVerificationOverdue,
    ProposeMeasure,
    RaiseWarning,
    ReleaseSuspension,
    ReviewRectification,
    SubmitEvidence,
    SubmitPlan,
    TakeMeasure,
    VerifyRectification,
    WarningCommand,
)
from services.monitoring.domain.warning.events import WarningEvent
from services.monitoring.domain.warning.raising import confirm, raise_warning
from services.monitoring.domain.warning.state import Ended, NotRaised, OpenState, WarningState

type Facts = Sequence[WarningEvent]
type Lettering = (
    DraftLetter
    | DraftCorrection
    | IssueLetter
    | CorrectLetter
    | AcknowledgeLetter
    | AnswerObjection
)
type Curing = (
    SubmitPlan | SubmitEvidence | ReviewRectification | VerifyRectification | FailRectification
)
type Measuring = ProposeMeasure | ApproveMeasure | TakeMeasure | ReleaseSuspension
type Ending = ConfirmWarning | DismissWarning | CloseWarning


def decide(command: WarningCommand, state: WarningState) -> Facts:
    """The facts a command makes true."""
    if isinstance(command, RaiseWarning):
        return raise_warning(command, state)
    if isinstance(command, MarkOverdue | MarkVerificationOverdue):
        return [] if isinstance(state, NotRaised | Ended) else ending.overdue(command, state)
    if isinstance(command, CloseWarning | DismissWarning) and isinstance(state, Ended):
        return []
    return _decide_open(command, _open(state))


def _decide_open(command: Lettering | Curing | Measuring | Ending, state: OpenState) -> Facts:
    if isinstance(
        command,
        DraftLetter
        | DraftCorrection
        | IssueLetter
        | CorrectLetter
        | AcknowledgeLetter
        | AnswerObjection,
    ):
        return _letter(command, state)
    if isinstance(command, ProposeMeasure | ApproveMeasure | TakeMeasure | ReleaseSuspension):
        return _measure(command, state)
    if isinstance(command, ConfirmWarning | DismissWarning | CloseWarning):
        return _end(command, state)
    return _cure(command, state)


def _open(state: WarningState) -> OpenState:
    if isinstance(state, NotRaised):
        raise no.WarningNotRaised
    if isinstance(state, Ended):
        raise no.WarningEnded(outcome=state.outcome)
    return state


def _letter(command: Lettering, state: OpenState) -> Facts:
    match command:
        case DraftCorrection():
            return lettering.draft_correction(command, state)
        case DraftLetter():
            return lettering.draft(command, state)
        case IssueLetter():
            return lettering.issue(command, state)
        case CorrectLetter():
            return lettering.correct(command, state)
        case AcknowledgeLetter():
            return lettering.acknowledge(command, state)
        case AnswerObjection():
            return lettering.answer(command, state)
        case _:
            assert_never(command)


def _cure(command: Curing, state: OpenState) -> Facts:
    match command:
        case SubmitPlan():
            return curing.plan(command, state)
        case SubmitEvidence():
            return curing.show(command, state)
        case ReviewRectification():
            return curing.review(command, state)
        case VerifyRectification():
            return curing.verify(command, state)
        case FailRectification():
            return curing.fail(command, state)
        case _:
            assert_never(command)


def _measure(command: Measuring, state: OpenState) -> Facts:
    match command:
        case ProposeMeasure():
            return measuring.propose(command, state)
        case ApproveMeasure():
            return measuring.approve(command, state)
        case TakeMeasure():
            return measuring.take(command, state)
        case ReleaseSuspension():
            return measuring.release(command, state)
        case _:
            assert_never(command)


def _end(command: Ending, state: OpenState) -> Facts:
    match command:
        case ConfirmWarning():
            return confirm(command, state)
        case DismissWarning():
            return ending.dismiss(command, state)
        case CloseWarning():
            return ending.close(command, state)
        case _:
            assert_never(command)
