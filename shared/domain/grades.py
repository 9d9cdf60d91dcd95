"""The four grades 优良中差 and the rounding of scores that decides between them.

Source: 财预〔2020〕10号 art. 18: 90, 80 and 60 are inclusive lower bounds; the grade is taken
from the score rounded half up to two decimals.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final


class Grade(StrEnum):
    """How good it was, best first."""

    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    FAIR = "FAIR"
    POOR = "POOR"


type GradeBands = Mapping[Grade, Decimal]

_CENT: Final = Decimal("0.01")


def rounded(score: Decimal) -> Decimal:
    """A score as it is published: two decimals, half up."""
    return score.quantize(_CENT, ROUND_HALF_UP)


def grade_of(score: Decimal, bands: GradeBands) -> Grade:
    """The grade of a score, taken from the rounded score."""
    published = rounded(score)
    return next(grade for grade in Grade if published >= bands[grade])
