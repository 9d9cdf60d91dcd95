"""Weights, execution, units and roundings case by case (`domain` §4.2-§4.4)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from services.evaluation.domain.scores import (
    execution_of,
    indicator_score,
    machine,
    points,
    share_in_band,
    value_of,
)
from services.evaluation.domain.scoring_refusals import UnitNotConvertible
from services.evaluation.domain.units import converted
from services.evaluation.domain.values import (
    Attainment,
    Indicator,
    Level1,
    Operator,
    Reported,
    Scheme,
)
from services.evaluation.domain.weighing import part_sums, weight_case
from shared.domain.money import ZERO, Money
from shared.domain.rule_node import RuleSetUnreadable
from shared.domain.rules import RuleSet
from tests.evaluation import test_self_evaluation as stories
from tests.evaluation.story import (
    ADOPTED,
    INDICATORS,
    LOW,
    RULES,
    indicator,
    reports,
    submit,
    yuan,
)

SET = ADOPTED.rule_set
OUTPUT = indicator("o", 50, "1")
BENEFIT = indicator("b", 30, "1", level1=Level1.BENEFIT)
HAPPY = indicator("h", 10, "90", level1=Level1.SATISFACTION)
COST = indicator("c", 20, "1", Operator.AT_MOST, level1=Level1.COST)


@pytest.mark.parametrize(
    ("scheme", "parts", "name", "points_of"),
    [
        (
            Scheme.A,
            (OUTPUT, BENEFIT, HAPPY),
            "A",
            {"OUTPUT": 50, "BENEFIT": 30, "SATISFACTION": 10},
        ),
        (Scheme.A, (OUTPUT, BENEFIT), "A", {"OUTPUT": 50, "BENEFIT": 40}),
        (
            Scheme.B,
            (COST, OUTPUT, BENEFIT, HAPPY),
            "B_cost",
            {"COST": 20, "OUTPUT": 40, "BENEFIT": 20, "SATISFACTION": 10},
        ),
        (Scheme.B, (COST, OUTPUT, BENEFIT), "B_cost", {"COST": 20, "OUTPUT": 40, "BENEFIT": 30}),
        (
            Scheme.B,
            (OUTPUT, BENEFIT, HAPPY),
            "B_nocost",
            {"OUTPUT": 50, "BENEFIT": 30, "SATISFACTION": 10},
        ),
        (Scheme.B, (OUTPUT, BENEFIT), "B_nocost", {"OUTPUT": 50, "BENEFIT": 40}),
    ],
)
def test_every_weight_case_sums_to_ninety(
    scheme: Scheme, parts: tuple[Indicator, ...], name: str, points_of: dict[str, int]
) -> None:
    case = weight_case(scheme, parts, SET.weights)
    assert case.name == name
    assert dict(case.points) == {part: Decimal(each) for part, each in points_of.items()}
    assert sum(case.points.values()) == 90


def test_the_points_of_satisfaction_go_where_the_rule_set_says() -> None:
    weights = {**RULES["weights"], "no_satisfaction_goes_to": "OUTPUT"}
    other = RuleSet.parse({**RULES, "weights": weights})
    case = weight_case(Scheme.A, (OUTPUT, BENEFIT), other.weights)
    assert case.points == {"OUTPUT": 60, "BENEFIT": 30}


def test_the_parts_sum_to_the_goals() -> None:
    told = {r.indicator_id: r for r in reports()}
    result = machine(INDICATORS, told, (Decimal("0.82"), Decimal("8.20")), SET.scoring)
    case = weight_case(Scheme.A, INDICATORS, SET.weights)
    sums = part_sums(case, INDICATORS, result.lines)
    assert [(one.part, one.weight, one.score) for one in sums] == [
        ("OUTPUT", Decimal(50), Decimal("48.50")),
        ("BENEFIT", Decimal(30), Decimal("27.75")),
        ("SATISFACTION", Decimal(10), Decimal("9.44")),
    ]
    assert sum(one.score for one in sums) == result.goal_score


def executed(paid: Money, budget: Money, scheme: Scheme, *, finished: bool) -> Decimal:
    """The points for money."""
    return execution_of((paid, budget), scheme, finished=finished, rules=SET.scoring)[1]


@pytest.mark.parametrize("scheme", list(Scheme))
def test_without_a_budget_nothing_was_carried_out(scheme: Scheme) -> None:
    for paid in (ZERO, yuan(1)):
        money = paid, ZERO
        both = execution_of(money, scheme, finished=True, rules=SET.scoring)
        assert both == (Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("paid", "finished", "scheme_a", "scheme_b"),
    [
        (500, False, "10.00", 10),
        (600, True, "10.00", 10),
        (600, False, "10.00", 10),
        (410, True, "8.20", 10),
        (410, False, "8.20", 7),
        (400, False, "8.00", 7),
        (399, False, "7.98", 5),
        (300, False, "6.00", 5),
        (299, False, "5.98", 0),
        (0, False, "0.00", 0),
        (-10, False, "0.00", 0),
    ],
)
def test_execution_by_both_schemes(
    paid: int,
    finished: bool,  # noqa: FBT001 - a column of the table
    scheme_a: str,
    scheme_b: int,
) -> None:
    found = executed(yuan(paid), yuan(500), Scheme.A, finished=finished)
    assert str(found) == scheme_a
    assert executed(yuan(paid), yuan(500), Scheme.B, finished=finished) == scheme_b


def test_money_on_the_units_own_account_is_not_spent_unless_the_rules_count_it() -> None:
    money = yuan(410), yuan(500)
    kept = execution_of(
        money, Scheme.A, finished=True, rules=SET.scoring, on_unit_account=yuan(100)
    )
    assert kept == (Decimal("0.62"), Decimal("6.20"))
    steps = {**RULES["execution_score"], "count_unit_transfer": True}
    counting = RuleSet.parse({**RULES, "execution_score": steps}).scoring
    counted = execution_of(
        money, Scheme.A, finished=True, rules=counting, on_unit_account=yuan(100)
    )
    assert counted == (Decimal("0.82"), Decimal("8.20"))


@pytest.mark.parametrize(
    ("weight", "value", "target", "score"),
    [(3, "5", "24", "0.63"), (6, "7", "48", "0.88"), (18, "13", "48", "4.88")],
)
def test_ties_are_rounded_up_although_a_quotient_of_decimals_falls_short(
    weight: int, value: str, target: str, score: str
) -> None:
    """3 × 5 ÷ 24 is 0.625 exactly; three times 0.2083333… of 28 digits is a little less."""
    assert Decimal(weight) * (Decimal(value) / Decimal(target)) < Decimal(score) - Decimal("0.005")
    one = indicator("x", weight, target)
    told = Reported(indicator_id="x", value=Decimal(value), evidence=("x",))
    assert indicator_score(one, told, SET.scoring).score == Decimal(score)


def test_points_are_those_of_whole_numbers_to_the_cent() -> None:
    assert points(Decimal(15), Fraction(1, 3)) == Decimal("5.00")
    assert str(points(Decimal(15), Fraction(2))) == "15.00"
    for weight, target in ((3, 24), (6, 48), (18, 48), (7, 96)):
        for value in range(target + 1):
            cents = (200 * weight * value + target) // (2 * target)
            assert points(Decimal(weight), Fraction(value, target)) == Decimal(cents) / 100


@pytest.mark.parametrize(
    ("level", "share", "fits"),
    [
        ("MET", "1", True), ("MET", "0.80", True), ("MET", "0.79", False),
        ("PARTLY", "0.80", False), ("PARTLY", "0.7999", True), ("PARTLY", "0.60", True),
        ("NOT", "0.60", False), ("NOT", "0.5999", True), ("NOT", "0", True),
    ],
)  # fmt: skip
def test_bands_are_half_open_and_the_best_is_closed(level: str, share: str, fits: bool) -> None:  # noqa: FBT001
    told = Reported(indicator_id="x", attainment=Attainment(level), share=Decimal(share))
    assert share_in_band(told, SET.scoring) is fits


@pytest.mark.parametrize(
    ("value", "score"),
    [
        ("100", "10"),
        ("90", "10"),
        ("89.99", "8"),
        ("80", "8"),
        ("79", "5"),
        ("60", "5"),
        ("59", "0"),
    ],
)
def test_satisfaction_in_bands(value: str, score: str) -> None:
    rules = replace(SET.scoring, satisfaction_mode="bands")
    told = Reported(indicator_id="h", value=Decimal(value), evidence=("x",))
    happy = replace(HAPPY, unit="％")
    assert indicator_score(happy, told, rules).score == Decimal(score)


@pytest.mark.parametrize(
    ("target", "operator", "value", "score"),
    [
        ("0", Operator.AT_MOST, "0", 15),
        ("0", Operator.AT_MOST, "0.01", 0),
        ("0", Operator.EXACTLY, "0", 15),
        ("0", Operator.EXACTLY, "1", 0),
        ("0", Operator.AT_LEAST, "0", 15),
        ("10", Operator.AT_MOST, "0", 15),
        ("10", Operator.AT_MOST, "20", "7.5"),
        ("10", Operator.EXACTLY, "21", 0),
        ("10", Operator.AT_LEAST, "-3", 0),
    ],
)
def test_zero_targets_and_the_three_operators(
    target: str, operator: Operator, value: str, score: object
) -> None:
    told = Reported(indicator_id="x", value=Decimal(value), evidence=("x",))
    found = indicator_score(indicator("x", 15, target, operator), told, SET.scoring)
    assert found.score == Decimal(str(score))


def test_lower_is_better_is_bettered_by_the_uncapped_quotient() -> None:
    cheap = indicator("x", 10, "30", Operator.AT_MOST)
    told = Reported(indicator_id="x", value=Decimal(20), evidence=("x",), cause=LOW)
    found = indicator_score(cheap, told, SET.scoring)  # reach 1.5, p = 0.10
    assert (found.reach, found.score) == (Decimal("1.5"), Decimal("9.00"))
    halved = replace(told, value=Decimal("0.01"))
    assert indicator_score(cheap, halved, SET.scoring).score == Decimal("5.00")  # p is at most half


def test_a_blank_has_no_points() -> None:
    blank = Reported(indicator_id="road", evidence=("x",))
    assert indicator_score(INDICATORS[0], blank, SET.scoring).score == 0
    assert indicator_score(INDICATORS[0], None, SET.scoring).score == 0
    unsaid = Reported(indicator_id="social", evidence=("x",))
    assert indicator_score(INDICATORS[5], unsaid, SET.scoring).score == 0


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "found"),
    [
        ("2278", "元", "万元", "0.2278"),
        ("22.78", "万元/km", "元/km", "227800"),
        ("1.49", "亿元", "万元", "14900"),
        ("0.000000000001", "亿元", "元", "0.0001"),
        ("5", "", "km", "5"),
        ("5", "％", "%", "5"),
        ("5", " KM ", "km", "5"),
        ("5", "千元", "百万元", "0.005"),
    ],
)
def test_units_of_money_are_converted_exactly(
    value: str, unit: str, wanted: str, found: str
) -> None:
    assert converted(Decimal(value), unit, wanted) == Decimal(found)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [("公里", "km"), ("万元", "%"), ("元/人", "元"), ("元", "万元/km"), ("元", ""), ("万", "万元")],
)
def test_an_unknown_unit_is_refused_never_guessed(unit: str, wanted: str) -> None:
    with pytest.raises(UnitNotConvertible) as refused:
        converted(Decimal(1), unit, wanted)
    assert refused.value.details == {"unit": unit, "wanted": wanted}
    assert refused.value.remedy


def test_the_score_is_that_of_the_converted_value() -> None:
    cost = INDICATORS[3]
    told = Reported(indicator_id="cost", value=Decimal(500_000), unit="元/km", evidence=("x",))
    assert value_of(cost, told) == Decimal(50)
    assert indicator_score(cost, told, SET.scoring).score == Decimal("5.00")


def test_a_report_with_an_unknown_unit_is_refused_when_it_is_handed_in() -> None:
    wrong = tuple(
        replace(one, unit="公里") if one.indicator_id == "road" else one for one in reports()
    )
    stories.started().when(submit(reports=wrong)).then_refused(UnitNotConvertible, unit="公里")
    right = tuple(
        replace(one, value=Decimal(227800), unit="元/km") if one.indicator_id == "cost" else one
        for one in reports()
    )
    assert stories.started().when(submit(reports=right)).refusal is None


def test_limits_that_a_rule_set_states_are_read_and_the_others_have_their_defaults() -> None:
    stated = {**RULES["self_eval_checks"], "cause_characters": 50, "penalties": [3, 6]}
    checks = RuleSet.parse({**RULES, "self_eval_checks": stated}).checks
    assert (checks.cause_characters, checks.penalties) == (50, (Decimal(3), Decimal(6)))
    assert (checks.likeness, checks.perfect_indicators) == (Decimal("0.90"), 5)
    for wrong in ({"penalties": [1]}, {"likeness": "x"}, {"cause_characters": 1.5}):
        broken = {**RULES["self_eval_checks"], **wrong}
        with pytest.raises(RuleSetUnreadable):
            RuleSet.parse({**RULES, "self_eval_checks": broken})
