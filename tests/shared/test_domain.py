"""The pure building blocks: money to the fen, grades, reach, rules as data, deciders."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.decider import Decider, Reference
from shared.domain.grades import Grade, grade_of, rounded
from shared.domain.money import FEN_PER_YUAN, ZERO, Money
from shared.domain.refusals import Conflict, Refusal
from shared.domain.rule_node import RuleSetUnreadable
from shared.domain.rules import RuleSet
from shared.domain.scoring import deviation, over_reach, reach, reaches

AMOUNTS = st.integers(min_value=-(10**17), max_value=10**17).map(Money)
NUMBERS = st.decimals(min_value=-10_000, max_value=10_000, places=2)
POSITIVE = st.decimals(min_value="0.01", max_value=10_000, places=2)
OPERATORS = st.sampled_from([">=", "<=", "="])
RULES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "deploy/demo/rule-set-v1.yaml").read_text(encoding="utf-8")
)
SETTLED = RuleSet.parse(RULES, 1)


@given(AMOUNTS)
def test_money_reads_what_it_writes(amount: Money) -> None:
    assert Money.parse(str(amount)) == amount


@pytest.mark.parametrize("text", ["0.00", "1490000000.00", "-0.01", "68423000000.00"])
def test_the_one_form_of_money_is_read(text: str) -> None:
    assert str(Money.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.0", "1.000", "01.00", "1e3", "1,000.00", "+1.00", " 1.00", "1.00\n", "\uff11.00",
     "10000000000000000.00", "NaN"],
)  # fmt: skip
def test_any_other_form_is_not_money(text: str) -> None:
    with pytest.raises(ValueError, match="two decimals"):
        Money.parse(text)


@given(st.lists(AMOUNTS, max_size=50))
def test_sums_are_exact_in_any_order(amounts: list[Money]) -> None:
    total = Money.total(amounts)
    assert total == Money.total(reversed(amounts)) == sum(amounts, ZERO)
    assert total - total == ZERO
    assert not total + -total


def test_v8_a_total_is_split_without_losing_a_fen() -> None:
    whole, parts = Money.parse("1490000000.00"), 253
    base = Money(whole.fen // parts)
    last = whole - Money(base.fen * (parts - 1))
    assert (str(base), str(last)) == ("5889328.06", "5889328.88")
    assert Money.total([base] * (parts - 1) + [last]) == whole


@given(st.integers(min_value=0, max_value=10**15).map(Money))
def test_a_share_is_rounded_once_and_lies_within(amount: Money) -> None:
    part = amount.times(Decimal("0.90"))
    assert ZERO <= part <= amount
    assert abs(part.fen * 10 - amount.fen * 9) <= 5


def test_a_share_rounds_half_up_and_a_ratio_of_nothing_is_nothing() -> None:
    assert Money(5).times(Decimal("0.5")) == Money(3)
    assert Money(FEN_PER_YUAN).ratio_to(ZERO) == 0
    assert Money(82).ratio_to(Money(100)) == Decimal("0.82")


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100", "EXCELLENT"),
        ("90", "EXCELLENT"),
        ("89.995", "EXCELLENT"),
        ("89.99", "GOOD"),
        ("79.995", "GOOD"),
        ("79.99", "FAIR"),
        ("60", "FAIR"),
        ("59.994", "POOR"),
        ("0", "POOR"),
    ],
)
def test_a_grade_is_taken_from_the_rounded_score(score: str, grade: str) -> None:
    assert grade_of(Decimal(score), SETTLED.grades) is Grade(grade)


@given(st.decimals(0, 100, places=4), st.decimals(0, 100, places=4))
def test_a_better_score_has_no_worse_grade(one: Decimal, other: Decimal) -> None:
    order = list(Grade)
    low, high = sorted((one, other))
    assert order.index(grade_of(high, SETTLED.grades)) <= order.index(grade_of(low, SETTLED.grades))
    assert rounded(rounded(one)) == rounded(one)


@given(NUMBERS, NUMBERS, OPERATORS, st.booleans())
def test_reach_is_never_negative_and_better_is_never_capped_above(
    actual: Decimal,
    target: Decimal,
    operator: str,
    lower: bool,  # noqa: FBT001 - drawn
) -> None:
    found = reach(actual, target, operator, lower_is_better=lower)
    assert found >= 0
    if operator != ">=" or lower:
        assert found <= 1


@given(POSITIVE, OPERATORS, st.booleans())
def test_a_target_met_exactly_is_reached(
    value: Decimal,
    operator: str,
    lower: bool,  # noqa: FBT001 - drawn
) -> None:
    assert reach(value, value, operator, lower_is_better=lower) == 1
    assert over_reach(value, value, operator, lower_is_better=lower) == 1


@given(NUMBERS, NUMBERS, OPERATORS, st.booleans())
def test_whether_a_target_is_reached_is_found_by_comparing_as_by_dividing(
    actual: Decimal,
    target: Decimal,
    operator: str,
    lower: bool,  # noqa: FBT001 - drawn
) -> None:
    exact = reach(Fraction(actual), Fraction(target), operator, lower_is_better=lower)
    assert reaches(actual, target, operator, lower_is_better=lower) == (exact >= 1)


@given(POSITIVE, POSITIVE)
def test_lower_is_better_and_higher_is_better_mirror_each_other(
    actual: Decimal, target: Decimal
) -> None:
    assert over_reach(actual, target, "<=", lower_is_better=True) == over_reach(
        target, actual, ">=", lower_is_better=False
    )


def test_a_target_that_is_not_positive_is_reached_or_not() -> None:
    assert reach(Decimal(0), Decimal(0), "<=", lower_is_better=True) == 1
    assert reach(Decimal(1), Decimal(0), "<=", lower_is_better=True) == 0
    assert reach(Decimal(-2), Decimal(-5), "<=", lower_is_better=True) == 0
    assert reach(Decimal(-2), Decimal(-5), ">=", lower_is_better=False) == 1
    assert reach(Decimal(0), Decimal(0), "=", lower_is_better=False) == 1
    assert reach(Decimal(1), Decimal(0), "=", lower_is_better=False) == 0


def test_deviation_is_signed_and_a_zero_target_is_missed_whole() -> None:
    assert deviation(Decimal(18), Decimal(20)) == Decimal("-0.1")
    assert deviation(Decimal(1500), Decimal(1000)) == Decimal("0.5")
    assert deviation(Decimal(0), Decimal(0)) == 0
    assert deviation(Decimal(-3), Decimal(0)) == -1


def test_the_default_rule_set_is_read_as_values() -> None:
    assert SETTLED.grades[Grade.GOOD] == 80
    assert SETTLED.linkage.cap_factor == {
        Grade.EXCELLENT: None,
        Grade.GOOD: Decimal(1),
        Grade.FAIR: Decimal(1),
        Grade.POOR: Decimal("0.9"),
    }
    assert SETTLED.linkage.priority == {Grade.EXCELLENT}
    assert SETTLED.linkage.budget_year_offset == 2
    assert SETTLED.ex_ante.major_threshold == Money.parse("10000000.00")
    assert [(node.code, node.month) for node in SETTLED.monitoring.nodes] == [
        ("M05", 5),
        ("M08", 8),
    ]
    assert [int(limit) for limit in SETTLED.checks.inflated] == [5, 10, 20]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/grades/GOOD", "high"),
        ("/grades/GOOD", True),
        ("/weights/A", {"EXECUTION": 10, "OUTPUT": 89}),
        ("/ex_ante/major_threshold_yuan", 10_000_000),
        ("/ex_ante/included_grades", ["SUPERB"]),
        ("/ex_ante/scorers_min", 1.5),
        ("/recovery/check_dates", ["soon"]),
        ("/monitoring/letter_on_blue", "yes"),
        ("/qualitative_bands/MET", [1]),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_path(path: str, value: object) -> None:
    group, key = path.strip("/").split("/")
    with pytest.raises(RuleSetUnreadable) as refused:
        RuleSet.parse({**RULES, group: {**RULES[group], key: value}})
    assert (refused.value.pointer or "").startswith(path)


@pytest.mark.parametrize("group", ["grades", "weights", "linkage", "recheck", "disclosure"])
def test_a_missing_part_is_refused_by_its_path(group: str) -> None:
    with pytest.raises(RuleSetUnreadable) as refused:
        RuleSet.parse({name: value for name, value in RULES.items() if name != group})
    assert refused.value.pointer == f"/{group}"


class TargetNotSubmitted(Conflict):
    """Only a submitted target can be approved.

    The rest is for readers of code.
    """

    title_zh = "绩效目标尚未提交"


def test_a_refusal_names_its_rule_in_both_languages() -> None:
    plain = TargetNotSubmitted()
    assert (plain.title(), plain.slug()) == (
        "Only a submitted target can be approved.",
        "target-not-submitted",
    )
    assert plain.detail == plain.title()
    told = TargetNotSubmitted("P1 is a draft", pointer="/target_id", remedy="Submit it.", n=1)
    assert (str(told), told.pointer, told.remedy, told.details) == (
        "P1 is a draft",
        "/target_id",
        "Submit it.",
        {"n": 1},
    )
    assert Refusal.title_zh


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCoins:
    """Put coins into a jar."""

    jar_id: str
    coins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoinsAdded:
    """They are in."""

    coins: int


def test_a_decider_folds_history_and_names_its_stream() -> None:
    jar: Decider[AddCoins, CoinsAdded, int] = Decider(
        category="jar",
        initial=0,
        commands=(AddCoins,),
        events={"CoinsAdded": CoinsAdded},
        decide=lambda command, _state: [CoinsAdded(coins=command.coins)],
        evolve=lambda state, event: state + event.coins,
        identify=lambda command: command.jar_id,
    )
    command = AddCoins(jar_id="a-1", coins=3)
    assert jar.stream(command) == "jar-a-1" == Reference("jar", "a-1").stream
    facts: Any = [*jar.decide(command, 0), CoinsAdded(coins=4)]
    assert jar.fold(facts) == 7
    assert jar.fold(facts, 10) == jar.fold(facts[1:], jar.fold(facts[:1], 10)) == 17
    assert jar.consults(command) == ()
    assert jar.inform(command, ()) is command
    assert jar.owner(7) is None
