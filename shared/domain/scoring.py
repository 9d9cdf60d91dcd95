"""How far a value reaches its target: one function for monitoring and for evaluation.

Source: 财预〔2020〕10号 art. 16; `domain` §4.3.
"""

from decimal import Decimal
from typing import Final

ONE: Final = Decimal(1)
NOTHING: Final = Decimal(0)


def reach(actual: Decimal, target: Decimal, operator: str, *, lower_is_better: bool) -> Decimal:
    """How much of the target was reached: 1 is all of it, more is more; never negative.

    `=` counts the distance from the target. Lower is better: 1 up to the target, then
    `target / actual`; see `over_reach` for how far it was bettered. A target that is not
    positive has no ratio: it is reached or it is not.
    """
    if operator == "=":
        if target == 0:
            return ONE if actual == 0 else NOTHING
        return max(NOTHING, ONE - abs(actual - target) / abs(target))
    if lower_is_better or operator == "<=":
        if actual <= target:
            return ONE
        return target / actual if target > 0 else NOTHING
    if target <= 0:
        return ONE if actual >= target else NOTHING
    return max(NOTHING, actual / target)


def over_reach(
    actual: Decimal, target: Decimal, operator: str, *, lower_is_better: bool
) -> Decimal:
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
