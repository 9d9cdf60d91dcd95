"""The words of the closing of a fiscal year: what is red, what is carried, what comes later."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RedKind(StrEnum):
    """What a year may not be closed over without a leader's signature."""

    WARNING = "WARNING"
    FUND_FINDING = "FUND_FINDING"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedItem:
    """A loose end of the highest level; `region_code` is its own, not that of the year."""

    item_id: str
    kind: RedKind
    region_code: str
    unit_code: str = ""
    project_code: str = ""
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A red item that the coming year goes on with, and why."""

    item_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedItem:
    """A red item as it was carried over."""

    item: RedItem
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCommand:
    """Addresses the fiscal year of a region."""

    region_code: str
    fiscal_year: int
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRedItem(YearCommand):
    """Something red was heard of, in the region or below it."""

    item: RedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRedItem(YearCommand):
    """It has its end state."""

    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFiscalYear(YearCommand):
    """The year is over and in order; `leader` says that a leader of the bureau signs."""

    carried: tuple[Carried, ...] = ()
    leader: bool = False


type ClosingCommand = NoteRedItem | EndRedItem | CloseFiscalYear


@dataclass(frozen=True, slots=True, kw_only=True)
class RedItemNoted:
    """A red item is open in the year."""

    region_code: str
    fiscal_year: int
    item: RedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class RedItemEnded:
    """A red item of the year has its end state."""

    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalYearClosed:
    """The year is closed. From now on every change of it is a correction."""

    region_code: str
    fiscal_year: int
    carried: tuple[CarriedItem, ...]
    closed_by: str
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedYearCorrected:
    """Something of a closed year came later: it is told as a correction, never silently."""

    region_code: str
    fiscal_year: int
    item: RedItem
    ended: bool
    carried: bool
    corrected_on: date


type ClosingEvent = RedItemNoted | RedItemEnded | FiscalYearClosed | ClosedYearCorrected
