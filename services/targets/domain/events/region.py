"""What may have happened to a region."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRegistered:
    """The region joined. Who approves its budget is data: a prefecture is no budget level."""

    region_code: str
    name: str
    parent_code: str | None
    approval_authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLeaderAppointed:
    """The person who answers for the performance of the region."""

    region_code: str
    leader: str


type RegionEvent = RegionRegistered | RegionLeaderAppointed
