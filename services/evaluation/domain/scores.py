"""The scores of a self-evaluation as formulas (`domain` §4.2-§4.4). Pure numbers, no states.

Source: 财预〔2020〕10号 art. 13, 16 (scheme A), 财预〔2021〕101号 (scheme B).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from typing import Final

from services.evaluation.domain.units import converted, plain_unit
from services.evaluation.domain.values import (
    CauseCode,
    Indicator,
    Level1,
    Operator,
    Reported,
    Scheme,
    Scored,
)
from shared.domain.grades import rounded
from shared.domain.money import ZERO, Money
from shared.domain.rules import ScoringRules
from shared.domain.scoring import NOTHING, ONE, over_reach, reach, reaches

EXECUTION_POINTS: Final = Decimal(10)  # 10号 art. 13 and 101号 alike: ten points for execution
TARGET_POINTS: Final = Decimal(90)  # what the weights of a target sum to, without execution
FULL: Final = Decimal(100)
PERCENT: Final = "%"
NONE: Final = Fraction(0)
WHOLE: Final = Fraction(1)
HALF: Final = Fraction(1, 2)
CENTS: Final = 100
CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the machine makes of a report: every line, the execution, and the whole."""

    lines: tuple[Scored, ...]
    execution_rate: Decimal
    execution_score: Decimal

    @property
    def goal_score(self) -> Decimal:
        """The points of all indicators."""
        return sum((line.score for line in self.lines), NOTHING)

    @property
    def score(self) -> Decimal:
        """S = E + Σ s, at most 100."""
        return min(FULL, rounded(self.execution_score + self.goal_score))

    @property
    def goal_rate(self) -> Decimal:
        """The claimed part of the goals."""
        return self.goal_score / TARGET_POINTS

    @property
    def goal_over_execution(self) -> Decimal:
        """Goals claimed against money spent, as a share of the goals claimed."""
        if not self.goal_score:
            return NOTHING
        return (self.goal_rate - self.execution_score / EXECUTION_POINTS) / self.goal_rate


def execution_rate(paid: Money, budget: Money) -> Decimal:
    """Full-year paid ÷ full-year adjusted budget, from 0 to 1; zero where there is no budget."""
    return min(ONE, max(NOTHING, paid.ratio_to(budget)))


def execution_score(
    rate: Decimal, scheme: Scheme, *, finished: bool, rules: ScoringRules
) -> Decimal:
    """Ten points for money spent: linear (A), or by steps unless the project is finished (B)."""
    if scheme is Scheme.A:
        return rounded(EXECUTION_POINTS * min(ONE, max(NOTHING, rate)))
    if finished and rate <= ONE:
        return EXECUTION_POINTS
    return max(
        (points for lower, points in rules.execution_steps if rate >= lower), default=NOTHING
    )


def execution_of(
    money: tuple[Money, Money],
    scheme: Scheme,
    *,
    finished: bool,
    rules: ScoringRules,
    on_unit_account: Money = ZERO,
) -> tuple[Decimal, Decimal]:
    """Rate and points of `(paid, budget)`; without a budget nothing was carried out.

    What was only moved to the unit's own account is not spent, unless the rules count it.
    """
    paid, budget = money
    if budget.fen <= 0:
        return NOTHING, NOTHING
    spent = paid if rules.count_unit_transfer else paid - on_unit_account
    rate = execution_rate(spent, budget)
    return rate, execution_score(rate, scheme, finished=finished, rules=rules)


def value_of(indicator: Indicator, reported: Reported) -> Decimal | None:
    """The reported value in the unit of the indicator, exactly."""
    if reported.value is None or not reported.unit:
        return reported.value
    return converted(reported.value, reported.unit, indicator.unit)


def reach_of(indicator: Indicator, value: Decimal) -> Decimal:
    """The uncapped reach of a quantitative indicator."""
    assert indicator.target_value is not None
    return over_reach(
        value,
        indicator.target_value,
        indicator.operator,
        lower_is_better=indicator.lower_is_better,
    )


