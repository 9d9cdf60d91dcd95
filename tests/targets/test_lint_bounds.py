"""The bounds of the lint, each met exactly: what a planted bug had moved unseen."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.targets.domain.values import Level1, Operator
from tests.targets.stories import CONTENT
from tests.targets.test_lint import changed, found


def test_l02_timeliness_elsewhere_is_none_of_the_output() -> None:
    elsewhere = changed("I3", level1=Level1.BENEFIT)
    assert ("L02", "/indicators") in found(elsewhere)


def test_l03_no_weight_is_below_one_though_the_sum_is_right() -> None:
    content = changed("I2", weight=Decimal("29.01"))
    light = tuple(
        replace(one, weight=Decimal("0.99")) if one.indicator_id == "I1" else one
        for one in content.indicators
    )
    assert found(replace(content, indicators=light)) == [("L03", "/indicators/0/weight")]


@pytest.mark.parametrize(
    ("characters", "passes"), [(29, False), (30, True), (300, True), (301, False)]
)
def test_l05_a_goal_has_thirty_to_three_hundred_characters(
    characters: int, *, passes: bool
) -> None:
    goal = "完成二十所学校维修改造，改善就学条件。".ljust(characters, "校")
    assert (found(replace(CONTENT, annual_goal=goal)) == []) is passes


@pytest.mark.parametrize(("last", "passes"), [("100", True), ("99", False), ("101", True)])
def test_l10_where_less_is_better_more_than_last_year_is_behind(last: str, *, passes: bool) -> None:
    fewer = changed("I3", operator=Operator.EQUAL, lower_is_better=True)
    content = replace(fewer, last_actuals={"I3": Decimal(last)})
    assert found(content) == ([] if passes else [("L10", "/indicators/2/target_value")])
