"""Stories of objections: one per result, in time, decided by another person, for good."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import pytest

from services.evaluation.domain.feedback.messages import FeedbackIssued, Source
from services.evaluation.domain.feedback.state import Feedback
from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.commands import (
    DecideEvaluationObjection,
    NoteObjectionOverdue,
    ObjectToEvaluation,
)
from services.evaluation.domain.judging.events import (
    EvaluationObjected,
    EvaluationObjectionDecided,
    EvaluationObjectionOverdue,
)
from services.evaluation.domain.judging.values import Side
from services.evaluation.domain.refusals import (
    AuthorJudgesOwnReport,
    ObjectionAlreadyFiled,
    ObjectionNotFiled,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
)
from services.evaluation.domain.self_evaluation.messages import (
    ObjectionDecided,
    ObjectionFiled,
    RecheckConcluded,
)
from shared.domain.grades import Grade
from shared.testing.spec import Given
from tests.evaluation import judging_story as story
from tests.evaluation import test_recheck as rechecks
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation.self_evaluations import duplicate
from tests.evaluation.story import BUREAU, HEAD, NOW, PROJECT, REGION, SECOND, THIRD, TODAY, accept

FOURTH: Final = "iss|fb4"
LAST_DAY: Final = date(2022, 3, 29)  # ten working days after 15 March
DECIDE_BY: Final = date(2022, 4, 6)  # fifteen, with 清明节 on 4 and 5 April and work on 2 April
TOLD: Final = Feedback(
    issued=FeedbackIssued(
        source=Source.EVALUATION,
        whose=PROJECT.whose,
        score=Decimal(89),
        grade=Grade.GOOD,
        document_no="1",
        problems=(),
        issued_on=TODAY,
        rectify_by=TODAY,
        object_by=LAST_DAY,
        verify_days=10,
        rule_set_version=1,
        issued_by=BUREAU,
    )
)
OBJECT: Final = ObjectToEvaluation(
    evaluation_id=story.ID,
    region_code=REGION,
    fiscal_year=2021,
    text="口径不同",
    side=Side.UNIT,
    by=HEAD,
    now=NOW,
)
DECIDE: Final = DecideEvaluationObjection(
    evaluation_id=story.ID,
    region_code=REGION,
    fiscal_year=2021,
    score=Decimal(91),
    reason="部分采纳",
    by=FOURTH,
    now=NOW,
)
OVERDUE: Final = NoteObjectionOverdue(
    evaluation_id=story.ID, by="abacus", now=NOW + timedelta(days=23)
)


def concluded() -> Given:
    """The result was told."""
    return story.until(story.CONCLUDE).knowing(TOLD, *story.RULES)


def objected() -> Given:
    """The unit objects."""
    return concluded().after(OBJECT).knowing(*story.RULES)


def test_one_objection_is_filed_in_working_days_after_the_result_was_told() -> None:
    (fact,) = concluded().when(OBJECT).facts
    assert isinstance(fact, EvaluationObjected)
    assert (fact.objected_on, fact.decide_by) == (TODAY, DECIDE_BY)
    last = replace(OBJECT, now=NOW + timedelta(days=14))
    assert concluded().when(last).refusal is None
    late = replace(OBJECT, now=NOW + timedelta(days=15))
    concluded().when(late).then_refused(no.ObjectionTermOver, object_by="2022-03-29")
    untold = story.until(story.CONCLUDE).knowing(None, *story.RULES)
    untold.when(OBJECT).then_refused(no.ResultNotNotified)
    story.until(story.ANSWER).knowing(TOLD, *story.RULES).when(OBJECT).then_refused(
        no.ResultNotNotified
    )
    concluded().when(replace(OBJECT, by=THIRD)).then_refused(AuthorJudgesOwnReport)
    again = concluded().after(OBJECT)
    again.when(OBJECT).then_nothing()
    again.when(replace(OBJECT, text="再次")).then_refused(ObjectionAlreadyFiled)


@pytest.mark.parametrize(
    ("score", "outcome", "grade"),
    [
        ("91", "RAISED", Grade.EXCELLENT),
        ("89", "KEPT", Grade.GOOD),
        ("79.99", "LOWERED", Grade.FAIR),
    ],
)
def test_it_is_raised_kept_or_lowered(score: str, outcome: str, grade: Grade) -> None:
    (fact,) = objected().when(replace(DECIDE, score=Decimal(score))).facts
    assert isinstance(fact, EvaluationObjectionDecided)
    assert (fact.outcome, fact.grade, fact.late) == (outcome, grade, False)


@pytest.mark.parametrize("by", [BUREAU, SECOND, THIRD])
def test_whoever_had_a_part_in_the_result_does_not_decide(by: str) -> None:
    objected().when(replace(DECIDE, by=by)).then_refused(SamePersonDecidesAgain)


def test_the_decision_is_final() -> None:
    concluded().knowing(*story.RULES).when(DECIDE).then_refused(ObjectionNotFiled)
    objected().when(replace(DECIDE, by=HEAD)).then_refused(AuthorJudgesOwnReport)
    objected().when(replace(DECIDE, side=Side.DEPARTMENT)).then_refused(no.AnotherSideEvaluates)
    objected().when(replace(DECIDE, score=Decimal(-1))).then_refused(ScoreOutOfRange)
    decided = objected().after(DECIDE)
    decided.when(DECIDE).then_nothing()
    decided.when(replace(DECIDE, score=Decimal(60))).then_refused(ObjectionNotFiled)
    decided.knowing(TOLD, *story.RULES).when(replace(OBJECT, text="再")).then_refused(
        ObjectionAlreadyFiled
    )
    assert decided.state.result == (Decimal("91.00"), Grade.EXCELLENT)


def test_a_decision_after_its_day_is_late_and_the_clock_has_said_so() -> None:
    objected().when(replace(OVERDUE, now=NOW + timedelta(days=22))).then_nothing()
    objected().when(OVERDUE).then(EvaluationObjectionOverdue(whose=PROJECT.whose, due_on=DECIDE_BY))
    overdue = objected().after(OVERDUE)
    overdue.when(OVERDUE).then_nothing()
    (fact,) = overdue.when(replace(DECIDE, now=NOW + timedelta(days=23))).facts
    assert isinstance(fact, EvaluationObjectionDecided)
    assert fact.late
    objected().after(DECIDE).when(OVERDUE).then_nothing()


def test_no_report_is_submitted_while_an_objection_waits_and_then_with_the_final_score() -> None:
    waiting = objected().knowing(story.KNOWN_UNIT)
    waiting.when(story.SUBMIT).then_refused(no.ObjectionPending)
    decided = objected().after(DECIDE).knowing(story.KNOWN_UNIT)
    (fact,) = decided.when(story.SUBMIT).facts
    assert fact.report.score == Decimal("91.00")  # type: ignore[attr-defined]
    assert fact.report.grade == "EXCELLENT"  # type: ignore[attr-defined]


def test_after_a_recheck_the_term_begins_anew() -> None:
    own = rechecks.own().knowing(*story.RULES)
    later = replace(rechecks.RECHECK, now=NOW + timedelta(days=20))
    rechecked = own.after(later).knowing(TOLD, *story.RULES)
    asked = replace(OBJECT, evaluation_id=rechecks.OWN, now=NOW + timedelta(days=25))
    assert rechecked.when(asked).refusal is None
    own.knowing(TOLD, *story.RULES).when(asked).then_refused(no.ObjectionTermOver)


def rechecked() -> Given:
    """A self-evaluation was re-checked by the second of the bureau."""
    return reports.audited().after(accept(), reports.recheck("80"))


def test_a_recheck_of_a_self_evaluation_may_be_objected_to_in_working_days() -> None:
    (fact,) = [one for one in rechecked().facts if isinstance(one, RecheckConcluded)]
    assert (fact.object_by, fact.decide_days) == (LAST_DAY, 15)
    (filed,) = rechecked().when(reports.file_objection()).facts
    assert isinstance(filed, ObjectionFiled)
    assert (filed.filed_on, filed.decide_by) == (TODAY, DECIDE_BY)
    late = replace(reports.file_objection(), now=NOW + timedelta(days=15))
    rechecked().when(late).then_refused(no.ObjectionTermOver, object_by="2022-03-29")


@pytest.mark.parametrize(
    ("score", "days", "outcome", "late"),
    [("85", 0, "RAISED", False), ("80", 22, "KEPT", False), ("75", 23, "LOWERED", True)],
)
def test_a_decision_says_what_it_does_and_whether_it_is_late(
    score: str, days: int, outcome: str, *, late: bool
) -> None:
    filed = rechecked().after(reports.file_objection())
    decide = replace(reports.decide_objection(score, THIRD), now=NOW + timedelta(days=days))
    (fact,) = filed.when(decide).facts
    assert isinstance(fact, ObjectionDecided)
    assert (fact.outcome, fact.late, fact.rule_set_version) == (outcome, late, 1)


def test_a_proof_that_turns_up_elsewhere_is_kept_with_a_rechecked_result() -> None:
    state = rechecked().after(duplicate()).state
    assert state.result.duplicates == {"a" * 64}
    assert (state.result.score, state.recheck.score) == (Decimal("80.00"), Decimal("80.00"))


def test_results_from_before_terms_were_kept_are_still_objected_to() -> None:
    facts = [
        replace(one, object_by=None, decide_days=0) if isinstance(one, RecheckConcluded) else one
        for one in rechecked().facts
    ]
    old = Given(rechecked().decider, tuple(facts), rechecked().known)
    (filed,) = old.when(replace(reports.file_objection(), now=NOW + timedelta(days=99))).facts
    assert isinstance(filed, ObjectionFiled)
    assert filed.decide_by is None
