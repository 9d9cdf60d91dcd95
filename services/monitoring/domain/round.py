"""A monitoring round: one per region, year and node, with the pre-analysis a month before it.

PLANNED → PRE_ANALYSIS → COLLECTING → REVIEWING → SCORED → CLOSED → ARCHIVED; days move it on, and
a person closes it with the report of the round and puts it on file.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from services.monitoring.domain import roster
from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.calendar import node_dates
from services.monitoring.domain.record.seeing import seen_from
from services.monitoring.domain.round_report import round_report, sha256_of
from services.monitoring.domain.round_words import (
    ORDER,
    AdvanceRound,
    ArchiveRound,
    CloseRound,
    NodeUnknown,
    NotPlanned,
    PlanRound,
    Round,
    RoundAdvanced,
    RoundArchived,
    RoundClosed,
    RoundCommand,
    RoundEvent,
    RoundFiguresDiffer,
    RoundNotClosed,
    RoundNotPlanned,
    RoundNotSettled,
    RoundPlanned,
    RoundState,
    RoundStillCollecting,
    Stage,
)
from services.monitoring.domain.values import project_id
from services.monitoring.domain.watch import reference as watch_reference
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date

__all__ = [
    "AdvanceRound",
    "ArchiveRound",
    "CloseRound",
    "NodeUnknown",
    "PlanRound",
    "Round",
    "RoundAdvanced",
    "RoundArchived",
    "RoundClosed",
    "RoundEvent",
    "RoundNotPlanned",
    "RoundPlanned",
    "RoundStillCollecting",
    "Stage",
    "round_decider",
]

SHOWN_MAX: Final = 20
_DONE: Final = (Stage.CLOSED, Stage.ARCHIVED)


def _decide(command: RoundCommand, state: RoundState) -> Sequence[RoundEvent]:
    match command:
        case PlanRound():
            return _plan(command, state)
        case AdvanceRound():
            return _advance(command, state)
        case CloseRound():
            return _close(command, state)
        case ArchiveRound():
            return _archive(command, state)
        case _:
            assert_never(command)


def _plan(command: PlanRound, state: RoundState) -> Sequence[RoundEvent]:
    rules = rule_sets.required(command.rules)
    node = next((n for n in rules.monitoring.nodes if n.code == command.node), None)
    if node is None:
        raise NodeUnknown(node=command.node, known=[n.code for n in rules.monitoring.nodes])
    dates = node_dates(node, command.fiscal_year, rules.monitoring.lead_months, command.region_code)
    if isinstance(state, Round) and (state.dates == dates or state.stage in _DONE):
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
    if ORDER.index(command.stage) <= ORDER.index(state.stage):
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
    if state.stage in _DONE:
        return []
    today = business_date(command.now)
    if today <= state.dates.submit_by:
        raise RoundStillCollecting(submit_by=state.dates.submit_by.isoformat())
    seen = command.seen or ()
    waiting = [one.project_code for one in seen if one.waits]
    if waiting:
        raise RoundNotSettled(
            f"{len(waiting)} reports wait.",
            remedy="Review them, or let their days for correction pass.",
            projects=waiting[:SHOWN_MAX],
            waiting=len(waiting),
        )
    report = round_report(seen)
    for name in ("reviewed", "missed"):
        stated, counted = getattr(command, name), getattr(report, name)
        if stated is not None and stated != counted:
            raise RoundFiguresDiffer(
                f"The records say {counted}, the report says {stated}.",
                pointer=f"/{name}",
                remedy="Leave the figures out: they are counted from the records.",
                counted=counted,
            )
    return [
        RoundClosed(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            node=command.node,
            cut_off_on=state.dates.cut_off_on,
            reviewed=report.reviewed,
            missed=report.missed,
            report=report,
            report_sha256=sha256_of(report),
            closed_by=command.by,
            signatory=command.signatory,
            closed_on=today,
        )
    ]


def _archive(command: ArchiveRound, state: RoundState) -> Sequence[RoundEvent]:
    if isinstance(state, NotPlanned):
        raise RoundNotPlanned
    if state.stage is Stage.ARCHIVED:
        return []
    if state.stage is not Stage.CLOSED:
        raise RoundNotClosed(stage=state.stage)
    return [
        RoundArchived(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            node=command.node,
            archived_on=business_date(command.now),
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
        case RoundClosed(report=report), Round():
            return replace(state, stage=Stage.CLOSED, report=report)
        case RoundArchived(), Round():
            return replace(state, stage=Stage.ARCHIVED)
        case _:
            return state


def _consults(command: RoundCommand) -> Sequence[Reference]:
    match command:
        case PlanRound():
            return rule_sets.references(command.region_code, command.fiscal_year)
        case CloseRound():
            return [roster.reference(command.region_code, command.fiscal_year)]
        case _:
            return ()


def _refers(
    command: RoundCommand, _state: RoundState, known: Sequence[object]
) -> Sequence[Reference]:
    """Of everybody on the roster: what was promised, and what was reported."""
    if not isinstance(command, CloseRound):
        return ()
    found: list[Reference] = []
    for code in _codes(known):
        key = project_id(code, command.fiscal_year)
        found += [watch_reference(key), Reference("record", f"{key}-{command.node}")]
    return found


def _codes(known: Sequence[object]) -> Sequence[str]:
    return next((one.projects for one in known if isinstance(one, roster.Roster)), ())


def _inform(command: RoundCommand, states: Sequence[object]) -> RoundCommand:
    match command:
        case PlanRound():
            return replace(command, rules=rule_sets.nearest(states))
        case CloseRound():
            of = states[1:]
            pairs = zip(of[::2], of[1::2], strict=False)
            looked_at = (seen_from(watch, record, command.node) for watch, record in pairs)
            return replace(command, seen=tuple(one for one in looked_at if one is not None))
        case _:
            return command


def _owner(state: RoundState) -> Owner | None:
    return Owner(region_code=state.region_code) if isinstance(state, Round) else None


round_decider: Final[Decider[RoundCommand, RoundEvent, RoundState]] = Decider(
    category="round",
    initial=NotPlanned(),
    commands=(PlanRound, AdvanceRound, CloseRound, ArchiveRound),
    events={
        "RoundPlanned": RoundPlanned,
        "RoundAdvanced": RoundAdvanced,
        "RoundClosed": RoundClosed,
        "RoundArchived": RoundArchived,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.round_id,
    owner=_owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
)
