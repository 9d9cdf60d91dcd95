"""Linkage: the appraisal of year N decides what a unit may ask for in N+2.

Source: the report: 优 is supported first, 良 and 中 may not exceed the year before, 差 loses a
share of its project money (`domain` §4.9). The cap works on the unit's total project money.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.adopted_rules import Rules, adopted, bind, first_adopted
from services.evaluation.domain.appraisal import Appraisal
from services.evaluation.domain.refusals import (
    AppraisalNotConcluded,
    PreviousBudgetContradicted,
    PreviousBudgetUnknown,
)
from services.evaluation.domain.unit import Unit, known_unit, registered, unit_reference
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.domain.rules import LinkageRules
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideLinkage:
    """Bind the unit's coming budget. The budget of the year before is what was approved."""

    unit_code: str
    basis_fiscal_year: int
    region_code: str
    by: str
    now: datetime
    previous_budget: Money | None = None
    rules: Rules | None = None
    unit: Unit | None = None
    grade: Grade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLinkageDecided:
    """The unit may ask for so much."""

    unit_code: str
    region_code: str
    department_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: Grade
    previous_budget: Money
    cap_factor: Decimal | None
    cap: Money | None
    priority: bool
    rule_set_version: int
    decided_by: str
    decided_on: date


type Linkage = BudgetLinkageDecided | None


def cap(grade: Grade, previous: Money, rules: LinkageRules) -> Money | None:
    """The most a unit may ask for: nothing binds 优, the rest a share of the year before."""
    factor = rules.cap_factor[grade]
    return None if factor is None else previous.times(factor)


def decide(command: DecideLinkage, state: Linkage) -> Sequence[BudgetLinkageDecided]:
    """Decide once per unit and year."""
    if state is not None:
        return []
    unit = registered(command.unit)
    if command.grade is None:
        raise AppraisalNotConcluded
    found = adopted(command.rules)
    rules = found.rule_set.linkage
    budget_year = command.basis_fiscal_year + rules.budget_year_offset
    previous = _previous(command, unit.budget(budget_year - 1))
    return [
        BudgetLinkageDecided(
            unit_code=command.unit_code,
            region_code=unit.region_code,
            department_code=unit.department_code,
            basis_fiscal_year=command.basis_fiscal_year,
            budget_year=budget_year,
            grade=command.grade,
            previous_budget=previous,
            cap_factor=rules.cap_factor[command.grade],
            cap=cap(command.grade, previous, rules),
            priority=command.grade in rules.priority,
            rule_set_version=found.version,
            decided_by=command.by,
            decided_on=business_date(command.now),
        )
    ]


def _previous(command: DecideLinkage, heard: Money | None) -> Money:
    """What was approved for the year before; told by a person only where nothing was heard."""
    told = command.previous_budget
    if heard is None and told is None:
        raise PreviousBudgetUnknown(pointer="/previous_budget")
    if heard is not None and told is not None and heard != told:
        raise PreviousBudgetContradicted(pointer="/previous_budget", approved=str(heard))
    amount = told if heard is None else heard
    assert amount is not None
    return amount


def evolve(_state: Linkage, event: BudgetLinkageDecided) -> Linkage:
    """A decision is its own state."""
    return event


def identify(command: DecideLinkage) -> str:
    """One stream per unit and evaluated year."""
    return f"{command.unit_code}-{command.basis_fiscal_year}"


def consults(command: DecideLinkage) -> Sequence[Reference]:
    """The appraisal, the unit with its budgets, and the rules in force when it is decided."""
    basis = command.basis_fiscal_year
    return (
        unit_reference(command.unit_code),
        Reference("appraisal", f"{command.unit_code}-{basis}"),
        *bind(command.region_code, basis + 1, basis, basis + 2),
    )


def inform(command: DecideLinkage, states: Sequence[object]) -> DecideLinkage:
    """Write them into the command."""
    grade = next((s.grade for s in states if isinstance(s, Appraisal)), None)
    return replace(command, rules=first_adopted(states), unit=known_unit(states), grade=grade)


def owner(state: Linkage) -> Owner | None:
    """It belongs to the bureau, and to the unit for reading."""
    if state is None:
        return None
    return Owner(
        region_code=state.region_code,
        department_code=state.department_code,
        unit_code=state.unit_code,
    )


linkage_decider: Decider[DecideLinkage, BudgetLinkageDecided, Linkage] = Decider(
    category="linkage",
    initial=None,
    commands=(DecideLinkage,),
    events={"BudgetLinkageDecided": BudgetLinkageDecided},
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
