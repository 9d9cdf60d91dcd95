"""What is wrong with a target before anyone reads it: each rule passes and fails."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.targets.domain.lint import Yardstick, has_errors, lint, scheme_points
from services.targets.domain.values import (
    Content,
    Indicator,
    Level1,
    Level2,
    Operator,
    ProjectKind,
)
from shared.domain.rules import RuleSet, WeightRules
from tests.targets.stories import CONTENT, RULES, indicator

RULE_SET = RuleSet.parse(RULES)
YARDSTICK = Yardstick(
    fiscal_year=2021, kind=ProjectKind.REPAIR, weights=RULE_SET.weights, nodes=["M05", "M08"]
)


def found(content: Content, yardstick: Yardstick = YARDSTICK) -> Sequence[tuple[str, str]]:
    """The rules that were broken, with the fields."""
    return [(finding.rule, finding.pointer) for finding in lint(content, yardstick)]


def without(*ids: str) -> Content:
    """The good target without some indicators."""
    kept = tuple(i for i in CONTENT.indicators if i.indicator_id not in ids)
    return replace(CONTENT, indicators=kept)


def changed(indicator_id: str, **values: object) -> Content:
    """The good target with one indicator changed."""
    return replace(
        CONTENT,
        indicators=tuple(
            replace(i, **values) if i.indicator_id == indicator_id else i  # type: ignore[arg-type]
            for i in CONTENT.indicators
        ),
    )


def test_the_good_target_has_no_finding() -> None:
    assert found(CONTENT) == []


def test_l01_output_and_benefit_are_there_and_repairs_state_a_cost() -> None:
    assert ("L01", "/indicators") in found(without("I5"))
    assert ("L01", "/indicators") in found(without("I1", "I2", "I3", "I4"))
    costless = changed("I4", level2=Level2.QUANTITY, milestones={"M05": 1, "M08": 2})
    assert found(costless) == [("L01", "/indicators")]
    assert found(costless, replace(YARDSTICK, kind=ProjectKind.OTHER)) == []


def test_l02_quantity_quality_and_timeliness_are_there_or_waived() -> None:
    untimely = changed("I3", level2=Level2.QUALITY)
    assert found(untimely) == [("L02", "/indicators")]
    assert found(replace(untimely, waivers={"L02": "常年性服务项目"})) == []


@pytest.mark.parametrize("weight", ["0.99", "21"])
def test_l03_weights_match_the_scheme_and_none_is_below_one(weight: str) -> None:
    rules = {rule for rule, _ in found(changed("I1", weight=Decimal(weight)))}
    assert rules == {"L03"}


def test_l03_what_satisfaction_leaves_free_goes_to_benefit() -> None:
    moved = replace(
        without("I6", "I5"),
        indicators=(
            *without("I6", "I5").indicators,
            indicator("I5", Level1.BENEFIT, Level2.SOCIAL, 40),
        ),
    )
    assert found(moved) == []


def test_l03_scheme_b_has_a_cost_part_of_its_own_or_none() -> None:
    weights = WeightRules(scheme="B", points=RULE_SET.weights.points)
    costed = (
        indicator("1", Level1.COST, Level2.ECONOMIC_COST, 20),
        indicator("2", Level1.SATISFACTION, Level2.RECIPIENTS, 10),
    )
    assert scheme_points(costed, weights) == {
        "COST": 20, "OUTPUT": 40, "BENEFIT": 20, "SATISFACTION": 10,
    }  # fmt: skip
    assert scheme_points(costed[1:], weights)["OUTPUT"] == 50
    assert scheme_points(costed[:1], weights)["BENEFIT"] == 30


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"target_value": None}, "/indicators/0/target_value"),
        ({"target_value": Decimal(0)}, "/indicators/0/target_value"),
        ({"unit": " "}, "/indicators/0/unit"),
    ],
)
def test_l04_a_number_has_an_operator_a_value_and_a_unit(
    values: dict[str, object], pointer: str
) -> None:
    assert found(changed("I1", **values)) == [("L04", pointer)]


def test_l04_a_quality_without_number_has_a_standard() -> None:
    assert found(replace(CONTENT, standards={})) == [("L04", "/indicators/4/standard")]


def test_l04_at_most_nothing_is_a_target() -> None:
    assert found(changed("I4", target_value=Decimal(0))) == []


def test_l05_l06_l07_are_advice_until_there_are_too_many_indicators() -> None:
    assert found(replace(CONTENT, annual_goal="短")) == [("L05", "/annual_goal")]
    assert found(changed("I1", name="长" * 31)) == [("L07", "/indicators/0/name")]
    few = lint(without("I4", "I6"), YARDSTICK)
    assert "L06" in {f.rule for f in few if f.severity == "WARN"}
    many: tuple[Indicator, ...] = tuple(
        indicator(f"X{n}", Level1.BENEFIT, Level2.SOCIAL, 1) for n in range(26)
    )
    crowd = lint(replace(CONTENT, indicators=(*CONTENT.indicators, *many)), YARDSTICK)
    assert "L06" in {f.rule for f in crowd if f.severity == "ERROR"}
    assert not has_errors(lint(replace(CONTENT, annual_goal="短"), YARDSTICK))


def test_l12_due_inside_the_year_with_a_value_for_each_node() -> None:
    late = replace(CONTENT, due_on={"I1": date(2022, 1, 1)})
    assert found(late) == [("L12", "/indicators/0/due_on")]
    assert found(replace(CONTENT, due_on={"I1": date(2021, 12, 31)})) == []
    blind = changed("I1", milestones={"M05": Decimal(40)})
    assert found(blind) == [("L12", "/indicators/0/milestones/M08")]
    assert found(changed("I1", milestones={}, cumulative=False)) == []
    assert found(changed("I5", cumulative=True, operator=Operator.QUALITATIVE)) == []
