"""What may have happened to an evaluation. Fields that came later have defaults."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.judging.values import (
    Figure,
    ItemScore,
    Material,
    Method,
    PlanItem,
    Report,
    Stage,
    Standard,
)
from services.evaluation.domain.values import Kind, Whose
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSelected:
    """The project is evaluated. Before notices were facts of their own the number stood here."""

    kind: Kind
    project_name: str
    whose: Whose
    budget: Money
    notice_no: str
    evaluator: str
    origin: str
    selected_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationNoticeIssued:
    """The evaluated party was told so."""

    notice_no: str
    materials_wanted: str
    issued_on: date
    issued_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposed:
    """The items and points are laid down."""

    items: tuple[PlanItem, ...]
    proposed_by: str
    stage: Stage = Stage.GENERAL
    methods: tuple[Method, ...] = ()
    standards: tuple[Standard, ...] = ()
    rule_set_version: int = 0
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproved:
    """The plan binds the scorer."""

    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDataCollected:
    """Materials are in."""

    materials: tuple[Material, ...]
    collected_by: str
    collected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSiteVisited:
    """Somebody looked at the place."""

    visited_on: date
    place: str
    visitors: tuple[str, ...]
    findings: str
    materials: tuple[Material, ...]
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationScored:
    """Facts are verified: the preliminary conclusion, sent to the evaluated unit."""

    received: Money
    paid: Money
    scores: tuple[ItemScore, ...]
    score: Decimal
    answer_by: date
    scored_by: str
    figures: tuple[Figure, ...] = ()
    rule_set_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAnswered:
    """The evaluated party answered the draft."""

    agrees: bool
    text: str
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftUnanswered:
    """The evaluated party did not answer; that is agreement."""

    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationConcluded:
    """The score stands. `scores` are those that stand, with what each rests on."""

    kind: Kind
    whose: Whose
    corrections: tuple[ItemScore, ...]
    score: Decimal
    grade: Grade
    rule_set_version: int
    concluded_by: str
    concluded_on: date
    scores: tuple[ItemScore, ...] = ()
    legal_basis: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubmitted:
    """The report was submitted: what it says, and the fingerprints of content and file."""

    whose: Whose
    report: Report
    content_sha256: str
    pdf_sha256: str
    submitted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiled:
    """The report is in the archive."""

    report_no: str
    report_sha256: str
    filed_on: date
    archive_no: str = ""
    whose: Whose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationCommissioned:
    """A third party does the work."""

    assignment_id: str
    evaluator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRechecked:
    """A department's evaluation was looked at again; this score counts from now on."""

    kind: Kind
    whose: Whose
    before: Decimal
    score: Decimal
    grade: Grade
    inflation: Inflation
    reason: str
    document_no: str
    rule_set_version: int
    rechecked_by: str
    rechecked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationObjected:
    """The evaluated party objects; it is decided by a day."""

    whose: Whose
    text: str
    objected_by: str
    objected_on: date
    decide_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationObjectionDecided:
    """The objection was decided; the score is final."""

    kind: Kind
    whose: Whose
    before: Decimal
    score: Decimal
    grade: Grade
    outcome: str
    reason: str
    rule_set_version: int
    decided_by: str
    decided_on: date
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationObjectionOverdue:
    """The day for the decision passed without one."""

    whose: Whose
    due_on: date


type EvaluationEvent = (
    EvaluationSelected
    | EvaluationNoticeIssued
    | PlanProposed
    | PlanApproved
    | EvaluationDataCollected
    | EvaluationSiteVisited
    | EvaluationScored
    | DraftAnswered
    | DraftUnanswered
    | EvaluationConcluded
    | ReportSubmitted
    | ReportFiled
    | EvaluationCommissioned
    | EvaluationRechecked
    | EvaluationObjected
    | EvaluationObjectionDecided
    | EvaluationObjectionOverdue
)
