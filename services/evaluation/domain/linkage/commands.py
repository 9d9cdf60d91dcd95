"""What may be asked of a linkage."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.grounds import Applied
from services.evaluation.domain.linkage.events import Exemption
from services.evaluation.domain.unit import Unit
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideLinkage:
    """Compute what binds the unit's coming budget; the budget of the year before was approved.

    `cut_ratio` is chosen for 差 alone, within what the rule set allows.
    """

    unit_code: str
    basis_fiscal_year: int
    region_code: str
    by: str
    now: datetime
    previous_budget: Money | None = None
    cut_ratio: Decimal | None = None
    rules: Applied | None = None
    unit: Unit | None = None
    grade: Grade | None = None

    @property
    def linkage_id(self) -> str:
        """One per unit and evaluated year."""
        return f"{self.unit_code}-{self.basis_fiscal_year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageCommand:
    """Addresses a linkage as `<unit code>-<evaluated year>`."""

    linkage_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyLinkage(LinkageCommand):
    """Tell the unit; without a day it has all the working days that the rule set gives."""

    document_no: str
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLinkage(LinkageCommand):
    """The unit agrees or says why not."""

    agrees: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLinkageTerm(LinkageCommand):
    """The term passed without an answer: that is agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptSpending(LinkageCommand):
    """A project's money that no cap binds, with its reason."""

    project_code: str
    kind: Exemption
    amount: Money
    reason: str
    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLinkage(LinkageCommand):
    """Another person confirms; `remark` answers a unit that disagreed."""

    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteApplied(LinkageCommand):
    """The budget system decided a request of the unit under this cap."""

    project_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBreach(LinkageCommand):
    """The budget system says that the grants of the unit pass the cap."""

    approved: Money
    exempted: Money
    excess: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyLinkage(LinkageCommand):
    """Hold what was approved against the cap."""

    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLinkage(LinkageCommand):
    """The end; `remark` says what was done where the cap was not obeyed."""

    remark: str = ""


type LinkageRequest = (
    DecideLinkage
    | NotifyLinkage
    | AnswerLinkage
    | CloseLinkageTerm
    | ExemptSpending
    | ConfirmLinkage
    | NoteApplied
    | NoteBreach
    | VerifyLinkage
    | CloseLinkage
)
