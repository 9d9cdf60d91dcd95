"""How alike two names are in Chinese, by the pairs of neighbouring characters they share.

There are no spaces between the words of Chinese, so pairs of characters stand in for words.
Case, width, spaces and punctuation do not count. What a name says besides its matter (whose it
is, its year, its number, the words every name has) is left out by `essence`.
"""

import re
import unicodedata
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

NAMES_MAX: Final = 65_536
WHOLE: Final = Decimal(1)
_PLACES: Final = Decimal("0.0001")
_YEAR: Final = re.compile(r"(19|20)\d{2}年?度?")
_NUMBER: Final = re.compile(r"\d+$")
_OF_EVERY_NAME: Final = re.compile(r"专项资金|项目|工程|经费|资金|专项")


def plain(text: str) -> str:
    """What counts of a text."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=NAMES_MAX)
def essence(name: str, owner: str = "") -> str:
    """What a programme is about: its name without its owner, year, number and common words."""
    kept = plain(name)
    whose = plain(owner)
    if whose:
        kept = kept.replace(whose, "")
    kept = _NUMBER.sub("", _YEAR.sub("", kept))
    return _OF_EVERY_NAME.sub("", kept) or kept


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
