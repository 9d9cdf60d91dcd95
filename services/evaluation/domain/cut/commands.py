"""What may be asked of a cut."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.application import Application
from services.evaluation.domain.grounds import Applied
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
    name: str = ""
    function_code: str = ""
    track_pro_code: str = ""
    owner: str = ""
    score: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CutCommand:
    """Addresses a cut as `<project code>-<budget year>`."""

    cut_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A new project is to be cut for a similar one of the same unit; say why it is similar."""

    cut_id: str
    by: str
    project_code: str
    project_name: str
    budget_year: int
    basis_project_code: str
    basis_fiscal_year: int
    requested: Money
    amount: Money
    similarity: str
    region_code: str
    function_code: str = ""
    track_pro_code: str = ""
    origin: str = "OFFICIAL"
    rules: Applied | None = None
    basis: Basis | None = None
    application: Application | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeCut(Proposal):
    """A person proposes it."""

    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FindCut:
    """The machine found that an application resembles a badly judged project; it only proposes."""

    cut_id: str
    by: str
    project_code: str
    budget_year: int
    basis_project_code: str
    basis_fiscal_year: int
    region_code: str
    rules: Applied | None = None
    basis: Basis | None = None
    application: Application | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCut:
    """What the machine found is not so any more; what a unit was told of stays with people."""

    cut_id: str
    by: str
    reason: str


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
class CloseCutTerm(CutCommand):
    """The term passed without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCut(CutCommand):
    """Another person confirms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(CutCommand):
    """The budget system decided the application: so much was granted, so much was cut."""

    requested: Money
    granted: Money
    cut: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCut(CutCommand):
    """The end, once the cut stands in the budget."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCut(CutCommand):
    """The proposal is not pursued."""

    reason: str


type CutRequest = (
    ProposeCut
    | FindCut
    | DropCut
    | NotifyCut
    | AnswerCut
    | CloseCutTerm
    | ConfirmCut
    | NoteWritten
    | CloseCut
    | WithdrawCut
)
