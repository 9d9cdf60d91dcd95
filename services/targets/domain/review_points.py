"""The eight items a target is reviewed by, and the points of each (`domain` §4.5)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from services.targets.domain.refusals import ReviewPointsWrong
from services.targets.domain.values import ReviewItem

# 财预〔2015〕88号 for the items, `domain` §4.5 (R3) for the points.
POINTS: Final = {
    ReviewItem.FORM_COMPLETE: Decimal(10),
    ReviewItem.CLEAR: Decimal(10),
    ReviewItem.FITS_DUTY: Decimal(15),
    ReviewItem.INDICATORS_SCIENTIFIC: Decimal(15),
    ReviewItem.PERFORMANCE_REASONABLE: Decimal(15),
    ReviewItem.MONEY_MATCHES: Decimal(15),
    ReviewItem.ATTAINABLE: Decimal(10),
    ReviewItem.CONDITIONS_SUFFICIENT: Decimal(10),
}


def check_points(points: Mapping[ReviewItem, Decimal]) -> None:
    """Let pass points for every item, each within its most."""
    if points.keys() != POINTS.keys():
        missing = sorted(POINTS.keys() - points.keys())
        raise ReviewPointsWrong(pointer="/points", missing=missing)
    for item, most in POINTS.items():
        if not 0 <= points[item] <= most:
            raise ReviewPointsWrong(pointer=f"/points/{item}", points_max=most)
