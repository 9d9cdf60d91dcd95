"""The units of a region, so that a sample is drawn over all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from shared.domain.decider import Decider, Owner, Reference
from shared.domain.roll import Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterUnit:
    """A unit was registered elsewhere."""

    region_code: str
    unit_code: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntered:
    """The unit belongs to the region."""

    region_code: str
    unit_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRoster:
    """The units of a region, in the order in which they came."""

    region_code: str = ""
    units: Roll = field(default_factory=Roll)


def roster_reference(region_code: str) -> Reference:
    """Where the units of a region stand."""
    return Reference("unit_roster", region_code)


def _decide(command: EnterUnit, state: UnitRoster) -> Sequence[UnitEntered]:
    if command.unit_code in state.units:
        return []
    return [UnitEntered(region_code=command.region_code, unit_code=command.unit_code)]


def _evolve(state: UnitRoster, event: UnitEntered) -> UnitRoster:
    return UnitRoster(region_code=event.region_code, units=state.units.with_name(event.unit_code))


unit_roster_decider: Final[Decider[EnterUnit, UnitEntered, UnitRoster]] = Decider(
    category="unit_roster",
    initial=UnitRoster(),
    commands=(EnterUnit,),
    events={"UnitEntered": UnitEntered},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.region_code,
    owner=lambda state: Owner(region_code=state.region_code) if state.region_code else None,
)
