"""What may be asked of the register of regions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRegion:
    """A region joins. `parent_known` is filled in from the superior's own entry."""

    region_code: str
    name: str
    parent_code: str | None
    approval_authority: str
    by: str
    now: datetime
    parent_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointRegionLeader:
    """Somebody answers for the performance of the region."""

    region_code: str
    leader: str
    by: str
    now: datetime


type RegionCommand = RegisterRegion | AppointRegionLeader
