"""What may be asked of the evaluation of one subject, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.effectiveness.plan_messages import (
    EffectivenessPlanIssued,
    IndicatorsFixed,
    PlannedSubject,
)
from services.evaluation.domain.effectiveness.scoring import (
    ExtraPoints,
    JudgedAspect,
    ScoredAspect,
    SubjectFigures,
    Total,
)
from services.evaluation.domain.values import Subject
from shared.domain.grades import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a decision about a subject knows of its plan."""

    issued: EffectivenessPlanIssued
    fixed: IndicatorsFixed | None
    is_frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCommand:
    """Addresses the evaluation of a subject as `<plan>-<subject>`; `region_code` is the asker's."""

    effectiveness_id: str
    region_code: str
    by: str
    now: datetime
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterFigures(StandingCommand):
    """The figures of the cut-off; what can be computed is computed at once."""

    figures: SubjectFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreEffectiveness(StandingCommand):
    """Judge, with documents, what the system cannot compute. Again before the window replaces."""

    judged: tuple[JudgedAspect, ...] = ()
    bonuses: tuple[ExtraPoints, ...] = ()
    penalties: tuple[ExtraPoints, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenObjectionWindow(StandingCommand):
    """Tell the subject its score; from now on it may object."""

    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectToEffectiveness(StandingCommand):
    """The subject says what is wrong."""

    text: str
    document_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseObjectionWindow(StandingCommand):
    """The days to object are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideEffectivenessObjection(StandingCommand):
    """Another person decides; what is right is corrected, also what was computed."""

    reason: str
    document_no: str
    corrections: tuple[JudgedAspect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeEffectiveness(StandingCommand):
    """Make the score final, as another person than who scored."""

    units: tuple[tuple[str, Decimal | None], ...] = ()
    """For a county: the units of its own level, each with its final score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEffectiveness(StandingCommand):
    """A final score was wrong: correct it with a document, as another person."""

    reason: str
    document_no: str
    corrections: tuple[JudgedAspect, ...]


type StandingRequest = (
    EnterFigures
    | ScoreEffectiveness
    | OpenObjectionWindow
    | ObjectToEffectiveness
    | CloseObjectionWindow
    | DecideEffectivenessObjection
    | ConcludeEffectiveness
    | CorrectEffectiveness
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessComputed:
    """The frozen figures and the points that follow from them."""

    plan_id: str
    subject: Subject
    whose: PlannedSubject
    fiscal_year: int
    region_code: str
    figures: SubjectFigures
    lines: tuple[ScoredAspect, ...]
    rule_set_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessScored:
    """Every aspect has its points, computed or judged."""

    lines: tuple[ScoredAspect, ...]
    bonuses: tuple[ExtraPoints, ...]
    penalties: tuple[ExtraPoints, ...]
    scored_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionWindowOpened:
    """The subject may object until a day."""

    document_no: str
    object_by: date
    opened_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessObjected:
    """The subject objects."""

    text: str
    document_no: str
    filed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionWindowClosed:
    """Nobody can object any more."""

    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessObjectionDecided:
    """The objection has its answer; these lines count."""

    reason: str
    document_no: str
    lines: tuple[ScoredAspect, ...]
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessConcluded:
    """The score is final."""

    plan_id: str
    subject: Subject
    subject_code: str
    region_code: str
    fiscal_year: int
    total: Total
    grade: Grade
    units: tuple[tuple[str, Decimal], ...]
    rule_set_version: int
    concluded_by: str
    concluded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessCorrected:
    """A final score was replaced, with the reason and the document; the old one stays on record."""

    before: Decimal
    result: EffectivenessConcluded
    lines: tuple[ScoredAspect, ...]
    reason: str
    document_no: str


type StandingEvent = (
    EffectivenessComputed
    | EffectivenessScored
    | ObjectionWindowOpened
    | EffectivenessObjected
    | ObjectionWindowClosed
    | EffectivenessObjectionDecided
    | EffectivenessConcluded
    | EffectivenessCorrected
)
