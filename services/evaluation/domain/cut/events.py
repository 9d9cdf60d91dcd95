"""What may have happened to a cut."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.evaluation.domain.cut.similar import Likeness
from services.evaluation.domain.disposition import Disposition
from services.evaluation.domain.grounds import NO_GROUNDS, Grounds
from shared.domain.grades import Grade
from shared.domain.money import Money


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
    basis_name: str = ""
    basis_score: Decimal | None = None
    execution_rate: Decimal | None = None
    measure: Likeness | None = None
    disposition: Disposition | None = None
    ratio: Decimal | None = None
    grounds: Grounds = NO_GROUNDS
    found_by_machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CutNotified:
    """The unit was told."""

    document_no: str
    answer_by: date
    notified_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutAnswered:
    """The unit answered."""

    agrees: bool
    text: str
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutUnanswered:
    """The term passed without an answer."""

    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CutConfirmed:
    """The application is cut; the proposal is said again because everybody hears this."""

    cut: CutProposed
    confirmed_by: str
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CutWritten:
    """The budget holds no more than was asked less the cut."""

    requested: Money
    granted: Money
    cut: Money
    written_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CutClosed:
    """Nothing is left to do."""

    closed_by: str
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CutWithdrawn:
    """The application is not cut."""

    reason: str
    by_machine: bool = False


type CutEvent = (
    CutProposed
    | CutNotified
    | CutAnswered
    | CutUnanswered
    | CutConfirmed
    | CutWritten
    | CutClosed
    | CutWithdrawn
)
