"""How alike two names are in Chinese, by the pairs of neighbouring characters they share.

There are no spaces between the words of Chinese, so pairs of characters stand in for words.
Case, width, spaces and punctuation do not count. Where two names have but one character that
differs inside, the two pairs around it differ: short names need more in common.
"""

import unicodedata
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

NAMES_MAX: Final = 65_536
WHOLE: Final = Decimal(1)
_PLACES: Final = Decimal("0.0001")


def plain(text: str) -> str:
    """What counts of a text."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=NAMES_MAX)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of a text; a pair that comes again is another one, with its number."""
    kept = plain(text)
    if len(kept) == 1:
        return frozenset((kept,))
    seen: Counter[str] = Counter()
    found: set[str] = set()
    for one, next_one in pairwise(kept):
        pair = one + next_one
        found.add(f"{pair}{seen[pair] or ''}")
        seen[pair] += 1
    return frozenset(found)


def likeness(one: str, other: str) -> Decimal:
    """Shared pairs ÷ mean number of pairs (Sørensen-Dice): 0 nothing alike, 1 the same pairs."""
    mine, theirs = pairs_of(one), pairs_of(other)
    total = len(mine) + len(theirs)
    if not total:
        return WHOLE
    return (Decimal(2 * len(mine & theirs)) / total).quantize(_PLACES, ROUND_HALF_UP)
