"""Money and target change together, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from services.targets.domain.commands.target import (
    ApproveAdjustment,
    CloseTarget,
    RefuseAdjustment,
)
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentRequested,
)
from services.targets.domain.refusals import (
    AdjustedIndicatorUnknown,
    AdjustmentNotOpen,
    AdjustmentTooLate,
    ReasonMissing,
    ReviewerDraftedTarget,
    TargetUnknown,
)
from services.targets.domain.target_states import Adjusting, Approved
from tests.targets.stories import (
    CODE,
    GRADER,
    HEAD,
    LATE,
    NOW,
    REGION_CODE,
    UNIT_CODE,
    YEAR,
    approved,
    drafted,
    receive_adjustment,
    target,
    yuan,
)

approve = ApproveAdjustment(
    project_code=CODE, fiscal_year=YEAR, adjustment_id="A1", target_values=None, by=GRADER, now=NOW
)
refuse = RefuseAdjustment(
    project_code=CODE, fiscal_year=YEAR, adjustment_id="A1", reason="理由不充分", by=GRADER, now=NOW
)
second = replace(receive_adjustment, adjustment_id="A2")
adjusting = approved().after(receive_adjustment)


def turned_down(adjustment_id: str, reason: str, *, was_open: bool) -> TargetAdjustmentRefused:
    return TargetAdjustmentRefused(
        project_code=CODE,
        fiscal_year=YEAR,
        region_code=REGION_CODE,
        unit_code=UNIT_CODE,
        adjustment_id=adjustment_id,
        reason=reason,
        was_open=was_open,
    )


def test_what_was_heard_waits_with_values_in_proportion() -> None:
    approved().when(receive_adjustment).then(
        TargetAdjustmentRequested(
            adjustment_id="A1",
            kind="REDUCTION",
            change=-yuan("3_700_000"),
            budget=yuan("3_700_000"),
            reason="部分学校撤并",
            proposed_by="m",
            proposed_values={"I1": Decimal("50.00")},
        )
    )
    adjusting.when(receive_adjustment).then_nothing()


def test_money_and_values_change_in_one_fact_and_weights_stay() -> None:
    facts = adjusting.when(approve).facts
    assert len(facts) == 1
    fact = facts[0]
    assert isinstance(fact, TargetAdjusted)
    assert (fact.target_version, fact.budget_before, fact.budget) == (
        2,
        yuan("7_400_000"),
        yuan("3_700_000"),
    )
    first = fact.indicators[0]
    assert first.target_value == Decimal("50.00")
    assert first.milestones == {"M05": Decimal("20.00"), "M08": Decimal("32.50")}
    before = approved().state.indicators
    assert [i.weight for i in fact.indicators] == [i.weight for i in before]
    after = adjusting.after(approve)
    assert isinstance(after.state, Approved)
    after.when(approve).then_nothing()
    after.when(receive_adjustment).then_nothing()
    after.when(refuse).then_refused(AdjustmentNotOpen)


def test_a_person_may_set_other_values_of_known_numbers_only() -> None:
    own = replace(approve, target_values={"I1": Decimal(60)})
    fact = adjusting.when(own).facts[0]
    assert isinstance(fact, TargetAdjusted)
    assert fact.indicators[0].target_value == Decimal(60)
    unknown = replace(approve, target_values={"I5": Decimal(1)})  # a qualitative one
    adjusting.when(unknown).then_refused(AdjustedIndicatorUnknown)


def test_a_refusal_leaves_both_as_they_are_and_says_so() -> None:
    adjusting.when(refuse).then(turned_down("A1", "理由不充分", was_open=True))
    after = adjusting.after(refuse)
    assert after.state.budget == yuan("7_400_000")
    after.when(refuse).then_nothing()
    after.when(receive_adjustment).then_nothing()
    after.when(approve).then_refused(AdjustmentNotOpen)
    adjusting.when(replace(refuse, reason=" ")).then_refused(ReasonMissing)


def test_four_eyes_decide_an_adjustment() -> None:
    for person in ("m", HEAD):
        adjusting.when(replace(approve, by=person)).then_refused(ReviewerDraftedTarget)
        adjusting.when(replace(refuse, by=person)).then_refused(ReviewerDraftedTarget)


def test_a_word_is_never_refused_it_is_turned_down_as_a_fact() -> None:
    why = "the project has no approved target in this year"
    for story in (target.given(), drafted()):
        story.when(receive_adjustment).then(turned_down("A1", why, was_open=False))
        story.after(receive_adjustment).when(receive_adjustment).then_nothing()
    open_already = "adjustment A1 is not decided yet"
    adjusting.when(second).then(turned_down("A2", open_already, was_open=False))
    after = adjusting.after(second)
    assert isinstance(after.state, Adjusting)
    after.when(second).then_nothing()


def test_a_closed_target_turns_adjustments_down() -> None:
    closed = approved().after(CloseTarget(project_code=CODE, fiscal_year=YEAR, by="x", now=NOW))
    closed.after(receive_adjustment).when(receive_adjustment).then_nothing()


def test_nothing_is_adjusted_after_30_november() -> None:
    late = replace(receive_adjustment, now=LATE)
    why = "not after 30 November of the fiscal year"
    approved().when(late).then(turned_down("A1", why, was_open=False))
    last_second = datetime(2021, 11, 30, 15, 59, 59, tzinfo=UTC)
    approved().after(replace(receive_adjustment, now=last_second))
    adjusting.when(replace(approve, now=LATE)).then_refused(AdjustmentTooLate)
    adjusting.when(replace(refuse, now=LATE)).then(turned_down("A1", "理由不充分", was_open=True))


def test_nothing_is_decided_where_nothing_is_promised() -> None:
    target.when(approve).then_refused(TargetUnknown)
    drafted().when(approve).then_refused(AdjustmentNotOpen)


def test_a_suspension_changes_no_value() -> None:
    same = replace(
        receive_adjustment, kind="SUSPENSION", change=yuan("0"), budget=yuan("7_400_000")
    )
    fact = approved().after(same).when(approve).facts[0]
    assert isinstance(fact, TargetAdjusted)
    assert fact.indicators == approved().state.indicators
