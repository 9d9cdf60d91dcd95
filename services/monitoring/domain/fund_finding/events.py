"""What may have happened to a finding about key funds (`domain` §4.12)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.decider import Owner
from shared.domain.money import Money


class FindingLevel(StrEnum):
    """How grave a suspicion is; the levels are those of direct-fund monitoring (F)."""

    RED = "RED"
    YELLOW = "YELLOW"
    BLUE = "BLUE"


class FindingKind(StrEnum):
    """What was found: by the clock, by a comparison, or by a person."""

    NOT_ALLOCATED = "NOT_ALLOCATED"
    NOT_ISSUED = "NOT_ISSUED"
    PAID_TWICE = "PAID_TWICE"
    MISUSED = "MISUSED"
    NOT_PROVED = "NOT_PROVED"
    OTHER = "OTHER"


class FindingStatus(StrEnum):
    """A suspicion is judged; a violation is rectified before it is closed."""

    SUSPECTED = "SUSPECTED"
    JUDGED_NORMAL = "JUDGED_NORMAL"
    JUDGED_VIOLATION = "JUDGED_VIOLATION"
    RECTIFIED = "RECTIFIED"
    CLOSED = "CLOSED"


class Judgement(StrEnum):
    """What a suspicion turned out to be."""

    NORMAL = "NORMAL"
    VIOLATION = "VIOLATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Whom a finding concerns: a region, and a unit with its project where there is one."""

    region_code: str
    fiscal_year: int
    batch_id: str = ""
    department_code: str | None = None
    unit_code: str | None = None
    project_code: str = ""

    @property
    def owner(self) -> Owner:
        """Who may see it and answer it."""
        return Owner(
            region_code=self.region_code,
            department_code=self.department_code,
            unit_code=self.unit_code,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFindingOpened:
    """Something about key funds is suspected."""

    concern: Concern
    kind: FindingKind
    level: FindingLevel
    opened_on: date
    opened_by: str
    amount: Money | None = None
    due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFindingJudged:
    """The suspicion was judged: all in order, or a violation."""

    concern: Concern
    judgement: Judgement
    opinion: str
    judged_by: str
    judged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFindingRectified:
    """A violation was put right, and this is the proof."""

    concern: Concern
    result: str
    evidence: tuple[str, ...]
    rectified_by: str
    rectified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFindingClosed:
    """The finding has its end."""

    concern: Concern
    level: FindingLevel
    judgement: Judgement
    closed_by: str
    closed_on: date


type FindingEvent = FundFindingOpened | FundFindingJudged | FundFindingRectified | FundFindingClosed
