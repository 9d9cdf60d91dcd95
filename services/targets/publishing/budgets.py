"""What the world hears of the budgets of coming years."""

from typing import assert_never

from services.targets.domain.events.budget_request import (
    BudgetDecided,
    BudgetRequested,
    BudgetRequestEvent,
    ConstraintBreached,
    ProjectCut,
    UnitCapSet,
)
from shared.contracts import targets as said
from shared.contracts.public_event import PublicEvent


def of_budget_request(fact: BudgetRequestEvent) -> PublicEvent | None:
    """The word for a fact, or silence."""
    match fact:
        case BudgetDecided():
            return _decided(fact)
        case ConstraintBreached():
            return _breached(fact)
        case UnitCapSet() | ProjectCut() | BudgetRequested():
            return None
        case _:
            assert_never(fact)


def _decided(fact: BudgetDecided) -> PublicEvent:
    return said.BudgetRequestDecided(
        region_code=fact.region_code,
        project_code=fact.project_code,
        unit_code=fact.unit_code,
        department_code=fact.department_code,
        budget_year=fact.budget_year,
        requested=fact.requested,
        granted=fact.granted,
        cap=fact.cap,
        cut=fact.requested - fact.granted,
        reasons=tuple(reason.value for reason in fact.reasons),
    )


def _breached(fact: ConstraintBreached) -> PublicEvent:
    return said.ConstraintBreached(
        region_code=fact.region_code,
        unit_code=fact.unit_code,
        department_code=fact.department_code,
        budget_year=fact.budget_year,
        basis_fiscal_year=fact.basis_fiscal_year,
        grade=fact.grade.value,
        cap=fact.cap,
        granted=fact.granted,
        exempted=fact.exempted,
        excess=fact.excess,
        unexempted_excess=fact.unexempted_excess,
        exemptions=tuple(exemption.value for exemption in fact.exemptions),
        rule_set_version=fact.rule_set_version,
    )
