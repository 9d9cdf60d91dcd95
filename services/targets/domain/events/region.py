"""What may have happened to a region."""

from dataclasses import dataclass
from datetime import date

from services.targets.domain.entries import End, RegionEntry, RegionLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRegistered:
    """The region joined. Who approves its budget is data: a prefecture is no budget level."""

    region_code: str
    name: str
    parent_code: str | None
    approval_authority: str
    level: RegionLevel | None = None
    valid_from_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRenamed:
    """It has another name from a day on. `follows_on`: the first day of the entry before."""

    region_code: str
    entry: RegionEntry
    follows_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionClassified:
    """It is of another class from a day on. `follows_on`: the first day of the entry before."""

    region_code: str
    entry: RegionEntry
    follows_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionMerged:
    """It ended, and another region took its place. `follows_on`: of the entry that ended."""

    region_code: str
    end: End
    follows_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLeaderAppointed:
    """The person who answers for the performance of the region, from a day on.

    `follows_on` is the first day of a term that this one ends.
    """

    region_code: str
    leader: str
    from_on: date | None = None
    until_on: date | None = None
    follows_on: date | None = None


type RegionEvent = (
    RegionRegistered | RegionRenamed | RegionClassified | RegionMerged | RegionLeaderAppointed
)