def indicator_score(
    indicator: Indicator,
    reported: Reported | None,
    rules: ScoringRules,
    *,
    judged_low: bool = False,
) -> Scored:
    """The points of one indicator; without proof it has none."""
    one = indicator.indicator_id
    if reported is None or not reported.evidence:
        return Scored(indicator_id=one, reach=None, score=NOTHING)
    if indicator.operator is Operator.QUALITATIVE or indicator.target_value is None:
        share = Fraction(reported.share or NOTHING)
        return Scored(indicator_id=one, reach=None, score=points(indicator.weight, share))
    value = value_of(indicator, reported)
    if value is None:
        return Scored(indicator_id=one, reach=NOTHING, score=NOTHING)
    low = judged_low or (
        reported.cause is not None and reported.cause.code is CauseCode.TARGET_TOO_LOW
    )
    part = _part(indicator, value, rules, low=low)
    return Scored(
        indicator_id=one,
        reach=reach_of(indicator, value),
        score=points(indicator.weight, part),
    )


def points(weight: Decimal, part: Fraction) -> Decimal:
    """A part of a weight, rounded half up to the cent, once: everything before is exact."""
    if part is WHOLE:  # the usual case, without the fractions
        return weight.quantize(CENT, ROUND_HALF_UP)
    earned = Fraction(weight) * min(WHOLE, max(NONE, part))
    return Decimal(floor(earned * CENTS + HALF)).scaleb(-2)


def _part(indicator: Indicator, stated: Decimal, rules: ScoringRules, *, low: bool) -> Fraction:
    """The part of the weight that a value earns, exactly."""
    assert indicator.target_value is not None
    lower = indicator.lower_is_better
    banded = indicator.level1 is Level1.SATISFACTION and rules.satisfaction_mode == "bands"
    if not (banded or low) and reaches(
        stated, indicator.target_value, indicator.operator, lower_is_better=lower
    ):
        return WHOLE
    value, target = Fraction(stated), Fraction(indicator.target_value)
    over = over_reach(value, target, indicator.operator, lower_is_better=lower)
    if banded:
        told = value / 100 if plain_unit(indicator.unit) == PERCENT else over
        return Fraction(
            max((part for least, part in rules.satisfaction_bands if told >= least), default=0)
        )
    reached = reach(value, target, indicator.operator, lower_is_better=lower)
    if reached < 1:
        fails = rules.pass_line is not None and reached < rules.pass_line
        return NONE if fails else reached
    return WHOLE - over_reduction(over, rules) if low else WHOLE


def over_reduction[N: (Decimal, Fraction)](over: N, rules: ScoringRules) -> N:
    """What an evidently low target costs: nothing up to the tolerance, then by the slope."""
    number = type(over)
    excess = over - number(1) - number(rules.over_tolerance)
    if excess <= 0:
        return number(0)
    return min(number(rules.over_reduction_max), excess * number(rules.over_slope))


def share_in_band(reported: Reported, rules: ScoringRules) -> bool:
    """Whether a point lies in the band of its level; bands are half-open, the best is closed."""
    if reported.attainment is None or reported.share is None:
        return False
    share = reported.share
    lower, upper = rules.qualitative_bands[reported.attainment]
    return lower <= share < upper or (share == upper == ONE)


def machine(
    indicators: Sequence[Indicator],
    reports: Mapping[str, Reported],
    execution: tuple[Decimal, Decimal],
    rules: ScoringRules,
    judged_low: frozenset[str] = frozenset(),
) -> Machine:
    """Recompute a report from approved targets, reported values and `(rate, points)` of money."""
    return Machine(
        lines=tuple(
            indicator_score(
                indicator,
                reports.get(indicator.indicator_id),
                rules,
                judged_low=indicator.indicator_id in judged_low,
            )
            for indicator in indicators
        ),
        execution_rate=execution[0],
        execution_score=execution[1],
    )


def ranks(scores: Sequence[Decimal]) -> tuple[int, ...]:
    """Ranks by descending score; equal scores share a rank and the next is skipped (1-2-2-4)."""
    first: dict[Decimal, int] = {}
    for place, score in enumerate(sorted(scores, reverse=True), start=1):
        first.setdefault(score, place)
    return tuple(first[score] for score in scores)
