"""Stories of feedback: the result is told, what it asks for is put right, another verifies."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.feedback import messages as told
from services.evaluation.domain.feedback import refusals as no
from services.evaluation.domain.feedback.feedback_decider import feedback_decider
from services.evaluation.domain.feedback.state import FeedbackStatus
from services.evaluation.domain.refusals import AlreadyRecorded
from services.evaluation.domain.self_evaluation.states import Unopened
from shared.domain.grades import Grade
from shared.testing.spec import Given, Spec
from tests.evaluation import judging_story as story
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation.story import ADOPTED, BUREAU, HEAD, NOW, PROJECT, REGION, SECOND, accept

feedback = Spec(feedback_decider)
LAW: Final = (ADOPTED, Rules(), Rules())
PROOF: Final = "6" * 64
ONE: Final[dict[str, Any]] = {"feedback_id": story.ID, "now": NOW}
DUE: Final = date(2022, 4, 26)  # thirty working days after 15 March; worked on 2 and 24 April
ISSUE: Final = told.IssueFeedback(
    **ONE,
    region_code=REGION,
    document_no="绩反1号",
    problems=(
        told.Problem(number="W1", text="一所未完工", demand="完工"),
        told.Problem(number="W2", text="台账不全"),
    ),
    by=BUREAU,
)
ACKNOWLEDGE: Final = told.AcknowledgeFeedback(**ONE, by=HEAD)
PLAN: Final = told.PlanRectification(
    **ONE,
    steps=(
        told.PlannedStep(number="W1", measure="加派施工队", responsible="李", due_on=DUE),
        told.PlannedStep(number="W2", measure="补录", responsible="王", due_on=DUE),
    ),
    by=HEAD,
)
REPORT: Final = told.ReportRectification(
    **ONE,
    cures=(
        told.Cure(number="W1", text="已完工", evidence=(PROOF,)),
        told.Cure(number="W2", text="已补录", evidence=(PROOF,)),
    ),
    by=HEAD,
)
VERIFY: Final = told.VerifyRectification(**ONE, finding="属实", on_site=True, by=SECOND)
FAIL: Final = told.FailRectification(**ONE, reason="证据不足", by=SECOND)
CLOSE: Final = told.CloseFeedback(**ONE, by=BUREAU)
ESCALATE: Final = told.EscalateFeedback(
    feedback_id=story.ID, by="abacus", now=NOW + timedelta(days=43)
)
LIFE: Final = (ACKNOWLEDGE, PLAN, REPORT, VERIFY, CLOSE)
STATUSES: Final = (
    FeedbackStatus.ISSUED,
    FeedbackStatus.ACKNOWLEDGED,
    FeedbackStatus.RECTIFYING,
    FeedbackStatus.VERIFYING,
    FeedbackStatus.VERIFIED,
    FeedbackStatus.CLOSED,
)


def knowing(evaluation: object = None, self_evaluation: object = None) -> Given:
    """What there is to tell."""
    result = evaluation or story.until(story.CONCLUDE).state
    return feedback.knowing(result, self_evaluation or Unopened(), *LAW)


def until(steps: int) -> Given:
    """The feedback after so many steps."""
    begun = Given(feedback_decider, knowing().after(ISSUE).facts)
    return begun.after(*LIFE[:steps])


def test_the_result_is_told_with_its_days() -> None:
    (fact,) = knowing().when(ISSUE).facts
    assert isinstance(fact, told.FeedbackIssued)
    assert (fact.source, fact.score, fact.grade) == (
        told.Source.EVALUATION,
        Decimal("89.00"),
        Grade.GOOD,
    )
    assert (fact.rectify_by, fact.object_by) == (DUE, date(2022, 3, 29))
    known = knowing().after(ISSUE)
    known.when(ISSUE).then_nothing()
    known.when(replace(ISSUE, document_no="2")).then_refused(AlreadyRecorded)
    knowing(story.until(story.ANSWER).state).when(ISSUE).then_refused(no.NothingToTell)


def test_a_recheck_is_told_too() -> None:
    rechecked = reports.audited().after(accept(), reports.recheck("80")).state
    ask = replace(ISSUE, feedback_id="P1-2021")
    (fact,) = feedback.knowing(None, rechecked, *LAW).when(ask).facts
    assert isinstance(fact, told.FeedbackIssued)
    assert (fact.source, fact.score, fact.whose) == (
        told.Source.RECHECK,
        Decimal("80.00"),
        PROJECT.whose,
    )


@pytest.mark.parametrize("steps", range(len(STATUSES)))
def test_it_goes_from_state_to_state(steps: int) -> None:
    assert until(steps).state.status is STATUSES[steps]


@pytest.mark.parametrize(
    ("reached", "wanted"), [(a, b) for a in range(5) for b in range(5) if b > a]
)
def test_every_jump_is_refused(reached: int, wanted: int) -> None:
    until(reached).when(LIFE[wanted]).then_refused(no.FeedbackStepOutOfOrder)


def test_every_problem_has_its_measure_and_its_proven_cure() -> None:
    left = replace(PLAN, steps=PLAN.steps[:1])
    until(1).when(left).then_refused(no.ProblemLeftOpen, left=["W2"])
    beyond = replace(PLAN.steps[0], due_on=DUE + timedelta(days=1))
    until(1).when(replace(PLAN, steps=(beyond, PLAN.steps[1]))).then_refused(no.PlanBeyondTerm)
    half = replace(REPORT, cures=REPORT.cures[:1])
    until(2).when(half).then_refused(no.ProblemLeftOpen, left=["W2"])
    unproven = replace(REPORT.cures[1], evidence=())
    until(2).when(replace(REPORT, cures=(REPORT.cures[0], unproven))).then_refused(
        no.RectificationUnproven
    )


def test_another_verifies_and_what_fails_is_reported_anew() -> None:
    reported = until(3)
    reported.when(replace(VERIFY, by=HEAD)).then_refused(no.VerifierRectified)
    reported.when(replace(FAIL, by=HEAD)).then_refused(no.VerifierRectified)
    failed = reported.after(FAIL)
    assert failed.state.status is FeedbackStatus.RECTIFYING
    failed.when(FAIL).then_nothing()
    failed.when(VERIFY).then_refused(no.FeedbackStepOutOfOrder)
    better = replace(REPORT.cures[0], text="已完工并验收")
    anew = failed.after(replace(REPORT, cures=(better, REPORT.cures[1])))
    assert anew.after(VERIFY).state.status is FeedbackStatus.VERIFIED


def test_the_clock_finds_what_is_overdue_and_a_late_cure_says_so() -> None:
    until(2).when(replace(ESCALATE, now=NOW + timedelta(days=42))).then_nothing()
    until(2).when(ESCALATE).then(
        told.RectificationOverdue(whose=PROJECT.whose, source=told.Source.EVALUATION, due_on=DUE)
    )
    late = until(2).after(ESCALATE)
    late.when(ESCALATE).then_nothing()
    assert late.state.status is FeedbackStatus.ESCALATED
    (fact,) = late.when(replace(REPORT, now=NOW + timedelta(days=45))).facts
    assert isinstance(fact, told.RectificationReported)
    assert fact.late
    (fact,) = until(2).when(replace(REPORT, now=NOW + timedelta(days=42))).facts
    assert isinstance(fact, told.RectificationReported)
    assert not fact.late  # the last day is in time
    for done in (3, 4, 5):
        until(done).when(ESCALATE).then_nothing()
    until(3).when(ESCALATE).then_nothing()


def test_without_a_verification_the_end_names_the_measure_that_was_taken() -> None:
    late = until(2).after(ESCALATE)
    late.when(CLOSE).then_refused(no.MeasureMissing)
    late.when(replace(CLOSE, measure="约谈单位负责人")).then(
        told.FeedbackClosed(measure="约谈单位负责人", closed_by=BUREAU, closed_on=NOW.date())
    )


def test_a_result_without_problems_ends_with_its_receipt() -> None:
    plain = Given(feedback_decider, knowing().after(replace(ISSUE, problems=())).facts)
    plain.when(CLOSE).then_refused(no.FeedbackStepOutOfOrder)
    assert plain.after(ACKNOWLEDGE, CLOSE).state.status is FeedbackStatus.CLOSED
    plain.when(ESCALATE).then_nothing()


def test_no_step_is_taken_twice_and_nothing_is_asked_of_an_unknown_result() -> None:
    for place, command in enumerate(LIFE):
        until(place + 1).when(command).then_nothing()
        feedback.when(command).then_refused(no.FeedbackUnknown)
