"""The cure: planned in time, shown with proof, reviewed, and verified by two sections."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.around import measure_again
from services.monitoring.domain.warning.commands import (
    FailRectification,
    ReviewRectification,
    SubmitEvidence,
    SubmitPlan,
    VerifyRectification,
)
from services.monitoring.domain.warning.ending import next_level
from services.monitoring.domain.warning.events import (
    LetterIssued,
    RectificationChecked,
    RectificationEvidenceSubmitted,
    RectificationFailed,
    RectificationPlanSubmitted,
    RectificationReviewed,
    RectificationVerified,
    Remeasured,
    Section,
    WarningEvent,
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
from shared.domain.workdays import add_workdays, business_date

type Facts = Sequence[WarningEvent]


def plan(command: SubmitPlan, state: OpenState) -> Facts:
    """Say per problem what will be done; a better plan takes the place of the one before."""
    if isinstance(state, Raised | Pushed | Drafted | Issued):
        raise no.LetterNotAcknowledged
    if not isinstance(state, Acknowledged | Rectifying):
        return []
    made = RectificationPlanSubmitted(
        project=state.case.project, steps=command.steps, signed_by=command.by
    )
    if isinstance(state, Rectifying) and state.plan.steps == made.steps:
        return []
    _check_plan(made, state.issued)
    return [made]


def _check_plan(made: RectificationPlanSubmitted, issued: LetterIssued) -> None:
    planned = {step.reason for step in made.steps}
    left = [item.reason for item in issued.letter.problems if item.reason not in planned]
    if left:
        raise no.PlanLeavesReasonsOpen(pointer="/steps", reasons=left)
    for number, step in enumerate(made.steps):
        if step.finance_owner and step.finance_owner == step.owner:
            raise no.OwnersAreOne(pointer=f"/steps/{number}/finance_owner", owner=step.owner)
        if step.due_on > issued.finish_by:
            raise no.PlanBeyondDeadline(
                pointer=f"/steps/{number}/due_on",
                finish_by=issued.finish_by.isoformat(),
                planned=step.due_on.isoformat(),
            )


def show(command: SubmitEvidence, state: OpenState) -> Facts:
    """Show what was done. New proof begins the check anew; values told before still count."""
    if isinstance(state, Raised | Pushed | Drafted | Issued | Acknowledged):
        raise no.PlanNotSubmitted
    if not isinstance(state, Rectifying | Verifying):
        return []
    if not command.evidence and not command.items:
        raise no.ProofMissing(pointer="/items")
    before = state.shown.values if isinstance(state, Verifying) else ()
    days = state.case.letters.verify_days
    region = state.case.project.region_code
    shown = RectificationEvidenceSubmitted(
        project=state.case.project,
        result=command.result,
        evidence=command.evidence or tuple(item.sha256 for item in command.items),
        submitted_by=command.by,
        items=command.items,
        values=command.values or before,
        verify_by=add_workdays(business_date(command.now), days, region),
    )
    if isinstance(state, Verifying) and replace(shown, verify_by=None) == replace(
        state.shown, verify_by=None
    ):
        return []
    return [shown]


def _shown_by_another(by: str, state: OpenState) -> Verifying:
    """What there is to verify, by somebody who had no hand in it."""
    if not isinstance(state, Verifying):
        raise no.NothingToVerify
    state.hands.expect_another(by, no.VerifierSubmittedEvidence)
    return state


def review(command: ReviewRectification, state: OpenState) -> Facts:
    """The department's word on what was shown."""
    state = _shown_by_another(command.by, state)
    reviewed = RectificationReviewed(
        project=state.case.project,
        opinion=command.opinion,
        agrees=command.agrees,
        reviewed_by=command.by,
        reviewed_on=business_date(command.now),
    )
    return [] if state.reviewed == replace(reviewed, reviewed_on=_day(state)) else [reviewed]


def _day(state: Verifying) -> date:
    return state.reviewed.reviewed_on if state.reviewed else date.min


def verify(command: VerifyRectification, state: OpenState) -> Facts:
    """Find it good, section by section; with the second one the numbers are measured again."""
    if isinstance(state, Verified | Escalated | Measured):
        return []
    state = _shown_by_another(command.by, state)
    if command.by in {by for _, by in state.checks}:
        return []
    done = {section for section, _ in state.checks}
    mine = next((section for section in command.sections if section not in done), None)
    if mine is None:
        return []
    today = business_date(command.now)
    project = state.case.project
    checked = RectificationChecked(
        project=project,
        section=mine,
        finding=command.finding,
        on_site=command.on_site,
        checked_by=command.by,
        checked_on=today,
    )
    if {*done, mine} != set(Section):
        return [checked]
    measured = _measured(command, state)
    verified = RectificationVerified(
        project=project,
        finding=command.finding,
        on_site=command.on_site,
        execution_rate=measured.execution_after,
        goal_rate=measured.goal_after,
        verified_on=today,
        verified_by=command.by,
        measured=measured,
    )
    return [checked, verified]


def _measured(command: VerifyRectification, state: Verifying) -> Remeasured:
    today = business_date(command.now)
    measured = measure_again(state.case, command.around, state.shown.values, today)
    if measured.execution_after is None:
        measured = replace(measured, execution_after=command.execution_rate)
    if measured.goal_after is None:
        measured = replace(measured, goal_after=command.goal_rate)
    return measured


def fail(command: FailRectification, state: OpenState) -> Facts:
    """Back to work, or on to the next level."""
    upgraded = isinstance(state, Pushed) and state.replaces is not None
    if upgraded or isinstance(state, Rectifying | Escalated | Measured):
        return []
    state = _shown_by_another(command.by, state)
    failed = RectificationFailed(
        project=state.case.project,
        reason=command.reason,
        finish_by=state.issued.finish_by,
        failed_by=command.by,
        measured=measure_again(
            state.case, command.around, state.shown.values, business_date(command.now)
        ),
    )
    return [failed, next_level(state.case)] if command.escalate else [failed]
