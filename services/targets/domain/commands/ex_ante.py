"""What may be asked of an ex-ante assessment."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from services.targets.domain.asker import Asker
from services.targets.domain.delegation import Delegation
from services.targets.domain.duties import ReturnReason
from services.targets.domain.events.project import ProjectRegistered
from services.targets.domain.ex_ante_items import ExAnteItem
from services.targets.domain.rule_set import Rules
from services.targets.domain.target_states import NO_TARGET, TargetState
from services.targets.domain.values import Evidence, ReductionKind, ReductionLine, Responsible
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitExAnteReport:
    """Hand in the report; after a return, hand it in again.

    It comes with the draft of the target, and the head signs; without a `person`, the head who
    is named. What target, matrix and delegation say is filled in.
    """

    project_code: str
    fiscal_year: int
    region_code: str
    goal: str
    statements: dict[str, str]
    evidence: tuple[Evidence, ...]
    by: str
    now: datetime
    person: str = ""
    delegation_id: str = ""
    asker: Asker | None = None
    project: ProjectRegistered | None = None
    target: TargetState = NO_TARGET
    duty: Responsible | None = None
    delegation: Delegation | None = None
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewExAnteReport:
    """The department has looked at the report and passes it on."""

    project_code: str
    fiscal_year: int
    opinion: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnExAnteReport:
    """The report goes back to its unit."""

    project_code: str
    fiscal_year: int
    reasons: tuple[str, ...]
    by: str
    now: datetime
    codes: tuple[ReturnReason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreExAnteReport:
    """One scorer's points: by dimension, or as a judgement of each item of the score sheet.

    A veto makes the project poor whatever its points. `reasons` say by dimension why points were
    lost; where many were, there has to be one.
    """

    project_code: str
    fiscal_year: int
    region_code: str
    points: dict[str, Decimal]
    vetoes: tuple[str, ...]
    by: str
    now: datetime
    judgements: dict[ExAnteItem, Grade] = field(default_factory=dict)
    remarks: dict[ExAnteItem, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeExAnteAssessment:
    """Take the scores together."""

    project_code: str
    fiscal_year: int
    region_code: str
    by: str
    now: datetime
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReduceExAnteAmount:
    """Cut what was asked for, line by line. Grades first where that has not been done."""

    project_code: str
    fiscal_year: int
    region_code: str
    kind: ReductionKind
    lines: tuple[ReductionLine, ...]
    by: str
    now: datetime
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeExAnteAssessment:
    """End the assessment by its grade. Grades first where that has not been done."""

    project_code: str
    fiscal_year: int
    region_code: str
    by: str
    now: datetime
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileExAnteObjection:
    """The unit does not agree with the conclusion, within the term."""

    project_code: str
    fiscal_year: int
    region_code: str
    grounds: str
    evidence: tuple[Evidence, ...]
    by: str
    now: datetime
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideExAnteObjection:
    """Somebody else decides: an objection upheld comes with the new score."""

    project_code: str
    fiscal_year: int
    region_code: str
    upheld: bool
    score: Decimal | None
    reason: str
    by: str
    now: datetime
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumeExAnteAssessment:
    """Use the conclusion up. It belongs to the approval of the target and its budget.

    It is decided in the same transaction; the budget is filled in from the target.
    """

    project_code: str
    fiscal_year: int
    by: str
    now: datetime
    budget: Money | None = None


type RuledExAnteCommand = (
    ScoreExAnteReport
    | GradeExAnteAssessment
    | ReduceExAnteAmount
    | ConcludeExAnteAssessment
    | FileExAnteObjection
    | DecideExAnteObjection
)
type ExAnteCommand = (
    SubmitExAnteReport
    | ReviewExAnteReport
    | ReturnExAnteReport
    | ConsumeExAnteAssessment
    | RuledExAnteCommand
)
