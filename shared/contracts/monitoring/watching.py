"""How the work goes: rounds, pre-analyses, reports."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.fields import Number
from shared.contracts.monitoring.said import MonitoringEvent, ProjectEvent


class RoundPlanned(MonitoringEvent):
    """A monitoring round of a region was planned, with its pre-analysis one month earlier."""

    fiscal_year: int
    node: str
    cut_off_on: date
    pre_analysis_on: date


class RoundClosed(MonitoringEvent):
    """A monitoring round ended."""

    fiscal_year: int
    node: str
    cut_off_on: date
    reviewed: int
    missed: int
    exempted: int = 0
    levels: dict[str, int] = Field(
        default_factory=dict, description="How many projects stand at NORMAL, BLUE and RED."
    )
    mean_score: Number | None = None
    execution_rate: Number | None = Field(default=None, description="Weighted by money.")
    goal_rate: Number | None = Field(default=None, description="Weighted by money.")


class MonitoringScored(ProjectEvent):
    """The state of a project at a node was judged: money and targets."""

    node: str
    score: Number
    level: Literal["NORMAL", "BLUE", "RED"]
    execution_rate: Number
    goal_rate: Number | None = None
    reasons: tuple[str, ...] = Field(default=(), description="All reason codes, worst first.")
    rule_set_version: int = 0


class PreAnalysisRun(ProjectEvent):
    """The state of a project at a coming node was predicted, a month before it."""

    node: str
    level: Literal["NORMAL", "BLUE", "RED"]
    execution_rate: Number = Field(description="Expected at the cut-off.")
    goal_rate: Number | None = None
    method: Literal["FILED", "CONTRACTS", "HISTORY", "LINEAR"]
    reasons: tuple[str, ...] = ()
    analysed_on: date
    rule_set_version: int


class MonitoringMissed(ProjectEvent):
    """A unit did not report on a node in time."""

    node: str
    level: Literal["RED"] = "RED"
    execution_rate: Number
    reasons: tuple[str, ...]
    due_on: date
    rule_set_version: int
