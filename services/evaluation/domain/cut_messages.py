"""What may be asked of a cut, what may have happened to it, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.adopted_rules import Rules
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The final result of the earlier project, from here or from before the system."""

    region_code: str
    department_code: str
    unit_code: str
    grade: Grade
    rate: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CutCommand:
    """Addresses a cut as `<project code>-<budget year>`."""

    cut_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeCut(CutCommand):
    """A similar project of the same unit was found; say why it is similar."""

    project_code: str
    project_name: str
    budget_year: int
    basis_project_code: str
    basis_fiscal_year: int
    requested: Money
    amount: Money
    similarity: str
    region_code: str
    origin: str = "OFFICIAL"
    rules: Rules | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyCut(CutCommand):
    """Tell the unit until when it may answer."""

    document_no: str
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCut(CutCommand):
    """The unit agrees or says why not."""

    agrees: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCut(CutCommand):
    """Another person confirms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCut(CutCommand):
    """The proposal is not pursued."""

    reason: str


type CutRequest = ProposeCut | NotifyCut | AnswerCut | ConfirmCut | WithdrawCut


@dataclass(frozen=True, slots=True, kw_only=True)
class CutProposed:
    """The application is to be cut by so much, on this basis."""

    project_code: str
    project_name: str
    budget_year: int
    basis_project_code: str
    basis_fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    grade: Grade
    requested: Money
    amount: Money
    similarity: str
    rule_set_version: int
    origin: str
    proposed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutNotified:
    """The unit was told."""

    document_no: str
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CutAnswered:
    """The unit answered."""

    agrees: bool
    text: str
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutConfirmed:
    """The application is cut; the proposal is said again because everybody hears this."""

    cut: CutProposed
    confirmed_by: str
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CutWithdrawn:
    """The application is not cut."""

    reason: str


type CutEvent = CutProposed | CutNotified | CutAnswered | CutConfirmed | CutWithdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A proposal and how far it has come; nothing of it is undone."""

    proposal: CutProposed
    notice: CutNotified | None = None
    answer: CutAnswered | None = None
    end: CutConfirmed | CutWithdrawn | None = None


type CutState = Cut | None
