"""How alike two names of programmes are, by the pairs of neighbouring characters they share.

What a name says besides its matter (whose it is, its year, its number, the words that every name
has) is left out by `essence`. The comparison itself is that of `similarity`.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from shared.domain import similarity
from shared.domain.similarity import Bigrams, plain

NAMES_MAX: Final = 65_536
_YEAR: Final = re.compile(r"(19|20)\d{2}年?度?")
_NUMBER: Final = re.compile(r"\d+$")
_OF_EVERY_NAME: Final = re.compile(r"专项资金|项目|工程|经费|资金|专项")

pairs_of: Final = lru_cache(maxsize=NAMES_MAX)(similarity.bigrams)
"""The pairs of a name, remembered: names of a region are compared with many others."""


@lru_cache(maxsize=NAMES_MAX)
def essence(name: str, owner: str = "") -> str:
    """What a programme is about: its name without its owner, year, number and common words."""
    kept = plain(name)
    whose = plain(owner)
    if whose:
        kept = kept.replace(whose, "")
    kept = _NUMBER.sub("", _YEAR.sub("", kept))
    return _OF_EVERY_NAME.sub("", kept) or kept


def likeness(one: str, other: str) -> Decimal:
    """Shared pairs ÷ mean number of pairs: 0 nothing alike, 1 the same pairs."""
    mine: Bigrams = pairs_of(one)
    return similarity.likeness(mine, pairs_of(other))
