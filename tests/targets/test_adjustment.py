"""Money and target change together, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from services.targets.domain.adjustment import with_values
from services.targets.domain.adjustment_words import Partner, SigningOffice
from services.targets.domain.commands.adjusting import UndoAdjustment
from services.targets.domain.commands.target import (
    ApproveAdjustment,
    CloseTarget,
    RefuseAdjustment,
)
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
)
from services.targets.domain.refusals import (
    AdjustedIndicatorUnknown,
    AdjustmentNotOpen,
    AdjustmentTooLate,
    OfficeDoesNotSign,
    ReasonMissing,
    ReviewerDraftedTarget,
    SignerHasSigned,
    TargetUnknown,
    ValuesOfPerformanceSection,
)
from services.targets.domain.rule_set import Rules
from services.targets.domain.target import decide
from services.targets.domain.target_states import Adjusting, Approved
from tests.targets import stories
from tests.targets.stories import (
    BUDGETER,
    CODE,
    GRADER,
    HEAD,
    LATE,
    NOW,
    REGION_CODE,
    UNIT_CODE,
    YEAR,
    adopt_rules,
    draft_rules,
    governed,
    receive_adjustment,
    rule_set,
    target,
    ungoverned,
    yuan,
)


def approved() -> Any:  # noqa: ANN401 - a story
    """A target that binds, and the rules that govern its county."""
    return stories.approved().knowing(*governed)


def drafted() -> Any:  # noqa: ANN401 - a story
    """A target that does not bind yet, under the same rules."""
    return stories.drafted().knowing(*governed)


approve = ApproveAdjustment(
    project_code=CODE,
    fiscal_year=YEAR,
    adjustment_id="A1",
    offices=frozenset({SigningOffice.PERFORMANCE}),
    target_values=None,
    by=GRADER,
    now=NOW,
)
agree_to_money = replace(approve, offices=frozenset({SigningOffice.BUDGET}), by=BUDGETER)
refuse = RefuseAdjustment(
    project_code=CODE,
    fiscal_year=YEAR,
    adjustment_id="A1",
    offices=frozenset({SigningOffice.PERFORMANCE}),
    reason="理由不充分",
    by=GRADER,
    now=NOW,
)
second = replace(receive_adjustment, adjustment_id="A2")
adjusting = approved().after(receive_adjustment)
signed = adjusting.after(approve)


def turned_down(
    adjustment_id: str, reason: str, *, was_open: bool, office: SigningOffice | None = None
) -> TargetAdjustmentRefused:
    return TargetAdjustmentRefused(
        project_code=CODE,
        fiscal_year=YEAR,
        region_code=REGION_CODE,
        unit_code=UNIT_CODE,
        adjustment_id=adjustment_id,
        reason=reason,
        was_open=was_open,
        office=office,
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
            offices=(SigningOffice.PERFORMANCE, SigningOffice.BUDGET),
            rule_set_version=1,
            basis=approved().state.basis,
        )
    )
    adjusting.when(receive_adjustment).then_nothing()


def test_it_names_the_superior_whose_rules_say_who_signs() -> None:
    prefecture = rule_set.given().after(
        replace(draft_rules, region_code="653100"), replace(adopt_rules, region_code="653100")
    )
    lent = stories.approved().knowing(Rules(), prefecture.state, Rules())
    (asked,) = lent.when(receive_adjustment).facts
    assert (asked.rule_set_version, asked.rules_region) == (1, "653100")
    (unruled,) = stories.approved().knowing(*ungoverned).when(receive_adjustment).facts
    assert (unruled.rule_set_version, unruled.rules_region) == (0, "")
    assert unruled.offices == (SigningOffice.PERFORMANCE, SigningOffice.BUDGET)


def test_what_is_no_transfer_waits_for_no_other_half() -> None:
    """A word that names no other half, and one that names an empty one, say the same."""
    nobody = Partner(project_code="", adjustment_id="")
    for heard in (receive_adjustment, replace(receive_adjustment, partner=nobody)):
        (asked,) = approved().when(heard).facts
        assert asked.partner == nobody
        *_, changed = approved().after(heard, approve).when(agree_to_money).facts
        assert isinstance(changed, TargetAdjusted)
        assert changed.partner == nobody


def test_what_weighs_more_needs_bodies_above_the_bureau_as_well() -> None:
    offices = (SigningOffice.PERFORMANCE, SigningOffice.BUDGET)
    above = (*offices, SigningOffice.GOVERNMENT, SigningOffice.PEOPLES_CONGRESS)
    for total, key, needed in (
        (False, False, offices),
        (True, False, above),
        (False, True, above),
    ):
        heard = replace(receive_adjustment, changes_total_budget=total, lowers_key_expenditure=key)
        (asked,) = approved().when(heard).facts
        assert (asked.changes_total_budget, asked.lowers_key_expenditure) == (total, key)
        assert asked.offices == needed


def test_two_offices_sign_and_then_money_and_values_change_in_one_fact() -> None:
    first = TargetAdjustmentSigned(
        adjustment_id="A1",
        office=SigningOffice.PERFORMANCE,
        signed_by=GRADER,
        basis=approved().state.basis,
    )
    adjusting.when(approve).then(first)
    assert isinstance(signed.state, Adjusting)
    signature, fact = signed.when(agree_to_money).facts
    assert signature == replace(first, office=SigningOffice.BUDGET, signed_by=BUDGETER)
    assert isinstance(fact, TargetAdjusted)
    assert (fact.target_version, fact.budget_before, fact.budget) == (
        2,
        yuan("7_400_000"),
        yuan("3_700_000"),
    )
    assert fact.indicators[0].target_value == Decimal("50.00")
    assert fact.indicators[0].milestones == {"M05": Decimal("20.00"), "M08": Decimal("32.50")}
    before = approved().state.indicators
    assert [i.weight for i in fact.indicators] == [i.weight for i in before]
    assert fact.annual_goal == approved().state.annual_goal


def test_the_order_of_the_signatures_does_not_matter() -> None:
    either_way = adjusting.after(agree_to_money, approve), signed.after(agree_to_money)
    assert either_way[0].state == either_way[1].state
    assert isinstance(either_way[0].state, Approved)


def test_signing_again_is_silent() -> None:
    signed.when(approve).then_nothing()
    signed.when(replace(approve, by="another of the section")).then_nothing()
    after = signed.after(agree_to_money)
    for repeated in (approve, agree_to_money, receive_adjustment):
        after.when(repeated).then_nothing()
    after.when(refuse).then_refused(AdjustmentNotOpen)


def test_two_signatures_are_two_persons() -> None:
    everything = frozenset(SigningOffice)
    county = replace(approve, offices=everything, by="c1")
    half = adjusting.after(county)
    assert half.state.signatures.keys() == {SigningOffice.PERFORMANCE}
    half.when(county).then_nothing()
    for_budget = replace(county, offices=frozenset({SigningOffice.BUDGET}))
    half.when(for_budget).then_refused(SignerHasSigned, office=SigningOffice.PERFORMANCE)
    assert isinstance(half.after(replace(county, by="c2")).state, Approved)


def test_other_offices_neither_sign_nor_refuse() -> None:
    leader = frozenset({SigningOffice.LEADER})
    for command in (replace(approve, offices=leader), replace(refuse, offices=leader)):
        adjusting.when(command).then_refused(
            OfficeDoesNotSign, offices_needed=[SigningOffice.PERFORMANCE, SigningOffice.BUDGET]
        )
    adjusting.when(replace(approve, offices=frozenset())).then_refused(OfficeDoesNotSign)


def test_either_office_may_refuse_even_after_the_other_signed() -> None:
    by_budget = replace(refuse, offices=frozenset({SigningOffice.BUDGET}), by=BUDGETER)
    signed.when(by_budget).then(
        turned_down("A1", "理由不充分", was_open=True, office=SigningOffice.BUDGET)
    )
    assert signed.after(by_budget).state.budget == yuan("7_400_000")


def test_a_person_may_set_other_values_of_known_numbers_only() -> None:
    own = replace(approve, target_values={"I1": Decimal(60)}, reason="合同已定")
    fact = adjusting.after(own).when(agree_to_money).facts[-1]
    assert isinstance(fact, TargetAdjusted)
    assert fact.indicators[0].target_value == Decimal(60)
    unsaid = replace(own, reason=" ")
    assert adjusting.when(unsaid).then_refused(ReasonMissing).pointer == "/reason"
    adjusting.after(replace(unsaid, target_values={"I1": Decimal("50.00")}))
    unknown = replace(own, target_values={"I5": Decimal(1)})  # a qualitative one
    adjusting.when(unknown).then_refused(AdjustedIndicatorUnknown)
    by_budget = replace(agree_to_money, target_values={"I1": Decimal(60)})
    refusal = adjusting.when(by_budget).then_refused(ValuesOfPerformanceSection)
    assert refusal.pointer == "/target_values"


def test_a_number_that_was_nothing_takes_a_value_and_has_no_pace_to_keep() -> None:
    """Of nothing there is no part: its milestones stay as the unit stated them."""
    before = approved().state
    none_yet = tuple(
        replace(one, target_value=Decimal(0)) if one.indicator_id == "I1" else one
        for one in before.indicators
    )
    changed = with_values(none_yet, {"I1": Decimal(5)})
    assert changed[0] == replace(none_yet[0], target_value=Decimal(5))
    assert changed[1:] == none_yet[1:]


def test_a_refusal_leaves_both_as_they_are_and_says_so() -> None:
    refused = turned_down("A1", "理由不充分", was_open=True, office=SigningOffice.PERFORMANCE)
    adjusting.when(refuse).then(refused)
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
    for story in (target.given().knowing(*governed), drafted()):
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
    refused = turned_down("A1", "理由不充分", was_open=True, office=SigningOffice.PERFORMANCE)
    adjusting.when(replace(refuse, now=LATE)).then(refused)


def test_nothing_is_decided_where_nothing_is_promised() -> None:
    target.when(approve).then_refused(TargetUnknown)
    drafted().when(approve).then_refused(AdjustmentNotOpen)


def test_a_suspension_changes_no_value_and_is_signed_by_the_leader() -> None:
    same = replace(
        receive_adjustment, kind="SUSPENSION", change=yuan("0"), budget=yuan("7_400_000")
    )
    held = approved().after(same)
    held.when(approve).then_refused(
        OfficeDoesNotSign, offices_needed=[SigningOffice.BUDGET, SigningOffice.LEADER]
    )
    by_leader = replace(approve, offices=frozenset({SigningOffice.LEADER}), by="leader")
    fact = held.after(agree_to_money).when(by_leader).facts[-1]
    assert isinstance(fact, TargetAdjusted)
    assert fact.indicators == approved().state.indicators


undo = UndoAdjustment(
    project_code=CODE,
    fiscal_year=YEAR,
    adjustment_id="A1",
    reason="资金未能执行",
    undone_on=NOW.date(),
)


def test_an_adjustment_whose_money_could_not_follow_is_undone_once() -> None:
    before = approved().state
    changed = signed.after(agree_to_money)
    (fact,) = changed.when(undo).facts
    assert isinstance(fact, TargetAdjusted)
    assert (fact.undoes, fact.target_version) == ("A1", changed.state.version + 1)
    assert (fact.budget_before, fact.budget) == (changed.state.budget, before.budget)
    assert fact.indicators == before.indicators != changed.state.indicators
    assert fact == replace(
        signed.when(agree_to_money).facts[-1],
        adjustment_id="A1-undone",
        undoes="A1",
        target_version=3,
        budget_before=yuan("3_700_000"),
        budget=yuan("7_400_000"),
        indicators=before.indicators,
        reason="资金未能执行",
        adjusted_on=NOW.date(),
    )
    undone = changed.after(undo)
    undone.when(undo).then_nothing()
    undone.when(receive_adjustment).then_nothing()
    undone.after(second).when(undo).then_nothing()
    for never in (target, drafted(), approved(), adjusting):
        never.when(undo).then_nothing()


def test_what_changed_since_for_another_reason_stays() -> None:
    """The next adjustment may wait already; values that others set are theirs."""
    waiting = signed.after(agree_to_money, second)
    undone = waiting.after(undo)
    assert isinstance(undone.state, Adjusting)
    assert undone.state.approved.budget == approved().state.budget
    others = tuple(
        replace(one, target_value=Decimal(77)) if one.indicator_id == "I1" else one
        for one in waiting.state.approved.indicators
    )
    state = replace(waiting.state.approved, indicators=others)
    (fact,) = decide(undo, state)
    assert isinstance(fact, TargetAdjusted)
    assert fact.indicators == others
