"""Who has to agree to an adjustment is data of the region; nothing changes before all have."""

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.targets.domain.adjustment_words import BUREAU, OUTSIDE, Partner, SigningOffice
from services.targets.domain.approval_authority import PAIRED_KINDS, USUAL, approvals_of
from services.targets.domain.commands.adjusting import CompletePair, DropPair
from services.targets.domain.commands.target import RecordApproval, RefuseAdjustment
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentSigned,
)
from services.targets.domain.refusals import (
    AdjustmentNotOpen,
    OfficeDoesNotSign,
    ReviewerDraftedTarget,
)
from services.targets.domain.refusals.adjustments import (
    ApprovalAuthorityUnset,
    ApprovalDatedAhead,
    ApprovalDocumentDiffers,
    ApprovalNotOutside,
    FingerprintInvalid,
)
from services.targets.domain.rule_shape import unreadable
from services.targets.domain.sourced_rules import SourcedRules
from services.targets.domain.target_states import Adjusting, Approved
from shared.domain.money import ZERO
from tests.targets import stories as s
from tests.targets.test_adjustment import agree_to_money, approve

PERFORMANCE, BUDGET, LEADER = (
    SigningOffice.PERFORMANCE,
    SigningOffice.BUDGET,
    SigningOffice.LEADER,
)
GOVERNMENT, CONGRESS = SigningOffice.GOVERNMENT, SigningOffice.PEOPLES_CONGRESS
BANDS = [
    {"from_yuan": "0.00", "bodies": ["FB_PERFORMANCE", "FB_BUDGET"]},
    {"from_yuan": "1000000.00", "bodies": ["FB_PERFORMANCE", "FB_BUDGET", "FB_LEADER"]},
]
SECTION = {"approval": {"REDUCTION": BANDS}, "lowers_key_expenditure": ["PEOPLES_CONGRESS"]}


def ruled(section: object) -> SourcedRules:
    """A rule set that says this of adjustments."""
    return SourcedRules(rules_json=json.dumps({**s.RULES, "adjustments": section}))


def needed(rules: SourcedRules | None, kind: str, amount: str, **what: bool) -> Sequence[Any]:
    """Who has to agree."""
    flags = {"lowers_key": False, "changes_total": False, **what}
    return approvals_of(rules).needed(kind, s.yuan(amount), **flags)


@pytest.mark.parametrize("kind", PAIRED_KINDS)
def test_rules_that_say_nothing_mean_the_defaults(kind: str) -> None:
    bare = SourcedRules(
        rules_json=json.dumps({k: v for k, v in s.RULES.items() if k != "adjustments"})
    )
    assert approvals_of(bare) == approvals_of(None) == USUAL
    usual = (BUDGET, LEADER) if kind == "SUSPENSION" else (PERFORMANCE, BUDGET)
    assert needed(None, kind, "1") == usual
    assert needed(None, kind, "1", changes_total=True) == (*usual, GOVERNMENT, CONGRESS)


def test_the_rules_of_the_demo_say_what_the_defaults_are() -> None:
    assert approvals_of(SourcedRules(rules_json=json.dumps(s.RULES))) == USUAL
    assert "adjustments" in s.RULES


def test_amounts_and_what_is_lowered_bring_others_in() -> None:
    rules = ruled(SECTION)
    assert needed(rules, "REDUCTION", "999_999") == (PERFORMANCE, BUDGET)
    for amount in ("1_000_000", "-1_000_000"):
        assert needed(rules, "REDUCTION", amount) == (PERFORMANCE, BUDGET, LEADER)
    assert needed(rules, "REDUCTION", "1", lowers_key=True) == (PERFORMANCE, BUDGET, CONGRESS)
    assert needed(rules, "INCREASE", "9_000_000") == (PERFORMANCE, BUDGET)


WRONG: list[tuple[object, str]] = [
    ({"approval": {"GIFT": BANDS}}, "/adjustments/approval/GIFT"),
    ({"approval": {"REDUCTION": []}}, "/adjustments/approval/REDUCTION"),
    ({"approval": {"REDUCTION": BANDS[1:]}}, "/adjustments/approval/REDUCTION"),
    ({"approval": {"REDUCTION": [*BANDS, BANDS[1]]}}, "/adjustments/approval/REDUCTION"),
    (
        {"approval": {"REDUCTION": [{"from_yuan": "0.00", "bodies": []}]}},
        "/adjustments/approval/REDUCTION/0/bodies",
    ),
    (
        {"approval": {"REDUCTION": [{"from_yuan": "0.00", "bodies": ["MAYOR"]}]}},
        "/adjustments/approval/REDUCTION/0/bodies/0",
    ),
    (
        {"approval": {"REDUCTION": [{"from_yuan": 0, "bodies": ["FB_BUDGET"]}]}},
        "/adjustments/approval/REDUCTION/0/from_yuan",
    ),
    ({"lowers_key_expenditure": ["MAYOR"]}, "/adjustments/lowers_key_expenditure/0"),
]


