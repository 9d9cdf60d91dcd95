"""What may be asked of the plan of an evaluation, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.effectiveness.framework import EffectivenessFramework, Period
from services.evaluation.domain.effectiveness.scoring import SubjectFigures
from services.evaluation.domain.values import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCommand:
    """Addresses a plan as `<region>-<year><period>-<kind of subject>`."""

    plan_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEffectivenessPlan(PlanCommand):
    """Say who is evaluated, for which period, and on what day the data are cut off."""

    region_code: str
    subject: Subject
    fiscal_year: int
    period: Period
    subjects: tuple[str, ...]
    cut_off_on: date
    document_no: str
    unit_regions: tuple[tuple[str, str, str], ...] = ()
    """Code, region and department of every unit that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixIndicators(PlanCommand):
    """Fix what earns how many points, as the rules have it on this day."""

    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeData(PlanCommand):
    """The day of the cut-off is over: this is what the system knew."""

    figures: tuple[SubjectFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalScore:
    """The final score of a subject; its points before bonus and penalty are shown for ties."""

    subject_code: str
    score: Decimal
    duties: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RankEffectiveness(PlanCommand):
    """Draw up the ranking of the final scores; again after a correction."""

    finals: tuple[FinalScore, ...] = ()
    previous: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishEffectiveness(PlanCommand):
    """Publish the ranking that was drawn up last."""

    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyEffectiveness(PlanCommand):
    """Record what was made of the results, with the document that says so."""

    document_no: str
    use: str


type PlanRequest = (
    IssueEffectivenessPlan
    | FixIndicators
    | FreezeData
    | RankEffectiveness
    | PublishEffectiveness
    | ApplyEffectiveness
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSubject:
    """Who is evaluated: a unit with its place, or a county."""

    subject_code: str
    region_code: str
    department_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessPlanIssued:
    """There is a plan."""

    region_code: str
    subject: Subject
    fiscal_year: int
    period: Period
    subjects: tuple[PlannedSubject, ...]
    cut_off_on: date
    document_no: str
    issued_by: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsFixed:
    """The framework stands; later rules change nothing about this period."""

    framework: EffectivenessFramework
    region_code: str
    subject: Subject
    fiscal_year: int
    period: Period
    cut_off_on: date
    fixed_by: str
    fixed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFrozen:
    """The figures of every subject as of the cut-off."""

    cut_off_on: date
    figures: tuple[SubjectFigures, ...]
    frozen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedEffectiveness:
    """A line of the ranking."""

    subject_code: str
    score: Decimal
    rank: int
    duties: Decimal
    previous_rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessRanked:
    """The ranking was drawn up; `corrects` names the one it takes the place of."""

    ranking_id: str
    rows: tuple[RankedEffectiveness, ...]
    ranked_by: str
    ranked_on: date
    corrects: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessPublished:
    """The ranking was told to everybody."""

    ranking_id: str
    document_no: str
    published_by: str
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessApplied:
    """The results were used."""

    document_no: str
    use: str
    applied_by: str
    applied_on: date


type PlanEvent = (
    EffectivenessPlanIssued
    | IndicatorsFixed
    | DataFrozen
    | EffectivenessRanked
    | EffectivenessPublished
    | EffectivenessApplied
)
