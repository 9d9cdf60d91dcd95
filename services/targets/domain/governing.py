"""Whose rules govern a region: its own, or else those of the nearest superior that has some.

A county without a rule set follows its prefecture, a prefecture its region of the first level,
by the place of the code in the tree (GB/T 2260). Other codes are opaque and have no superior.
"""

from collections.abc import Sequence
from typing import Final

from services.targets.domain.rule_set import Rules, rules_of
from shared.domain.decider import Reference

REGION_DIGITS: Final = 6


def line(region_code: str) -> tuple[str, ...]:
    """A region and those above it, nearest first: 653121, 653100, 650000."""
    if len(region_code) != REGION_DIGITS or not (region_code.isascii() and region_code.isdigit()):
        return (region_code,)
    above = (region_code, f"{region_code[:4]}00", f"{region_code[:2]}0000")
    return tuple(dict.fromkeys(above))


def governing(region_code: str, fiscal_year: int) -> tuple[Reference, ...]:
    """Where the rules that govern a region may stand, nearest first."""
    return tuple(rules_of(code, fiscal_year) for code in line(region_code))


def nearest(states: Sequence[object]) -> Rules:
    """The nearest of the consulted rule sets that is in force."""
    found = (state for state in states if isinstance(state, Rules) and state.adopted is not None)
    return next(found, Rules())
