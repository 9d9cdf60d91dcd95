"""How a long, fragmented target becomes a short one (`domain` §6.2, aids).

Duplicates are merged into the heavier one, the heaviest indicators are kept up to the advised
number, and the points of each part are divided anew among those that stay. Nothing that a
rule requires is given up; nothing that a rule misses is invented.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from services.targets.domain.lint.parts import (
    CORE_INDICATORS_MIN,
    COST_PARTS,
    INDICATORS_ADVISED,
    OUTPUT_PARTS,
)
from services.targets.domain.lint.scheme import WEIGHT_MIN, admits, scheme_points
from services.targets.domain.values import Indicator
from shared.domain.rules import WeightRules
from shared.domain.similarity import bigrams, likeness

KEPT_MAX: Final = INDICATORS_ADVISED[1]
DUPLICATE_LIKENESS: Final = Decimal("0.80")  # D: names of one measure in other words
UNIT: Final = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """An indicator that says what another one says."""

    indicator_id: str
    into: str
    likeness: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Which indicators to keep, with which weights; which to merge or drop."""

    keep: tuple[Indicator, ...]
    merged: tuple[Merge, ...]
    dropped: tuple[str, ...]


def simplify(indicators: Sequence[Indicator], weights: WeightRules) -> Suggestion:
    """At most fifteen indicators whose weights are those of the scheme."""
    admitted = [i for i in indicators if admits(weights.scheme, i)]
    distinct, merged = _distinct(admitted)
    chosen = _chosen(distinct, weights)
    gone = {merge.indicator_id for merge in merged} | {i.indicator_id for i in chosen}
    return Suggestion(
        keep=_weighed(chosen, weights),
        merged=merged,
        dropped=tuple(i.indicator_id for i in indicators if i.indicator_id not in gone),
    )


def _heaviest_first(indicators: Iterable[Indicator]) -> list[Indicator]:
    return sorted(indicators, key=lambda i: (-i.weight, not i.is_core, i.indicator_id))


def _distinct(indicators: Sequence[Indicator]) -> tuple[list[Indicator], tuple[Merge, ...]]:
    """Those that say something of their own, and those that repeat one of them."""
    distinct: list[Indicator] = []
    merged: list[Merge] = []
    pairs = {i.indicator_id: bigrams(i.name) for i in indicators}
    for indicator in _heaviest_first(indicators):
        own = pairs[indicator.indicator_id]
        for kept in distinct:
            share = likeness(own, pairs[kept.indicator_id])
            if kept.level2 is indicator.level2 and share >= DUPLICATE_LIKENESS:
                merged.append(
                    Merge(
                        indicator_id=indicator.indicator_id, into=kept.indicator_id, likeness=share
                    )
                )
                break
        else:
            distinct.append(indicator)
    return distinct, tuple(merged)


def _chosen(distinct: Sequence[Indicator], weights: WeightRules) -> list[Indicator]:
    """The heaviest, but first one of each part that a rule asks for, and two core ones."""
    ranked = _heaviest_first(distinct)
    first = [*_one_of_each(ranked), *[i for i in ranked if i.is_core][:CORE_INDICATORS_MIN]]
    room = {part: int(p / WEIGHT_MIN) for part, p in scheme_points(distinct, weights).items()}
    chosen: dict[str, Indicator] = {}
    for indicator in (*first, *ranked):
        full = len(chosen) >= KEPT_MAX or room.get(indicator.level1, 0) == 0
        if indicator.indicator_id in chosen or full:
            continue
        chosen[indicator.indicator_id] = indicator
        room[indicator.level1] -= 1
    return [i for i in distinct if i.indicator_id in chosen]


def _one_of_each(ranked: Sequence[Indicator]) -> Iterable[Indicator]:
    required = {*OUTPUT_PARTS, *COST_PARTS}
    seen: set[str] = set()
    for indicator in ranked:
        part = indicator.level2 if indicator.level2 in required else indicator.level1
        if part not in seen:
            seen.add(part)
            yield indicator


def _weighed(chosen: Sequence[Indicator], weights: WeightRules) -> tuple[Indicator, ...]:
    new: dict[str, Decimal] = {}
    for part, points in scheme_points(chosen, weights).items():
        new |= divided(points, {i.indicator_id: i.weight for i in chosen if i.level1 == part})
    return tuple(replace(i, weight=new[i.indicator_id]) for i in chosen)


def divided(points: Decimal, weights: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """The points in whole numbers, in the proportion of the weights, none below one.

    What rounding leaves goes to whoever it took most from; a fraction of a point, where the
    scheme has one, goes to the first of them.
    """
    if not weights:
        return {}
    free = points - WEIGHT_MIN * len(weights)
    total = sum(weights.values(), start=Decimal(0))
    even = Decimal(1) / len(weights)
    shares = {one: free * (w / total if total else even) for one, w in weights.items()}
    whole = {one: WEIGHT_MIN + share // UNIT for one, share in shares.items()}
    left = points - sum(whole.values(), start=Decimal(0))
    order = sorted(shares, key=lambda one: (-(shares[one] % UNIT), one))
    for one in order[: int(left)]:
        whole[one] += UNIT
    whole[order[0]] += left % UNIT
    return whole
