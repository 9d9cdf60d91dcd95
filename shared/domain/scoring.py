"""How far a value reaches its target: one function for monitoring and for evaluation.

Source: 财预〔2020〕10号 art. 16; `domain` §4.3.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Final

ONE: Final = Decimal(1)
NOTHING: Final = Decimal(0)


def reach[N: (Decimal, Fraction)](
    actual: N, target: N, operator: str, *, lower_is_better: bool
) -> N:
    """How much of the target was reached: 1 is all of it, more is more; never negative.

    `=` counts the distance from the target. Lower is better: 1 up to the target, then
    `target / actual`; see `over_reach` for how far it was bettered. A target that is not
    positive has no ratio: it is reached or it is not. Of fractions the answer is exact; of
    decimals it is rounded to the digits of a decimal, which is enough to compare and to show.
    """
    whole, nothing = type(actual)(1), type(actual)(0)
    if operator == "=":
        if target == 0:
            return whole if actual == 0 else nothing
        return max(nothing, whole - abs(actual - target) / abs(target))
    if lower_is_better or operator == "<=":
        if actual <= target:
            return whole
        return target / actual if target > 0 else nothing
    if target <= 0:
        return whole if actual >= target else nothing
    return max(nothing, actual / target)


def reaches(actual: Decimal, target: Decimal, operator: str, *, lower_is_better: bool) -> bool:
    """Whether `reach` is at least 1, found by comparing alone: exact, and no division is made."""
    if operator == "=":
        return actual == target
    if lower_is_better or operator == "<=":
        return actual <= target
    return actual >= target


def over_reach[N: (Decimal, Fraction)](
    actual: N, target: N, operator: str, *, lower_is_better: bool
) -> N:
    """The reach without the ceiling: a lower-is-better value below its target counts above 1."""
    bettered = (lower_is_better or operator == "<=") and operator != "="
    if bettered and actual > 0 and target > 0:
        return target / actual
    return reach(actual, target, operator, lower_is_better=lower_is_better)


def deviation(actual: Decimal, target: Decimal) -> Decimal:
    """(actual - target) ÷ target; any distance from a target of zero is a whole one."""
    if target == 0:
        return NOTHING if actual == 0 else ONE.copy_sign(actual)
    return (actual - target) / abs(target)
