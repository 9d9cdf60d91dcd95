"""What the register knows of a budget unit, and how each fact changes it."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.targets.domain.commands.unit import Named
from services.targets.domain.entries import SINCE_EVER, End, UnitEntry
from services.targets.domain.events.unit import (
    ResponsiblePersonsNamed,
    UnitClosed,
    UnitEvent,
    UnitRegistered,
    UnitRenamed,
    UnitTransferred,
)
from services.targets.domain.values import Origin


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """Nobody has registered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A registered budget unit: entries and named persons in the order of their days."""

    unit_code: str
    region_code: str
    origin: Origin
    entries: tuple[UnitEntry, ...]
    persons: tuple[Named, ...] = ()
    end: End | None = None

    @property
    def name(self) -> str:
        """As last entered."""
        return self.entries[-1].name

    @property
    def department_code(self) -> str:
        """As last entered."""
        return self.entries[-1].department_code


type UnitState = UnknownUnit | Unit


def evolve(state: UnitState, event: UnitEvent) -> UnitState:
    """The unit after this."""
    if isinstance(event, UnitRegistered):
        return Unit(
            unit_code=event.unit_code,
            region_code=event.region_code,
            origin=event.origin,
            entries=(first_entry(event),),
        )
    if isinstance(state, UnknownUnit):
        return state
    match event:
        case UnitRenamed(entry=entry) | UnitTransferred(entry=entry):
            return replace(state, entries=(*state.entries, entry))
        case UnitClosed(end=end):
            return replace(state, end=end)
        case ResponsiblePersonsNamed(responsible=responsible, from_on=day):
            named = Named(responsible=responsible, from_on=day or SINCE_EVER)
            return replace(state, persons=(*state.persons, named))
        case _:
            assert_never(event)


def first_entry(event: UnitRegistered) -> UnitEntry:
    """What the registration itself says."""
    return UnitEntry(
        name=event.name,
        department_code=event.department_code,
        department_name=event.department_name,
        credit_code=event.credit_code,
        manage_mof_dep_code=event.manage_mof_dep_code,
        from_on=event.valid_from_on,
    )
