"""What a register says of a place from a day on. Days are inclusive on both sides.

A register keeps every entry: a name is never written over, a later one follows it. Changes are
entered in the order of their days, so that the entry of any day is the last one that began by
then. An entry whose first day nobody stated holds since ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from services.targets.domain.refusals import ChangeOutOfOrder, PlaceEnded

SINCE_EVER: Final = date.min


class RegionLevel(StrEnum):
    """Administrative levels and the classes of the lowest one (GB/T 2260, GB/T 10114)."""

    PROVINCE = "PROVINCE"
    PREFECTURE = "PREFECTURE"
    COUNTY = "COUNTY"
    SUBDISTRICT = "SUBDISTRICT"
    TOWN = "TOWN"
    TOWNSHIP = "TOWNSHIP"
    OTHER = "OTHER"


BUREAUS: Final = frozenset({None, RegionLevel.PROVINCE, RegionLevel.PREFECTURE, RegionLevel.COUNTY})
"""Levels with a finance bureau of their own; a level that nobody stated is taken for one."""


class Dated(Protocol):
    """Whatever begins on a day."""

    @property
    def from_on(self) -> date | None:
        """The first day; `None`: since ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionEntry:
    """A region as the register has it from a day on, and the document that says so."""

    name: str
    level: RegionLevel | None
    from_on: date | None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A unit as the register has it from a day on, and the document that says so.

    `credit_code` is the unified social credit code (GB 32100-2015), `manage_mof_dep_code` the
    bureau section that manages the unit (national element, 业务主管处室).
    """

    name: str
    department_code: str
    department_name: str
    credit_code: str
    manage_mof_dep_code: str
    from_on: date | None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The last day of a place, who took its place, and the document that says so."""

    last_on: date
    successor_code: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A person in an office, from a day on, until a day or until somebody follows."""

    person: str
    from_on: date
    until_on: date | None = None


def first_day(entry: Dated) -> date:
    """The day from which an entry holds."""
    return entry.from_on or SINCE_EVER


def expect_later(
    entries: Sequence[Dated], day: date, end: End | None = None, *, pointer: str = "/from_on"
) -> None:
    """A change comes after the one before it, and nothing changes any more after the end.

    `pointer`: the field that says the day.
    """
    if end is not None:
        raise PlaceEnded(last_on=end.last_on, successor_code=end.successor_code)
    if entries and day <= first_day(entries[-1]):
        raise ChangeOutOfOrder(pointer=pointer, after_on=first_day(entries[-1]))


def begins_with(entries: Sequence[object], asked: Sequence[object]) -> bool:
    """Whether the register already says what is asked, whatever came later."""
    return list(entries[: len(asked)]) == list(asked)


def ended_by(term: Term, before: Term | None) -> date | None:
    """The first day of the term before, where this one ends it; `None` where it was over."""
    if before is None or (before.until_on is not None and before.until_on < term.from_on):
        return None
    return before.from_on
