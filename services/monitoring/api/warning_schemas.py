"""What is sent about warnings: letters, receipts, plans, proof, checks, measures, ends."""

from typing import Annotated

from pydantic import Field

from services.monitoring.api.record_schemas import Values
from services.monitoring.api.schemas import Body, Code, Evidence, Text
from services.monitoring.domain.adjustment import AdjustmentKind
from services.monitoring.domain.values import Reason
from services.monitoring.domain.warning.events import EvidenceKind, Measure
from shared.contracts.fields import Day, WrittenNumber, Yuan


class DraftLetterBody(Body):
    """What the letter asks for."""

    demands: Text
    evidence_wanted: Text
    contact: Code
    phone: Annotated[str, Field(max_length=50)] = ""
    secrecy: Annotated[str, Field(max_length=20, description="密级, where there is one.")] = ""


class DraftCorrectionBody(DraftLetterBody):
    """What the new letter asks for, and what was wrong with the one that was sent."""

    reason: Text


class AcknowledgeLetterBody(Body):
    """The receipt."""

    received_by: Code
    objection: Annotated[str, Field(max_length=2_000)] = ""


class AnswerObjectionBody(Body):
    """Whether the letter is kept, and why; one that is not kept has to be corrected."""

    kept: bool
    answer: Text


class PlanStepBody(Body):
    """What will be done about one reason, and who answers for it in both offices."""

    reason: Reason
    cause: Text
    measure: Text
    owner: Code = Field(description="The person of the business office.")
    finance_owner: Code = Field(description="The person of the finance office.")
    due_on: Day


class SubmitPlanBody(Body):
    """The rectification plan."""

    steps: Annotated[tuple[PlanStepBody, ...], Field(min_length=1, max_length=50)]


class EvidenceItemBody(Body):
    """One file that proves it."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    kind: EvidenceKind
    name: Annotated[str, Field(min_length=1, max_length=200)]
    source: Annotated[str, Field(max_length=200)] = ""


class SubmitEvidenceBody(Body):
    """What was done, the proof, and the values the indicators have now."""

    result: Text
    evidence: Evidence = Field(default=(), description="SHA-256 of files, without particulars.")
    items: Annotated[tuple[EvidenceItemBody, ...], Field(max_length=50)] = ()
    values: Values = ()


class ReviewRectificationBody(Body):
    """What the department thinks of the cure."""

    opinion: Text
    agrees: bool


class VerifyRectificationBody(Body):
    """What the check found. Rates count only where the system cannot measure them itself."""

    finding: Text
    on_site: bool = False
    execution_rate: WrittenNumber | None = None
    goal_rate: WrittenNumber | None = None


class FailRectificationBody(Body):
    """Why the cure is wanting."""

    reason: Text
    escalate: bool = False


class AdjustmentAskedBody(Body):
    """What an adjustment would change; its id is drawn when the measure is taken."""

    kind: AdjustmentKind
    amount: Yuan
    transfer_to: Code | None = None


class ProposeMeasureBody(Body):
    """What should be done, why, and on what it rests; left out, the usual basis is named."""

    measure: Measure
    reason: Text
    legal_basis: Annotated[str, Field(max_length=500)] = ""
    adjustment: AdjustmentAskedBody | None = None


class ApproveMeasureBody(Body):
    """Which measure is approved: a proposal may have changed meanwhile."""

    measure: Measure


class ReleaseSuspensionBody(Body):
    """Why payment goes on."""

    reason: Text


class TakeMeasureBody(Body):
    """The document of an approved measure."""

    measure: Measure
    document_no: Code
    decided_on: Day
    note: Annotated[str, Field(max_length=2_000)] = ""


class CloseWarningBody(Body):
    """What became of every reason, and the effects; say `none` where there are none."""

    answers: dict[Reason, Text]
    fund_effect: Text
    target_effect: Text
