"""The formulas of the self-evaluation: V1, and what must hold for any numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.checks import Inflation, inflation
from services.evaluation.domain.scores import (
    Machine,
    execution_rate,
    execution_score,
    indicator_score,
    machine,
    over_reduction,
    ranks,
)
from services.evaluation.domain.values import Cause, Level1, Operator, Reported, Scheme
from shared.domain.grades import Grade, grade_of
from tests.evaluation.story import ADOPTED, INDICATORS, LOW, POLICY, indicator, reports, yuan

RULES = ADOPTED.rule_set
NUMBERS = st.decimals(min_value=0, max_value=10_000, places=2)
POSITIVE = st.decimals(min_value="0.01", max_value=10_000, places=2)
OPERATORS = st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST, Operator.EXACTLY])


def v1(cause: Cause) -> Machine:
    """V1 with this cause for the income that went over."""
    rate = execution_rate(yuan(410), yuan(500))
    points = execution_score(rate, Scheme.A, finished=True, rules=RULES.scoring)
    told = {r.indicator_id: r for r in reports(cause)}
    return machine(INDICATORS, told, (rate, points), RULES.scoring)


def test_v1_is_93_89_and_excellent() -> None:
    result = v1(LOW)
    assert result.execution_score == Decimal("8.20")
    assert result.goal_score == Decimal("85.69")
    assert result.score == Decimal("93.89")
    assert grade_of(result.score, RULES.grades) is Grade.EXCELLENT
    scores = {line.indicator_id: line.score for line in result.lines}
    assert scores == {
        "road": Decimal("13.50"),
        "pass": Decimal("15.00"),
        "time": Decimal("10.00"),
        "cost": Decimal("10.00"),
        "income": Decimal("13.50"),
        "social": Decimal("14.25"),
        "happy": Decimal("9.44"),
    }


def test_v1_with_a_policy_cause_is_95_39() -> None:
    assert v1(POLICY).score == Decimal("95.39")


def test_v1_claims_more_goals_than_money() -> None:
    result = v1(LOW)
    assert round(result.goal_rate, 4) == Decimal("0.9521")
    assert round(result.goal_over_execution, 4) == Decimal("0.1388")


def test_satisfaction_by_bands_is_8_00() -> None:
    rules = replace(RULES.scoring, satisfaction_mode="bands")
    happy = Reported(indicator_id="happy", value=Decimal(85), evidence=("x",))
    assert indicator_score(INDICATORS[-1], happy, rules).score == Decimal("8.00")


@pytest.mark.parametrize(
    ("rate", "finished", "points"),
    [("1", True, 10), ("0.79", True, 10), ("0.8", False, 7), ("0.6", False, 5), ("0.59", False, 0)],
)
def test_scheme_b_scores_execution_by_steps(rate: str, finished: bool, points: int) -> None:  # noqa: FBT001
    assert execution_score(
        Decimal(rate), Scheme.B, finished=finished, rules=RULES.scoring
    ) == Decimal(points)


def test_below_the_pass_line_there_is_nothing() -> None:
    rules = replace(RULES.scoring, pass_line=Decimal("0.60"))
    low = Reported(indicator_id="road", value=Decimal("11.9"), evidence=("x",))
    assert indicator_score(INDICATORS[0], low, rules).score == 0
    passed = replace(low, value=Decimal(12))
    assert indicator_score(INDICATORS[0], passed, rules).score == Decimal("9.00")


def test_zero_accidents_is_all_or_nothing() -> None:
    accidents = indicator("accidents", 10, "0", Operator.AT_MOST)
    none = Reported(indicator_id="accidents", value=Decimal(0), evidence=("x",))
    assert indicator_score(accidents, none, RULES.scoring).score == 10
    assert indicator_score(accidents, replace(none, value=Decimal(1)), RULES.scoring).score == 0


@given(NUMBERS, NUMBERS, OPERATORS, st.booleans())
def test_a_score_is_bounded_by_its_weight(
    value: Decimal,
    target: Decimal,
    operator: Operator,
    low: bool,  # noqa: FBT001
) -> None:
    one = indicator("x", 15, str(target), operator)
    told = Reported(indicator_id="x", value=value, evidence=("x",))
    assert 0 <= indicator_score(one, told, RULES.scoring, judged_low=low).score <= 15


@given(NUMBERS, NUMBERS, POSITIVE)
def test_more_is_never_worse(value: Decimal, more: Decimal, target: Decimal) -> None:
    one = indicator("x", 15, str(target))
    first = Reported(indicator_id="x", value=value, evidence=("x",))
    second = replace(first, value=value + more)
    before = indicator_score(one, first, RULES.scoring).score
    assert indicator_score(one, second, RULES.scoring).score >= before


@given(POSITIVE, POSITIVE, POSITIVE, OPERATORS)
def test_the_unit_of_measure_does_not_matter(
    value: Decimal, target: Decimal, factor: Decimal, operator: Operator
) -> None:
    one = indicator("x", 15, str(target), operator)
    scaled = replace(one, target_value=target * factor)
    told = Reported(indicator_id="x", value=value, evidence=("x",))
    difference = (
        indicator_score(one, told, RULES.scoring).score
        - indicator_score(scaled, replace(told, value=value * factor), RULES.scoring).score
    )
    assert abs(difference) <= Decimal("0.01")  # a quotient of 28 digits may round the other way


@given(st.permutations(INDICATORS))
def test_the_order_of_indicators_does_not_matter(order: list[object]) -> None:
    told = {r.indicator_id: r for r in reports()}
    execution = (Decimal("0.82"), Decimal("8.20"))
    assert machine(order, told, execution, RULES.scoring).score == Decimal("93.89")  # type: ignore[arg-type]


@given(NUMBERS, NUMBERS)
def test_a_low_target_costs_more_the_further_it_is_passed(over: Decimal, more: Decimal) -> None:
    less = over_reduction(over, RULES.scoring)
    assert 0 <= less <= over_reduction(over + more, RULES.scoring) <= Decimal("0.5")


def test_nothing_counts_without_proof() -> None:
    told = Reported(indicator_id="road", value=Decimal(20))
    assert indicator_score(INDICATORS[0], told, RULES.scoring).score == 0


@pytest.mark.parametrize(
    ("found", "band"),
    [("93", "NONE"), ("92.99", "ATTENTION"), ("84.50", "INFLATED"), ("77.99", "SERIOUS")],
)
def test_v6_inflation_by_bands(found: str, band: str) -> None:
    assert inflation(Decimal(98), Decimal(found), RULES.checks.inflated) is Inflation(band)


def test_v7_equal_scores_share_a_rank() -> None:
    scores = [Decimal("95.00"), Decimal("95.94"), Decimal("93.25"), Decimal("95.00")]
    assert ranks(scores) == (2, 1, 4, 2)


@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_a_rank_counts_the_better_ones(scores: list[Decimal]) -> None:
    for score, rank in zip(scores, ranks(scores), strict=True):
        assert rank == 1 + sum(other > score for other in scores)


def test_levels_are_the_four_of_the_form() -> None:
    assert [level.value for level in Level1] == ["COST", "OUTPUT", "BENEFIT", "SATISFACTION"]
