"""What a warning is about, how it is raised, and how it ends."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from services.monitoring.domain.values import Level, Project, Reason, Source
from shared.domain.money import Money
from shared.domain.rules import LetterRules


class WarningOutcome(StrEnum):
    """How a warning ended."""

    VERIFIED = "VERIFIED"
    MEASURED = "MEASURED"
    CANCELLED = "CANCELLED"


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
    """There is reason to warn a unit. Older facts do not say who found it."""

    project: Project
    case: Case
    raised_by: str = ""


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
class WarningUpgraded:
    """A blue warning became a red one; it is pushed again and needs a new letter."""

    project: Project
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningEscalated:
    """A red warning was not answered: a measure has to follow."""

    project: Project


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningClosed:
    """The warning has its end; `released` are the holds on money that end with it."""

    project: Project
    level: Level
    outcome: WarningOutcome
    answers: dict[Reason, str]
    fund_effect: str
    target_effect: str
    closed_on: date
    released: tuple[str, ...] = ()
    closed_by: str = ""
    closed_at: datetime | None = None
    overdue: int = 0
