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
    `target / actual`; see `over_reach` for how far it was bettered. A target of zero is
    reached by zero and by nothing else.
    """
    if operator == "=":
        if target == 0:
            return ONE if actual == 0 else NOTHING
        return max(NOTHING, ONE - abs(actual - target) / abs(target))
    if lower_is_better or operator == "<=":
        if actual <= target:
            return ONE
        return max(NOTHING, target / actual)
    if target == 0:
        return ONE if actual >= 0 else NOTHING
    return max(NOTHING, actual / target)


def over_reach(actual: Decimal, target: Decimal, operator: str, *, lower_is_better: bool) -> Decimal:
    """The reach without the ceiling: a lower-is-better value below its target counts above 1."""
    bettered = (lower_is_better or operator == "<=") and operator != "="
    if bettered and actual > 0 and target > 0:
        return target / actual
    return reach(actual, target, operator, lower_is_better=lower_is_better)
