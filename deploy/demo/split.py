"""Dividing totals into items that add up to them, to the fen and to the piece."""

from random import Random

from shared.domain.money import Money


def even(total: Money, parts: int) -> list[Money]:
    """Equal parts; the last one takes what is left over."""
    base = total.fen // parts
    return [*([Money(base)] * (parts - 1)), Money(total.fen - base * (parts - 1))]


def uneven(total: Money, parts: int, chance: Random, jitter: float = 0.04) -> list[Money]:
    """Parts around the mean, within `jitter` of it, in whole fen; they add up exactly."""
    base = total.fen // parts
    swing = int(base * jitter)
    amounts = [base] * parts
    for first in range(0, parts - 1, 2):
        move = chance.randint(0, swing)
        amounts[first] += move
        amounts[first + 1] -= move
    amounts[-1] += total.fen - base * parts
    return [Money(fen) for fen in amounts]


def spread(items: int, places: int) -> list[int]:
    """How many items each place gets, as evenly as it goes; the first places get the rest."""
    share, rest = divmod(items, places)
    return [share + (1 if place < rest else 0) for place in range(places)]
