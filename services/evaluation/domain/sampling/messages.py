"""What may be asked of the sample of a region and year, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from services.evaluation.domain.adopted_rules import Rules


class Sampled(StrEnum):
    """What kind of result is sampled; each kind and department is a stratum of its own."""

    SELF_EVALUATION = "SELF_EVALUATION"
    DEPARTMENT_EVALUATION = "DEPARTMENT_EVALUATION"


class SampleReason(StrEnum):
    """Why a result is looked at again (`domain` §3.7 d)."""

    FLAGGED = "FLAGGED"
    HIGH_SCORE_LOW_EXECUTION = "HIGH_SCORE_LOW_EXECUTION"
    RANDOM = "RANDOM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The projects of a department in a year, as `<project code>-<fiscal year>`."""

    department_code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A result that stands, as far as the draw has to know it."""

    name: str
    kind: Sampled
    department_code: str
    unit_code: str
    score: Decimal
    execution_rate: Decimal | None = None
    is_flagged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledItem:
    """One result that is looked at again, and why."""

    name: str
    unit_code: str
    score: Decimal
    reasons: tuple[SampleReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCommand:
    """Addresses the sample of a region and year."""

    region_code: str
    fiscal_year: int
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRecheckPopulation(SampleCommand):
    """List every project of the year: what is drawn from is fixed before the draw."""

    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRecheckSample(SampleCommand):
    """Draw a round; the seed comes from outside and is kept."""

    round: int
    seed: str
    is_seed_stated: bool = False
    candidates: tuple[Candidate, ...] = ()
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckPopulationFound:
    """The projects of a department that are drawn from, beside those listed before."""

    region_code: str
    fiscal_year: int
    department_code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckSampled:
    """A stratum of a round was drawn: with these the draw can be made again."""

    region_code: str
    fiscal_year: int
    round: int
    kind: Sampled
    department_code: str
    seed: str
    algorithm: str
    ratio: Decimal
    least: int
    population: tuple[str, ...]
    items: tuple[SampledItem, ...]
    rule_set_version: int
    legal_basis: str
    drawn_by: str
    drawn_on: date


type SampleRequest = FindRecheckPopulation | DrawRecheckSample
type SampleEvent = RecheckPopulationFound | RecheckSampled
