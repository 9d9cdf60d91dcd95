"""Counts of beneficiaries that are too small to hide a person are told together with others.

A place that is only left out can be computed from the total and the rest, so small places are
added up, and while their sum is small, too, the smallest of the others joins them. Monitoring
does so before it speaks; what is told here is held to the same rule whoever spoke.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SMALLEST_TOLD: Final = 5
"""The smallest group that is told by itself (D)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What reached a place: numbers of payees, households, persons, enterprises, and fen."""

    place_code: str
    counts: tuple[int, ...]
    fen: int

    def small(self, smallest: int) -> bool:
        """Whether one of its counts could be pinned on somebody."""
        return any(0 < one < smallest for one in self.counts)


def told_cells(cells: Sequence[Cell], smallest: int = SMALLEST_TOLD) -> Sequence[Cell]:
    """What may be told, place by place; nothing where everybody together is too few."""
    ordered = sorted(cells, key=lambda one: (one.counts, one.place_code))
    hidden = [one for one in ordered if one.small(smallest)]
    shown = [one for one in ordered if not one.small(smallest)]
    while shown and hidden and _added(hidden).small(smallest):
        hidden.append(shown.pop(0))
    if not hidden:
        return sorted(shown, key=lambda one: one.place_code)
    together = _added(hidden)
    if together.small(smallest):
        return ()
    return [*sorted(shown, key=lambda one: one.place_code), together]


def _added(cells: Sequence[Cell]) -> Cell:
    counts = tuple(sum(column) for column in zip(*(one.counts for one in cells), strict=True))
    return Cell(place_code="", counts=counts, fen=sum(one.fen for one in cells))
