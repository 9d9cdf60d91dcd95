"""How a text is found: its single characters and its pairs of neighbours, folded.

Chinese is written without spaces and most of its words have two characters. A text holds a
word exactly when it holds the word's characters side by side; pairs of neighbours find that
for every word of two or more, single characters for the shortest.
"""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

QUERY_CHARACTERS_MAX: Final = 60
TERMS_MAX: Final = 6


def folded(text: str) -> str:
    """One spelling of what readers take for the same: width, case, and runs of spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def terms_of(query: str) -> Sequence[str]:
    """What a reader looks for: folded terms, each of which must be there; the first few."""
    cut = folded(query[:QUERY_CHARACTERS_MAX])
    return tuple(dict.fromkeys(cut.split()))[:TERMS_MAX]


def grams_of(text: str) -> Sequence[str]:
    """The characters and the pairs of neighbours of a folded text, each once, in order."""
    found: dict[str, None] = {}
    for word in text.split():
        found.update(dict.fromkeys(word))
        found.update(dict.fromkeys(map("".join, pairwise(word))))
    return tuple(found)


def grams_asked(term: str) -> Sequence[str]:
    """What an entry must hold to hold the term: its pairs, or the one character it is."""
    return tuple(dict.fromkeys(map("".join, pairwise(term)))) or (term,)
