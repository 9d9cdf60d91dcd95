"""What may be asked of an evaluation, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.self_evaluation.messages import Project
from services.evaluation.domain.values import Kind, Whose
from shared.domain.grades import Grade
from shared.domain.money import Money


class Part(StrEnum):
    """The level-1 parts of the evaluation framework."""

    DECISION = "DECISION"
    PROCESS = "PROCESS"
    OUTPUT = "OUTPUT"
    BENEFIT = "BENEFIT"


class Measure(StrEnum):
    """How an item gets its points: judged by a person, or computed from money."""

    JUDGED = "JUDGED"
    FUNDS_IN_PLACE = "FUNDS_IN_PLACE"
    EXECUTION = "EXECUTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """A level-3 item of the plan with its full points."""

    item_id: str
    part: Part
    name: str
    points: Decimal
    measure: Measure = Measure.JUDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """What an item was given, and why."""

    item_id: str
    score: Decimal
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationCommand:
    """Addresses an evaluation as `<kind>-<project code>-<fiscal year>`."""

    evaluation_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectForEvaluation(EvaluationCommand):
    """Choose a project and tell it by a notice."""

    kind: Kind
    project_code: str
    fiscal_year: int
    notice_no: str
    evaluator: str = ""
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePlan(EvaluationCommand):
    """Lay down the items and their points."""

    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePlan(EvaluationCommand):
    """Another person approves the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreEvaluation(EvaluationCommand):
    """Facts are verified, on paper and on site; this is the preliminary conclusion."""

    received: Money
    paid: Money
    scores: tuple[ItemScore, ...]
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft(EvaluationCommand):
    """The evaluated unit or department answers the draft."""

    agrees: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDraftTerm(EvaluationCommand):
    """The term passed without an answer: unanswered is agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeEvaluation(EvaluationCommand):
    """Another person than the scorer concludes; opinions may correct scores."""

    region_code: str
    fiscal_year: int
    corrections: tuple[ItemScore, ...] = ()
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport(EvaluationCommand):
    """The report is filed with its number and hash."""

    report_no: str
    report_sha256: str


type EvaluationRequest = (
    SelectForEvaluation
    | ProposePlan
    | ApprovePlan
    | ScoreEvaluation
    | AnswerDraft
    | CloseDraftTerm
    | ConcludeEvaluation
    | FileReport
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSelected:
    """The project is evaluated and was told so."""

    kind: Kind
    project_name: str
    whose: Whose
    budget: Money
    notice_no: str
    evaluator: str
    origin: str
    selected_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposed:
    """The items and points are laid down."""

    items: tuple[PlanItem, ...]
    proposed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproved:
    """The plan binds the scorer."""

    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationScored:
    """The preliminary conclusion, sent to the evaluated unit."""

    received: Money
    paid: Money
    scores: tuple[ItemScore, ...]
    score: Decimal
    answer_by: date
    scored_by: str


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
    """The score stands."""

    kind: Kind
    whose: Whose
    corrections: tuple[ItemScore, ...]
    score: Decimal
    grade: Grade
    rule_set_version: int
    concluded_by: str
    concluded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiled:
    """The report is in the archive."""

    report_no: str
    report_sha256: str
    filed_on: date


type EvaluationEvent = (
    EvaluationSelected
    | PlanProposed
    | PlanApproved
    | EvaluationScored
    | DraftAnswered
    | DraftUnanswered
    | EvaluationConcluded
    | ReportFiled
)
