"""Sums that a process keeps apart from its pages, each with what it was made from.

A page is made anew whenever anything is new. Most of its sums are still right then: a payment
changes no self-evaluation. A sum is asked for again when one of those whose words feed its
registers has said something more; so it is never older than the place that the page names.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from services.disclosure.portal.stamp import PRODUCERS, Place
from services.disclosure.projections import portal_sums as sums
from services.disclosure.projections.cut_register import cut
from services.disclosure.projections.ex_ante_register import assessed
from services.disclosure.projections.span import Span
from shared.http.reading import Read

OWN: Final = "disclosure"
KEPT_MAX: Final = 2_000


class Part(NamedTuple):
    """A sum: its question, and whose words feed the registers it is asked of."""

    ask: Callable[[Span], Any]
    fed_by: frozenset[str]


def _part(ask: Callable[[Span], Any], *fed_by: str) -> Part:
    return Part(ask, frozenset(fed_by))


PARTS: Final[Mapping[str, Part]] = {
    "promised": _part(sums.promised_by_region, "targets", "monitoring"),
    "warned": _part(sums.warned_by_region, "monitoring"),
    "graded": _part(sums.graded_by_region, "evaluation"),
    "told": _part(sums.told_by_state, OWN),
    "recovered": _part(sums.recovered_by_region, "evaluation"),
    "recovered_months": _part(sums.recovered_by_month, "evaluation"),
    "assessed": _part(assessed, "targets"),
    "cut": _part(cut, "evaluation"),
    "bulletins": _part(sums.months_with_bulletin, OWN),
}

type Known = tuple[tuple[int, ...], Sequence[Any]]


@dataclass(slots=True)
class KeptSums:
    """One per process. What has not been asked for longest goes first."""

    known: OrderedDict[tuple[str, Span], Known] = field(default_factory=OrderedDict)

    async def rows(self, name: str, read: Read, span: Span, place: Place) -> Sequence[Any]:
        """The rows of a sum: those that are known, while nothing can have changed them."""
        part, key = PARTS[name], (name, span)
        stands = standing(part, place)
        found = self.known.get(key)
        if found is None or found[0] != stands:
            found = stands, await read.rows(part.ask(span))
            self.known[key] = found
            while len(self.known) > KEPT_MAX:
                self.known.popitem(last=False)
        self.known.move_to_end(key)
        return found[1]


def standing(part: Part, place: Place) -> tuple[int, ...]:
    """How far those were heard who feed a sum."""
    own = (place.position,) if OWN in part.fed_by else ()
    heard = zip(PRODUCERS, place.heard, strict=True)
    return (*own, *(number for producer, number in heard if producer in part.fed_by))
