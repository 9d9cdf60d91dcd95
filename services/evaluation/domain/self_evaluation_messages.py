"""What may be asked of a self-evaluation, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.checks import Finding, Inflation
from services.evaluation.domain.values import Cause, Indicator, Reported, Scheme, Scored, Whose
from services.evaluation.domain.watched import Watched
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The project and the target it is held against."""

    project_code: str
    name: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    target_version: int
    budget: Money
    scheme: Scheme
    indicators: tuple[Indicator, ...]
    function_code: str = ""
    fund_type_code: str = ""
    origin: str = "OFFICIAL"

    @property
    def whose(self) -> Whose:
        """Whose project it is."""
        return Whose(
            project_code=self.project_code,
            fiscal_year=self.fiscal_year,
            region_code=self.region_code,
            department_code=self.department_code,
            unit_code=self.unit_code,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSelfEvaluation:
    """A target was approved: whoever spends evaluates."""

    project: Project
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseTarget:
    """Money and target changed together."""

    project_code: str
    fiscal_year: int
    target_version: int
    budget: Money
    indicators: tuple[Indicator, ...]
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationCommand:
    """Addresses a self-evaluation as `<project code>-<fiscal year>`."""

    self_evaluation_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingCommand(SelfEvaluationCommand):
    """Needs the rules of the caller's region and what monitoring said."""

    region_code: str
    rules: Rules | None = None
    watched: Watched | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitSelfEvaluation(JudgingCommand):
    """The head signs and hands in the report. Without a self-score the machine's is taken."""

    reports: tuple[Reported, ...]
    prepared_by_business: str
    prepared_by_finance: str
    execution_cause: Cause | None = None
    finished: bool = True
    self_score: Decimal | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSelfEvaluation(SelfEvaluationCommand):
    """The department stands behind the report."""

    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSelfEvaluation(SelfEvaluationCommand):
    """The department or the bureau sends the report back."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptSelfEvaluation(JudgingCommand):
    """The bureau recomputes the report and accepts it, or it goes back with its findings."""

    judged_low: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckSelfEvaluation(JudgingCommand):
    """The bureau looked at the evidence itself; its score replaces the other."""

    score: Decimal
    reason: str
    document_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileObjection(SelfEvaluationCommand):
    """The unit objects to the result of a re-check."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideObjection(JudgingCommand):
    """Another person raises, keeps or lowers the score. This is final."""

    score: Decimal
    reason: str


type SelfEvaluationRequest = (
    OpenSelfEvaluation
    | ReviseTarget
    | SubmitSelfEvaluation
    | AuditSelfEvaluation
    | ReturnSelfEvaluation
    | AcceptSelfEvaluation
    | RecheckSelfEvaluation
    | FileObjection
    | DecideObjection
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationOpened:
    """A report is due for this project and year."""

    project: Project


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRevised:
    """The report is held against the adjusted target."""

    target_version: int
    budget: Money
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationSubmitted:
    """The head of the unit answers for truth and accuracy."""

    reports: tuple[Reported, ...]
    execution_cause: Cause | None
    finished: bool
    self_score: Decimal
    prepared_by_business: str
    prepared_by_finance: str
    summary: str
    submitted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationAudited:
    """The department audited the report."""

    opinion: str
    audited_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationReturned:
    """The report goes back to the unit, by a person or for its findings."""

    reason: str
    findings: tuple[Finding, ...]
    returned_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationAccepted:
    """The report was recomputed and stands."""

    whose: Whose
    lines: tuple[Scored, ...]
    paid: Money
    budget: Money
    execution_rate: Decimal
    execution_score: Decimal
    self_score: Decimal
    machine_score: Decimal
    grade: Grade
    findings: tuple[Finding, ...]
    judged_low: tuple[str, ...]
    rule_set_version: int
    accepted_by: str
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckConcluded:
    """The evidence was looked at; this score counts from now on."""

    whose: Whose
    before: Decimal
    score: Decimal
    grade: Grade
    inflation: Inflation
    reason: str
    document_no: str
    rechecked_by: str
    concluded_on: date
    object_by: date | None = None
    decide_days: int = 0
    rule_set_version: int = 0
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFiled:
    """The unit objects to the re-check."""

    text: str
    filed_by: str
    filed_on: date | None = None
    decide_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionDecided:
    """The objection was decided; the score is final."""

    whose: Whose
    before: Decimal
    score: Decimal
    grade: Grade
    inflation: Inflation
    reason: str
    decided_by: str
    decided_on: date
    outcome: str = ""
    late: bool = False
    rule_set_version: int = 0


type SelfEvaluationEvent = (
    SelfEvaluationOpened
    | TargetRevised
    | SelfEvaluationSubmitted
    | SelfEvaluationAudited
    | SelfEvaluationReturned
    | SelfEvaluationAccepted
    | RecheckConcluded
    | ObjectionFiled
    | ObjectionDecided
)
