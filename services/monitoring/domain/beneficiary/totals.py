"""Totals by place that tell of nobody: small groups are put together until they are large enough.

A group that is only left out can be computed from the total and the others. So small places are
added up; while the sum is still small, the smallest of the others joins it (D).
"""

from collections.abc import Iterable, Mapping, Sequence

from services.monitoring.domain.beneficiary.values import PlaceTotal
from shared.domain.money import Money


def told(places: Sequence[PlaceTotal], smallest: int) -> Sequence[PlaceTotal]:
    """What may be told; nothing at all, where all together are fewer than that."""
    ordered = sorted(places, key=lambda one: (one.payees, one.place_code))
    hidden: list[PlaceTotal] = []
    while ordered and (ordered[0].payees < smallest or 0 < _payees(hidden) < smallest):
        hidden.append(ordered.pop(0))
    if _payees(hidden) < smallest and hidden:
        return ()
    shown = sorted(ordered, key=lambda one: one.place_code)
    return (*shown, added(hidden)) if hidden else tuple(shown)


def added(places: Iterable[PlaceTotal], place_code: str = "") -> PlaceTotal:
    """Several places as one."""
    every = list(places)
    return PlaceTotal(
        place_code=place_code,
        payees=_payees(every),
        households=sum(one.households for one in every),
        persons=sum(one.persons for one in every),
        enterprises=sum(one.enterprises for one in every),
        amount=Money.total(one.amount for one in every),
    )


def by_place(totals: Mapping[str, Iterable[PlaceTotal]]) -> Sequence[PlaceTotal]:
    """One total for each place."""
    return [added(parts, place) for place, parts in totals.items()]


def _payees(places: Iterable[PlaceTotal]) -> int:
    return sum(one.payees for one in places)
