"""What a warning answers: the letter, and what a unit does about it."""

from collections.abc import Sequence
from typing import assert_never

from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.commands import (
    AcknowledgeLetter,
    CloseWarning,
    ConfirmWarning,
    DismissWarning,
    DraftLetter,
    FailRectification,
    IssueLetter,
    MarkOverdue,
    RaiseWarning,
    SubmitEvidence,
    SubmitPlan,
    TakeMeasure,
    VerifyRectification,
    WarningCommand,
)
from services.monitoring.domain.warning.ending import close, dismiss, fail, overdue, take_measure
from services.monitoring.domain.warning.events import (
    LetterAcknowledged,
    LetterDrafted,
    LetterIssued,
    RectificationEvidenceSubmitted,
    RectificationPlanSubmitted,
    RectificationVerified,
    WarningEvent,
)
from services.monitoring.domain.warning.raising import confirm, raise_warning
from services.monitoring.domain.warning.state import (
    Acknowledged,
    Drafted,
    Ended,
    Escalated,
    Issued,
    Measured,
    NotRaised,
    OpenState,
    Pushed,
    Raised,
    Rectifying,
    Verified,
    Verifying,
    WarningState,
)
from services.monitoring.domain.warning.writing import write_letter
from shared.domain.workdays import business_date

type Facts = Sequence[WarningEvent]


def decide(command: WarningCommand, state: WarningState) -> Facts:
    """The facts a command makes true."""
    if isinstance(command, RaiseWarning):
        return raise_warning(command, state)
    if isinstance(command, MarkOverdue):
        return [] if isinstance(state, NotRaised | Ended) else overdue(command, state)
    if isinstance(command, CloseWarning | DismissWarning) and isinstance(state, Ended):
        return []
    return _decide_open(command, _open(state))


def _decide_open(  # noqa: C901, PLR0911 - one leaf per command
    command: ConfirmWarning
    | DismissWarning
    | DraftLetter
    | IssueLetter
    | AcknowledgeLetter
    | SubmitPlan
    | SubmitEvidence
    | VerifyRectification
    | FailRectification
    | TakeMeasure
    | CloseWarning,
    state: OpenState,
) -> Facts:
    match command:
        case ConfirmWarning():
            return confirm(command, state)
        case DismissWarning():
            return dismiss(command, state)
        case DraftLetter():
            return _draft(command, state)
        case IssueLetter():
            return _issue(command, state)
        case AcknowledgeLetter():
            return _acknowledge(command, state)
        case SubmitPlan():
            return _plan(command, state)
        case SubmitEvidence():
            return _show(command, state)
        case VerifyRectification():
            return _verify(command, state)
        case FailRectification():
            return fail(command, state)
        case TakeMeasure():
            return take_measure(command, state)
        case CloseWarning():
            return close(command, state)
        case _:
            assert_never(command)


def _open(state: WarningState) -> OpenState:
    if isinstance(state, NotRaised):
        raise no.WarningNotRaised
    if isinstance(state, Ended):
        raise no.WarningEnded(outcome=state.outcome)
    return state


def _draft(command: DraftLetter, state: OpenState) -> Facts:
    if isinstance(state, Raised):
        raise no.WarningNotPushed
    if not isinstance(state, Pushed | Drafted):
        return []
    draft = LetterDrafted(
        project=state.case.project,
        demands=command.demands,
        evidence_wanted=command.evidence_wanted,
        contact=command.contact,
        phone=command.phone,
        drafted_by=command.by,
    )
    if isinstance(state, Drafted) and state.draft == draft:
        return []
    return [draft]


def _issue(command: IssueLetter, state: OpenState) -> Facts:
    if isinstance(state, Raised | Pushed):
        raise no.LetterNotDrafted
    if not isinstance(state, Drafted):
        return []
    if state.draft.drafted_by == command.by:
        raise no.SignerDraftedLetter
    if state.case.level is Level.RED and not command.signed_by_leader:
        raise no.RedLetterNeedsLeader
    return [write_letter(command, state)]


def _acknowledge(command: AcknowledgeLetter, state: OpenState) -> Facts:
    if isinstance(state, Raised | Pushed | Drafted):
        raise no.LetterNotIssued
    if not isinstance(state, Issued):
        return []
    return [
        LetterAcknowledged(
            project=state.case.project,
            received_by=command.received_by,
            objection=command.objection,
            received_on=business_date(command.now),
        )
    ]


def _plan(command: SubmitPlan, state: OpenState) -> Facts:
    if isinstance(state, Raised | Pushed | Drafted | Issued):
        raise no.LetterNotAcknowledged
    if not isinstance(state, Acknowledged | Rectifying):
        return []
    plan = RectificationPlanSubmitted(project=state.case.project, steps=command.steps)
    if isinstance(state, Rectifying) and state.plan == plan:
        return []
    _check_plan(plan, state.issued)
    return [plan]


def _check_plan(plan: RectificationPlanSubmitted, issued: LetterIssued) -> None:
    planned = {step.reason for step in plan.steps}
    left = [item.reason for item in issued.letter.problems if item.reason not in planned]
    if left:
        raise no.PlanLeavesReasonsOpen(pointer="/steps", reasons=left)
    latest = max(step.due_on for step in plan.steps)
    if latest > issued.finish_by:
        raise no.PlanBeyondDeadline(
            pointer="/steps", finish_by=issued.finish_by.isoformat(), planned=latest.isoformat()
        )


def _show(command: SubmitEvidence, state: OpenState) -> Facts:
    if isinstance(state, Raised | Pushed | Drafted | Issued | Acknowledged):
        raise no.PlanNotSubmitted
    if not isinstance(state, Rectifying | Verifying):
        return []
    if not command.evidence:
        raise no.ProofMissing(pointer="/evidence")
    shown = RectificationEvidenceSubmitted(
        project=state.case.project,
        result=command.result,
        evidence=command.evidence,
        submitted_by=command.by,
    )
    return [] if isinstance(state, Verifying) and state.shown == shown else [shown]


def _verify(command: VerifyRectification, state: OpenState) -> Facts:
    if isinstance(state, Verified | Escalated | Measured):
        return []
    if not isinstance(state, Verifying):
        raise no.NothingToVerify
    if state.shown.submitted_by == command.by:
        raise no.VerifierSubmittedEvidence
    return [
        RectificationVerified(
            project=state.case.project,
            finding=command.finding,
            on_site=command.on_site,
            execution_rate=command.execution_rate,
            goal_rate=command.goal_rate,
            verified_on=business_date(command.now),
        )
    ]
