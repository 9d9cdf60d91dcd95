"""The points of a target's review, the grade they come to, and what it leads to (88号)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.targets.domain.duties import Desk, ReturnReason, Stay
from services.targets.domain.events.target import TargetGraded, TargetRejected, TargetReturned
from services.targets.domain.refusals import (
    JointReviewNotConcluded,
    ReviewPointsWrong,
    RuleSetNotAdopted,
    TargetNotFirstReviewed,
    TargetNotOnAgenda,
)
from services.targets.domain.rule_set import Rules
from services.targets.domain.target_states import Draft, Ready, Rejected, ToComplete
from services.targets.domain.values import Office, ReviewItem
from shared.domain.grades import Grade
from tests.targets.sessions import SESSION, concluded
from tests.targets.stories import (
    NOW,
    adopt_rules,
    checked,
    draft_rules,
    drafted,
    governed,
    grade_target,
    rule_set,
    submitted,
    ungoverned,
    with_points,
)

CENT = Decimal("0.01")
grading = checked().knowing(*governed)
# Completeness 20, relevance 30, appropriateness 30, feasibility 20: two items each.
MOST = {
    "FORM_COMPLETE": 10,
    "CLEAR": 10,
    "FITS_DUTY": 15,
    "INDICATORS_SCIENTIFIC": 15,
    "PERFORMANCE_REASONABLE": 15,
    "MONEY_MATCHES": 15,
    "ATTAINABLE": 10,
    "CONDITIONS_SUFFICIENT": 10,
}


def pointed(total: str) -> dict[ReviewItem, Decimal]:
    """Points of all items that come to this total."""
    left, points = Decimal(total), {}
    for item, most in MOST.items():
        points[ReviewItem(item)] = min(left, Decimal(most))
        left -= points[ReviewItem(item)]
    return points


@pytest.mark.parametrize(("item", "most"), MOST.items())
def test_an_item_is_given_no_more_than_its_points_and_no_less_than_none(
    item: str, most: int
) -> None:
    for given, good in ((most, True), (0, True), (most + CENT, False), (-CENT, False)):
        points = {**with_points(90), ReviewItem(item): Decimal(given)}
        outcome = grading.when(replace(grade_target, points=points))
        if good:
            assert outcome.facts[0].points == points
        else:
            refusal = outcome.then_refused(ReviewPointsWrong, points_max=Decimal(most))
            assert refusal.pointer == f"/points/{item}"


def test_every_item_has_points_and_those_that_lack_are_named() -> None:
    assert set(MOST) == set(ReviewItem)
    two = {ReviewItem.MONEY_MATCHES, ReviewItem.CLEAR}
    some = {item: points for item, points in with_points(90).items() if item not in two}
    refusal = grading.when(replace(grade_target, points=some)).then_refused(
        ReviewPointsWrong, missing=["CLEAR", "MONEY_MATCHES"]
    )
    assert refusal.pointer == "/points"


@pytest.mark.parametrize(
    ("total", "grade", "next_state"),
    [
        ("100", Grade.EXCELLENT, Ready),
        ("90", Grade.EXCELLENT, Ready),
        ("89.99", Grade.GOOD, ToComplete),
        ("80", Grade.GOOD, ToComplete),
        ("79.99", Grade.FAIR, Draft),
        ("60", Grade.FAIR, Draft),
        ("59.99", Grade.POOR, Rejected),
        ("0", Grade.POOR, Rejected),
    ],
)
def test_the_grade_decides_what_happens_next(total: str, grade: Grade, next_state: type) -> None:
    command = replace(grade_target, points=pointed(total))
    graded, *more = grading.when(command).facts
    assert isinstance(graded, TargetGraded)
    assert (graded.score, graded.grade) == (Decimal(total), grade)
    state = grading.after(command).state
    assert type(state) is next_state
    today = NOW.date()
    back = TargetReturned(
        reasons=("graded fair: revise and submit again",),
        codes=(ReturnReason.GRADED_FAIR,),
        reopened=(Office.BUSINESS,),
        stay=Stay(desk=Desk.BUREAU, since_on=today, until_on=today, workdays=0),
    )
    follows = {Grade.FAIR: [back], Grade.POOR: [TargetRejected(score=Decimal(total))]}
    assert more == follows.get(grade, [])
    if isinstance(state, Draft):
        # The business office has work; what the accounts say still holds.
        assert (set(state.promise.locks), state.promise.desks) == (
            {Office.FINANCE},
            {Desk.BUSINESS: today},
        )


def test_a_target_is_graded_after_the_first_review_and_by_rules() -> None:
    for early in (drafted(), submitted()):
        early.knowing(*governed).when(grade_target).then_refused(TargetNotFirstReviewed)
    checked().knowing(*ungoverned).when(grade_target).then_refused(RuleSetNotAdopted)


def test_a_county_without_rules_is_graded_by_its_prefectures_and_the_grade_says_so() -> None:
    draft = replace(draft_rules, region_code="653100")
    above = rule_set.given().after(draft, replace(adopt_rules, region_code="653100"))
    [graded] = checked().knowing(Rules(), above.state, Rules()).when(grade_target).facts
    assert isinstance(graded, TargetGraded)
    assert (graded.rules_region, graded.rule_set_version) == ("653100", 1)
    [own] = grading.when(grade_target).facts
    assert isinstance(own, TargetGraded)
    assert own.rules_region == ""


def test_a_grade_rests_on_no_session_of_another_region() -> None:
    command = replace(grade_target, joint_review_id=SESSION)
    held = concluded().state
    there = replace(held.session.plan, region_code="653121")
    elsewhere = replace(held, session=replace(held.session, plan=there))
    refusal = checked().knowing(*governed, elsewhere).when(command)
    assert refusal.then_refused(JointReviewNotConcluded).pointer == "/joint_review_id"
    silent = replace(held, adopted=replace(held.adopted, decisions={}))
    refusal = checked().knowing(*governed, silent).when(command)
    assert refusal.then_refused(TargetNotOnAgenda).pointer == "/joint_review_id"
