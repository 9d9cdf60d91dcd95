"""What may have happened to a linkage."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.evaluation.domain.disposition import Disposition
from services.evaluation.domain.grounds import NO_GROUNDS, Grounds
from shared.domain.grades import Grade
from shared.domain.money import Money


class Exemption(StrEnum):
    """Spending that no cap binds (`domain` §4.9)."""

    STATUTORY = "STATUTORY"
    EMERGENCY = "EMERGENCY"
    ASSIGNED_FROM_ABOVE = "ASSIGNED_FROM_ABOVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLinkageDecided:
    """The unit may ask for so much.

    `binding` is true of what was decided before a linkage was heard and confirmed: it bound at
    once.
    """

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
    binding: bool = True
    base: str = "INITIAL"
    disposition: Disposition | None = None
    answer_days: int = 10
    grounds: Grounds = NO_GROUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageNotified:
    """The unit was told."""

    document_no: str
    answer_by: date
    notified_by: str
    notified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageAnswered:
    """The unit answered."""

    agrees: bool
    text: str
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageUnanswered:
    """The term passed: the unit agrees."""

    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingExempted:
    """No cap binds this money."""

    project_code: str
    kind: Exemption
    amount: Money
    reason: str
    document_no: str
    exempted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageConfirmed:
    """The cap binds from now on; what was decided is said again, because everybody hears this."""

    linkage: BudgetLinkageDecided
    exemptions: tuple[SpendingExempted, ...]
    remark: str
    confirmed_by: str
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageApplied:
    """The budget was decided under this cap."""

    project_code: str
    applied_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageVerified:
    """What was approved was held against the cap; `excess` is what passes it unexempted."""

    approved: Money
    exempted: Money
    cap: Money | None
    excess: Money
    obeys: bool
    by_budget_system: bool
    verified_by: str
    verified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageClosed:
    """Nothing is left to do."""

    remark: str
    closed_by: str
    closed_on: date


type LinkageEvent = (
    BudgetLinkageDecided
    | LinkageNotified
    | LinkageAnswered
    | LinkageUnanswered
    | SpendingExempted
    | LinkageConfirmed
    | LinkageApplied
    | LinkageVerified
    | LinkageClosed
)
