"""A whole year computed again: the same every time, and with as much work as its size."""

import sys
from collections.abc import Sequence
from typing import Final

from services.evaluation.domain.recomputing import Basis
from tests.evaluation.story import ADOPTED
from tests.evaluation.whole_year import INDICATORS, bases, compared, digest, recomputed

CALLS_MAX: Final = 230
"""Calls of functions per indicator; some 190 are 75,240 indicators in five seconds.

A clock would tell of the machine and its other users; what is counted here is the work itself.
"""


def calls_of(year: Sequence[Basis]) -> int:
    """How many functions are called to compute these again."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        recomputed(year, ADOPTED.rule_set)
    finally:
        sys.setprofile(None)
    return count


def test_a_year_computed_again_is_the_same() -> None:
    year = compared(bases(400))
    first = recomputed(year, ADOPTED.rule_set)
    assert digest(first) == digest(recomputed(year, ADOPTED.rule_set))
    found = {finding for one in first for finding in one.findings}
    assert {one.name for one in found} >= {
        "ARITHMETIC",
        "GOAL_OVER_EXECUTION",
        "LOW_EXECUTION",
        "MISSING_EVIDENCE",
        "DODGED_CAUSE",
        "NO_BUDGET",
        "PAID_OVER_BUDGET",
    }
    assert all(0 <= one.score <= 100 for one in first)


def test_a_year_takes_work_in_proportion_to_its_size() -> None:
    year = bases(200)
    recomputed(year[:1], ADOPTED.rule_set)  # the rules are read once
    half, whole = calls_of(year[:100]), calls_of(year)
    assert whole / (len(year) * len(INDICATORS)) < CALLS_MAX
    assert whole < 2.2 * half
