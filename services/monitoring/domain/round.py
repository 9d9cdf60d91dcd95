"""A monitoring round: one per region, year and node, with the pre-analysis a month before it.

PLANNED → PRE_ANALYSIS → COLLECTING → REVIEWING → SCORED → CLOSED; days move it on, and a
person closes it with the report of the round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, assert_never

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.calendar import NodeDates, node_dates
from services.monitoring.domain.rules import RulesInForce
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.refusals import Conflict, Invalid, NotFound
from shared.domain.workdays import business_date


class RoundNotPlanned(NotFound):
    """There is no such monitoring round."""

    title_zh = "该监控节点尚未安排"


class NodeUnknown(Invalid):
    """The rule set knows no such node."""

    title_zh = "规则集中没有该监控节点"


class RoundStillCollecting(Conflict):
    """A round ends after its reports were due."""

    title_zh = "监控填报尚未截止，不能结束本轮监控"


class Stage(StrEnum):
    """How far a round has come."""

    PLANNED = "PLANNED"
    PRE_ANALYSIS = "PRE_ANALYSIS"
    COLLECTING = "COLLECTING"
    REVIEWING = "REVIEWING"
    SCORED = "SCORED"
    CLOSED = "CLOSED"


_ORDER: Final = tuple(Stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfRound:
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
class PlanRound(_OfRound):
    """Set the days of a round by the rules in force."""

    rules: RulesInForce | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRound(_OfRound):
    """The day has come for the next stage."""

    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRound(_OfRound):
    """End a round with the figures of its signed report."""

    reviewed: int
    missed: int


type RoundCommand = PlanRound | AdvanceRound | CloseRound


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


type RoundEvent = RoundPlanned | RoundAdvanced | RoundClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPlanned:
    """Nothing was planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round with its days and its stage."""

    region_code: str
    dates: NodeDates
    stage: Stage


type RoundState = NotPlanned | Round


def _decide(command: RoundCommand, state: RoundState) -> Sequence[RoundEvent]:
    match command:
        case PlanRound():
            return _plan(command, state)
        case AdvanceRound():
            return _advance(command, state)
        case CloseRound():
            return _close(command, state)
        case _:
            assert_never(command)


def _plan(command: PlanRound, state: RoundState) -> Sequence[RoundEvent]:
    rules = rule_sets.required(command.rules)
    node = next((n for n in rules.monitoring.nodes if n.code == command.node), None)
    if node is None:
        raise NodeUnknown(node=command.node, known=[n.code for n in rules.monitoring.nodes])
    dates = node_dates(node, command.fiscal_year, rules.monitoring.lead_months, command.region_code)
    if isinstance(state, Round) and (state.dates == dates or state.stage is Stage.CLOSED):
        return []
    return [
        RoundPlanned(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            dates=dates,
            rule_set_version=rules.version,
        )
    ]


def _advance(command: AdvanceRound, state: RoundState) -> Sequence[RoundEvent]:
    if isinstance(state, NotPlanned):
        return []
    if _ORDER.index(command.stage) <= _ORDER.index(state.stage):
        return []
    return [
        RoundAdvanced(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            node=command.node,
            stage=command.stage,
        )
    ]


def _close(command: CloseRound, state: RoundState) -> Sequence[RoundEvent]:
    if isinstance(state, NotPlanned):
        raise RoundNotPlanned
    if state.stage is Stage.CLOSED:
        return []
    if business_date(command.now) <= state.dates.submit_by:
        raise RoundStillCollecting(submit_by=state.dates.submit_by.isoformat())
    return [
        RoundClosed(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            node=command.node,
            cut_off_on=state.dates.cut_off_on,
            reviewed=command.reviewed,
            missed=command.missed,
        )
    ]


def _evolve(state: RoundState, event: RoundEvent) -> RoundState:
    match event, state:
        case RoundPlanned(region_code=region, dates=dates), NotPlanned():
            return Round(region_code=region, dates=dates, stage=Stage.PLANNED)
        case RoundPlanned(dates=dates), Round():
            return replace(state, dates=dates)
        case RoundAdvanced(stage=stage), Round():
            return replace(state, stage=stage)
        case RoundClosed(), Round():
            return replace(state, stage=Stage.CLOSED)
        case _:
            return state


def _consults(command: RoundCommand) -> Sequence[Reference]:
    if isinstance(command, PlanRound):
        return rule_sets.references(command.region_code, command.fiscal_year)
    return ()


def _inform(command: RoundCommand, states: Sequence[object]) -> RoundCommand:
    if isinstance(command, PlanRound):
        return replace(command, rules=rule_sets.nearest(states))
    return command


def _owner(state: RoundState) -> Owner | None:
    return Owner(region_code=state.region_code) if isinstance(state, Round) else None


round_decider: Final[Decider[RoundCommand, RoundEvent, RoundState]] = Decider(
    category="round",
    initial=NotPlanned(),
    commands=(PlanRound, AdvanceRound, CloseRound),
    events={
        "RoundPlanned": RoundPlanned,
        "RoundAdvanced": RoundAdvanced,
        "RoundClosed": RoundClosed,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.round_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