@pytest.mark.parametrize(("section", "pointer"), WRONG)
def test_an_authority_that_cannot_be_is_refused_where_it_stands(
    section: object, pointer: str
) -> None:
    tree = {**deepcopy(dict(s.RULES)), "adjustments": section}
    assert [refusal.pointer for refusal in unreadable(tree)] == [pointer]


heavy = replace(s.receive_adjustment, lowers_key_expenditure=True)
COUNTY = s.a_region.state
NAMELESS = replace(COUNTY, approval_authority="")
record = RecordApproval(
    project_code=s.CODE,
    fiscal_year=s.YEAR,
    adjustment_id="A1",
    office=CONGRESS,
    document_no="喀人常发〔2021〕18号",
    decided_on=date(2021, 3, 1),
    sha256="a" * 64,
    by="recorder",
    now=s.NOW,
)
waiting = s.approved().knowing(*s.governed).after(heavy).knowing(COUNTY)
by_government = replace(record, office=GOVERNMENT)


def test_nothing_changes_before_every_body_has_agreed() -> None:
    signed = waiting.after(approve, agree_to_money, by_government)
    assert isinstance(signed.state, Adjusting)
    signature, fact = signed.when(record).facts
    assert isinstance(signature, TargetAdjustmentSigned)
    assert signature.document is not None
    assert signature.document.authority == "市人大常委会"
    assert isinstance(fact, TargetAdjusted)
    for last in (approve, agree_to_money, by_government):
        others = [c for c in (approve, agree_to_money, by_government, record) if c is not last]
        half = waiting.after(*others)
        assert isinstance(half.state, Adjusting)
        assert isinstance(half.after(last).state, Approved)


def test_a_document_is_recorded_once_and_not_by_who_asked() -> None:
    once = waiting.after(record)
    once.when(record).then_nothing()
    once.when(replace(record, document_no="other")).then_refused(ApprovalDocumentDiffers)
    waiting.when(replace(record, by="m")).then_refused(ReviewerDraftedTarget)
    waiting.when(replace(record, by=s.WRITER)).then_refused(ReviewerDraftedTarget)
    done = waiting.after(approve, agree_to_money, by_government, record)
    done.when(record).then_nothing()
    s.approved().knowing(COUNTY).when(record).then_refused(AdjustmentNotOpen)


def test_who_records_a_document_may_still_sign_for_the_own_office() -> None:
    by_budget = replace(record, by=agree_to_money.by)
    assert isinstance(waiting.after(by_budget, agree_to_money).state, Adjusting)


def test_a_document_has_a_body_a_day_and_a_fingerprint() -> None:
    for wrong, refusal in (
        (replace(record, office=BUDGET), ApprovalNotOutside),
        (replace(record, decided_on=date(2021, 3, 2)), ApprovalDatedAhead),
        (replace(record, sha256="A" * 64), FingerprintInvalid),
    ):
        assert waiting.when(wrong).then_refused(refusal).pointer
    light = s.approved().knowing(*s.governed).after(s.receive_adjustment).knowing(COUNTY)
    light.when(record).then_refused(OfficeDoesNotSign)


def test_a_prefecture_without_an_entered_authority_has_no_congress_of_its_own() -> None:
    nameless = waiting.knowing(NAMELESS)
    refusal = nameless.when(record).then_refused(ApprovalAuthorityUnset)
    assert "approval_authority" in (refusal.remedy or "")
    [fact] = nameless.when(by_government).facts
    assert fact.document is not None
    assert fact.document.authority == ""
    assert waiting.when(by_government).facts == (fact,)


def test_no_person_signs_for_a_body_outside_the_bureau() -> None:
    assert not BUREAU & OUTSIDE
    for_congress = replace(approve, offices=frozenset({CONGRESS}))
    waiting.when(for_congress).then_refused(OfficeDoesNotSign, offices_needed=[PERFORMANCE, BUDGET])


