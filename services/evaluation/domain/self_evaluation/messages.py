"""What may be asked of a self-evaluation, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.checks import Finding, Inflation
from services.evaluation.domain.self_evaluation.core_problems import CoreProblem
from services.evaluation.domain.self_evaluation.desks import Desk, ReturnCode, Stay
from services.evaluation.domain.self_evaluation.events import FillingEvent, Settlement
from services.evaluation.domain.self_evaluation.evidence import EvidenceFile, EvidenceFlag
from services.evaluation.domain.values import Cause, Indicator, Reported, Scheme, Scored, Whose
from services.evaluation.domain.watched import Watched
from shared.domain.grades import Grade
from shared.domain.hands import Hands, hands
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
    annual_goal: str = ""

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
    """A target was approved: whoever spends evaluates. The rules say until when."""

    project: Project
    by: str
    now: datetime
    rules: Rules | None = None


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
    OpenSelfEvaluation | ReviseTarget | RecheckSelfEvaluation | FileObjection | DecideObjection
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationOpened:
    """A report is due for this project and year; from before its day was kept there is none."""

    project: Project
    due_on: date | None = None
    remind_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRevised:
    """The report is held against the adjusted target."""

    target_version: int
    budget: Money
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationSubmitted:
    """The head of the unit answers for truth and accuracy (10号 art. 21).

    `prepared_by_…` and `signed_for` are the persons named for the step, `filled_by` and
    `confirmed_by` those who held the two locks; a report from before the locks has neither.
    """

    reports: tuple[Reported, ...]
    execution_cause: Cause | None
    finished: bool
    self_score: Decimal
    prepared_by_business: str
    prepared_by_finance: str
    summary: str
    submitted_by: str
    evidence: tuple[EvidenceFile, ...] = ()
    signed_for: str = ""
    filled_by: str = ""
    confirmed_by: str = ""
    submitted_on: date | None = None
    stays: tuple[Stay, ...] = ()

    @property
    def hands(self) -> Hands:
        """Everybody who had a part in it: none of them judges it."""
        return hands(self.submitted_by, self.filled_by, self.confirmed_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationAudited:
    """The department audited the report."""

    opinion: str
    audited_by: str
    audited_on: date | None = None
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationReturned:
    """The report goes back to the unit, by a person or for its findings.

    `offices` have their part to do again; `evidence` are the fingerprints that go back with it.
    """

    reason: str
    findings: tuple[Finding, ...]
    returned_by: str
    codes: tuple[ReturnCode, ...] = ()
    offices: tuple[Desk, ...] = ()
    returned_on: date | None = None
    evidence: tuple[str, ...] = ()
    stays: tuple[Stay, ...] = ()


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
    flags: tuple[EvidenceFlag, ...] = ()
    problems: tuple[CoreProblem, ...] = ()
    settlement: Settlement | None = None
    stays: tuple[Stay, ...] = ()


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
    | FillingEvent
)
