"""What may have happened to a warning."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.monitoring.domain.values import Level, Project, Reason, Source
from services.monitoring.domain.warning.letter import Letter
from shared.domain.money import Money
from shared.domain.rules import LetterRules


class Step(StrEnum):
    """What a unit owes after a letter, each with its day."""

    ACKNOWLEDGE = "ACKNOWLEDGE"
    PLAN = "PLAN"
    FINISH = "FINISH"


class Measure(StrEnum):
    """What may be done to a unit that does not answer (`domain` §3.5)."""

    TALK = "TALK"
    CIRCULAR = "CIRCULAR"
    SUSPEND_PAYMENT = "SUSPEND_PAYMENT"
    FUND_ADJUSTMENT = "FUND_ADJUSTMENT"
    ACCOUNTABILITY = "ACCOUNTABILITY"


class WarningOutcome(StrEnum):
    """How a warning ended."""

    VERIFIED = "VERIFIED"
    MEASURED = "MEASURED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """What will be done about one reason."""

    reason: Reason
    cause: str
    measure: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a warning is about, as it was when it was raised."""

    project: Project
    project_name: str
    unit_name: str
    department_name: str
    budget: Money
    node: str
    level: Level
    reasons: tuple[Reason, ...]
    source: Source
    finding: str
    execution_rate: Decimal | None
    goal_rate: Decimal | None
    rule_set_version: int
    legal_basis: str
    letters: LetterRules
    letter_needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRaised:
    """There is reason to warn a unit."""

    project: Project
    case: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningPushed:
    """The unit was warned in the system."""

    project: Project
    node: str
    level: Level
    reasons: tuple[Reason, ...]
    source: Source
    pushed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningCancelled:
    """The warning was dropped, for a reason."""

    project: Project
    level: Level
    reason: str
    cancelled_on: date
    reason_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDrafted:
    """A letter is ready to be signed."""

    project: Project
    demands: str
    evidence_wanted: str
    contact: str
    phone: str
    drafted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterIssued:
    """A numbered letter left the bureau; it never changes."""

    project: Project
    level: Level
    serial: int
    letter: Letter
    content_sha256: str
    acknowledge_by: date
    plan_by: date
    finish_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAcknowledged:
    """The unit has the letter."""

    project: Project
    received_by: str
    objection: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationPlanSubmitted:
    """The unit said what it will do."""

    project: Project
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationEvidenceSubmitted:
    """The unit showed what it did."""

    project: Project
    result: str
    evidence: tuple[str, ...]
    submitted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationVerified:
    """The cure was found good."""

    project: Project
    finding: str
    on_site: bool
    execution_rate: Decimal | None
    goal_rate: Decimal | None
    verified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationFailed:
    """The cure was found wanting; the last day stays what it was."""

    project: Project
    reason: str
    finish_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationOverdue:
    """A step was not done in time."""

    project: Project
    step: Step
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningUpgraded:
    """A blue warning became a red one; it is pushed again and needs a new letter."""

    project: Project
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningEscalated:
    """A red warning was not answered: a measure has to follow."""

    project: Project


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTaken:
    """A measure was decided and is recorded here; it is carried out elsewhere."""

    project: Project
    measure: Measure
    document_no: str
    decided_on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningClosed:
    """The warning has its end."""

    project: Project
    level: Level
    outcome: WarningOutcome
    answers: dict[Reason, str]
    fund_effect: str
    target_effect: str
    closed_on: date


type WarningEvent = (
    WarningRaised
    | WarningPushed
    | WarningCancelled
    | LetterDrafted
    | LetterIssued
    | LetterAcknowledged
    | RectificationPlanSubmitted
    | RectificationEvidenceSubmitted
    | RectificationVerified
    | RectificationFailed
    | RectificationOverdue
    | WarningUpgraded
    | WarningEscalated
    | MeasureTaken
    | WarningClosed
)
