"""Which texts say the same: one comparison for targets (L13) and for self-evaluations.

What is compared is the plain text (`similarity.plain`). Texts are compared again and again, so
their pairs are remembered, and texts of very different length need no closer look.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from shared.domain.similarity import likeness, likeness_max, pair_count, pairs, plain

REMEMBERED_MAX: Final = 256  # texts of a unit are compared again and again, some 30 KB each

_pairs: Final = lru_cache(REMEMBERED_MAX)(pairs)
_plain: Final = lru_cache(REMEMBERED_MAX)(plain)  # what is linted is noted right after


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another project that says the same."""

    project_code: str
    likeness: Decimal


def plain_words(parts: Iterable[str]) -> str:
    """What counts of a text told in parts."""
    return _plain("".join(parts))


def alike(own: str, words: str, others: Mapping[str, str], limit: Decimal) -> Sequence[Alike]:
    """The others from `limit` on, the most similar first; `others` by project, without `own`."""
    mine, count = _pairs(words), pair_count(words)
    found = []
    for other, theirs in others.items():
        # Texts of very different length cannot be alike, and need no closer look.
        if other == own or likeness_max(count, pair_count(theirs)) < limit:
            continue
        share = likeness(mine, _pairs(theirs))
        if share >= limit:
            found.append(Alike(project_code=other, likeness=share))
    return sorted(found, key=lambda one: (-one.likeness, one.project_code))
