"""Feedback and rectification of a result: told with a deadline, put right, verified by another.

Source: `domain` §3.7 (f); 财预〔2020〕10号 art. 27. States are those of §3.5 from ISSUED on. All
days are working days of the region; what is late is found by the clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.feedback import messages as told
from services.evaluation.domain.feedback import refusals as no
from services.evaluation.domain.feedback.state import Feedback, FeedbackState, FeedbackStatus
from services.evaluation.domain.refusals import AlreadyRecorded
from shared.domain.workdays import add_workdays, business_date

type Facts = Sequence[told.FeedbackEvent]


def decide(  # noqa: PLR0911 - one answer per command
    command: told.FeedbackRequest, state: FeedbackState
) -> Facts:
    """Facts, silence or a refusal."""
    if isinstance(command, told.IssueFeedback):
        return _issue(command, state)
    if state is None:
        raise no.FeedbackUnknown
    match command:
        case told.AcknowledgeFeedback():
            return _acknowledge(command, state)
        case told.PlanRectification():
            return _plan(command, state)
        case told.ReportRectification():
            return _report(command, state)
        case told.VerifyRectification():
            return _verify(command, state)
        case told.FailRectification():
            return _fail(command, state)
        case told.CloseFeedback():
            return _close(command, state)
        case told.EscalateFeedback():
            return _escalate(command, state)
        case _:
            assert_never(command)


def _issue(command: told.IssueFeedback, state: FeedbackState) -> Facts:
    if state is not None:
        if state.issued.document_no == command.document_no:
            return []
        raise AlreadyRecorded(document_no=state.issued.document_no)
    result = command.told
    if result is None:
        raise no.NothingToTell
    rules = adopted(command.rules).rule_set
    today, region = business_date(command.now), result.whose.region_code
    return [
        told.FeedbackIssued(
            source=result.source,
            whose=result.whose,
            score=result.score,
            grade=result.grade,
            document_no=command.document_no,
            problems=command.problems,
            issued_on=today,
            rectify_by=add_workdays(today, rules.judging.rectify_days, region),
            object_by=add_workdays(today, rules.objection_days, region),
            verify_days=rules.judging.verify_days,
            rule_set_version=rules.version,
            issued_by=command.by,
        )
    ]


def _at(state: Feedback, *statuses: FeedbackStatus) -> None:
    if state.status not in statuses:
        raise no.FeedbackStepOutOfOrder(
            f"It is {state.status}; this follows {' or '.join(statuses)}.",
            status=state.status.value,
        )


def _acknowledge(command: told.AcknowledgeFeedback, state: Feedback) -> Facts:
    if state.acknowledged:
        return []
    _at(state, FeedbackStatus.ISSUED, FeedbackStatus.ESCALATED)
    return [
        told.FeedbackAcknowledged(
            acknowledged_by=command.by, acknowledged_on=business_date(command.now)
        )
    ]


def _every_problem(state: Feedback, numbers: Iterable[str], field: str) -> None:
    answered = set(numbers)
    left = [one.number for one in state.issued.problems if one.number not in answered]
    if left:
        raise no.ProblemLeftOpen(
            f"Problem {left[0]} is not answered.", pointer=f"/{field}", left=left
        )


def _plan(command: told.PlanRectification, state: Feedback) -> Facts:
    made = told.RectificationPlanned(steps=command.steps, planned_by=command.by)
    if state.plan == made:
        return []
    _at(state, FeedbackStatus.ACKNOWLEDGED, FeedbackStatus.RECTIFYING)
    _every_problem(state, (step.number for step in command.steps), "steps")
    for place, step in enumerate(command.steps):
        if step.due_on > state.issued.rectify_by:
            raise no.PlanBeyondTerm(
                f"Everything is put right by {state.issued.rectify_by}.",
                pointer=f"/steps/{place}/due_on",
                rectify_by=state.issued.rectify_by.isoformat(),
            )
    return [made]


def _report(command: told.ReportRectification, state: Feedback) -> Facts:
    if state.report and state.report.cures == command.cures:
        return []
    _at(state, FeedbackStatus.RECTIFYING, FeedbackStatus.ESCALATED)
    _every_problem(state, (cure.number for cure in command.cures), "cures")
    for place, cure in enumerate(command.cures):
        if not cure.evidence:
            raise no.RectificationUnproven(pointer=f"/cures/{place}/evidence")
    today, region = business_date(command.now), state.issued.whose.region_code
    return [
        told.RectificationReported(
            cures=command.cures,
            reported_by=command.by,
            reported_on=today,
            verify_by=add_workdays(today, state.issued.verify_days, region),
            late=today > state.issued.rectify_by,
        )
    ]


def _checked(command: told.FeedbackCommand, state: Feedback) -> None:
    """Who ever planned or reported does not verify."""
    _at(state, FeedbackStatus.VERIFYING)
    state.hands.expect_another(command.by, no.VerifierRectified)


def _verify(command: told.VerifyRectification, state: Feedback) -> Facts:
    if state.verified:
        return []
    _checked(command, state)
    return [
        told.RectificationVerified(
            whose=state.issued.whose,
            source=state.issued.source,
            finding=command.finding,
            on_site=command.on_site,
            verified_by=command.by,
            verified_on=business_date(command.now),
        )
    ]


def _fail(command: told.FailRectification, state: Feedback) -> Facts:
    if state.failures and state.report is None and not state.closed:
        return []
    _checked(command, state)
    return [told.RectificationFailed(reason=command.reason, failed_by=command.by)]


def _close(command: told.CloseFeedback, state: Feedback) -> Facts:
    if state.closed:
        return []
    nothing_asked = state.acknowledged is not None and not state.issued.problems
    if state.status is not FeedbackStatus.VERIFIED and not nothing_asked:
        _at(state, FeedbackStatus.VERIFIED, FeedbackStatus.ESCALATED)
        if not command.measure.strip():
            raise no.MeasureMissing(
                pointer="/measure", remedy="Name the talk, circular, cut or case that followed."
            )
    state.hands.expect_another(command.by, no.VerifierRectified)
    return [
        told.FeedbackClosed(
            measure=command.measure, closed_by=command.by, closed_on=business_date(command.now)
        )
    ]


def _escalate(command: told.EscalateFeedback, state: Feedback) -> Facts:
    waiting = not (state.report or state.overdue)
    passed = business_date(command.now) > state.issued.rectify_by
    if not (waiting and passed and state.issued.problems):
        return []
    return [
        told.RectificationOverdue(
            whose=state.issued.whose, source=state.issued.source, due_on=state.issued.rectify_by
        )
    ]


def evolve(  # noqa: PLR0911 - one answer per fact
    state: FeedbackState, event: told.FeedbackEvent
) -> FeedbackState:
    """What is true after this fact. A failed cure is none."""
    if isinstance(event, told.FeedbackIssued):
        return Feedback(issued=event)
    assert state is not None
    match event:
        case told.FeedbackAcknowledged():
            return replace(state, acknowledged=event)
        case told.RectificationPlanned():
            return replace(state, plan=event, hands=state.hands.also(event.planned_by))
        case told.RectificationReported():
            return replace(state, report=event, hands=state.hands.also(event.reported_by))
        case told.RectificationFailed():
            return replace(state, report=None, failures=state.failures + 1)
        case told.RectificationVerified():
            return replace(state, verified=event)
        case told.RectificationOverdue():
            return replace(state, overdue=event)
        case told.FeedbackClosed():
            return replace(state, closed=event)
        case _:
            assert_never(event)
