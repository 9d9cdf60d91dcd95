"""Search in Chinese without a dictionary: a text is the set of its neighbouring characters.

A text that contains a query has every bigram of the query, so an index over bigrams misses
nothing. Single characters are kept beside them, for queries of one character.
"""

from itertools import pairwise
from typing import Final

WIDE_FIRST, WIDE_LAST, WIDE_SHIFT = 0xFF01, 0xFF5E, 0xFEE0
_NARROW: Final = {code: code - WIDE_SHIFT for code in range(WIDE_FIRST, WIDE_LAST + 1)}


def folded(text: str) -> str:
    """Without case, full-width forms and spaces. Character by character, so parts stay parts."""
    return "".join(text.translate(_NARROW).casefold().split())


def grams(text: str) -> str:
    """Every character and every bigram of a text once, separated by spaces."""
    plain = folded(text)
    return " ".join(sorted({*plain, *_pairs(plain)}))


def wanted(query: str) -> list[str]:
    """What a query looks for: its bigrams, or the one character it consists of."""
    plain = folded(query)
    return sorted({*_pairs(plain)}) or list(plain)


def _pairs(plain: str) -> list[str]:
    return [first + second for first, second in pairwise(plain)]
