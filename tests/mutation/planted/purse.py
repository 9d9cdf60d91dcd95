"""What is mutated in the tests of the mutation gate."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Purse:
    """Money in, money out."""

    filled: int
    spent: int

    @property
    def left(self) -> int:
        """Never less than nothing."""
        return max(0, self.filled - self.spent)


def capped(amount: int) -> int:
    """At most the most."""
    if amount < MOST:
        return amount
    return MOST


def halvings(amount: int) -> int:
    """How often it can be halved."""
    times = 0
    while amount > 0:
        amount //= 2
        times += 1
    return times


def worth(coin: object) -> int | None:
    """What a coin is worth; nothing where it is none."""
    match coin:
        case int():
            return coin
        case _:
            return None


def coins(things: Iterable[object]) -> int:
    """How many of them are coins."""
    found = 0
    for thing in things:
        match thing:
            case int():
                found += 1
            case _:
                pass
    return found


__all__ = ["MOST", "Purse", "capped", "coins", "halvings", "worth"]
