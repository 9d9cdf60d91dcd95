"""The draw: from a seed and a list of names always the same names, on every machine.

`sha256-rank-1`: a candidate's lot is the SHA-256 of `seed|stratum|name` as UTF-8; the smallest lots
are drawn. It rests on FIPS 180-4 alone: no order of the list, no version of a language and no
generator of numbers goes into it, so anybody can draw again with any tool.
"""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final

ALGORITHM: Final = "sha256-rank-1"


def lot(seed: str, stratum: str, name: str) -> str:
    """The lot of one candidate."""
    return hashlib.sha256(f"{seed}|{stratum}|{name}".encode()).hexdigest()


def drawn(seed: str, stratum: str, names: Iterable[str], count: int) -> tuple[str, ...]:
    """The candidates with the smallest lots, smallest first."""
    if count <= 0:
        return ()
    return tuple(sorted(set(names), key=lambda name: (lot(seed, stratum, name), name))[:count])


def size(population: Sequence[str], ratio: Decimal, least: int) -> int:
    """How many are drawn: at least the ratio, rounded up, and at least so many."""
    share = (len(population) * ratio).to_integral_value(ROUND_CEILING)
    return min(len(population), max(int(share), least))
