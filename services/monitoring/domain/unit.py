"""A budget unit as monitoring knows it: letters are addressed to it by its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.domain.decider import Decider, Owner, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class HearUnit:
    """A unit was registered, or its names changed."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHeard:
    """The unit is known under these names."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit; `known` is `None` before it was registered."""

    known: UnitHeard | None = None


def reference(unit_code: str) -> Reference:
    """The unit, for a decision that must know its name."""
    return Reference("unit", unit_code)


def _decide(command: HearUnit, state: Unit) -> Sequence[UnitHeard]:
    heard = UnitHeard(
        unit_code=command.unit_code,
        name=command.name,
        region_code=command.region_code,
        department_code=command.department_code,
        department_name=command.department_name,
    )
    return [] if state.known == heard else [heard]


def _evolve(_state: Unit, event: UnitHeard) -> Unit:
    return Unit(known=event)


def _owner(state: Unit) -> Owner | None:
    unit = state.known
    if unit is None:
        return None
    return Owner(
        region_code=unit.region_code,
        department_code=unit.department_code,
        unit_code=unit.unit_code,
    )


unit_decider: Final[Decider[HearUnit, UnitHeard, Unit]] = Decider(
    category="unit",
    initial=Unit(),
    commands=(HearUnit,),
    events={"UnitHeard": UnitHeard},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.unit_code,
    owner=_owner,
)
