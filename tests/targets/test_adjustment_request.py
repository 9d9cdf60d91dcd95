"""What a unit asks to be changed in its own target: causes, proof, terms, withdrawal."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.targets.domain.adjustment_words import AdjustmentCause, SigningOffice
from services.targets.domain.commands.target import (
    CloseTarget,
    RequestTargetAdjustment,
    WithdrawAdjustment,
)
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
    TargetAdjustmentWithdrawn,
    TargetValuesProposed,
)
from services.targets.domain.refusals import (
    AdjustedIndicatorUnknown,
    AdjustmentAlreadyOpen,
    AdjustmentBeingSigned,
    AdjustmentNotOpen,
    AdjustmentPaired,
    AdjustmentTooLate,
    EvidenceMissing,
    MoneyChangesInPairs,
    NothingToAdjust,
    OfficeDoesNotSign,
    ReasonMissing,
    ResponsibilityUnassigned,
    ReviewerDraftedTarget,
    SignerNotNamed,
    TargetNotApproved,
    TargetUnknown,
)
from services.targets.domain.target_states import Approved
from services.targets.domain.values import Evidence
from shared.domain.money import ZERO
from tests.targets import stories
from tests.targets.stories import (
    BUDGETER,
    CODE,
    LATE,
    NOW,
    PERSONS,
    YEAR,
    a_matrix,
    governed,
    matrix,
    receive_adjustment,
    target,
    yuan,
)
from tests.targets.test_adjustment import agree_to_money, approve, refuse
from tests.targets.test_adjustment import approved as by_rules


def approved() -> Any:  # noqa: ANN401 - a story
    """A target that binds, and the three who are named for it."""
    return stories.approved().knowing(a_matrix.state)


def drafted() -> Any:  # noqa: ANN401 - a story
    """A target that does not bind yet, with the same three."""
    return stories.drafted().knowing(a_matrix.state)


adjusting = by_rules().after(receive_adjustment).knowing(a_matrix.state)
signed = adjusting.after(approve)

PROOF = (Evidence(name="证明.pdf", sha256="a" * 64),)
ask = RequestTargetAdjustment(
    project_code=CODE,
    fiscal_year=YEAR,
    adjustment_id="U1",
    cause=AdjustmentCause.FORCE_MAJEURE,
    reason="洪水冲毁便道",
    evidence=PROOF,
    target_values={"I1": Decimal(75)},
    by="another head",
    now=NOW,
)
withdraw = WithdrawAdjustment(
    project_code=CODE, fiscal_year=YEAR, adjustment_id="U1", by="h", now=NOW
)
agree = replace(approve, adjustment_id="U1")
asked = approved().after(ask)
own_values = replace(
    ask,
    adjustment_id="U2",
    cause=AdjustmentCause.BUDGET_CHANGED,
    target_values={"I1": Decimal(60)},
)


@pytest.mark.parametrize(
    "cause",
    [
        AdjustmentCause.POLICY_CHANGE,
        AdjustmentCause.FORCE_MAJEURE,
        AdjustmentCause.ERROR_PROVEN,
    ],
)
def test_a_unit_asks_for_other_values_and_leaves_the_money(cause: AdjustmentCause) -> None:
    approved().when(replace(ask, cause=cause)).then(
        TargetAdjustmentRequested(
            adjustment_id="U1",
            kind="TARGET_ONLY",
            change=ZERO,
            budget=yuan("7_400_000"),
            reason="洪水冲毁便道",
            proposed_by="another head",
            proposed_values={"I1": Decimal(75)},
            cause=cause,
            evidence=PROOF,
            signed_by=PERSONS.head,
        )
    )


def test_the_head_who_is_named_signs_and_nobody_in_his_place_without_a_delegation() -> None:
    somebody = replace(ask, person="somebody else")
    refusal = approved().when(somebody).then_refused(SignerNotNamed, named=PERSONS.head)
    assert refusal.pointer == "/person"
    nobody_named = stories.approved().knowing(matrix.given().state)
    nobody_named.when(ask).then_refused(ResponsibilityUnassigned)


def test_the_performance_section_alone_signs_what_moves_no_money() -> None:
    signature, fact = asked.when(agree).facts
    assert isinstance(signature, TargetAdjustmentSigned)
    assert isinstance(fact, TargetAdjusted)
    assert (fact.budget_before, fact.budget) == (yuan("7_400_000"), yuan("7_400_000"))
    assert fact.indicators[0].target_value == Decimal(75)
    by_budget = replace(agree, offices=frozenset({SigningOffice.BUDGET}), by=BUDGETER)
    asked.when(by_budget).then_refused(OfficeDoesNotSign)
    asked.when(replace(agree, by="another head")).then_refused(ReviewerDraftedTarget)


@settings(max_examples=60)
@given(st.decimals(min_value=1, max_value=10_000, places=2))
def test_no_adjustment_touches_a_weight(value: Decimal) -> None:
    before = approved().state.indicators
    if value == before[0].target_value:
        return
    story = approved().after(replace(ask, target_values={"I1": value}), agree)
    after = story.state.indicators
    assert [(i.indicator_id, i.weight) for i in after] == [
        (i.indicator_id, i.weight) for i in before
    ]
    assert after[0].target_value == value
    assert after[1:] == before[1:]


def test_what_is_asked_has_a_reason_a_proof_and_another_value() -> None:
    story = approved()
    no_reason = story.when(replace(ask, reason=" ")).then_refused(ReasonMissing)
    no_proof = story.when(replace(ask, evidence=())).then_refused(EvidenceMissing)
    same = replace(ask, target_values={"I1": Decimal(100)})
    for idle in (same, replace(ask, target_values={})):
        assert story.when(idle).then_refused(NothingToAdjust).pointer == "/target_values"
    assert (no_reason.pointer, no_proof.pointer) == ("/reason", "/evidence")
    unknown = replace(ask, target_values={"I9": Decimal(1)})
    story.when(unknown).then_refused(AdjustedIndicatorUnknown)


def test_nothing_is_asked_after_30_november_and_never_after_the_year() -> None:
    last_second = datetime(2021, 11, 30, 15, 59, 59, tzinfo=UTC)
    approved().after(replace(ask, now=last_second))
    for late in (LATE, datetime(2022, 1, 10, tzinfo=UTC)):
        approved().when(replace(ask, now=late)).then_refused(AdjustmentTooLate)
        adjusting.when(replace(own_values, now=late)).then_refused(AdjustmentTooLate)
    asked.when(replace(agree, now=LATE)).then_refused(AdjustmentTooLate)


def test_only_a_target_that_binds_is_adjusted_one_change_at_a_time() -> None:
    target.given().knowing(a_matrix.state).when(ask).then_refused(TargetUnknown)
    drafted().when(ask).then_refused(TargetNotApproved)
    closed = approved().after(CloseTarget(project_code=CODE, fiscal_year=YEAR, by="x", now=NOW))
    closed.when(ask).then_refused(TargetNotApproved)
    other = replace(ask, adjustment_id="U9")
    asked.when(other).then_refused(AdjustmentAlreadyOpen, adjustment_id="U1")
    adjusting.when(ask).then_refused(AdjustmentAlreadyOpen, adjustment_id="A1")


def test_asking_again_is_silent() -> None:
    asked.when(ask).then_nothing()
    for ended in (asked.after(agree), asked.after(replace(refuse, adjustment_id="U1"))):
        ended.when(ask).then_nothing()
    asked.after(withdraw).when(ask).then_nothing()


def test_money_changes_in_pairs_and_there_the_unit_may_name_its_values() -> None:
    alone = approved().when(own_values).then_refused(MoneyChangesInPairs)
    assert alone.pointer == "/cause"
    adjusting.when(own_values).then(
        TargetValuesProposed(
            adjustment_id="A1",
            reason="洪水冲毁便道",
            evidence=PROOF,
            proposed_values={"I1": Decimal(60)},
            proposed_by="another head",
        )
    )
    joined = adjusting.after(own_values)
    joined.when(own_values).then_nothing()
    joined.when(replace(approve, by="another head")).then_refused(ReviewerDraftedTarget)
    fact = joined.after(approve).when(agree_to_money).facts[-1]
    assert isinstance(fact, TargetAdjusted)
    assert (fact.indicators[0].target_value, fact.budget) == (Decimal(60), yuan("3_700_000"))


def test_values_do_not_change_under_a_signature() -> None:
    signed.when(own_values).then_refused(AdjustmentBeingSigned)
    adjusting.after(own_values, approve).when(own_values).then_nothing()
    for empty in (replace(own_values, evidence=()), replace(own_values, target_values={})):
        assert adjusting.when(empty).refusal is not None


def test_a_unit_takes_its_own_request_back() -> None:
    asked.when(withdraw).then(TargetAdjustmentWithdrawn(adjustment_id="U1"))
    back = asked.after(withdraw)
    assert isinstance(back.state, Approved)
    assert back.state.indicators == approved().state.indicators
    back.when(withdraw).then_nothing()
    back.when(agree).then_refused(AdjustmentNotOpen)
    again = back.after(replace(ask, adjustment_id="U3"))
    again.when(withdraw).then_nothing()
    paired = replace(withdraw, adjustment_id="A1")
    adjusting.when(paired).then_refused(AdjustmentPaired)
    approved().when(withdraw).then_refused(AdjustmentNotOpen)
    asked.after(agree).when(withdraw).then_refused(AdjustmentNotOpen)


def test_money_that_comes_while_the_unit_asks_is_turned_down_as_a_fact() -> None:
    heard = asked.knowing(*governed).when(receive_adjustment).facts
    assert len(heard) == 1
    assert type(heard[0]).__name__ == "TargetAdjustmentRefused"
