"""What may be asked of an evaluation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.judging.values import (
    Chapters,
    Figure,
    ItemScore,
    Material,
    Method,
    PlanItem,
    Report,
    Side,
    Stage,
    Standard,
)
from services.evaluation.domain.self_evaluation.messages import Project
from services.evaluation.domain.third_party.commissioned import Commissioned
from services.evaluation.domain.unit import Unit
from services.evaluation.domain.values import Kind
from shared.domain.money import Money

type Press = Callable[[Report], bytes]
"""Prints a report; the same report gives the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationCommand:
    """Addresses an evaluation as `<kind>-<project code>-<fiscal year>`, on somebody's side."""

    evaluation_id: str
    by: str
    now: datetime
    side: Side = Side.FINANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledCommand(EvaluationCommand):
    """Needs the rules of the caller's region and the year of the evaluation."""

    region_code: str
    fiscal_year: int
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectForEvaluation(EvaluationCommand):
    """Choose a project; with a number the notice goes out in the same act."""

    kind: Kind
    project_code: str
    fiscal_year: int
    notice_no: str = ""
    evaluator: str = ""
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNotice(EvaluationCommand):
    """Tell the evaluated party by a notice what is evaluated and what it has to hand over."""

    notice_no: str
    materials_wanted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePlan(RuledCommand):
    """Lay down items and points; without items those of the rule set at the stage."""

    items: tuple[PlanItem, ...] = ()
    stage: Stage = Stage.GENERAL
    methods: tuple[Method, ...] = ()
    standards: tuple[Standard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePlan(EvaluationCommand):
    """Another person approves the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectData(EvaluationCommand):
    """The materials of the evaluated party are in; more may follow until facts are verified."""

    materials: tuple[Material, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSiteVisit(EvaluationCommand):
    """What was seen on site."""

    visited_on: date
    place: str
    visitors: tuple[str, ...]
    findings: str
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreEvaluation(RuledCommand):
    """Facts are verified; this is the preliminary conclusion, sent to the evaluated party.

    Without a day the longest term of the rule set is given to answer it.
    """

    received: Money
    paid: Money
    scores: tuple[ItemScore, ...]
    figures: tuple[Figure, ...] = ()
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft(EvaluationCommand):
    """The evaluated unit or department answers the draft."""

    agrees: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDraftTerm(EvaluationCommand):
    """The term passed without an answer: unanswered is agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeEvaluation(RuledCommand):
    """Another person than the scorer concludes; opinions may correct scores."""

    corrections: tuple[ItemScore, ...] = ()
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReport(EvaluationCommand):
    """The report is submitted with its number; it is printed now and never again."""

    report_no: str
    chapters: Chapters
    lead_evaluator: str = ""
    agency: str = ""
    press: Press | None = None
    unit: Unit | None = None
    commissioned: Commissioned | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport(EvaluationCommand):
    """The submitted report goes to the archive."""

    report_no: str = ""
    report_sha256: str = ""
    archive_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCommission(EvaluationCommand):
    """A third party was commissioned with the work."""

    assignment_id: str
    evaluator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckEvaluation(RuledCommand):
    """The bureau looked at a department's evaluation itself; its score replaces the other."""

    score: Decimal
    reason: str
    document_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectToEvaluation(RuledCommand):
    """The evaluated party objects to the result."""

    text: str
    notified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideEvaluationObjection(RuledCommand):
    """Another person raises, keeps or lowers the score. This is final."""

    score: Decimal
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteObjectionOverdue(EvaluationCommand):
    """The term for the decision passed; the objection is still to be decided."""


type EvaluationRequest = (
    SelectForEvaluation
    | IssueNotice
    | ProposePlan
    | ApprovePlan
    | CollectData
    | RecordSiteVisit
    | ScoreEvaluation
    | AnswerDraft
    | CloseDraftTerm
    | ConcludeEvaluation
    | SubmitReport
    | FileReport
    | NoteCommission
    | RecheckEvaluation
    | ObjectToEvaluation
    | DecideEvaluationObjection
    | NoteObjectionOverdue
)
