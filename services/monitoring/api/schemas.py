"""What is sent to monitoring. A field nobody knows is refused, not ignored."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.monitoring.domain.values import DeviationCause, Level, Likelihood, Reason, Source
from services.monitoring.domain.warning.events import Measure
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


class DraftLetterBody(Body):
    """What the letter asks for."""

    demands: Text
    evidence_wanted: Text
    contact: Code
    phone: Annotated[str, Field(max_length=50)] = ""


class AcknowledgeLetterBody(Body):
    """The receipt."""

    received_by: Code
    objection: Annotated[str, Field(max_length=2_000)] = ""


class PlanStepBody(Body):
    """What will be done about one reason."""

    reason: Reason
    cause: Text
    measure: Text
    owner: Code
    due_on: Day


class SubmitPlanBody(Body):
    """The rectification plan."""

    steps: Annotated[tuple[PlanStepBody, ...], Field(min_length=1, max_length=50)]


class SubmitEvidenceBody(Body):
    """What was done, and the proof."""

    result: Text
    evidence: Evidence


class VerifyRectificationBody(Body):
    """What the check found; rates as they were measured again."""

    finding: Text
    on_site: bool = False
    execution_rate: WrittenNumber | None = None
    goal_rate: WrittenNumber | None = None


class FailRectificationBody(Body):
    """Why the cure is wanting."""

    reason: Text
    escalate: bool = False


class TakeMeasureBody(Body):
    """What was decided elsewhere against a unit that did not answer."""

    measure: Measure
    document_no: Code
    decided_on: Day
    note: Annotated[str, Field(max_length=2_000)] = ""


class CloseWarningBody(Body):
    """What became of every reason, and the effects; say `none` where there are none."""

    answers: dict[Reason, Text]
    fund_effect: Text
    target_effect: Text
