"""What may be asked of a unit's budget of a coming year."""

from dataclasses import dataclass
from datetime import datetime

from services.targets.domain.asker import Asker
from services.targets.domain.events.budget_request import ExemptMoney
from services.targets.domain.events.project import ProjectRegistered
from services.targets.domain.values import CapExemption
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCap:
    """Heard from evaluation: the result of an earlier year binds this budget."""

    region_code: str
    unit_code: str
    budget_year: int
    basis_fiscal_year: int
    grade: Grade
    previous_budget: Money
    cap: Money | None
    priority: bool
    rule_set_version: int
    by: str
    exemptions: tuple[ExemptMoney, ...] | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCut:
    """Heard from evaluation: a new application is cut for a similar project."""

    region_code: str
    unit_code: str
    budget_year: int
    project_code: str
    cut_id: str
    basis_project_code: str
    basis_fiscal_year: int
    grade: Grade
    amount: Money
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBudget:
    """A unit asks for money. Above the cap it is refused, unless asked to be met at the cap."""

    unit_code: str
    budget_year: int
    project_code: str
    amount: Money
    at_cap: bool
    exemption: CapExemption
    exemption_reason: str
    by: str
    now: datetime
    asker: Asker | None = None
    project: ProjectRegistered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveBudgetRequest:
    """Decide what the project gets: as asked, an own amount, or what the cap leaves."""

    unit_code: str
    budget_year: int
    project_code: str
    amount: Money | None
    at_cap: bool
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectBudgetRequest:
    """Nothing is granted."""

    unit_code: str
    budget_year: int
    project_code: str
    reason: str
    by: str
    now: datetime


type BudgetRequestCommand = (
    RecordCap | RecordCut | RequestBudget | ApproveBudgetRequest | RejectBudgetRequest
)
