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


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdjustedBudget:
    """The budget of a project after money and target were adjusted together.

    `version` is that of the target: a word that is heard late, or again, is old.
    """

    unit_code: str
    project_code: str
    fiscal_year: int
    budget: Money
    by: str
    now: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGrant:
    """What a request of the unit was granted for a coming year; `exempt`: no cap binds it."""

    unit_code: str
    project_code: str
    fiscal_year: int
    granted: Money
    exempt: bool
    by: str
    now: datetime
    version: int = 0


type UnitCommand = RegisterUnit | NoteApprovedBudget | NoteAdjustedBudget | NoteGrant


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedBudgetNoted:
    """A project's budget of the year is now this."""

    project_code: str
    fiscal_year: int
    budget: Money
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantNoted:
    """A project was granted so much for a coming year."""

    project_code: str
    fiscal_year: int
    granted: Money
    exempt: bool
    version: int = 0


type UnitEvent = UnitRegistered | ApprovedBudgetNoted | AdjustedBudgetNoted | GrantNoted


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedAmount:
    """What a project has for a year, and whether no cap binds it."""

    amount: Money
    exempt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What is known of a unit; without a name it was never registered."""

    name: str = ""
    region_code: str = ""
    department_code: str = ""
    budgets: dict[str, ApprovedBudgetNoted] = field(default_factory=dict)
    adjusted: dict[str, AdjustedBudgetNoted] = field(default_factory=dict)
    grants: dict[str, GrantNoted] = field(default_factory=dict)

    def budget(self, fiscal_year: int) -> Money | None:
        """All initial project budgets of a year, or nothing where none was heard."""
        amounts = [b.budget for b in self.budgets.values() if b.fiscal_year == fiscal_year]
        return Money.total(amounts) if amounts else None

    def adjusted_budget(self, fiscal_year: int) -> Money | None:
        """The same, each project as it was adjusted last."""
        found = {key: b.budget for key, b in self.budgets.items() if b.fiscal_year == fiscal_year}
        found |= {key: self.adjusted[key].budget for key in found if key in self.adjusted}
        return Money.total(found.values()) if found else None

    def approved(self, fiscal_year: int) -> dict[str, ApprovedAmount]:
        """By project: the budget it started the year with, else what it was granted for it."""
        grants = {g.project_code: g for g in self.grants.values() if g.fiscal_year == fiscal_year}
        found = {
            code: ApprovedAmount(amount=grant.granted, exempt=grant.exempt)
            for code, grant in grants.items()
        }
        for one in self.budgets.values():
            if one.fiscal_year == fiscal_year:
                grant = grants.get(one.project_code)
                exempt = grant is not None and grant.exempt
                found[one.project_code] = ApprovedAmount(amount=one.budget, exempt=exempt)
        return found


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
        case NoteAdjustedBudget() | NoteGrant():
            return _later(command, state)
        case _:
            assert_never(command)


def _later(command: NoteAdjustedBudget | NoteGrant, state: Unit) -> Sequence[UnitEvent]:
    """What was said last of a project and year counts."""
    key = project_year(command.project_code, command.fiscal_year)
    fact: AdjustedBudgetNoted | GrantNoted
    if isinstance(command, NoteAdjustedBudget):
        fact = AdjustedBudgetNoted(
            project_code=command.project_code,
            fiscal_year=command.fiscal_year,
            budget=command.budget,
            version=command.version,
        )
        return _newer(state.adjusted.get(key), fact)
    fact = GrantNoted(
        project_code=command.project_code,
        fiscal_year=command.fiscal_year,
        granted=command.granted,
        exempt=command.exempt,
        version=command.version,
    )
    return _newer(state.grants.get(key), fact)


def _newer[E: AdjustedBudgetNoted | GrantNoted](known: E | None, fact: E) -> Sequence[E]:
    if known is None:
        return [fact]
    late = 0 < fact.version <= known.version
    return [] if late or replace(known, version=fact.version) == fact else [fact]


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
        case AdjustedBudgetNoted():
            key = project_year(event.project_code, event.fiscal_year)
            return replace(state, adjusted={**state.adjusted, key: event})
        case GrantNoted():
            key = project_year(event.project_code, event.fiscal_year)
            return replace(state, grants={**state.grants, key: event})
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
    commands=(RegisterUnit, NoteApprovedBudget, NoteAdjustedBudget, NoteGrant),
    events={
        "UnitRegistered": UnitRegistered,
        "ApprovedBudgetNoted": ApprovedBudgetNoted,
        "AdjustedBudgetNoted": AdjustedBudgetNoted,
        "GrantNoted": GrantNoted,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
)
