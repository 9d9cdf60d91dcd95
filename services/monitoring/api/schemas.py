"""What is sent to monitoring. A field nobody knows is refused, not ignored."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.monitoring.domain.values import DismissalCode, Level, Reason, Source
from services.monitoring.domain.warning.events import Measure
from shared.contracts.fields import Day, WrittenNumber

Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Code = Annotated[str, Field(min_length=1, max_length=100)]
Share = Annotated[WrittenNumber, Field(ge=0, le=1)]
Points = Annotated[WrittenNumber, Field(ge=0, le=100)]
Evidence = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], Field(max_length=50)
]

ByPerson = Literal[Source.DAILY, Source.AUDIT, Source.PUBLIC]
"""What a person warns from; what the rules find, they warn of themselves."""


class Body(BaseModel):
    """The base of every body."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Body):
    """An empty body: the path says everything."""


class RaiseWarningBody(Body):
    """A warning by a person: daily work, an audit, or a hint from the public."""

    project_code: Code
    fiscal_year: int
    node: Code
    level: Level
    reasons: Annotated[tuple[Reason, ...], Field(min_length=1)]
    source: ByPerson
    finding: Annotated[str, Field(max_length=2_000, pattern=r"\S")]


class DismissWarningBody(Body):
    """Why a warning is dropped."""

    reason: Text
    reason_code: DismissalCode | None = None


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
