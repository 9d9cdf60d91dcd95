"""Values told in another unit of money than their indicator: 元, 万元 and 亿元 are exact powers.

Source: `domain` §0.2 (money is told in 万元 by people and kept in 元). A unit that is neither the
indicator's own nor another one of money over the same denominator is refused, never guessed.
"""

import unicodedata
from decimal import Decimal
from typing import Final

from services.evaluation.domain.scoring_refusals import UnitNotConvertible

POWERS: Final = {"元": 0, "百元": 2, "千元": 3, "万元": 4, "百万元": 6, "千万元": 7, "亿元": 8}
PER: Final = "/"


def plain_unit(unit: str) -> str:
    """A unit as it is compared: width, case and spaces do not count."""
    folded = unicodedata.normalize("NFKC", unit).casefold()
    return "".join(folded.split())


def converted(value: Decimal, unit: str, wanted: str) -> Decimal:
    """A value of `unit` in the unit that is wanted, exactly; without a unit it is as wanted."""
    told, own = plain_unit(unit), plain_unit(wanted)
    if not told or told == own:
        return value
    (money, _, per), (own_money, _, own_per) = told.partition(PER), own.partition(PER)
    if per != own_per or money not in POWERS or own_money not in POWERS:
        raise UnitNotConvertible(
            f"{unit} cannot be told in {wanted or 'an indicator without a unit'}",
            remedy="Tell the value in the unit of the indicator; 元, 万元 and 亿元 are converted.",
            unit=unit,
            wanted=wanted,
        )
    return value.scaleb(POWERS[money] - POWERS[own_money])
