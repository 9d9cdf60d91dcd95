"""How alike two texts are, by the pairs of neighbouring characters they share.

Chinese has no spaces between words, so pairs of characters stand in for words. Case, width,
spaces and punctuation do not count. Equal questions get equal answers, on every machine.
"""

import unicodedata
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from operator import add
from typing import Final

type Bigrams = Counter[str]

WHOLE: Final = Decimal(1)
NOTHING: Final = Decimal(0)
_PLACES: Final = Decimal("0.0001")


def bigrams(text: str) -> Bigrams:
    """The pairs of a text, each with how often it occurs; a single character is its own pair."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(filter(str.isalnum, plain))
    if len(kept) == 1:
        return Counter((kept,))
    return Counter(map(add, kept, kept[1:]))


def likeness(one: Bigrams, other: Bigrams) -> Decimal:
    """Shared pairs ÷ mean number of pairs (Sørensen-Dice): 0 nothing alike, 1 the same pairs."""
    pairs = one.total() + other.total()
    if not pairs:
        return WHOLE
    return _share(2 * _shared(one, other), pairs)


def likeness_max(one: Bigrams, other: Bigrams) -> Decimal:
    """What `likeness` cannot exceed: known from the two lengths alone."""
    pairs = one.total() + other.total()
    return _share(2 * min(one.total(), other.total()), pairs) if pairs else WHOLE


def coverage(part: Bigrams, whole: Bigrams) -> Decimal:
    """How much of `part` is found in `whole`; an empty part is found everywhere."""
    pairs = part.total()
    return _share(_shared(part, whole), pairs) if pairs else WHOLE


def _shared(one: Bigrams, other: Bigrams) -> int:
    # Counter's own intersection builds a third counter; only its size is wanted.
    fewer, more = (one, other) if len(one) <= len(other) else (other, one)
    known = more.get
    return sum(min(count, known(pair, 0)) for pair, count in fewer.items())


def _share(shared: int, pairs: int) -> Decimal:
    return (Decimal(shared) / Decimal(pairs)).quantize(_PLACES, ROUND_HALF_UP)
