"""What may have happened to a unit's budget of a coming year."""

from dataclasses import dataclass

from services.targets.domain.values import CapExemption, GrantReason
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptMoney:
    """Money of a project that no cap binds, as evaluation confirmed it with the cap."""

    project_code: str
    kind: CapExemption
    amount: Money
    reason: str
    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCapSet:
    """The result of an earlier year binds what the unit may ask for. `None`: no cap.

    `exemptions` is everything that is exempt. A cap from before it was told so has none; then
    what a request states counts.
    """

    region_code: str
    unit_code: str
    budget_year: int
    basis_fiscal_year: int
    grade: Grade
    previous_budget: Money
    cap: Money | None
    priority: bool
    rule_set_version: int
    exemptions: tuple[ExemptMoney, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCut:
    """An application is cut because a similar project was badly judged."""

    region_code: str
    unit_code: str
    budget_year: int
    project_code: str
    cut_id: str
    basis_project_code: str
    basis_fiscal_year: int
    grade: Grade
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRequested:
    """The unit asked for money for a project."""

    region_code: str
    unit_code: str
    department_code: str
    budget_year: int
    project_code: str
    amount: Money
    at_cap: bool
    exemption: CapExemption
    exemption_reason: str
    requested_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetDecided:
    """What the project gets, and everything that explains it."""

    region_code: str
    unit_code: str
    department_code: str
    budget_year: int
    project_code: str
    requested: Money
    granted: Money
    cap: Money | None
    granted_to_others: Money
    similar_cut: Money
    reasons: tuple[GrantReason, ...]
    remark: str = ""
    basis_fiscal_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintBreached:
    """What the unit was granted passes its cap.

    `exempted` is the part that no cap binds; `unexempted_excess` is what passes the cap even
    without it, because the cap was heard after the grants.
    """

    region_code: str
    unit_code: str
    department_code: str
    budget_year: int
    basis_fiscal_year: int
    grade: Grade
    cap: Money
    granted: Money
    exempted: Money
    excess: Money
    unexempted_excess: Money
    exemptions: tuple[CapExemption, ...]
    rule_set_version: int


type BudgetRequestEvent = (
    UnitCapSet | ProjectCut | BudgetRequested | BudgetDecided | ConstraintBreached
)
