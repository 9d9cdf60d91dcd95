"""A region as monitoring knows it: its name stands in the head of every letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.domain.decider import Decider, Owner, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class HearRegion:
    """A region joined the system, or its name changed."""

    region_code: str
    name: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionHeard:
    """The region is known under this name."""

    region_code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region; `known` is `None` before it joined."""

    known: RegionHeard | None = None


def reference(region_code: str) -> Reference:
    """The region, for a decision that must know its name."""
    return Reference("region", region_code)


def _decide(command: HearRegion, state: Region) -> Sequence[RegionHeard]:
    heard = RegionHeard(region_code=command.region_code, name=command.name)
    return [] if state.known == heard else [heard]


def _evolve(_state: Region, event: RegionHeard) -> Region:
    return Region(known=event)


def _owner(state: Region) -> Owner | None:
    return Owner(region_code=state.known.region_code) if state.known else None


region_decider: Final[Decider[HearRegion, RegionHeard, Region]] = Decider(
    category="region",
    initial=Region(),
    commands=(HearRegion,),
    events={"RegionHeard": RegionHeard},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.region_code,
    owner=_owner,
)
