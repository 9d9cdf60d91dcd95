"""What may be asked of an appraisal, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.unit import Unit
from services.evaluation.domain.values import Subject
from shared.domain.grades import Grade
from shared.domain.scoring import NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkScore:
    """The points of one link and what they rest on."""

    link: str
    score: Decimal
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalCommand:
    """Addresses the appraisal of a subject and year."""

    subject_code: str
    fiscal_year: int
    region_code: str
    by: str
    now: datetime
    rules: Rules | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInflation(AppraisalCommand):
    """A re-check found how far a project of the unit was inflated."""

    project_code: str
    inflation: Inflation


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreAppraisal(AppraisalCommand):
    """Give every link its points; scoring again before the conclusion replaces them."""

    subject: Subject
    links: tuple[LinkScore, ...]
    bonus: Decimal = NOTHING
    penalty: Decimal = NOTHING
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeAppraisal(AppraisalCommand):
    """Another person concludes; the grade is final."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPriorAppraisal(AppraisalCommand):
    """The grade of a year before the system, with its document."""

    grade: Grade
    document_no: str
    score: Decimal | None = None


type AppraisalRequest = NoteInflation | ScoreAppraisal | ConcludeAppraisal | RecordPriorAppraisal


@dataclass(frozen=True, slots=True, kw_only=True)
class InflationNoted:
    """An inflated project counts against the subject."""

    project_code: str
    inflation: Inflation


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalScored:
    """Every link has its points."""

    subject_code: str
    subject: Subject
    fiscal_year: int
    region_code: str
    department_code: str
    links: tuple[LinkScore, ...]
    bonus: Decimal
    penalty: Decimal
    reason: str
    scored_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalConcluded:
    """The subject has its grade for the year, with all that it was computed from.

    `penalty` is the whole penalty, `inflation_penalty` the part of it for inflated projects;
    `points` is the sum before it was bounded and rounded. Conclusions of before lack the inputs.
    """

    subject_code: str
    subject: Subject
    fiscal_year: int
    region_code: str
    score: Decimal
    grade: Grade
    inflation_penalty: Decimal
    rule_set_version: int
    concluded_by: str
    concluded_on: date
    links: tuple[LinkScore, ...] = ()
    bonus: Decimal = NOTHING
    penalty: Decimal = NOTHING
    inflated: tuple[InflationNoted, ...] = ()
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorAppraisalRecorded:
    """The subject had its grade before the system."""

    subject_code: str
    fiscal_year: int
    region_code: str
    department_code: str
    score: Decimal | None
    grade: Grade
    document_no: str


type AppraisalEvent = InflationNoted | AppraisalScored | AppraisalConcluded | PriorAppraisalRecorded
