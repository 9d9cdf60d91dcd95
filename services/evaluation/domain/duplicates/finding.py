"""Which programmes of a year overlap, and which are fragments of one (`features` R6.8).

Two programmes overlap where what they are about is alike from the threshold on and their
function codes, where both are known, agree. Between units that is not enough: what many units
are about (校舍维修) tells nothing, so at most a few may be about the same thing, and numbered
places that differ (二村, 三村) are two places. Fragments are
several programmes of one unit and function, alike from the lower threshold on.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import Final

from shared.domain.money import Money
from shared.domain.name_likeness import essence, likeness, pairs_of
from shared.domain.rules import LinkageRules
from shared.domain.similarity import Bigram

FUNCTION_DIGITS: Final = 7
UNITS_MAX: Final = 3
"""What more units are about is common work and no overlap (D)."""
USERS_MAX: Final = 25
"""Names are compared where they share a pair of characters that no more units use (D)."""
PROGRAMMES_MAX: Final = 20_000
_NUMBERED: Final = re.compile(r"[一二三四五六七八九十百\d]+(?:村|组|社区|大队|小队|中|小)")


class DuplicateKind(StrEnum):
    """How programmes stand in each other's way."""

    OVERLAP = "OVERLAP"
    FRAGMENTED = "FRAGMENTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A programme and what it is compared by."""

    project_code: str
    name: str
    unit_code: str
    owner: str
    function_code: str
    amount: Money

    @property
    def matter(self) -> str:
        """What it is about."""
        return essence(self.name, self.owner)

    @property
    def function(self) -> str:
        """The seven digits of the function code; empty where they are not all known."""
        code = self.function_code[:FUNCTION_DIGITS]
        return code if len(code) == FUNCTION_DIGITS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two programmes that are alike."""

    one: str
    other: str
    names: Decimal
    same_unit: bool
    same_function: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Programmes that belong together, and the pairs that say so."""

    kind: DuplicateKind
    members: tuple[str, ...]
    pairs: tuple[Pair, ...]
    amount: Money

    @property
    def likeness(self) -> Decimal:
        """Of the least alike pair."""
        return min(pair.names for pair in self.pairs)


def compare(one: Compared, other: Compared) -> Pair:
    """The measure of two programmes."""
    known = bool(one.function and other.function)
    return Pair(
        one=one.project_code,
        other=other.project_code,
        names=likeness(one.matter, other.matter),
        same_unit=one.unit_code == other.unit_code,
        same_function=one.function == other.function if known else None,
    )


def find(programmes: Sequence[Compared], rules: LinkageRules) -> Sequence[Found]:
    """Every group, fragments first, each programme in one group of a kind."""
    by_code = {one.project_code: one for one in programmes}
    fragments: list[Pair] = []
    own: list[Pair] = []
    across: list[Pair] = []
    for one, other in _candidates(programmes):
        pair = compare(one, other)
        if pair.same_function is False:
            continue
        if pair.same_unit and pair.same_function and pair.names >= rules.similar_name:
            fragments.append(pair)
        if pair.names >= rules.duplicate_name and not _other_place(one.matter, other.matter):
            (own if pair.same_unit else across).append(pair)
    overlaps = [*own, *_uncommon(across, by_code)]
    found = [
        group
        for group in _grouped(DuplicateKind.FRAGMENTED, fragments, by_code)
        if len(group.members) >= rules.fragments_min
    ]
    inside = {frozenset((p.one, p.other)) for group in found for p in group.pairs}
    left = [pair for pair in overlaps if frozenset((pair.one, pair.other)) not in inside]
    return [*found, *_grouped(DuplicateKind.OVERLAP, left, by_code)]


def _users(programmes: Sequence[Compared]) -> Mapping[Bigram, int]:
    """By pair of characters: how many units use it."""
    units: defaultdict[Bigram, set[str]] = defaultdict(set)
    for one in programmes:
        for pair in pairs_of(one.matter):
            units[pair].add(one.unit_code)
    return {pair: len(who) for pair, who in units.items()}


def _other_place(one: str, other: str) -> bool:
    """二村 is not 三村, however alike the rest is: numbered places that differ are two places."""
    here, there = set(_NUMBERED.findall(one)), set(_NUMBERED.findall(other))
    return bool(here and there) and here != there


def _uncommon(pairs: Sequence[Pair], by_code: Mapping[str, Compared]) -> Sequence[Pair]:
    """Without what is the work of many units."""
    units: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for code, other in ((pair.one, pair.other), (pair.other, pair.one)):
            units[code] |= {by_code[code].unit_code, by_code[other].unit_code}
    return [p for p in pairs if max(len(units[p.one]), len(units[p.other])) <= UNITS_MAX]


def _candidates(programmes: Sequence[Compared]) -> Iterable[tuple[Compared, Compared]]:
    """Pairs worth a look: of one unit, or of units that share a rare pair of characters."""
    by_unit: defaultdict[str, list[Compared]] = defaultdict(list)
    by_pair: defaultdict[Bigram, list[Compared]] = defaultdict(list)
    users = _users(programmes)
    for one in programmes:
        by_unit[one.unit_code].append(one)
        for pair in pairs_of(one.matter):
            if users[pair] <= USERS_MAX:
                by_pair[pair].append(one)
    seen: set[tuple[str, str]] = set()
    for some in (*by_unit.values(), *by_pair.values()):
        for one, other in combinations(sorted(some, key=lambda p: p.project_code), 2):
            key = (one.project_code, other.project_code)
            if key not in seen:
                seen.add(key)
                yield one, other


def _grouped(
    kind: DuplicateKind, pairs: Sequence[Pair], by_code: Mapping[str, Compared]
) -> Sequence[Found]:
    """Programmes that hang together by pairs are one group."""
    leader: dict[str, str] = {}

    def lead(code: str) -> str:
        while leader.setdefault(code, code) != code:
            code = leader[code]
        return code

    for pair in pairs:
        leader[lead(pair.other)] = lead(pair.one)
    groups: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[lead(pair.one)].append(pair)
    found = []
    for some in groups.values():
        members = sorted({code for pair in some for code in (pair.one, pair.other)})
        amount = Money.total(by_code[code].amount for code in members)
        found.append(Found(kind=kind, members=tuple(members), pairs=tuple(some), amount=amount))
    return sorted(found, key=lambda group: group.members)


@dataclass(frozen=True, slots=True)
class Measured:
    """How well groups agree with what was planted."""

    found: int
    planted: int
    right: int

    @property
    def precision(self) -> Decimal:
        """Of what was found, how much was planted."""
        return Decimal(self.right) / self.found if self.found else Decimal(1)

    @property
    def recall(self) -> Decimal:
        """Of what was planted, how much was found."""
        return Decimal(self.right) / self.planted if self.planted else Decimal(1)


def measured(groups: Iterable[Found], planted: Iterable[frozenset[str]]) -> Measured:
    """Pairs that were found, held against pairs that are known to belong together."""
    told = Counter(frozenset(pair) for group in groups for pair in combinations(group.members, 2))
    wanted = set(planted)
    return Measured(found=len(told), planted=len(wanted), right=len(wanted & set(told)))
