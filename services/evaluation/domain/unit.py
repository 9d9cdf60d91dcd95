"""A budget unit as the targets service told of it, with the budgets that were approved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from services.evaluation.domain.refusals import UnitUnknown
from services.evaluation.domain.values import project_year
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUnit:
    """A unit was registered elsewhere; keep its name and place."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteApprovedBudget:
    """The budget a project of the unit started its year with."""

    unit_code: str
    project_code: str
    fiscal_year: int
    budget: Money
    by: str
    now: datetime


type UnitCommand = RegisterUnit | NoteApprovedBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRegistered:
    """The unit is known."""

    name: str
    region_code: str
    department_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedBudgetNoted:
    """A project's initial budget counts for the unit's year."""

    project_code: str
    fiscal_year: int
    budget: Money


type UnitEvent = UnitRegistered | ApprovedBudgetNoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What is known of a unit; without a name it was never registered."""

    name: str = ""
    region_code: str = ""
    department_code: str = ""
    budgets: dict[str, ApprovedBudgetNoted] = field(default_factory=dict)

    def budget(self, fiscal_year: int) -> Money | None:
        """All initial project budgets of a year, or nothing where none was heard."""
        amounts = [b.budget for b in self.budgets.values() if b.fiscal_year == fiscal_year]
        return Money.total(amounts) if amounts else None


def unit_reference(unit_code: str) -> Reference:
    """Where a unit stands."""
    return Reference("unit", unit_code)


def known_unit(states: Sequence[object]) -> Unit | None:
    """The registered unit among the states a decision consulted."""
    return next((s for s in states if isinstance(s, Unit) and s.region_code), None)


def registered(unit: Unit | None) -> Unit:
    """The unit, or the refusal that it is not known."""
    if unit is None:
        raise UnitUnknown
    return unit


def decide(command: UnitCommand, state: Unit) -> Sequence[UnitEvent]:
    """Keep what is new; the first approval of a project and year is its initial budget."""
    match command:
        case RegisterUnit():
            fact = UnitRegistered(
                name=command.name,
                region_code=command.region_code,
                department_code=command.department_code,
            )
            known = (state.name, state.region_code, state.department_code)
            return [] if known == (fact.name, fact.region_code, fact.department_code) else [fact]
        case NoteApprovedBudget():
            if project_year(command.project_code, command.fiscal_year) in state.budgets:
                return []
            return [
                ApprovedBudgetNoted(
                    project_code=command.project_code,
                    fiscal_year=command.fiscal_year,
                    budget=command.budget,
                )
            ]
        case _:
            assert_never(command)


def evolve(state: Unit, event: UnitEvent) -> Unit:
    """The latest registration counts; budgets add up."""
    match event:
        case UnitRegistered():
            return replace(
                state,
                name=event.name,
                region_code=event.region_code,
                department_code=event.department_code,
            )
        case ApprovedBudgetNoted():
            key = project_year(event.project_code, event.fiscal_year)
            return replace(state, budgets={**state.budgets, key: event})
        case _:
            assert_never(event)


def identify(command: UnitCommand) -> str:
    """One stream per unit."""
    return command.unit_code


def owner(state: Unit) -> Owner | None:
    """A unit belongs to its region and department; it is nobody's until registered."""
    return Owner(region_code=state.region_code) if state.region_code else None


unit_decider: Decider[UnitCommand, UnitEvent, Unit] = Decider(
    category="unit",
    initial=Unit(),
    commands=(RegisterUnit, NoteApprovedBudget),
    events={"UnitRegistered": UnitRegistered, "ApprovedBudgetNoted": ApprovedBudgetNoted},
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
)
