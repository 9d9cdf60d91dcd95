"""Bodies of self-evaluations. None has a field for the execution: monitoring says it."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from services.evaluation.api.schemas import (
    ITEMS_MAX,
    Body,
    Code,
    Note,
    Number100,
    Share,
    Text,
    Value,
)
from services.evaluation.domain.self_evaluation.desks import ReturnCode
from services.evaluation.domain.self_evaluation.evidence import (
    Acceptance,
    DataSource,
    EvidenceKind,
    ObtainMethod,
)
from services.evaluation.domain.values import Attainment, CauseCode
from shared.contracts.fields import Day, WrittenNumber

FILES_MAX: Final = 200
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Person = Annotated[str, Field(max_length=100)]
Percent = Annotated[WrittenNumber, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Plain = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^、，,;；:：\n〔〕]*$")]
Proofs = Annotated[tuple[Annotated[str, Field(max_length=600)], ...], Field(max_length=50)]


class CauseBody(Body):
    """Why something deviates, whose part it is in percent, and what is done by whom until when."""

    code: CauseCode
    text: Note
    measure: Note = ""
    objective: Percent | None = Field(default=None, description="Share of objective causes.")
    subjective: Percent | None = Field(default=None, description="The rest of the hundred.")
    due_on: Day | None = None
    owner: Person = ""


class ReportedBody(Body):
    """One indicator as its unit reports it, with proof."""

    indicator_id: Code
    value: Value | None = None
    attainment: Attainment | None = Field(default=None, description="For a qualitative one.")
    share: Share | None = Field(default=None, description="The point inside the band.")
    evidence: Proofs = Field(
        default=(),
        description="SHA-256 of a file, or name〔kind，type，…〕:SHA-256 as on the form.",
    )
    cause: CauseBody | None = None
    unit: Annotated[
        str, Field(max_length=40, description="Unit of the value where not the indicator's: 元.")
    ] = ""


class EvidenceBody(Body):
    """A file that proves a value; it lies in object storage under its fingerprint."""

    sha256: Sha256
    kind: EvidenceKind
    name: Annotated[Plain, Field(min_length=1)]
    mime: Annotated[str, Field(pattern=r"^[\w.+-]{1,60}/[\w.+-]{1,80}$")]
    bytes: Annotated[int, Field(ge=1, le=10_000_000_000)]
    obtain_method: ObtainMethod
    data_source: DataSource
    captured_on: Day | None = Field(default=None, description="The day the file was made.")
    supersedes: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


Lines = Annotated[tuple[ReportedBody, ...], Field(max_length=ITEMS_MAX)]


class EnterSelfEvaluationBody(Body):
    """The part of the business office: goals, actual values, causes, evidence."""

    reports: Annotated[tuple[ReportedBody, ...], Field(min_length=1, max_length=ITEMS_MAX)]
    evidence: Annotated[tuple[EvidenceBody, ...], Field(max_length=FILES_MAX)] = ()
    execution_cause: CauseBody | None = Field(
        default=None, description="Asked for where less than 80 % was spent (10号 art. 26)."
    )
    finished: bool = True
    self_score: Number100 | None = Field(default=None, description="Absent: the machine's.")
    summary: Note = Field(default="", description="How far the goal of the year was reached.")
    person: Person = ""


class ConfirmSelfEvaluationBody(Body):
    """The part of the finance office. The money comes from monitoring."""

    note: Note = ""
    person: Person = ""


class SubmitSelfEvaluationBody(Body):
    """The head signs what both offices stand by; lines are needed only where no office does."""

    reports: Lines = ()
    prepared_by_business: Person = ""
    prepared_by_finance: Person = ""
    execution_cause: CauseBody | None = None
    finished: bool = True
    self_score: Number100 | None = None
    summary: Note = ""
    person: Person = ""


class VerdictBody(Body):
    """What a reviewer makes of a file; to reject or doubt it takes a reason."""

    sha256: Annotated[str, Field(min_length=1, max_length=200)]
    acceptance: Acceptance
    reason: Note = ""


Verdicts = Annotated[tuple[VerdictBody, ...], Field(max_length=FILES_MAX)]


class EvidenceJudgementBody(Body):
    """Files of a report, judged."""

    verdicts: Annotated[tuple[VerdictBody, ...], Field(min_length=1, max_length=FILES_MAX)]


class AuditBody(Body):
    """What the department says; `hold` keeps the report from going on to finance."""

    opinion: Note = ""
    verdicts: Verdicts = ()
    hold: bool = False


class ReturnBody(Body):
    """Why a report goes back, in words and as codes."""

    reason: Text
    codes: Annotated[tuple[ReturnCode, ...], Field(max_length=len(ReturnCode))] = ()


class AskForExplanationBody(Body):
    """What the unit is asked to explain."""

    text: Text


class ExplainBody(Body):
    """What the unit says; `corrects` takes the report back to correct it."""

    text: Text
    corrects: bool = False


class SettleFindingsBody(Body):
    """Why the findings stay on record."""

    reason: Text


class AcceptBody(Body):
    """Indicators whose target a reviewer found evidently too low."""

    judged_low: Annotated[tuple[Code, ...], Field(max_length=ITEMS_MAX)] = ()
