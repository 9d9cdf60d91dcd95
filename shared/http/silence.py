"""Whose client has to speak: who has most of them, and which has been silent longest.

A few hundred connections of one address must not put out the one of another. Every change moves
an address between the neighbouring ranks "so many of them", so all of it costs the same however
many there are.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple


class First[T](NamedTuple):
    """Who gives way first: since when they are silent, and of how many of the same address."""

    one: T
    since: float
    of: int


class Silence[T: Hashable]:
    """Those who are silent, by address; the oldest of an address first."""

    def __init__(self) -> None:
        """Nobody is."""
        self._address: dict[T, str] = {}
        self._silent: dict[str, OrderedDict[T, float]] = {}
        self._ranks: dict[int, OrderedDict[str, None]] = {}
        self._most = 0

    def __len__(self) -> int:
        """How many are silent."""
        return len(self._address)

    def add(self, one: T, address: str, now: float) -> None:
        """Somebody is silent from now on."""
        if one in self._address:
            self.discard(one)
        self._address[one] = address
        silent = self._silent.get(address)
        if silent is None:
            silent = self._silent[address] = OrderedDict()
        silent[one] = now
        self._rank(address, len(silent) - 1, len(silent))

    def discard(self, one: T) -> None:
        """Somebody has spoken, or gone."""
        address = self._address.pop(one, None)
        if address is None:
            return
        silent = self._silent[address]
        del silent[one]
        self._rank(address, len(silent) + 1, len(silent))
        if not silent:
            del self._silent[address]

    def of(self, address: str) -> int:
        """How many of an address are silent."""
        return len(self._silent.get(address, ()))

    def first(self) -> First[T] | None:
        """Of the address that has most: who has been silent longest."""
        if not self._most:
            return None
        address = next(iter(self._ranks[self._most]))
        silent = self._silent[address]
        one = next(iter(silent))
        return First(one, silent[one], len(silent))

    def _rank(self, address: str, before: int, now: int) -> None:
        if before:
            rank = self._ranks[before]
            del rank[address]
            if not rank:
                del self._ranks[before]
        if now:
            rank_now = self._ranks.get(now)
            if rank_now is None:
                rank_now = self._ranks[now] = OrderedDict()
            rank_now[address] = None
        if now > self._most or self._most not in self._ranks:
            # One more or one less: the highest rank has moved by one.
            self._most = now
