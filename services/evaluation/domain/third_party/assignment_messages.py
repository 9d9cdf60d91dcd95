"""What may be asked of an assignment, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.judging.state import Evaluation
from services.evaluation.domain.judging.values import Side
from services.evaluation.domain.third_party.registry import ThirdParty
from services.evaluation.domain.third_party.values import (
    Declaration,
    FeeBasis,
    LeadEvaluator,
    Subcontract,
    Work,
    WorkingPaper,
)
from services.evaluation.domain.values import Kind, Whose
from shared.domain.hands import NOBODY, Hands
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentCommand:
    """Addresses an assignment as `<evaluation>-<unified credit code>`."""

    assignment_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionThirdParty(AssignmentCommand):
    """Give the work of an evaluation to an institution, by contract."""

    evaluation_id: str
    unified_credit_code: str
    contract_no: str
    fee: Money
    fee_basis: FeeBasis
    works: tuple[Work, ...]
    subcontracts: tuple[Subcontract, ...]
    lead_evaluator: str
    declaration: Declaration
    side: Side
    party: ThirdParty | None = None
    evaluation: Evaluation | None = None
    self_evaluated_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginAssignment(AssignmentCommand):
    """The lead evaluator takes the work up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitDraftReport(AssignmentCommand):
    """The lead evaluator signs, the institution seals, the working papers come with it."""

    report_sha256: str
    seal_sha256: str
    working_papers: tuple[WorkingPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAssignment(AssignmentCommand):
    """The quality of the report is reviewed before anything is accepted or paid."""

    quality_score: Decimal
    passed: bool
    findings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptAssignment(AssignmentCommand):
    """The work is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectAssignment(AssignmentCommand):
    """The work is not taken; nothing is paid."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayAssignment(AssignmentCommand):
    """The agreed fee is paid, by a document."""

    amount: Money
    document_no: str


type AssignmentRequest = (
    CommissionThirdParty
    | BeginAssignment
    | SubmitDraftReport
    | ReviewAssignment
    | AcceptAssignment
    | RejectAssignment
    | PayAssignment
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyCommissioned:
    """The contract stands, with the declaration of its independence."""

    evaluation_id: str
    kind: Kind
    whose: Whose
    unified_credit_code: str
    name: str
    contract_no: str
    fee: Money
    fee_basis: FeeBasis
    works: tuple[Work, ...]
    subcontracts: tuple[Subcontract, ...]
    lead_evaluator: LeadEvaluator
    declaration: Declaration
    commissioned_by: str
    commissioned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentBegun:
    """The work is under way."""

    begun_by: str
    begun_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentReportSubmitted:
    """The report of the institution, signed and sealed, with its working papers."""

    report_sha256: str
    seal_sha256: str
    working_papers: tuple[WorkingPaper, ...]
    signed_by: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentReviewed:
    """Its quality was reviewed."""

    quality_score: Decimal
    passed: bool
    findings: str
    reviewed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentAccepted:
    """It was taken."""

    accepted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRejected:
    """It was not taken."""

    reason: str
    rejected_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPaid:
    """The fee was paid."""

    amount: Money
    document_no: str
    paid_by: str
    paid_on: date


type AssignmentEvent = (
    ThirdPartyCommissioned
    | AssignmentBegun
    | AssignmentReportSubmitted
    | AssignmentReviewed
    | AssignmentAccepted
    | AssignmentRejected
    | AssignmentPaid
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An assignment and the steps it has taken.

    `reviewers` are all who reviewed a report of it, also one that was delivered anew since.
    """

    commissioned: ThirdPartyCommissioned
    begun: AssignmentBegun | None = None
    delivered: AssignmentReportSubmitted | None = None
    reviewed: AssignmentReviewed | None = None
    accepted: AssignmentAccepted | None = None
    rejected: AssignmentRejected | None = None
    paid: AssignmentPaid | None = None
    reviewers: Hands = NOBODY


type AssignmentState = Assignment | None
