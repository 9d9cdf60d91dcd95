"""What holds of scores for any numbers: bounded, monotone, free of units and order, additive."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.scores import (
    EXECUTION_POINTS,
    FULL,
    WHOLE,
    execution_of,
    indicator_score,
    machine,
    points,
)
from services.evaluation.domain.units import POWERS, converted
from services.evaluation.domain.values import (
    Attainment,
    Indicator,
    Level1,
    Operator,
    Reported,
    Scheme,
)
from shared.domain.grades import rounded
from shared.domain.money import Money
from tests.evaluation.story import ADOPTED, LOW, indicator

SCORING = ADOPTED.rule_set.scoring
VARIANTS = st.builds(
    replace,
    st.just(SCORING),
    pass_line=st.none() | st.just(Decimal("0.60")),
    satisfaction_mode=st.sampled_from(["ratio", "bands"]),
)
NUMBERS = st.decimals(min_value=-100, max_value=10**9, places=4)
POSITIVE = st.decimals(min_value="0.0001", max_value=10**9, places=4)
QUANTITATIVE = st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST, Operator.EXACTLY])
FEN = st.integers(-(10**12), 10**14).map(Money)


@st.composite
def targets(draw: st.DrawFn) -> tuple[Indicator, ...]:
    """Up to ten indicators of any kind whose weights sum to 90."""
    cuts = sorted(draw(st.sets(st.integers(1, 89), max_size=9)))
    weights = [b - a for a, b in zip([0, *cuts], [*cuts, 90], strict=True)]
    found = []
    for number, weight in enumerate(weights):
        level1 = draw(st.sampled_from(list(Level1)))
        operator = draw(st.sampled_from(list(Operator)))
        told = None if operator is Operator.QUALITATIVE else str(draw(NUMBERS))
        found.append(indicator(f"I{number}", weight, told, operator, level1=level1, unit="%"))
    return tuple(found)


@st.composite
def told_of(draw: st.DrawFn, one: Indicator) -> Reported:
    """A line of a report, proven or not."""
    evidence = draw(st.sampled_from([(), ("x",)]))
    cause = draw(st.none() | st.just(LOW))
    if one.target_value is None:
        share = draw(st.decimals(0, 1, places=4))
        met = Attainment.MET
        return Reported(
            indicator_id=one.indicator_id, attainment=met, share=share, evidence=evidence
        )
    value = draw(st.none() | NUMBERS)
    return Reported(indicator_id=one.indicator_id, value=value, evidence=evidence, cause=cause)


@given(st.data(), VARIANTS, FEN, FEN, st.sampled_from(list(Scheme)), st.booleans())
def test_a_score_is_the_sum_of_its_parts_and_lies_within_a_hundred(  # noqa: PLR0913, PLR0917
    data: st.DataObject,
    rules: object,
    paid: Money,
    budget: Money,
    scheme: Scheme,
    finished: bool,  # noqa: FBT001
) -> None:
    indicators = data.draw(targets())
    told = {one.indicator_id: data.draw(told_of(one)) for one in indicators}
    execution = execution_of((paid, budget), scheme, finished=finished, rules=SCORING)
    result = machine(indicators, told, execution, rules)  # type: ignore[arg-type]
    assert 0 <= execution[0] <= 1
    assert 0 <= execution[1] <= EXECUTION_POINTS
    for line, one in zip(result.lines, indicators, strict=True):
        assert 0 <= line.score <= one.weight
        assert line.score == rounded(line.score)
        assert not line.score or told[one.indicator_id].evidence
    assert result.score == execution[1] + sum(line.score for line in result.lines) <= FULL


@given(st.data())
def test_the_order_of_indicators_and_lines_does_not_matter(data: st.DataObject) -> None:
    indicators = data.draw(targets())
    told = {one.indicator_id: data.draw(told_of(one)) for one in indicators}
    shuffled = data.draw(st.permutations(indicators))
    backwards = dict(reversed(told.items()))
    first = machine(indicators, told, (Decimal(1), Decimal(10)), SCORING)
    second = machine(shuffled, backwards, (Decimal(1), Decimal(10)), SCORING)
    assert first.score == second.score
    assert {line.indicator_id: line for line in first.lines} == {
        line.indicator_id: line for line in second.lines
    }


@given(NUMBERS, POSITIVE, POSITIVE, VARIANTS)
def test_more_of_a_good_thing_is_never_worse(
    value: Decimal, more: Decimal, target: Decimal, rules: object
) -> None:
    one = indicator("x", 15, str(target))
    less = Reported(indicator_id="x", value=value, evidence=("x",))
    first = indicator_score(one, less, rules).score  # type: ignore[arg-type]
    second = indicator_score(one, replace(less, value=value + more), rules).score  # type: ignore[arg-type]
    assert first <= second


@given(NUMBERS, POSITIVE, NUMBERS, VARIANTS)
def test_less_of_a_bad_thing_is_never_worse(
    value: Decimal, more: Decimal, target: Decimal, rules: object
) -> None:
    one = indicator("x", 15, str(target), Operator.AT_MOST)
    less = Reported(indicator_id="x", value=value, evidence=("x",))
    first = indicator_score(one, less, rules).score  # type: ignore[arg-type]
    second = indicator_score(one, replace(less, value=value + more), rules).score  # type: ignore[arg-type]
    assert first >= second


@given(NUMBERS, NUMBERS, POSITIVE, QUANTITATIVE, VARIANTS, st.booleans())
def test_a_score_does_not_depend_on_the_unit_to_the_cent(  # noqa: PLR0913, PLR0917
    value: Decimal,
    target: Decimal,
    factor: Decimal,
    operator: Operator,
    rules: object,
    low: bool,  # noqa: FBT001
) -> None:
    one = indicator("x", 15, str(target), operator)
    told = Reported(indicator_id="x", value=value, evidence=("x",))
    scaled = replace(one, target_value=target * factor)
    first = indicator_score(one, told, rules, judged_low=low)  # type: ignore[arg-type]
    times = replace(told, value=value * factor)
    second = indicator_score(scaled, times, rules, judged_low=low)  # type: ignore[arg-type]
    assert first.score == second.score


@given(NUMBERS, st.sampled_from(sorted(POWERS)), st.sampled_from(sorted(POWERS)), POSITIVE)
def test_a_value_told_in_another_unit_of_money_scores_the_same(
    value: Decimal, unit: str, own: str, target: Decimal
) -> None:
    one = indicator("x", 15, str(target), unit=own)
    told = Reported(indicator_id="x", value=value, evidence=("x",))
    other = replace(told, value=converted(value, own, unit), unit=unit)
    assert indicator_score(one, told, SCORING) == indicator_score(one, other, SCORING)


@given(FEN, FEN, FEN, st.sampled_from(list(Scheme)), st.booleans())
def test_paying_more_never_lowers_the_points_for_money(
    paid: Money,
    more: Money,
    budget: Money,
    scheme: Scheme,
    finished: bool,  # noqa: FBT001
) -> None:
    least, most = sorted((paid, more))
    first = execution_of((least, budget), scheme, finished=finished, rules=SCORING)
    second = execution_of((most, budget), scheme, finished=finished, rules=SCORING)
    assert first[1] <= second[1]


@given(st.decimals(0, 90, places=4))
def test_a_whole_weight_is_rounded_as_any_part_of_it_is(weight: Decimal) -> None:
    assert str(points(weight, WHOLE)) == str(points(weight, Fraction(1)))
