"""A budget unit with its department, and the persons who answer for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from services.targets.domain.commands.unit import (
    NameResponsiblePersons,
    RegisterUnit,
    UnitCommand,
)
from services.targets.domain.events.unit import (
    ResponsiblePersonsNamed,
    UnitEvent,
    UnitRegistered,
)
from services.targets.domain.refusals import (
    OneOfficeForBoth,
    PersonUnnamed,
    RegionUnknown,
    UnitAlreadyRegistered,
    UnitUnknown,
)
from services.targets.domain.region import Region
from services.targets.domain.values import Origin, Responsible
from shared.domain.decider import Decider, Owner, Reference


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """Nobody has registered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A registered budget unit."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str
    origin: Origin
    responsible: Responsible | None = None


type UnitState = UnknownUnit | Unit


def check_responsible(responsible: Responsible) -> None:
    """Three names; the two offices that push work to each other are two persons (§6.1)."""
    for office in ("business", "finance", "head"):
        if not getattr(responsible, office).strip():
            raise PersonUnnamed(pointer=f"/responsible/{office}")
    if responsible.business.strip() == responsible.finance.strip():
        raise OneOfficeForBoth(pointer="/responsible/finance")


def decide(command: UnitCommand, state: UnitState) -> Sequence[UnitEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case RegisterUnit():
            return _register(command, state)
        case NameResponsiblePersons():
            return _name(command, state)
        case _:
            assert_never(command)


def _register(command: RegisterUnit, state: UnitState) -> Sequence[UnitEvent]:
    asked = UnitRegistered(
        unit_code=command.unit_code,
        name=command.name,
        region_code=command.region_code,
        department_code=command.department_code,
        department_name=command.department_name,
        origin=command.origin,
    )
    if isinstance(state, Unit):
        if replace(state, responsible=None) == evolve(UnknownUnit(), asked):
            return []
        raise UnitAlreadyRegistered(name=state.name, department_code=state.department_code)
    if not command.region_known:
        raise RegionUnknown(
            pointer="/region_code",
            remedy="Register the region first.",
            region_code=command.region_code,
        )
    return [asked]


def _name(command: NameResponsiblePersons, state: UnitState) -> Sequence[UnitEvent]:
    if isinstance(state, UnknownUnit):
        raise UnitUnknown(unit_code=command.unit_code)
    check_responsible(command.responsible)
    if state.responsible == command.responsible:
        return []
    return [ResponsiblePersonsNamed(unit_code=command.unit_code, responsible=command.responsible)]


def evolve(state: UnitState, event: UnitEvent) -> UnitState:
    """The unit after this."""
    match event:
        case UnitRegistered():
            return Unit(
                unit_code=event.unit_code,
                name=event.name,
                region_code=event.region_code,
                department_code=event.department_code,
                department_name=event.department_name,
                origin=event.origin,
            )
        case ResponsiblePersonsNamed(responsible=responsible):
            return replace(state, responsible=responsible) if isinstance(state, Unit) else state
        case _:
            assert_never(event)


def _consults(command: UnitCommand) -> Sequence[Reference]:
    if isinstance(command, RegisterUnit):
        return [Reference("region", command.region_code)]
    return ()


def _inform(command: UnitCommand, states: Sequence[object]) -> UnitCommand:
    if isinstance(command, RegisterUnit):
        return replace(command, region_known=isinstance(states[0], Region))
    return command


def _owner(state: UnitState) -> Owner | None:
    if isinstance(state, UnknownUnit):
        return None
    return Owner(
        region_code=state.region_code,
        department_code=state.department_code,
        unit_code=state.unit_code,
    )


UNIT: Final[Decider[UnitCommand, UnitEvent, UnitState]] = Decider(
    category="unit",
    initial=UnknownUnit(),
    commands=(RegisterUnit, NameResponsiblePersons),
    events={
        "UnitRegistered": UnitRegistered,
        "ResponsiblePersonsNamed": ResponsiblePersonsNamed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.unit_code,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
