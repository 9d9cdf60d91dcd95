"""How a long, fragmented target becomes a short one: nothing required is lost, 90 points stay."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.targets.domain.lint.parts import OUTPUT_PARTS
from services.targets.domain.lint.scheme import TREE_A, TREE_B, scheme_points
from services.targets.domain.simplifying import KEPT_MAX, divided, simplify
from services.targets.domain.values import Indicator, Level1, Level2
from shared.domain.rules import WeightRules
from tests.targets.stories import CONTENT, indicator
from tests.targets.test_lint import RULE_SET, SCHEME_B

SCHEME_A = RULE_SET.weights
NAMES = ("校舍维修数量", "校舍维修总数量", "验收合格率", "按期完成率", "受益学生人数", "管护年限")
points = st.decimals(0, 60, places=1)


@st.composite
def targets(draw: st.DrawFn, weights: WeightRules) -> Sequence[Indicator]:
    """Any indicators of a scheme, with output and benefit among them, and some strangers."""
    tree = TREE_A if weights.scheme == "A" else TREE_B
    places = [(one, two) for one, parts in tree.items() for two in sorted(parts)]
    strangers = [(one, two) for one in Level1 for two in Level2 if (one, two) not in places]
    count = draw(st.integers(0, 40))
    chosen = [draw(st.sampled_from(places) | st.sampled_from(strangers)) for _ in range(count)]
    chosen += [(Level1.OUTPUT, part) for part in OUTPUT_PARTS]
    chosen.append((Level1.BENEFIT, Level2.SOCIAL))
    return [
        replace(
            indicator(f"I{n}", one, two, 1),
            name=draw(st.sampled_from(NAMES)) + draw(st.sampled_from(("", "（一期）", str(n)))),
            weight=draw(points),
            is_core=draw(st.booleans()),
        )
        for n, (one, two) in enumerate(chosen)
    ]


any_target = targets(SCHEME_A).map(lambda t: (t, SCHEME_A)) | targets(SCHEME_B).map(
    lambda t: (t, SCHEME_B)
)


@given(any_target)
def test_suggested_weights_sum_to_90_and_match_the_scheme(
    target: tuple[Sequence[Indicator], WeightRules],
) -> None:
    indicators, weights = target
    kept = simplify(indicators, weights).keep
    wanted = scheme_points(kept, weights)
    sums = {part: sum(i.weight for i in kept if i.level1 == part) for part in wanted}
    assert sums == wanted
    assert sum(i.weight for i in kept) == 90
    assert len(kept) <= KEPT_MAX
    assert all(i.weight >= 1 for i in kept)


@given(any_target)
def test_every_indicator_is_kept_merged_or_dropped_exactly_once(
    target: tuple[Sequence[Indicator], WeightRules],
) -> None:
    indicators, weights = target
    suggested = simplify(indicators, weights)
    named = [i.indicator_id for i in suggested.keep] + [m.indicator_id for m in suggested.merged]
    assert sorted([*named, *suggested.dropped]) == sorted(i.indicator_id for i in indicators)
    assert set(OUTPUT_PARTS) <= {i.level2 for i in suggested.keep}


@given(any_target)
def test_what_is_simple_already_stays_as_it_is(
    target: tuple[Sequence[Indicator], WeightRules],
) -> None:
    indicators, weights = target
    once = simplify(indicators, weights).keep
    again = simplify(once, weights)
    assert {i.indicator_id for i in again.keep} == {i.indicator_id for i in once}
    assert (again.merged, again.dropped) == ((), ())


@given(st.dictionaries(st.text("abcdefgh", min_size=1), points, min_size=1, max_size=15))
def test_points_are_divided_to_the_last_one(weights: dict[str, Decimal]) -> None:
    for whole in (Decimal(50), Decimal("30.5")):
        shares = divided(whole, weights)
        assert sum(shares.values()) == whole
        assert min(shares.values()) >= 1
        for one, other in zip(weights, list(weights)[1:], strict=False):
            assert weights[one] <= weights[other] or shares[one] >= shares[other] - 1
    assert divided(Decimal(50), {}) == {}


def test_the_good_target_stays_as_it_is() -> None:
    suggested = simplify(CONTENT.indicators, SCHEME_A)
    assert {i.indicator_id: i.weight for i in suggested.keep} == {
        i.indicator_id: i.weight for i in CONTENT.indicators
    }
    assert (suggested.merged, suggested.dropped) == ((), ())


def test_duplicates_are_merged_into_the_heavier_one() -> None:
    twice = (
        replace(indicator("A", Level1.OUTPUT, Level2.QUANTITY, 5), name="维修改造校舍数量"),
        replace(indicator("B", Level1.OUTPUT, Level2.QUANTITY, 20), name="维修改造校舍总数量"),
        replace(indicator("C", Level1.OUTPUT, Level2.QUALITY, 25), name="维修改造校舍数量"),
        replace(indicator("D", Level1.BENEFIT, Level2.SOCIAL, 40), name="受益学生人数"),
    )
    suggested = simplify(twice, SCHEME_A)
    assert [(m.indicator_id, m.into) for m in suggested.merged] == [("A", "B")]
    assert {i.indicator_id: i.weight for i in suggested.keep} == {"B": 22, "C": 28, "D": 40}


def test_the_heaviest_stay_and_the_light_ones_go() -> None:
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    many = tuple(
        replace(indicator(f"X{n:02d}", Level1.BENEFIT, Level2.SOCIAL, 20 - n), name=2 * name)
        for n, name in enumerate(names)
    )
    suggested = simplify((*CONTENT.indicators, *many), SCHEME_A)
    assert len(suggested.keep) == KEPT_MAX
    assert suggested.dropped == tuple(f"X{n:02d}" for n in range(9, 20))


def test_a_part_to_which_the_rules_give_no_points_is_dropped() -> None:
    own = {"EXECUTION": Decimal(10), "OUTPUT": Decimal(50), "BENEFIT": Decimal(40)}
    rules = replace(SCHEME_A, points={**SCHEME_A.points, "A": own})
    suggested = simplify(CONTENT.indicators, rules)
    gone = {i.indicator_id for i in CONTENT.indicators if i.level1 is Level1.SATISFACTION}
    assert set(suggested.dropped) == gone == {"I6"}
    assert sum(i.weight for i in suggested.keep) == 90


@pytest.mark.parametrize("room", [1, 2, 3, 5])
def test_a_part_keeps_no_more_indicators_than_it_has_points(room: int) -> None:
    own = {"EXECUTION": 10, "OUTPUT": 50, "BENEFIT": 40 - room, "SATISFACTION": room}
    points = {part: Decimal(one) for part, one in own.items()}
    rules = replace(SCHEME_A, points={**SCHEME_A.points, "A": points})
    many = tuple(
        replace(indicator(f"S{n}", Level1.SATISFACTION, Level2.RECIPIENTS, 60 - n), name=2 * name)
        for n, name in enumerate("甲乙丙丁戊己庚")
    )
    suggested = simplify((*CONTENT.indicators[:5], *many), rules)
    kept = [i for i in suggested.keep if i.level1 is Level1.SATISFACTION]
    assert [i.indicator_id for i in kept] == [f"S{n}" for n in range(room)]
    assert {i.weight for i in kept} == {Decimal(1)}
