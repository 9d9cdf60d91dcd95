"""Who answers, who confirms, who signs in whose place, and how long it lay on which desk."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.targets.domain.commands.target import ReturnTarget, ReviseTarget
from services.targets.domain.duties import (
    EVERY_STEP,
    Desk,
    ReturnReason,
    Stay,
    Step,
    workdays_between,
)
from services.targets.domain.events.delegation import DelegationWithdrawn, SignatureDelegated
from services.targets.domain.events.responsibility import (
    ResponsibilityAssigned,
)
from services.targets.domain.events.target import TargetConfirmed, TargetRevised, TargetSubmitted
from services.targets.domain.office_clock import USUAL, Lateness, OfficeClock, clock_of
from services.targets.domain.project_states import UnknownProject
from services.targets.domain.refusals import (
    DelegationAlreadyGiven,
    DelegationOver,
    DelegationToOneself,
    DelegationUnknown,
    LocksOfOneHand,
    OfficeNotYours,
    OneOfficeForBoth,
    PersonUnnamed,
    ProjectUnknown,
    ReasonMissing,
    ResponsibilityUnassigned,
    ResponsibilityUnknown,
    SignerNotNamed,
    StepAlreadyAssigned,
    TargetNotConfirmed,
    TermBackwards,
    UnitUnknown,
)
from services.targets.domain.responsibility import Matrix, missing_steps
from services.targets.domain.sourced_rules import SourcedRules
from services.targets.domain.unit_states import UnknownUnit
from services.targets.domain.values import Content, Office, Responsible
from shared.domain.decider import Owner
from shared.domain.hands import hands
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.duties import (
    DEPUTY,
    OTHERS,
    TRANSFERRED,
    a_delegation,
    delegate,
    delegated,
    delegation,
    signing,
    transfer,
    withdraw,
)

at_project = s.matrix.knowing(s.a_project.state)
MINE = Owner(region_code=s.REGION_CODE, department_code=s.DEPARTMENT, unit_code=s.UNIT_CODE)
COSTLIER = replace(
    s.CONTENT,
    indicators=tuple(
        replace(one, name="单位成本") if one.indicator_id == "I4" else one
        for one in s.CONTENT.indicators
    ),
)


def revise(content: Content, *offices: Office) -> ReviseTarget:
    return ReviseTarget(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        region_code=s.REGION_CODE,
        content=content,
        offices=frozenset(offices),
        by=s.WRITER,
        now=s.NOW,
    )


REWORDED = replace(s.CONTENT, annual_goal=s.CONTENT.annual_goal + "（修订）")


def test_the_three_of_the_project_answer_for_every_step_at_first() -> None:
    at_project.when(s.assign_all).then(
        ResponsibilityAssigned(
            project_code=s.CODE,
            fiscal_year=s.YEAR,
            region_code=s.REGION_CODE,
            department_code=s.DEPARTMENT,
            unit_code=s.UNIT_CODE,
            steps=EVERY_STEP,
            responsible=s.PERSONS,
        )
    )
    s.a_matrix.when(s.assign_all).then_nothing()
    assert s.matrix.decider.owner(s.a_matrix.state) == MINE
    assert s.matrix.decider.owner(Matrix()) is None
    assert missing_steps(s.a_matrix.state) == []
    s.matrix.knowing(UnknownProject()).when(s.assign_all).then_refused(ProjectUnknown)


def test_steps_are_assigned_one_by_one_and_never_over_somebody() -> None:
    one = replace(s.assign_all, steps=(Step.TARGET,), responsible=OTHERS)
    story = at_project.after(one)
    assert Step.TARGET not in missing_steps(story.state)
    assert len(missing_steps(story.state)) == 6
    story.when(one).then_nothing()
    story.when(replace(one, responsible=s.PERSONS)).then_refused(
        StepAlreadyAssigned, steps=[Step.TARGET]
    )
    # The three of the project fill what is open and take nothing from anybody.
    [filled] = story.when(s.assign_all).facts
    assert isinstance(filled, ResponsibilityAssigned)
    assert filled.steps == tuple(step for step in EVERY_STEP if step is not Step.TARGET)


def test_a_step_is_transferred_with_a_reason() -> None:
    s.a_matrix.when(transfer).then(TRANSFERRED)
    story = s.a_matrix.after(transfer)
    story.when(transfer).then_nothing()
    # Repeating the registration changes nothing of what was transferred.
    story.when(s.assign_all).then_nothing()
    s.a_matrix.when(replace(transfer, reason=" ")).then_refused(ReasonMissing)
    one = replace(s.assign_all, steps=(Step.TARGET,))
    only = s.matrix.knowing(s.a_project.state).after(one)
    only.when(transfer).then_refused(ResponsibilityUnassigned, steps=[Step.SELF_EVAL])
    s.matrix.when(transfer).then_refused(ResponsibilityUnknown)


@pytest.mark.parametrize(
    ("persons", "refusal"),
    [
        (Responsible(business="王芳", finance="王芳", head="李强"), OneOfficeForBoth),
        (Responsible(business="古丽", finance="", head="李强"), PersonUnnamed),
    ],
)
def test_both_offices_are_named_and_are_two_persons(
    persons: Responsible, refusal: type[Refusal]
) -> None:
    s.a_matrix.when(replace(transfer, responsible=persons)).then_refused(refusal)
    at_project.when(replace(s.assign_all, responsible=persons)).then_refused(refusal)


def test_a_signature_is_delegated_for_some_days() -> None:
    delegation.knowing(s.a_unit.state).when(delegate).then(
        SignatureDelegated(
            delegation_id="D1",
            region_code=s.REGION_CODE,
            department_code=s.DEPARTMENT,
            unit_code=s.UNIT_CODE,
            office=Office.HEAD,
            delegator="李强",
            delegate=DEPUTY,
            from_on=date(2021, 3, 1),
            until_on=date(2021, 3, 5),
        )
    )
    a_delegation.when(delegate).then_nothing()
    a_delegation.when(replace(delegate, delegate="别人")).then_refused(DelegationAlreadyGiven)
    a_delegation.when(withdraw).then(
        DelegationWithdrawn(withdrawn_on=s.NOW.date(), reason="已返岗")
    )
    a_delegation.after(withdraw).when(withdraw).then_nothing()
    a_delegation.when(replace(withdraw, reason=" ")).then_refused(ReasonMissing)
    a_delegation.when(replace(withdraw, now=s.LATE)).then_refused(DelegationOver)
    delegation.when(withdraw).then_refused(DelegationUnknown)
    assert delegation.decider.owner(a_delegation.state) == MINE
    assert delegation.decider.owner(delegation.decider.initial) is None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"delegate": "李强"}, DelegationToOneself),
        ({"delegate": " "}, PersonUnnamed),
        ({"offices": frozenset({Office.BUSINESS})}, OfficeNotYours),
        ({"until_on": date(2021, 2, 1)}, TermBackwards),
        ({"from_on": date(2021, 2, 1), "until_on": date(2021, 2, 28)}, DelegationOver),
    ],
)
def test_delegations_say_no(changes: dict[str, Any], refusal: type[Refusal]) -> None:
    story = delegation.knowing(s.a_unit.state)
    story.when(replace(delegate, **changes)).then_refused(refusal)
    delegation.knowing(UnknownUnit()).when(delegate).then_refused(UnitUnknown)


def test_both_offices_confirm_before_the_head_signs() -> None:
    draft = s.drafted().knowing(s.a_matrix.state)
    draft.knowing(*s.AT_SIGNING).when(s.submit_target).then_refused(
        TargetNotConfirmed, offices=[Office.BUSINESS, Office.FINANCE]
    )
    draft.when(s.confirm_goal).then(
        TargetConfirmed(
            office=Office.BUSINESS,
            person="阿依古丽",
            in_place_of="",
            confirmed_by=s.WRITER,
            stay=Stay(
                desk=Desk.BUSINESS,
                since_on=s.NOW.date(),
                until_on=s.NOW.date(),
                workdays=0,
            ),
        )
    )
    half = draft.after(s.confirm_goal)
    half.when(s.confirm_goal).then_nothing()
    told = half.knowing(*s.AT_SIGNING)
    told.when(s.submit_target).then_refused(TargetNotConfirmed, offices=[Office.FINANCE])
    both = half.after(s.confirm_amounts).knowing(*s.AT_SIGNING)
    assert both.after(s.submit_target).state.promise.authors == hands(
        s.WRITER, s.ACCOUNTANT, s.HEAD
    )
    s.submitted().knowing(s.a_matrix.state).when(s.confirm_goal).then_nothing()


def test_nobody_confirms_for_an_office_that_is_not_theirs_or_for_both() -> None:
    draft = s.drafted().knowing(s.a_matrix.state)
    foreign = replace(s.confirm_amounts, offices=frozenset({Office.BUSINESS}))
    draft.when(foreign).then_refused(OfficeNotYours)
    half = draft.after(s.confirm_goal)
    half.when(replace(s.confirm_amounts, by=s.WRITER)).then_refused(LocksOfOneHand)
    # The accountant let the business office's person stand in: still nobody closes both.
    swap = delegated(office=Office.FINANCE, delegator="王芳", delegate="阿依古丽",
                     offices=frozenset({Office.FINANCE}))  # fmt: skip
    story = s.target.given(*half.facts).knowing(s.a_matrix.state, swap.state)
    story.when(replace(s.confirm_amounts, delegation_id="D1")).then_refused(LocksOfOneHand)


def test_a_target_without_its_three_named_people_stays_at_its_unit() -> None:
    nobody = s.drafted().knowing(Matrix())
    nobody.when(s.confirm_goal).then_refused(ResponsibilityUnassigned, steps=[Step.TARGET])
    unsigned = s.confirmed().knowing(Matrix(), *s.AT_SIGNING[1:])
    unsigned.when(s.submit_target).then_refused(ResponsibilityUnassigned)


def test_a_delegate_signs_in_the_heads_place_and_the_fact_says_so() -> None:
    story = signing(a_delegation.state)
    for command in (
        replace(s.submit_target, delegation_id="D1"),
        replace(s.submit_target, delegation_id="D1", person=DEPUTY),
    ):
        [fact] = story.when(command).facts
        assert isinstance(fact, TargetSubmitted)
        assert (fact.signed_by, fact.in_place_of) == (DEPUTY, "李强")


@pytest.mark.parametrize(
    ("given", "now"),
    [
        (a_delegation.state, datetime(2021, 2, 28, 15, tzinfo=UTC)),
        (a_delegation.state, datetime(2021, 3, 5, 16, tzinfo=UTC)),
        (a_delegation.after(withdraw).state, s.NOW),
        (delegated(delegator="别的负责人").state, s.NOW),
        (delegated(office=Office.BUSINESS, offices=frozenset(Office)).state, s.NOW),
    ],
)
def test_a_delegation_that_does_not_hold_signs_nothing(given: object, now: datetime) -> None:
    story = signing(given)
    command = replace(s.submit_target, delegation_id="D1", person=DEPUTY, now=now)
    refusal = story.when(command).then_refused(SignerNotNamed, person=DEPUTY, named="李强")
    assert refusal.pointer == "/person"


def test_the_last_day_of_a_delegation_holds() -> None:
    story = signing(a_delegation.state)
    last = datetime(2021, 3, 5, 15, 59, tzinfo=UTC)
    story.after(replace(s.submit_target, delegation_id="D1", now=last))


def test_a_stranger_does_not_sign() -> None:
    confirmed = s.confirmed().knowing(*s.AT_SIGNING)
    confirmed.when(replace(s.submit_target, person="路人")).then_refused(SignerNotNamed)
    draft = s.drafted().knowing(s.a_matrix.state)
    draft.when(replace(s.confirm_goal, person="路人")).then_refused(SignerNotNamed)


def test_a_revision_opens_the_lock_of_the_office_whose_part_changed() -> None:
    both = s.target.given(*s.confirmed().facts).knowing(s.a_project.state, *s.AT_WRITING)
    for content, office in ((REWORDED, Office.BUSINESS), (COSTLIER, Office.FINANCE)):
        story = both.after(revise(content, office))
        [*_, fact] = story.facts
        assert isinstance(fact, TargetRevised)
        assert fact.reopened == (office,)
        locked = {Office.BUSINESS, Office.FINANCE} - {office}
        assert set(story.state.promise.locks) == locked
        told = story.knowing(*s.AT_SIGNING)
        told.when(s.submit_target).then_refused(TargetNotConfirmed, offices=[office])


def test_an_office_changes_its_own_part_only() -> None:
    draft = s.drafted().knowing(s.a_project.state, *s.AT_WRITING)
    draft.when(revise(REWORDED, Office.FINANCE)).then_refused(OfficeNotYours)
    draft.when(revise(COSTLIER, Office.BUSINESS)).then_refused(OfficeNotYours)
    draft.after(revise(COSTLIER, Office.FINANCE))


@pytest.mark.parametrize(
    ("codes", "office", "reopened"),
    [
        ((ReturnReason.AMOUNT_UNFOUNDED,), Office.BUSINESS, (Office.FINANCE,)),
        ((ReturnReason.GOAL_UNCLEAR,), Office.FINANCE, (Office.BUSINESS,)),
        (
            (ReturnReason.GOAL_UNCLEAR, ReturnReason.COST_UNSTATED),
            Office.BUSINESS,
            (Office.BUSINESS, Office.FINANCE),
        ),
        ((ReturnReason.SIGNATURE_WRONG,), Office.BUSINESS, ()),
        ((), Office.FINANCE, (Office.FINANCE,)),
    ],
)
def test_a_return_opens_the_locks_of_the_offices_that_have_work(
    codes: tuple[ReturnReason, ...], office: Office, reopened: tuple[Office, ...]
) -> None:
    command = ReturnTarget(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        reasons=() if codes else ("测算不清",),
        office=office,
        codes=codes,
        by=s.DEPT,
        now=s.NOW,
    )
    story = s.submitted().after(command)
    assert story.facts[-1].reopened == reopened
    assert set(story.state.promise.locks) == {Office.BUSINESS, Office.FINANCE} - set(reopened)


def day(text: str) -> datetime:
    """Noon of a day in Shanghai."""
    return datetime.fromisoformat(f"{text}T12:00:00+08:00")


def test_each_desk_has_a_clock_of_its_own() -> None:
    draft = replace(s.draft_target, now=day("2021-04-29"))
    known = s.target.knowing(s.a_project.state, *s.AT_WRITING).after(draft)
    # 30 April and 6 May are working days, 1 to 5 May is Labour Day, 8 May makes up for it.
    draft_of_april = s.target.given(*known.facts).knowing(s.a_matrix.state)
    both = draft_of_april.after(
        replace(s.confirm_amounts, now=day("2021-04-30")),
        replace(s.confirm_goal, now=day("2021-05-08")),
    )
    signed = both.knowing(*s.AT_SIGNING).after(
        replace(s.submit_target, now=day("2021-05-10")),
        replace(s.review_target, now=day("2021-05-14")),
        replace(s.check_target, now=day("2021-05-14")),
    )
    stays = [(f.stay.desk, f.stay.workdays) for f in signed.facts[1:]]  # type: ignore[attr-defined]
    # 13 May is 肉孜节, free in Xinjiang alone.
    assert stays == [
        (Desk.FINANCE, 1),
        (Desk.BUSINESS, 4),
        (Desk.HEAD, 1),
        (Desk.DEPARTMENT, 3),
        (Desk.BUREAU, 0),
    ]


@pytest.mark.parametrize(
    ("workdays", "late"),
    [(3, Lateness.IN_TIME), (4, "REMINDER"), (8, "REMINDER"), (9, "LISTED")],
)
def test_more_than_three_days_is_reminded_more_than_eight_is_listed(
    workdays: int, late: str
) -> None:
    assert USUAL.lateness(workdays) == late


def test_rules_set_the_terms_and_what_they_do_not_say_is_usual() -> None:
    own = SourcedRules(rules_json=json.dumps({"office_clock": {"reminder_wd": 1, "listed_wd": 2}}))
    assert [clock_of(own).lateness(days) for days in (1, 2, 3)] == list(Lateness)
    half = SourcedRules(rules_json='{"office_clock": {"listed_wd": 5}}')
    assert clock_of(half) == OfficeClock(reminder_workdays=3, listed_workdays=5)
    for silent in (None, SourcedRules(rules_json='{"rule_set": "v1"}')):
        assert clock_of(silent) == USUAL == OfficeClock(reminder_workdays=3, listed_workdays=8)


def test_working_days_are_counted_without_the_first_day() -> None:
    assert workdays_between(date(2021, 4, 30), date(2021, 4, 30), "653101") == 0
    assert workdays_between(date(2021, 4, 30), date(2021, 5, 6), "653101") == 1
    assert workdays_between(date(2021, 5, 12), date(2021, 5, 13), "653101") == 0
    assert workdays_between(date(2021, 5, 12), date(2021, 5, 13), "110101") == 1
