"""Bodies about third parties, samples and the feedback of results."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.evaluation_schemas import Digest, Name
from services.evaluation.api.schemas import Body, Code, DocumentNo, Note, Number100, Text, Year
from services.evaluation.domain.third_party.values import FeeBasis, InstitutionKind, Work
from shared.contracts.fields import Day, Yuan

CreditCode = Annotated[
    str,
    Field(
        min_length=18,
        max_length=18,
        description="统一社会信用代码 with its check character (GB 32100).",
    ),
]
Codes = Annotated[tuple[Code, ...], Field(max_length=200)]
ACCOUNT = Annotated[str, Field(min_length=1, max_length=200, description="Subject of the token.")]


class LeadEvaluatorBody(Body):
    """A person who may sign for the institution."""

    account: ACCOUNT
    name: Annotated[str, Field(min_length=1, max_length=100)]
    certificate_no: Annotated[str, Field(max_length=100)] = ""


class ThirdPartyBody(Body):
    """An institution as it is registered in the national credit platform for evaluators."""

    unified_credit_code: CreditCode
    name: Name
    kind: InstitutionKind
    credit_platform_no: DocumentNo
    credit_level: Annotated[str, Field(pattern=r"^[A-Z]{1,3}[+-]?$", examples=["A"])]
    lead_evaluators: Annotated[tuple[LeadEvaluatorBody, ...], Field(min_length=1, max_length=200)]
    affiliations: Codes = Field(
        default=(), description="Codes of regions, departments and units it belongs to or serves."
    )


class ExcludeBody(Body):
    """Why an institution gets no further assignment."""

    reason: Text
    document_no: DocumentNo


class SubcontractBody(Body):
    """Work that is given on."""

    work: Work
    to: Name


class DeclarationBody(Body):
    """The declaration of conflicts of interest, signed for this assignment."""

    sha256: Digest
    interests: Codes = ()
    served_projects: Codes = ()


class CommissionBody(Body):
    """The contract with an institution. Its fee never depends on the score."""

    evaluation_id: Code
    unified_credit_code: CreditCode
    contract_no: DocumentNo
    fee: Yuan
    works: Annotated[tuple[Work, ...], Field(min_length=1, max_length=len(Work))]
    lead_evaluator: ACCOUNT
    declaration: DeclarationBody
    fee_basis: FeeBasis = FeeBasis.FIXED
    subcontracts: Annotated[tuple[SubcontractBody, ...], Field(max_length=20)] = ()


class WorkingPaperBody(Body):
    """One working paper."""

    name: Name
    sha256: Digest


class DraftReportBody(Body):
    """The report of the institution: signed by the lead evaluator, sealed, with its papers."""

    report_sha256: Digest
    seal_sha256: Digest
    working_papers: Annotated[tuple[WorkingPaperBody, ...], Field(min_length=1, max_length=500)]


class ReviewBody(Body):
    """The review of the quality."""

    quality_score: Number100
    passed: bool
    findings: Text


class RejectBody(Body):
    """Why the work is not taken."""

    reason: Text


class PayBody(Body):
    """The payment of the agreed fee."""

    amount: Yuan
    document_no: DocumentNo


class PopulationBody(Body):
    """Which year is sampled."""

    fiscal_year: Year


class DrawBody(Body):
    """Which round is drawn. Without a seed a fresh one is taken; it is kept either way."""

    round: Annotated[int, Field(ge=1, le=100)] = 1
    seed: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{8,64}$")] | None = None


class ProblemBody(Body):
    """One problem, and what is asked for."""

    number: Code
    text: Text
    demand: Note = ""


class FeedbackBody(Body):
    """The result that is told: of an evaluation or of a re-check, by the id of either."""

    feedback_id: Code
    document_no: DocumentNo
    problems: Annotated[tuple[ProblemBody, ...], Field(max_length=100)] = ()


class PlannedStepBody(Body):
    """What will be done about a problem."""

    number: Code
    measure: Text
    responsible: Annotated[str, Field(min_length=1, max_length=100)]
    due_on: Day


class RectificationPlanBody(Body):
    """What will be done, problem by problem."""

    steps: Annotated[tuple[PlannedStepBody, ...], Field(min_length=1, max_length=100)]


class CureBody(Body):
    """What was done about a problem, with proof."""

    number: Code
    text: Text
    evidence: Annotated[tuple[Digest, ...], Field(max_length=50)] = ()


class RectificationBody(Body):
    """What was done, problem by problem."""

    cures: Annotated[tuple[CureBody, ...], Field(min_length=1, max_length=100)]


class VerifyBody(Body):
    """What was found."""

    finding: Text
    on_site: bool = False


class FailBody(Body):
    """What is lacking."""

    reason: Text


class CloseBody(Body):
    """The measure that was taken, where nothing was verified."""

    measure: Note = ""
