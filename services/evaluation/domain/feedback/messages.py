"""What may be asked of the feedback of a result, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.values import Whose
from shared.domain.grades import Grade


class Source(StrEnum):
    """Which result is told."""

    EVALUATION = "EVALUATION"
    RECHECK = "RECHECK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What was found, and what is asked for."""

    number: str
    text: str
    demand: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """What was done about a problem, with proof by fingerprint."""

    number: str
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """What will be done about a problem, by whom and until when."""

    number: str
    measure: str
    responsible: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The result that is told: of an evaluation or of a re-check."""

    source: Source
    whose: Whose
    score: Decimal
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackCommand:
    """Addresses the feedback by the id of the evaluation or self-evaluation it tells of."""

    feedback_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFeedback(FeedbackCommand):
    """Send result and deadline to the evaluated party (10号 art. 27)."""

    region_code: str
    document_no: str
    problems: tuple[Problem, ...] = ()
    rules: Rules | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeFeedback(FeedbackCommand):
    """The evaluated party has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRectification(FeedbackCommand):
    """Say per problem what will be done."""

    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRectification(FeedbackCommand):
    """Say per problem what was done, with proof."""

    cures: tuple[Cure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRectification(FeedbackCommand):
    """Somebody else finds it good."""

    finding: str
    on_site: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FailRectification(FeedbackCommand):
    """Somebody else finds it lacking; it goes on."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFeedback(FeedbackCommand):
    """The end: verified, or measures taken where the term passed."""

    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateFeedback(FeedbackCommand):
    """The term passed and nothing was reported."""


type FeedbackRequest = (
    IssueFeedback
    | AcknowledgeFeedback
    | PlanRectification
    | ReportRectification
    | VerifyRectification
    | FailRectification
    | CloseFeedback
    | EscalateFeedback
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackIssued:
    """The result was told, with the day by which everything is put right and may be objected."""

    source: Source
    whose: Whose
    score: Decimal
    grade: Grade
    document_no: str
    problems: tuple[Problem, ...]
    issued_on: date
    rectify_by: date
    object_by: date
    verify_days: int
    rule_set_version: int
    issued_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAcknowledged:
    """The evaluated party has it."""

    acknowledged_by: str
    acknowledged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationPlanned:
    """What will be done."""

    steps: tuple[PlannedStep, ...]
    planned_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationReported:
    """What was done; it is verified by a day."""

    cures: tuple[Cure, ...]
    reported_by: str
    reported_on: date
    verify_by: date
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationVerified:
    """It was found good."""

    whose: Whose
    source: Source
    finding: str
    on_site: bool
    verified_by: str
    verified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationFailed:
    """It was found lacking."""

    reason: str
    failed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationOverdue:
    """The day passed without a report."""

    whose: Whose
    source: Source
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackClosed:
    """It has its end."""

    measure: str
    closed_by: str
    closed_on: date


type FeedbackEvent = (
    FeedbackIssued
    | FeedbackAcknowledged
    | RectificationPlanned
    | RectificationReported
    | RectificationVerified
    | RectificationFailed
    | RectificationOverdue
    | FeedbackClosed
)
