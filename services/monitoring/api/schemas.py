"""What is sent to monitoring. A field nobody knows is refused, not ignored."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.monitoring.domain.adjustment import AdjustmentKind
from services.monitoring.domain.ledger.events import BreakResolution
from services.monitoring.domain.values import DeviationCause, Level, Likelihood, Reason, Source
from shared.contracts.fields import Day, WrittenNumber, Yuan

Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Code = Annotated[str, Field(min_length=1, max_length=100)]
Share = Annotated[WrittenNumber, Field(ge=0, le=1)]
Points = Annotated[WrittenNumber, Field(ge=0, le=100)]
Evidence = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], Field(max_length=50)
]


class Body(BaseModel):
    """The base of every body."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Body):
    """An empty body: the path says everything."""


class IssueQuotaBody(Body):
    """A numbered quota document."""

    document_no: Code
    amount: Yuan
    issued_on: Day


class SettlePaymentBody(Body):
    """One line of the treasury: a payment that reached its payee."""

    payment_id: Code
    amount: Yuan
    settled_on: Day
    purpose: Annotated[str, Field(max_length=140)] = ""


class ReturnPaymentBody(Body):
    """One line of the treasury: money that came back."""

    payment_id: Code
    return_id: Code
    amount: Yuan
    returned_on: Day
    recovery_id: Code | None = None


class FreezeQuotaBody(Body):
    """What is to be held, and why."""

    freeze_id: Code
    amount: Yuan
    reason: Text


class ReleaseQuotaBody(Body):
    """What is to be let go."""

    freeze_id: Code


class ResolveBreakBody(Body):
    """What becomes of a line that does not agree."""

    break_id: Annotated[str, Field(min_length=1, max_length=300)]
    resolution: BreakResolution
    note: Text


class CloseRoundBody(Body):
    """The figures of the signed round report."""

    reviewed: Annotated[int, Field(ge=0)]
    missed: Annotated[int, Field(ge=0)]


class ReportedValueBody(Body):
    """One indicator: its value, its proof, and why it deviates."""

    indicator_id: Code
    actual: WrittenNumber | None = None
    completion: Share | None = Field(default=None, description="For a qualitative indicator.")
    likelihood: Likelihood = Likelihood.CERTAIN
    cause: DeviationCause | None = None
    cause_text: Annotated[str, Field(max_length=2_000)] = ""
    evidence: Evidence = Field(default=(), description="SHA-256 of each file.")


class FileForecastBody(Body):
    """What the unit expects at the coming node."""

    planned_payments: Yuan
    values: Annotated[tuple[ReportedValueBody, ...], Field(max_length=200)] = ()


class SubmitMonitoringBody(Body):
    """The monitoring report of a unit. The money comes from the ledger."""

    values: Annotated[tuple[ReportedValueBody, ...], Field(max_length=200)]
    summary: Annotated[str, Field(max_length=2_000)] = ""


class ReturnMonitoringBody(Body):
    """Why a report goes back."""

    reason: Text


class ReviewMonitoringBody(Body):
    """What the reviewer found beside the numbers; points left out are full points."""

    opinion: Annotated[str, Field(max_length=2_000)] = ""
    completeness: Points | None = None
    correction: Points | None = None
    compliance_suspected: bool = False


class RaiseWarningBody(Body):
    """A warning by a person: daily work, an audit, or a hint from the public."""

    project_code: Code
    fiscal_year: int
    node: Code
    level: Level
    reasons: Annotated[tuple[Reason, ...], Field(min_length=1)]
    source: Source
    finding: Text


class DismissWarningBody(Body):
    """Why a warning is dropped."""

    reason: Text


class ProposeAdjustmentBody(Body):
    """What is to change. To suspend, the amount is zero: all that is available is held."""

    adjustment_id: Code
    project_code: Code
    fiscal_year: int
    kind: AdjustmentKind
    amount: Yuan
    reason: Text
    transfer_to: Code | None = None
