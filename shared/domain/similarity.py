"""How alike two texts are, by the pairs of neighbouring characters they share.

Chinese has no spaces between words, so pairs of characters stand in for words. Case, width,
spaces and punctuation do not count. Equal questions get equal answers, on every machine.
"""

import unicodedata
from collections import Counter
from decimal import Decimal
from operator import add
from typing import Final

type Bigram = str | tuple[str, int]
"""Two neighbouring characters; with its number where the pair comes again."""

type Bigrams = frozenset[Bigram]
"""The pairs of a text; where a pair comes again, it is another element, with its number.

So the pairs that two texts share are the intersection of two sets, which is fast.
"""

WHOLE: Final = Decimal(1)
NOTHING: Final = Decimal(0)
_PLACES: Final = 4
_PARTS: Final = 10**_PLACES


def plain(text: str) -> str:
    """What counts of a text."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def bigrams(text: str) -> Bigrams:
    """The pairs of a text; a single character is its own pair."""
    return pairs(plain(text))


def pairs(kept: str) -> Bigrams:
    """The pairs of what counts of a text."""
    if len(kept) == 1:
        return frozenset((kept,))
    counts = Counter(map(add, kept, kept[1:]))
    again = ((pair, nth) for pair, count in counts.items() for nth in range(1, count))
    return frozenset(counts).union(again)


def pair_count(kept: str) -> int:
    """How many pairs there are in what counts of a text, without looking at them."""
    return len(kept) - 1 if len(kept) > 1 else len(kept)


def likeness(one: Bigrams, other: Bigrams) -> Decimal:
    """Shared pairs ÷ mean number of pairs (Sørensen-Dice): 0 nothing alike, 1 the same pairs."""
    total = len(one) + len(other)
    return _share(2 * len(one & other), total) if total else WHOLE


def likeness_max(one: int, other: int) -> Decimal:
    """What `likeness` cannot exceed, whatever the texts: known from the numbers of pairs."""
    return _share(2 * min(one, other), one + other) if one + other else WHOLE


def coverage(part: Bigrams, whole: Bigrams) -> Decimal:
    """How much of `part` is found in `whole`; an empty part is found everywhere."""
    return _share(len(part & whole), len(part)) if part else WHOLE


def _share(shared: int, total: int) -> Decimal:
    """Four places, rounded half up; in whole numbers, because many texts are compared."""
    return Decimal((2 * shared * _PARTS + total) // (2 * total)).scaleb(-_PLACES)
