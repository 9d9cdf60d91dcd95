"""Every command on a target at every stage of its life (`domain` §3.3), one table."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.targets.domain.application import Application
from services.targets.domain.budget_request_states import ComingBudget
from services.targets.domain.duties import Desk, Stay
from services.targets.domain.events.target import (
    TargetApproved,
    TargetChecked,
    TargetClosed,
    TargetReviewed,
)
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.four_eyes import authors_of
from services.targets.domain.refusals import (
    AmountNotPositive,
    ExAnteNotIncluded,
    TargetAlreadyApproved,
    TargetUnknown,
)
from services.targets.domain.target_states import basis_of, target_of
from shared.domain.decider import Owner
from shared.domain.money import ZERO, Money
from tests.targets import stories as s
from tests.targets.test_adjustment import adjusting
from tests.targets.test_target import close, complete, give_back, revise

reviewed = s.submitted().after(s.review_target)
STAGES: dict[str, Any] = {
    "nothing": s.target.given(),
    "drafted": s.drafted(),
    "confirmed": s.confirmed(),
    "submitted": s.submitted(),
    "reviewed": reviewed,
    "checked": s.checked(),
    "good": s.ready(85),
    "ready": s.ready(),
    "rejected": s.ready(50),
    "approved": s.approved(),
    "adjusting": adjusting,
    "closed": s.approved().after(close),
}
AT_WORK = (s.a_project.state, *s.AT_WRITING)
KNOWN: dict[str, tuple[object, ...]] = {
    "draft": AT_WORK,
    "revise": AT_WORK,
    "complete": AT_WORK,
    "confirm": (s.a_matrix.state,),
    "submit": s.AT_SIGNING,
    "grade": s.governed,
    "approve": s.AT_APPROVAL,
}
UNKNOWN, SILENT, FOR_GOOD = "TargetUnknown", "", "TargetRejectedForGood"
NOT_DRAFT, NOT_SUBMITTED, NOT_REVIEWED = "TargetNotDraft", "TargetNotSubmitted", "TargetNotReviewed"
NOT_CHECKED, NOT_READY, NOT_BOUND = "TargetNotFirstReviewed", "TargetNotReady", "TargetNotApproved"
BACK, NOT_HERE, NOT_GOOD = "TargetReturned", "TargetNotUnderReview", "TargetNotToComplete"
# What each command leads to, by stage in the order above: facts, silence, or a refusal.
TABLE: dict[str, tuple[object, tuple[str, ...]]] = {
    "draft": (s.draft_target, ("TargetDrafted", *[SILENT] * 11)),
    "revise": (revise, (UNKNOWN, *["TargetRevised"] * 2, *[NOT_DRAFT] * 9)),
    "confirm": (
        s.confirm_goal,
        (UNKNOWN, "TargetConfirmed", *[SILENT] * 6, FOR_GOOD, *[SILENT] * 3),
    ),
    "submit": (
        s.submit_target,
        (
            *(UNKNOWN, "TargetNotConfirmed", "TargetSubmitted", *[SILENT] * 5),
            *(FOR_GOOD, *[SILENT] * 3),
        ),
    ),
    "review": (
        s.review_target,
        (
            *(UNKNOWN, *[NOT_SUBMITTED] * 2, "TargetReviewed", *[SILENT] * 4),
            *(NOT_SUBMITTED, *[SILENT] * 3),
        ),
    ),
    "check": (
        s.check_target,
        (
            *(UNKNOWN, *[NOT_REVIEWED] * 3, "TargetChecked", *[SILENT] * 3),
            *(NOT_REVIEWED, *[SILENT] * 3),
        ),
    ),
    "give back": (
        give_back,
        (UNKNOWN, *[SILENT] * 2, *[BACK] * 5, *[NOT_HERE] * 4),
    ),
    "grade": (
        s.grade_target,
        (UNKNOWN, *[NOT_CHECKED] * 4, "TargetGraded", *[SILENT] * 6),
    ),
    "complete": (
        complete,
        (
            *(UNKNOWN, *[NOT_GOOD] * 5, "TargetCompleted", SILENT, NOT_GOOD),
            *(SILENT, *[NOT_GOOD] * 2),
        ),
    ),
    "approve": (
        s.approve_target,
        (UNKNOWN, *[NOT_READY] * 6, "TargetApproved", FOR_GOOD, *[SILENT] * 3),
    ),
    "close": (
        close,
        (UNKNOWN, *[NOT_BOUND] * 8, "TargetClosed", NOT_BOUND, SILENT),
    ),
}


@pytest.mark.parametrize(
    ("name", "stage"), [(name, stage) for name in TABLE for stage in range(len(STAGES))]
)
def test_a_command_does_at_each_stage_what_the_rules_say(name: str, stage: int) -> None:
    command, expected = TABLE[name]
    story = [*STAGES.values()][stage]
    unbound = {"submit", "approve"} if stage == 0 else set()
    known = KNOWN.get(name, ())
    outcome = story.knowing(*(known[:-1] if name in unbound else known)).when(command)
    told = type(outcome.refusal).__name__ if outcome.refusal else ""
    facts = " ".join(type(fact).__name__ for fact in outcome.facts)
    assert (told or facts) == expected[stage]
    if told == UNKNOWN:
        assert isinstance(outcome.refusal, TargetUnknown)
        assert outcome.refusal.details == {"project_code": "P1"}


def test_every_stage_says_whose_it_is_and_who_wrote_it() -> None:
    mine = Owner(region_code=s.REGION_CODE, department_code=s.DEPARTMENT, unit_code=s.UNIT_CODE)
    for name, story in STAGES.items():
        there, basis = name != "nothing", basis_of(story.state)
        assert s.target.decider.owner(story.state) == (mine if there else None), name
        assert (basis.project_code if basis else None) == ("P1" if there else None), name
        assert target_of(story.state) == story.state, name
        assert authors_of(story.state).may_judge(s.WRITER) is not there, name
        assert authors_of(story.state).may_judge("somebody"), name
    assert target_of(EX_ANTE.initial) == s.target.decider.initial


def test_what_is_approved_is_what_was_promised_by_the_rules_that_weighed_it() -> None:
    promise = s.ready().state.promise
    starts = date(2021, 4, 1)
    content = replace(promise.content, application=Application(starts_on=starts))
    lent = replace(promise, content=content, rules_region="653100", scheme="B")
    story = s.target.given(*s.ready().facts)
    state = replace(story.state, promise=lent)
    command = s.target.decider.inform(s.approve_target, s.AT_APPROVAL)
    today = s.NOW.date()
    assert s.target.decider.decide(command, state) == [
        TargetApproved(
            basis=promise.basis,
            target_version=1,
            budget=s.yuan("7_400_000"),
            scheme="B",
            annual_goal=s.CONTENT.annual_goal,
            indicators=s.CONTENT.indicators,
            rule_set_version=1,
            approved_on=today,
            rules_region="653100",
            stay=Stay(desk=Desk.BUREAU, since_on=today, until_on=today, workdays=0),
            in_year_monitoring_exempt=False,
            starts_on=starts,
        )
    ]


def test_what_reviewers_say_is_kept() -> None:
    today = s.NOW.date()
    stays = {
        desk: Stay(desk=desk, since_on=today, until_on=today, workdays=0)
        for desk in (Desk.DEPARTMENT, Desk.BUREAU)
    }
    s.submitted().when(replace(s.review_target, opinion="同意")).then(
        TargetReviewed(opinion="同意", stay=stays[Desk.DEPARTMENT])
    )
    reviewed.when(replace(s.check_target, opinion="可行")).then(
        TargetChecked(opinion="可行", stay=stays[Desk.BUREAU])
    )


@pytest.mark.parametrize(
    ("budget", "refusal"),
    [(ZERO, AmountNotPositive), (-Money(1), AmountNotPositive), (Money(1), None)],
)
def test_a_budget_is_more_than_nothing(budget: Money, refusal: type | None) -> None:
    outcome = s.ready().knowing(*s.AT_APPROVAL).when(replace(s.approve_target, budget=budget))
    if refusal is None:
        assert outcome.facts[0].budget == budget
    else:
        assert outcome.then_refused(refusal).pointer == "/budget"


def test_another_budget_than_the_approved_one_is_refused_until_it_was_adjusted() -> None:
    other = replace(s.approve_target, budget=s.approve_target.budget + Money(1))
    binding = s.approved().knowing(*s.AT_APPROVAL)
    binding.when(other).then_refused(TargetAlreadyApproved, budget="7400000.00")
    later = replace(s.approved().state, version=2)
    known = s.target.decider.inform(other, s.AT_APPROVAL)
    assert s.target.decider.decide(known, later) == []
    assert s.target.decider.evolve(later, TargetClosed(target_version=2)).approved == later


def test_a_target_of_a_project_that_was_not_included_tells_how_its_assessment_ended() -> None:
    promise = s.ready().state.promise
    basis = replace(promise.basis, needs_ex_ante=True)
    state = replace(s.ready().state, promise=replace(promise, basis=basis))
    command = replace(s.approve_target, coming=ComingBudget())
    with pytest.raises(ExAnteNotIncluded) as told:
        s.target.decider.decide(command, state)
    assert told.value.details == {"project_code": "P1", "conclusion": "none"}