giving = replace(
    s.receive_adjustment,
    kind="INTERNAL_TRANSFER",
    partner=Partner(project_code="P2", adjustment_id="A1-in"),
)
given = s.approved().knowing(*s.governed).after(giving)
receiving = replace(
    giving, adjustment_id="A1-in", partner=Partner(project_code="P1", adjustment_id="A1")
)
received = s.approved().knowing(*s.governed).after(receiving)
sign_other = tuple(replace(c, adjustment_id="A1-in") for c in (approve, agree_to_money))


def test_one_half_of_a_transfer_waits_for_the_other() -> None:
    alone = given.knowing(received.state).after(approve, agree_to_money)
    assert isinstance(alone.state, Adjusting)
    other = received.knowing(alone.state).after(sign_other[0])
    fact = other.when(sign_other[1]).facts[-1]
    assert isinstance(fact, TargetAdjusted)
    assert fact.partner == receiving.partner
    stranger = replace(received.state, asked=replace(received.state.asked, adjustment_id="A7"))
    complete = replace(stranger, signatures=alone.state.signatures)
    still = given.knowing(complete).after(approve, agree_to_money)
    assert isinstance(still.state, Adjusting)


def test_a_half_whose_last_approval_is_a_document_waits_for_the_other_too() -> None:
    asked = s.approved().knowing(*s.governed).after(replace(giving, lowers_key_expenditure=True))
    bureau = asked.knowing(received.state).after(approve, agree_to_money)
    half = bureau.knowing(COUNTY, received.state).after(by_government)
    [signature] = half.when(record).facts
    assert isinstance(signature, TargetAdjustmentSigned)
    complete = replace(received.state, signatures=bureau.state.signatures)
    _, fact = half.knowing(COUNTY, complete).when(record).facts
    assert isinstance(fact, TargetAdjusted)
    assert fact.partner == giving.partner


def test_the_half_that_had_all_it_needs_changes_with_the_other() -> None:
    complete = CompletePair(
        project_code=s.CODE, fiscal_year=s.YEAR, adjustment_id="A1", adjusted_on=date(2021, 7, 1)
    )
    waiting_half = given.knowing(received.state).after(approve, agree_to_money)
    (fact,) = waiting_half.when(complete).facts
    alone = s.approved().knowing(*s.governed).after(s.receive_adjustment, approve)
    same = alone.when(agree_to_money).facts[-1]
    assert fact == replace(
        same, kind="INTERNAL_TRANSFER", partner=giving.partner, adjusted_on=date(2021, 7, 1)
    )
    waiting_half.after(complete).when(complete).then_nothing()
    given.knowing(received.state).after(approve).when(complete).then_nothing()
    waiting_half.when(replace(complete, adjustment_id="A7")).then_nothing()


def test_the_half_whose_other_does_not_change_stays_as_it_is() -> None:
    drop = DropPair(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        adjustment_id="A1",
        region_code=s.REGION_CODE,
        unit_code=s.UNIT_CODE,
        reason="另一半未获批准",
        partner=giving.partner,
    )
    refused = TargetAdjustmentRefused(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        region_code=s.REGION_CODE,
        unit_code=s.UNIT_CODE,
        adjustment_id="A1",
        reason="另一半未获批准",
        was_open=True,
        partner=giving.partner,
    )
    given.when(drop).then(refused)
    given.after(drop).when(drop).then_nothing()
    early = s.approved().knowing(*s.governed)
    early.when(drop).then(replace(refused, was_open=False))
    early.after(drop).when(giving).then_nothing()
    received.when(drop).then(replace(refused, was_open=False))


def test_what_stops_one_half_names_the_other() -> None:
    refuse = RefuseAdjustment(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        adjustment_id="A1",
        offices=frozenset({BUDGET}),
        reason="不需要",
        by=s.BUDGETER,
        now=s.NOW,
    )
    [fact] = given.when(refuse).facts
    assert isinstance(fact, TargetAdjustmentRefused)
    assert fact.partner == giving.partner
    [turned_down] = s.drafted().knowing(*s.governed).when(giving).facts
    assert turned_down.partner == giving.partner


def test_a_suspension_has_no_amount_and_its_own_bodies() -> None:
    assert approvals_of(None).needed("SUSPENSION", ZERO, lowers_key=False, changes_total=False) == (
        BUDGET,
        LEADER,
    )
