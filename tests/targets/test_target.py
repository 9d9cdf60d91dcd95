"""A performance target: drafted, linted, reviewed by others, graded, binding with its budget."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.targets.domain.commands.project import TerminateProject
from services.targets.domain.commands.target import (
    CloseTarget,
    CompleteTarget,
    ReturnTarget,
    ReviseTarget,
)
from services.targets.domain.duties import Desk, ReturnReason, Stay
from services.targets.domain.events.target import (
    TargetApproved,
    TargetClosed,
    TargetCompleted,
    TargetGraded,
    TargetRejected,
    TargetReturned,
    TargetSubmitted,
)
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.project_states import UnknownProject
from services.targets.domain.refusals import (
    AmountNotPositive,
    ExAnteNotIncluded,
    ProjectClosed,
    ProjectUnknown,
    ReasonMissing,
    ReviewerDraftedTarget,
    ReviewPointsWrong,
    RuleSetNotAdopted,
    TargetAlreadyApproved,
    TargetAlreadyDrafted,
    TargetHasErrors,
    TargetNotApproved,
    TargetNotDraft,
    TargetNotFirstReviewed,
    TargetNotReady,
    TargetNotReviewed,
    TargetNotSubmitted,
    TargetNotToComplete,
    TargetNotUnderReview,
    TargetRejectedForGood,
    TargetUnknown,
)
from services.targets.domain.target_states import Approved, Draft, Ready, Rejected, ToComplete
from services.targets.domain.values import FourTest, Office, ReviewItem
from shared.domain.decider import Owner
from shared.domain.grades import Grade
from shared.domain.money import ZERO
from tests.targets.assessments import conclude_report, reviewed, scored
from tests.targets.stories import (
    ACCOUNTANT,
    AT_APPROVAL,
    AT_SIGNING,
    AT_WRITING,
    BUDGETER,
    CODE,
    CONTENT,
    DEPARTMENT,
    FINANCE,
    GRADER,
    HEAD,
    NOW,
    PERSONS,
    REGION_CODE,
    UNBOUND,
    UNIT_CODE,
    WRITER,
    YEAR,
    a_matrix,
    a_new_project,
    a_project,
    approve_target,
    approved,
    at_writing,
    check_target,
    checked,
    confirm_amounts,
    confirm_goal,
    confirmed,
    draft_target,
    drafted,
    governed,
    grade_target,
    ready,
    review_target,
    submit_target,
    target,
    ungoverned,
    with_points,
    yuan,
)
from tests.targets.stories import submitted as handed_in


def a_stay(desk: Desk) -> Stay:
    """Everything of these stories happens on one day."""
    return Stay(desk=desk, since_on=NOW.date(), until_on=NOW.date(), workdays=0)


known = target.knowing(a_project.state, *AT_WRITING)
wrong = replace(CONTENT, indicators=CONTENT.indicators[:-1])
revise = ReviseTarget(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    content=replace(CONTENT, annual_goal=CONTENT.annual_goal + "（修订）"),
    offices=frozenset({Office.BUSINESS}),
    by=WRITER,
    now=NOW,
)
complete = CompleteTarget(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    content=revise.content,
    amended=("/annual_goal",),
    by=GRADER,
    now=NOW,
)
give_back = ReturnTarget(
    project_code=CODE,
    fiscal_year=YEAR,
    reasons=("资金测算不清",),
    office=Office.FINANCE,
    by=FINANCE,
    now=NOW,
)
close = CloseTarget(project_code=CODE, fiscal_year=YEAR, by=GRADER, now=NOW)
submitted = handed_in()
named = a_matrix.state


def test_a_draft_without_errors_is_submitted_by_the_head() -> None:
    assert drafted().state.promise.findings == ()
    confirmed().knowing(*AT_SIGNING).when(submit_target).then(
        TargetSubmitted(
            project_code=CODE,
            fiscal_year=YEAR,
            region_code=REGION_CODE,
            unit_code=UNIT_CODE,
            submitted_by=HEAD,
            signed_by=PERSONS.head,
            stay=a_stay(Desk.HEAD),
        )
    )
    submitted.when(submit_target).then_nothing()
    assert target.decider.owner(submitted.state) == Owner(
        region_code=REGION_CODE, department_code=DEPARTMENT, unit_code=UNIT_CODE
    )


def test_a_draft_with_errors_is_kept_and_not_submitted() -> None:
    story = known.after(replace(draft_target, content=wrong))
    refusal = (
        target.given(*story.facts)
        .knowing(*AT_SIGNING)
        .when(submit_target)
        .then_refused(TargetHasErrors)
    )
    assert "L03" in refusal.detail


def test_a_project_has_one_target_a_year() -> None:
    known.after(draft_target).when(draft_target).then_nothing()
    other = replace(draft_target, content=revise.content)
    known.after(draft_target).when(other).then_refused(TargetAlreadyDrafted)
    assert target.decider.stream(draft_target) == "target-P1-2021"
    assert target.decider.stream(replace(draft_target, fiscal_year=2022)) == "target-P1-2022"


def test_a_target_needs_a_living_project_and_rules() -> None:
    without_goals = AT_WRITING[:-1]  # nobody knows whose unit it would be
    target.knowing(UnknownProject(), *without_goals).when(draft_target).then_refused(ProjectUnknown)
    target.knowing(a_project.state, *at_writing(rules=ungoverned)).when(draft_target).then_refused(
        RuleSetNotAdopted
    )

    ended = a_project.after(TerminateProject(project_code=CODE, reason="撤销", by="x", now=NOW))
    target.knowing(ended.state, *AT_WRITING).when(draft_target).then_refused(ProjectClosed)


def test_a_draft_is_revised_until_it_is_submitted() -> None:
    at_work = drafted().knowing(a_project.state, *AT_WRITING)
    assert at_work.after(revise).state.promise.content == revise.content
    at_work.after(revise).when(revise).then_nothing()
    submitted.knowing(a_project.state, *AT_WRITING).when(revise).then_refused(TargetNotDraft)
    target.knowing(*AT_SIGNING[:-1]).when(submit_target).then_refused(TargetUnknown)


@pytest.mark.parametrize("author", [WRITER, ACCOUNTANT, HEAD])
def test_nobody_judges_what_they_wrote_at_any_step(author: str) -> None:
    submitted.when(replace(review_target, by=author)).then_refused(ReviewerDraftedTarget)
    seen = submitted.after(review_target)
    seen.when(replace(check_target, by=author)).then_refused(ReviewerDraftedTarget)
    seen.when(replace(give_back, by=author)).then_refused(ReviewerDraftedTarget)
    grading = checked().knowing(*governed)
    grading.when(replace(grade_target, by=author)).then_refused(ReviewerDraftedTarget)
    approving = ready().knowing(*AT_APPROVAL)
    approving.when(replace(approve_target, by=author)).then_refused(ReviewerDraftedTarget)


def test_whoever_wrote_a_draft_that_another_revised_does_not_judge_it() -> None:
    first = known.after(replace(draft_target, by="first"))
    revised = target.given(*first.facts).knowing(a_project.state, *AT_WRITING).after(revise)
    told = target.given(*revised.facts).knowing(a_matrix.state)
    left = told.after(confirm_goal, confirm_amounts).knowing(*AT_SIGNING).after(submit_target)
    left.when(replace(review_target, by="first")).then_refused(ReviewerDraftedTarget)
    assert left.when(review_target).refusal is None


def test_whoever_completed_a_target_does_not_approve_it() -> None:
    good = ready(85).knowing(a_project.state, *AT_WRITING).after(complete)
    story = target.given(*good.facts).knowing(*AT_APPROVAL)
    story.when(replace(approve_target, by=GRADER)).then_refused(ReviewerDraftedTarget)


def test_each_review_waits_for_the_one_before() -> None:
    drafted().when(review_target).then_refused(TargetNotSubmitted)
    submitted.when(check_target).then_refused(TargetNotReviewed)
    seen = submitted.after(review_target)
    seen.when(review_target).then_nothing()
    seen.knowing(*governed).when(grade_target).then_refused(TargetNotFirstReviewed)
    checked().when(check_target).then_nothing()
    checked().knowing(*AT_APPROVAL).when(approve_target).then_refused(TargetNotReady)


def test_a_failed_test_returns_the_target_with_its_name() -> None:
    failing = replace(check_target, failed=(FourTest.FEASIBILITY,), opinion="条件不足")
    story = submitted.after(review_target)
    story.when(failing).then(
        TargetReturned(
            reasons=("条件不足",),
            failed=(FourTest.FEASIBILITY,),
            codes=(ReturnReason.FEASIBILITY,),
            reopened=(Office.BUSINESS,),
            stay=a_stay(Desk.BUREAU),
        )
    )
    assert isinstance(story.after(failing).state, Draft)


def test_any_reviewer_gives_a_target_back_with_reasons() -> None:
    story = submitted.after(review_target)
    story.when(give_back).then(
        TargetReturned(
            reasons=("资金测算不清",),
            office=Office.FINANCE,
            reopened=(Office.FINANCE,),
            stay=a_stay(Desk.BUREAU),
        )
    )
    story.after(give_back).when(give_back).then_nothing()
    story.when(replace(give_back, reasons=())).then_refused(ReasonMissing)
    approved().when(give_back).then_refused(TargetNotUnderReview)


def test_an_excellent_target_passes() -> None:
    story = checked().knowing(*governed)
    story.when(grade_target).then(
        TargetGraded(
            points=grade_target.points,
            score=Decimal("92.00"),
            grade=Grade.EXCELLENT,
            rule_set_version=1,
            stay=a_stay(Desk.BUREAU),
        )
    )
    assert isinstance(ready().state, Ready)
    ready().knowing(*governed).when(grade_target).then_nothing()


def test_a_good_target_is_completed_and_then_passes() -> None:
    assert isinstance(ready(80).state, ToComplete)
    story = ready(80).knowing(a_project.state, *AT_WRITING)
    story.when(complete).then(
        TargetCompleted(
            content=complete.content,
            amended=("/annual_goal",),
            completed_by=GRADER,
            findings=(),
            stay=a_stay(Desk.BUREAU),
        )
    )
    done = story.after(complete)
    assert isinstance(done.state, Ready)
    done.when(complete).then_nothing()
    story.when(replace(complete, content=wrong)).then_refused(TargetHasErrors)
    story.when(replace(complete, amended=())).then_refused(ReasonMissing)
    drafted().knowing(a_project.state, *AT_WRITING).when(complete).then_refused(TargetNotToComplete)


def test_a_fair_target_goes_back_and_a_poor_one_is_refused_for_good() -> None:
    assert isinstance(ready(79).state, Draft)
    assert isinstance(ready(79).facts[-1], TargetReturned)
    poor = ready(59)
    assert poor.facts[-1] == TargetRejected(score=Decimal("59.00"))
    assert isinstance(poor.state, Rejected)
    poor.knowing(*AT_SIGNING).when(submit_target).then_refused(TargetRejectedForGood)
    poor.knowing(named).when(confirm_goal).then_refused(TargetRejectedForGood)
    poor.knowing(*AT_APPROVAL).when(approve_target).then_refused(TargetRejectedForGood)
    poor.knowing(*governed).when(grade_target).then_nothing()


def test_every_item_of_the_review_is_scored_within_its_points() -> None:
    story = checked().knowing(*governed)
    lacking: dict[ReviewItem, Decimal] = {
        i: p for i, p in grade_target.points.items() if i != "CLEAR"
    }
    story.when(replace(grade_target, points=lacking)).then_refused(ReviewPointsWrong)
    above = {**with_points(80), ReviewItem.CLEAR: Decimal("10.01")}
    refusal = story.when(replace(grade_target, points=above)).then_refused(ReviewPointsWrong)
    assert refusal.pointer == "/points/CLEAR"


def test_target_and_budget_become_binding_in_one_fact() -> None:
    facts = ready().knowing(*AT_APPROVAL).when(approve_target).facts
    assert len(facts) == 1
    fact = facts[0]
    assert isinstance(fact, TargetApproved)
    assert (fact.budget, fact.target_version) == (yuan("7_400_000"), 1)
    assert fact.indicators == CONTENT.indicators
    approved().knowing(*AT_APPROVAL).when(approve_target).then_nothing()
    other = replace(approve_target, budget=yuan("1"))
    approved().knowing(*AT_APPROVAL).when(other).then_refused(TargetAlreadyApproved)
    free = replace(approve_target, budget=ZERO)
    ready().knowing(*AT_APPROVAL).when(free).then_refused(AmountNotPositive)


def test_a_project_that_needs_an_assessment_is_approved_only_when_included() -> None:
    story = target.knowing(a_new_project.state, *AT_WRITING).after(draft_target)
    story = target.given(*story.facts).knowing(named)
    story = story.after(confirm_goal, confirm_amounts).knowing(*AT_SIGNING)
    story = story.after(submit_target, review_target, check_target)
    story = story.knowing(*governed).after(grade_target)
    included = reviewed(scored("s1", "91"), scored("s2", "93")).after(conclude_report)
    fair = reviewed(scored("s1", "70"), scored("s2", "72")).after(conclude_report)
    for state in (EX_ANTE.initial, reviewed().state, fair.state):
        story.knowing(state, a_project.state, UNBOUND).when(approve_target).then_refused(
            ExAnteNotIncluded
        )
    assert isinstance(
        story.knowing(included.state, a_project.state, UNBOUND).after(approve_target).state,
        Approved,
    )


def test_a_target_is_closed_after_its_year() -> None:
    approved().when(close).then(TargetClosed(target_version=1))
    approved().after(close).when(close).then_nothing()
    drafted().when(close).then_refused(TargetNotApproved)
    closed = approved().after(close)
    closed.knowing(*AT_APPROVAL).when(approve_target).then_nothing()
    assert closed.state.approved.authors.may_judge(BUDGETER)
