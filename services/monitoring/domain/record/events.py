"""What may have happened to a monitoring record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.monitoring.domain.rating import Rating, Score
from services.monitoring.domain.values import Execution, Project, ReportedValue
from shared.domain.money import Money


class ForecastMethod(StrEnum):
    """How the pre-analysis looked ahead: by what the unit filed, or in a straight line."""

    FILED = "FILED"
    LINEAR = "LINEAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastFiled:
    """The unit said what it expects at the node."""

    project: Project
    node: str
    planned_payments: Money
    values: tuple[ReportedValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreAnalysisRun:
    """The state at the node was predicted, by a stated method."""

    project: Project
    node: str
    method: ForecastMethod
    execution: Execution
    rating: Rating
    analysed_on: date
    rule_set_version: int
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringSubmitted:
    """A report was handed in; the money in it is the ledger's."""

    project: Project
    node: str
    values: tuple[ReportedValue, ...]
    execution: Execution
    submitted_by: str
    submitted_on: date
    on_time: bool
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringReturned:
    """A report was given back."""

    project: Project
    node: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringReviewed:
    """A report was accepted."""

    project: Project
    node: str
    reviewed_by: str
    opinion: str
    compliance_suspected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringScored:
    """Score and level of a project at a node, with every value they were computed from."""

    project: Project
    node: str
    score: Score
    rating: Rating
    scored_on: date
    target_version: int
    rule_set_version: int
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringMissed:
    """No report came in time."""

    project: Project
    node: str
    execution: Execution
    rating: Rating
    due_on: date
    rule_set_version: int
    legal_basis: str


type RecordEvent = (
    ForecastFiled
    | PreAnalysisRun
    | MonitoringSubmitted
    | MonitoringReturned
    | MonitoringReviewed
    | MonitoringScored
    | MonitoringMissed
)
