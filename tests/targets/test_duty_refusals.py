"""Who may not answer, confirm or sign, and what they are told; and on which day it changes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.targets.domain.duties import (
    EVERY_STEP,
    OFFICE_OF,
    Desk,
    ReturnReason,
    Step,
    office_of,
)
from services.targets.domain.events.delegation import SignatureDelegated
from services.targets.domain.events.target import TargetConfirmed, TargetSubmitted
from services.targets.domain.refusals import (
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
from services.targets.domain.responsibility import Matrix, duty_of, missing_steps
from services.targets.domain.unit_states import UnknownUnit
from services.targets.domain.values import Office
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.duties import (
    DEPUTY,
    OTHERS,
    a_delegation,
    delegate,
    delegated,
    delegation,
    transfer,
    withdraw,
)

only_target = s.matrix.knowing(s.a_project.state).after(replace(s.assign_all, steps=(Step.TARGET,)))
at_unit = delegation.knowing(s.a_unit.state)
draft = s.drafted().knowing(s.a_matrix.state)
ready_to_sign = s.confirmed().knowing(*s.AT_SIGNING)
half = draft.after(s.confirm_goal)


@pytest.mark.parametrize(
    ("story", "command", "refusal", "pointer", "details"),
    [
        (
            s.matrix.knowing(s.project.decider.initial),
            s.assign_all,
            ProjectUnknown,
            None,
            {"project_code": s.CODE},
        ),
        (
            only_target,
            replace(s.assign_all, responsible=OTHERS),
            StepAlreadyAssigned,
            "/steps",
            {"steps": [Step.TARGET]},
        ),
        (s.matrix.given(), transfer, ResponsibilityUnknown, None, {"project_code": s.CODE}),
        (only_target, transfer, ResponsibilityUnassigned, None, {"steps": [Step.SELF_EVAL]}),
        (s.a_matrix, replace(transfer, reason=" "), ReasonMissing, "/reason", {}),
        (
            s.a_matrix,
            replace(transfer, responsible=replace(OTHERS, finance=OTHERS.business)),
            OneOfficeForBoth,
            "/responsible/finance",
            {},
        ),
        (
            delegation.knowing(UnknownUnit()),
            delegate,
            UnitUnknown,
            "/unit_code",
            {"unit_code": s.UNIT_CODE},
        ),
        (
            at_unit,
            replace(delegate, office=Office.FINANCE),
            OfficeNotYours,
            "/office",
            {"office": Office.FINANCE},
        ),
        (at_unit, replace(delegate, delegator=" "), PersonUnnamed, "/delegator", {}),
        (at_unit, replace(delegate, delegate=""), PersonUnnamed, "/delegate", {}),
        (at_unit, replace(delegate, delegate="李强"), DelegationToOneself, "/delegate", {}),
        (
            at_unit,
            replace(delegate, from_on=date(2021, 3, 6)),
            TermBackwards,
            "/until_on",
            {},
        ),
        (
            at_unit,
            replace(delegate, now=datetime(2021, 3, 5, 16, tzinfo=UTC)),
            DelegationOver,
            "/until_on",
            {"until_on": date(2021, 3, 5)},
        ),
        (delegation.given(), withdraw, DelegationUnknown, None, {"delegation_id": "D1"}),
        (
            a_delegation,
            replace(withdraw, now=datetime(2021, 3, 5, 16, tzinfo=UTC)),
            DelegationOver,
            None,
            {"until_on": date(2021, 3, 5)},
        ),
        (a_delegation, replace(withdraw, reason=""), ReasonMissing, "/reason", {}),
        (
            draft,
            replace(s.confirm_goal, offices=frozenset({Office.FINANCE})),
            OfficeNotYours,
            "/office",
            {"office": Office.BUSINESS},
        ),
        (
            half,
            replace(s.confirm_amounts, by=s.WRITER),
            LocksOfOneHand,
            None,
            {"person": s.PERSONS.finance},
        ),
        (
            draft,
            replace(s.confirm_goal, person="路人"),
            SignerNotNamed,
            "/person",
            {"person": "路人", "named": s.PERSONS.business},
        ),
        (
            draft,
            replace(s.confirm_amounts, person="路人"),
            SignerNotNamed,
            "/person",
            {"person": "路人", "named": s.PERSONS.finance},
        ),
        (
            ready_to_sign,
            replace(s.submit_target, person="路人"),
            SignerNotNamed,
            "/person",
            {"person": "路人", "named": s.PERSONS.head},
        ),
        (
            s.drafted().knowing(Matrix()),
            s.confirm_goal,
            ResponsibilityUnassigned,
            None,
            {"steps": [Step.TARGET]},
        ),
        (
            half.knowing(*s.AT_SIGNING),
            s.submit_target,
            TargetNotConfirmed,
            None,
            {"offices": [Office.FINANCE]},
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


def test_a_delegation_is_given_and_withdrawn_up_to_its_last_day() -> None:
    last = datetime(2021, 3, 5, 15, 59, tzinfo=UTC)
    one_day = replace(delegate, from_on=date(2021, 3, 5), until_on=date(2021, 3, 5))
    [given] = at_unit.when(replace(one_day, now=last)).facts
    assert isinstance(given, SignatureDelegated)
    assert (given.from_on, given.until_on) == (date(2021, 3, 5), date(2021, 3, 5))
    [withdrawn] = a_delegation.when(replace(withdraw, now=last)).facts
    assert withdrawn.withdrawn_on == date(2021, 3, 5)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2021, 2, 28), False, False),
        (date(2021, 3, 1), True, True),
        (date(2021, 3, 2), True, True),
        (date(2021, 3, 3), True, False),
        (date(2021, 3, 5), True, False),
        (date(2021, 3, 6), False, False),
    ],
)
def test_a_delegation_covers_its_days_and_ends_on_the_day_it_is_withdrawn(
    day: date, *, before: bool, after: bool
) -> None:
    on_third = replace(withdraw, now=datetime(2021, 3, 3, 2, tzinfo=UTC))
    withdrawn = a_delegation.after(on_third).state
    for state, covers in ((a_delegation.state, before), (withdrawn, after)):
        assert state.covers(Office.HEAD, "李强", DEPUTY, day) is covers
        assert not state.covers(Office.FINANCE, "李强", DEPUTY, day)
        assert not state.covers(Office.HEAD, "别人", DEPUTY, day)
        assert not state.covers(Office.HEAD, "李强", "别人", day)


@pytest.mark.parametrize(
    ("office", "named", "command"),
    [
        (Office.BUSINESS, s.PERSONS.business, s.confirm_goal),
        (Office.FINANCE, s.PERSONS.finance, s.confirm_amounts),
    ],
)
def test_an_office_is_signed_for_by_its_own_person_or_their_delegate(
    office: Office,
    named: str,
    command: Any,  # noqa: ANN401 - a command
) -> None:
    [fact] = draft.when(replace(command, person=named)).facts
    assert isinstance(fact, TargetConfirmed)
    assert (fact.office, fact.person, fact.in_place_of) == (office, named, "")
    given = delegated(office=office, delegator=named, offices=frozenset({office})).state
    told = s.drafted().knowing(s.a_matrix.state, given)
    [fact] = told.when(replace(command, delegation_id="D1")).facts
    assert isinstance(fact, TargetConfirmed)
    assert (fact.person, fact.in_place_of, fact.confirmed_by) == (DEPUTY, named, command.by)
    # Who is named signs in their own place, also where a delegation is claimed.
    [fact] = told.when(replace(command, delegation_id="D1", person=named)).facts
    assert isinstance(fact, TargetConfirmed)
    assert (fact.person, fact.in_place_of) == (named, "")


def test_the_person_who_is_named_for_the_year_signs_and_not_who_was_before() -> None:
    moved = s.a_matrix.after(transfer).state
    assert duty_of(moved, Step.TARGET) == OTHERS
    assert duty_of(moved, Step.EX_ANTE) == s.PERSONS
    assert duty_of(None, Step.TARGET) is None
    assert missing_steps(only_target.state) == [
        step for step in EVERY_STEP if step is not Step.TARGET
    ]
    story = s.target.given(*s.confirmed().facts).knowing(moved, *s.AT_SIGNING[1:])
    [fact] = story.when(s.submit_target).facts
    assert isinstance(fact, TargetSubmitted)
    assert (fact.signed_by, fact.in_place_of) == (OTHERS.head, "")
    assert fact.stay is not None
    assert fact.stay.desk is Desk.HEAD


def test_every_reason_of_a_return_is_one_offices() -> None:
    finance = {"AMOUNT_UNFOUNDED", "AMOUNT_MISMATCH", "COST_UNSTATED"}
    for reason in ReturnReason:
        wanted = Office.FINANCE if reason in finance else Office.BUSINESS
        assert office_of(reason) is (Office.HEAD if reason == "SIGNATURE_WRONG" else wanted)
    assert set(OFFICE_OF) <= set(ReturnReason)
