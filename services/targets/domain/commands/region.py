"""What may be asked of the register of regions."""

from dataclasses import dataclass
from datetime import date, datetime

from services.targets.domain.entries import End, RegionEntry, RegionLevel, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRegion:
    """A region joins, with whatever is known of its history.

    `history` are later entries in the order of their days, `leaders` the terms of those who
    answered for it, `end` is told where it no longer exists. What the superior's and the
    successor's own entries say is filled in.
    """

    region_code: str
    name: str
    parent_code: str | None
    approval_authority: str
    by: str
    now: datetime
    level: RegionLevel | None = None
    valid_from_on: date | None = None
    history: tuple[RegionEntry, ...] = ()
    leaders: tuple[Term, ...] = ()
    end: End | None = None
    parent_known: bool = False
    successor_lives: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameRegion:
    """It has another name from a day on."""

    region_code: str
    name: str
    from_on: date
    document: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyRegion:
    """It is of another class from a day on: a township has become a town."""

    region_code: str
    level: RegionLevel
    name: str
    from_on: date
    document: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRegion:
    """It exists until a day; then another region takes its place, alone or with others."""

    region_code: str
    end: End
    by: str
    now: datetime
    successor_lives: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointRegionLeader:
    """Somebody answers for the performance of the region; without a day, from today."""

    region_code: str
    leader: str
    by: str
    now: datetime
    from_on: date | None = None
    until_on: date | None = None


type RegionCommand = (
    RegisterRegion | RenameRegion | ClassifyRegion | MergeRegion | AppointRegionLeader
)
