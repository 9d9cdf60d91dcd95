"""What may be asked of a round, what may have happened to it, and how it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from services.monitoring.domain.calendar import NodeDates
from services.monitoring.domain.round_report import RoundReport, Seen
from services.monitoring.domain.rules import RulesInForce
from shared.domain.decider import Reference
from shared.domain.refusals import Conflict, Invalid, NotFound


class RoundNotPlanned(NotFound):
    """There is no such monitoring round."""

    title_zh = "该监控节点尚未安排"


class NodeUnknown(Invalid):
    """The rule set knows no such node."""

    title_zh = "规则集中没有该监控节点"


class RoundStillCollecting(Conflict):
    """A round ends after its reports were due."""

    title_zh = "监控填报尚未截止，不能结束本轮监控"


class RoundNotSettled(Conflict):
    """A round ends when no report waits for its review or for its correction."""

    title_zh = "尚有监控填报待审核或待修改，不能结束本轮监控"


class RoundFiguresDiffer(Invalid):
    """The figures of the signed report are those that the records say."""

    title_zh = "报告数字与监控记录不一致"


class RoundNotClosed(Conflict):
    """A round is put on file after it was closed with its report."""

    title_zh = "本轮监控尚未结束，不能归档"


class Stage(StrEnum):
    """How far a round has come."""

    PLANNED = "PLANNED"
    PRE_ANALYSIS = "PRE_ANALYSIS"
    COLLECTING = "COLLECTING"
    REVIEWING = "REVIEWING"
    SCORED = "SCORED"
    CLOSED = "CLOSED"
    ARCHIVED = "ARCHIVED"


ORDER: Final = tuple(Stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRound:
    region_code: str
    fiscal_year: int
    node: str
    by: str
    now: datetime

    @property
    def round_id(self) -> str:
        """The round this addresses."""
        return f"{self.region_code}-{self.fiscal_year}-{self.node}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRound(OfRound):
    """Set the days of a round by the rules in force."""

    rules: RulesInForce | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRound(OfRound):
    """The day has come for the next stage."""

    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRound(OfRound):
    """End a round with its report, which is computed from the records and signed.

    `reviewed` and `missed` may say what the signed report says; they have to agree then.
    """

    reviewed: int | None = None
    missed: int | None = None
    signatory: str = ""
    seen: tuple[Seen, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRound(OfRound):
    """Put a closed round on file, for good."""


type RoundCommand = PlanRound | AdvanceRound | CloseRound | ArchiveRound


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlanned:
    """A round has its days."""

    region_code: str
    fiscal_year: int
    dates: NodeDates
    rule_set_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundAdvanced:
    """A round entered a stage."""

    region_code: str
    fiscal_year: int
    node: str
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosed:
    """A round ended."""

    region_code: str
    fiscal_year: int
    node: str
    cut_off_on: date
    reviewed: int
    missed: int
    report: RoundReport | None = None
    report_sha256: str = ""
    closed_by: str = ""
    signatory: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundArchived:
    """A closed round is on file."""

    region_code: str
    fiscal_year: int
    node: str
    archived_on: date


type RoundEvent = RoundPlanned | RoundAdvanced | RoundClosed | RoundArchived


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPlanned:
    """Nothing was planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round with its days and its stage."""

    region_code: str
    dates: NodeDates
    stage: Stage
    report: RoundReport | None = None


type RoundState = NotPlanned | Round


def reference(region_code: str, fiscal_year: int, node: str) -> Reference:
    """A round, for a decision that learns from it."""
    return Reference("round", f"{region_code}-{fiscal_year}-{node}")
