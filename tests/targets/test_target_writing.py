"""What a draft, a revision and a completion record, and what a target keeps at every stage."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.targets.domain.adjustment_words import SUSPENSION, Partner
from services.targets.domain.asker import Asker
from services.targets.domain.commands.adjusting import (
    CompletePair,
    DropPair,
    UndoAdjustment,
)
from services.targets.domain.commands.project import FollowResumption, FollowSuspension
from services.targets.domain.duties import Desk
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetDrafted,
    TargetRevised,
)
from services.targets.domain.following import entails
from services.targets.domain.locks import Lock
from services.targets.domain.project import PROJECT
from services.targets.domain.project_states import UnknownProject
from services.targets.domain.refusals import (
    OfficeNotYours,
    ProjectClosed,
    ProjectUnknown,
    ReasonMissing,
    ReviewerDraftedTarget,
    RuleSetNotAdopted,
    TargetAlreadyDrafted,
    TargetHasErrors,
)
from services.targets.domain.rule_set import Rules
from services.targets.domain.values import Basis, Office, Origin
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.assessments import conclude_report, reviewed, scored
from tests.targets.test_adjustment import adjusting, agree_to_money, approve
from tests.targets.test_target import close, complete, revise, wrong

above = s.rule_set.given().after(
    replace(s.draft_rules, region_code="653100"), replace(s.adopt_rules, region_code="653100")
)
LENT = (Rules(), above.state, Rules())
STATED = replace(
    s.a_new_project.state.registered,
    function_code="2060302",
    fund_type_code="12",
    direct_fund_flag="01",
    origin=Origin.SYNTHETIC,
)
a_project = PROJECT.evolve(UnknownProject(), STATED)
TODAY = s.NOW.date()


def test_a_draft_records_whose_it_is_and_by_which_rules_it_was_read() -> None:
    known = s.target.knowing(a_project, *s.at_writing(rules=LENT))
    known.when(s.draft_target).then(
        TargetDrafted(
            basis=Basis(
                project_code=s.CODE,
                project_name="校舍维修改造",
                fiscal_year=s.YEAR,
                region_code=s.REGION_CODE,
                unit_code=s.UNIT_CODE,
                department_code=s.DEPARTMENT,
                function_code="2060302",
                fund_type_code="12",
                direct_fund_flag="01",
                needs_ex_ante=True,
                origin=Origin.SYNTHETIC,
            ),
            content=s.CONTENT,
            scheme="A",
            findings=(),
            rule_set_version=1,
            drafted_by=s.WRITER,
            rules_region="653100",
            pins={},
            drafted_on=TODAY,
        )
    )
    [own] = s.target.knowing(a_project, *s.AT_WRITING).when(s.draft_target).facts
    assert own.rules_region == ""  # type: ignore[attr-defined]


def test_a_revision_is_read_by_the_rules_of_its_day_and_the_draft_with_it() -> None:
    at_work = s.drafted().knowing(s.a_project.state, *s.at_writing(rules=LENT))
    at_work.when(revise).then(
        TargetRevised(
            content=revise.content,
            scheme="A",
            findings=(),
            rule_set_version=1,
            drafted_by=s.WRITER,
            rules_region="653100",
            pins={},
            released=(),
            reopened=(Office.BUSINESS,),
            revised_on=TODAY,
        )
    )
    [own] = s.drafted().knowing(s.a_project.state, *s.AT_WRITING).when(revise).facts
    assert own.rules_region == ""
    fact = replace(
        at_work.when(revise).facts[0], scheme="B", rule_set_version=7, drafted_by="another"
    )
    before, after = at_work.state.promise, s.target.decider.evolve(at_work.state, fact).promise
    read = (after.content, after.scheme, after.rule_set_version, after.rules_region)
    assert read == (revise.content, "B", 7, "653100")
    assert after.basis == before.basis
    for author in (s.WRITER, "another"):
        assert not after.authors.may_judge(author)


def l11(year: int, *, assessment: object = s.ex_ante.decider.initial) -> set[str]:
    """What is found in a target of a year whose costs are far from what the project asked for."""
    indicators = {
        key: replace(one, unit_cost=s.yuan("1")) for key, one in s.CONTENT.costings.items()
    }
    command = replace(
        s.draft_target, fiscal_year=year, content=replace(s.CONTENT, costings=indicators)
    )
    known = s.at_writing(assessment=assessment)
    [fact] = s.target.knowing(s.a_new_project.state, *known).when(command).facts
    assert isinstance(fact, TargetDrafted)
    assert fact.basis.needs_ex_ante is (year == s.YEAR)
    return {finding.rule for finding in fact.findings}


def test_what_the_project_asked_for_and_its_assessment_measure_its_first_year_alone() -> None:
    graded = reviewed(scored("s1", "91"), scored("s2", "93")).after(conclude_report).state
    report = replace(graded.graded.report, goal="购置教学设备")
    included = replace(graded, graded=replace(graded.graded, report=report))
    assert "L11" in l11(s.YEAR)
    assert "L11" not in l11(s.YEAR + 1)
    assert {"L11", "L15"} <= l11(s.YEAR, assessment=included)
    assert not {"L11", "L15"} & l11(s.YEAR + 1, assessment=included)


good = s.ready(85).knowing(s.a_project.state, *s.AT_WRITING)
at_work = s.drafted().knowing(s.a_project.state, *s.AT_WRITING)
ended = replace(s.a_project.state, status="TERMINATED")
TERMINATED = {"status": "TERMINATED"}
elsewhere = Asker(region_code="653121", unit_code="*")


@pytest.mark.parametrize(
    ("story", "command", "refusal", "pointer", "details"),
    [
        (
            at_work,
            replace(s.draft_target, content=revise.content),
            TargetAlreadyDrafted,
            None,
            {},
        ),
        (
            s.target.knowing(s.a_project.state, *s.AT_WRITING),
            replace(s.draft_target, asker=elsewhere),
            ProjectUnknown,
            None,
            {"project_code": s.CODE},
        ),
        (
            s.target.knowing(ended, *s.AT_WRITING),
            s.draft_target,
            ProjectClosed,
            None,
            TERMINATED,
        ),
        (
            s.target.knowing(s.a_project.state, *s.at_writing(rules=s.ungoverned)),
            s.draft_target,
            RuleSetNotAdopted,
            None,
            {"region_code": s.REGION_CODE},
        ),
        (
            at_work,
            replace(revise, offices=frozenset({Office.FINANCE})),
            OfficeNotYours,
            None,
            {"office": Office.BUSINESS},
        ),
        (good, replace(complete, amended=()), ReasonMissing, "/amended", {}),
        *(
            (story.knowing(ended, *s.AT_WRITING), command, ProjectClosed, None, TERMINATED)
            for story, command in ((at_work, revise), (good, complete))
        ),
        (
            s.confirmed().knowing(*s.AT_SIGNING[:2], ended, *s.AT_SIGNING[3:]),
            s.submit_target,
            ProjectClosed,
            None,
            TERMINATED,
        ),
    ],
)
def test_who_is_refused_is_told_where_and_why(
    story: Any,  # noqa: ANN401 - a story
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    told = story.when(command).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)


def test_no_author_completes_a_target() -> None:
    own = good.when(replace(complete, by=s.WRITER))
    own.then_refused(ReviewerDraftedTarget, person=s.WRITER)


def test_a_completion_is_read_by_the_scheme_it_was_submitted_under() -> None:
    broken = good.when(replace(complete, content=wrong)).then_refused(TargetHasErrors)
    assert broken.pointer is not None
    assert broken.remedy is not None
    assert broken.details["findings"]
    submitted_under = replace(good.state, promise=replace(good.state.promise, scheme="B"))
    command = s.target.decider.inform(complete, good.known)
    with pytest.raises(TargetHasErrors) as told:
        s.target.decider.decide(command, submitted_under)
    assert all("L03" in line for line in told.value.details["findings"])  # type: ignore[attr-defined]


def test_what_was_completed_is_what_is_approved() -> None:
    dearer = replace(s.CONTENT.indicators[0], name="维修改造学校数量")
    content = replace(
        s.CONTENT,
        annual_goal=s.CONTENT.annual_goal + "（完善）",
        indicators=(dearer, *s.CONTENT.indicators[1:]),
    )
    command = replace(complete, content=content, amended=("/annual_goal", "/indicators/0"))
    promise = good.after(command).state.promise
    assert promise.content == content
    assert not promise.authors.may_judge(s.GRADER)
    ready = s.target.given(*good.after(command).facts).knowing(*s.AT_APPROVAL)
    approved = ready.after(s.approve_target).state
    assert (approved.annual_goal, approved.indicators) == (content.annual_goal, content.indicators)
    assert approved.authors == promise.authors


@pytest.mark.parametrize(
    "story",
    [
        s.drafted(),
        s.confirmed(),
        s.submitted(),
        s.submitted().after(s.review_target),
        s.checked(),
        s.ready(85),
        good.after(complete),
        s.ready(70),
        s.ready(),
        s.ready(50),
        s.approved(),
        adjusting,
        s.approved().after(close),
    ],
)
def test_an_adjustment_refused_for_want_of_a_target_is_remembered_for_good(story: Any) -> None:  # noqa: ANN401
    early = s.target.given().knowing(*s.governed).after(s.receive_adjustment)
    refused: Any = early.facts[0]
    heard = replace(refused, adjustment_id="EARLY")
    state: Any = s.target.decider.fold([heard, *story.facts])
    kept = getattr(state, "approved", state)
    assert kept.refused == {"EARLY"}
    late: Any = s.target.decider.evolve(story.state, replace(heard, adjustment_id="LATE"))
    assert "LATE" in getattr(late, "approved", late).refused
    assert type(late) is type(story.state)


def test_a_target_lies_on_the_desk_of_whoever_has_to_act() -> None:
    desks: list[tuple[Any, set[Desk], set[Office]]] = [
        (s.drafted(), {Desk.BUSINESS, Desk.FINANCE}, set()),
        (
            s.drafted().knowing(s.a_matrix.state).after(s.confirm_goal),
            {Desk.FINANCE},
            {Office.BUSINESS},
        ),
        (s.confirmed(), {Desk.HEAD}, set(Office) - {Office.HEAD}),
        (s.submitted(), {Desk.DEPARTMENT}, set(Office) - {Office.HEAD}),
        (s.submitted().after(s.review_target), {Desk.BUREAU}, set(Office) - {Office.HEAD}),
        (s.ready(85), {Desk.BUREAU}, set(Office) - {Office.HEAD}),
        (s.ready(), {Desk.BUREAU}, set(Office) - {Office.HEAD}),
        (s.ready(70), {Desk.BUSINESS}, {Office.FINANCE}),
    ]
    for story, lies_on, locked in desks:
        promise = story.state.promise
        assert promise.desks == dict.fromkeys(lies_on, TODAY)
        assert set(promise.locks) == locked
    locks = s.confirmed().state.promise.locks
    assert locks == {
        Office.BUSINESS: Lock(person=s.PERSONS.business, by=s.WRITER),
        Office.FINANCE: Lock(person=s.PERSONS.finance, by=s.ACCOUNTANT),
    }


changed = adjusting.after(approve, agree_to_money)
FACT: TargetAdjusted = changed.facts[-1]
OTHER = Partner(project_code="P2", adjustment_id="A1-in")
REFUSED = TargetAdjustmentRefused(
    project_code=s.CODE,
    fiscal_year=s.YEAR,
    region_code=s.REGION_CODE,
    unit_code=s.UNIT_CODE,
    adjustment_id="A1",
    reason="不符合规定",
    partner=OTHER,
)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (FACT, []),
        (
            replace(FACT, partner=OTHER),
            [
                CompletePair(
                    project_code="P2",
                    fiscal_year=s.YEAR,
                    adjustment_id="A1-in",
                    adjusted_on=FACT.adjusted_on,
                )
            ],
        ),
        (
            replace(FACT, kind=SUSPENSION),
            [FollowSuspension(project_code=s.CODE, adjustment_id="A1", reason=FACT.reason)],
        ),
        (replace(FACT, undoes="A1"), []),
        (
            replace(FACT, undoes="A1", partner=OTHER, adjusted_on=date(2021, 4, 1)),
            [
                UndoAdjustment(
                    project_code="P2",
                    fiscal_year=s.YEAR,
                    adjustment_id="A1-in",
                    reason=FACT.reason,
                    undone_on=date(2021, 4, 1),
                )
            ],
        ),
        (
            replace(FACT, undoes="A1", kind=SUSPENSION),
            [FollowResumption(project_code=s.CODE, adjustment_id="A1")],
        ),
        (
            REFUSED,
            [
                DropPair(
                    project_code="P2",
                    fiscal_year=s.YEAR,
                    adjustment_id="A1-in",
                    region_code=s.REGION_CODE,
                    unit_code=s.UNIT_CODE,
                    reason="不符合规定",
                    partner=Partner(project_code=s.CODE, adjustment_id="A1"),
                )
            ],
        ),
        (replace(REFUSED, partner=Partner(project_code="", adjustment_id="")), []),
    ],
)
def test_what_is_decided_on_one_half_is_followed_by_the_other_and_by_the_project(
    fact: Any,  # noqa: ANN401 - a fact
    expected: list[object],
) -> None:
    assert [*entails(fact, changed.state)] == expected
