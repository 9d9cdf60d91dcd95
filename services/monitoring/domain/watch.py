"""The watch over a project in one year: what was promised, and when it is looked at.

It opens with the approved target and changes with it. The days of each node become deadlines, so a
project is analysed before a node and missed after it. An exempt project (136号 art. 12) has none.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.calendar import node_dates
from services.monitoring.domain.exemption import NodeExemption, Standing
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.unit import Unit
from services.monitoring.domain.unit import reference as unit_reference
from services.monitoring.domain.values import Project, project_id
from services.monitoring.domain.watch_words import (
    ArrangeNodes,
    FollowTarget,
    NodesArranged,
    NoteOverdueLetter,
    NoteStanding,
    NotWatched,
    OpenWatch,
    OverdueLetterNoted,
    ProjectNotWatched,
    StandingNoted,
    TargetFollowed,
    Watch,
    WatchCommand,
    WatchEvent,
    WatchOpened,
    WatchState,
)
from shared.domain.decider import Decider, Owner, Reference

__all__ = [
    "ArrangeNodes",
    "FollowTarget",
    "NodesArranged",
    "NotWatched",
    "NoteOverdueLetter",
    "NoteStanding",
    "OpenWatch",
    "OverdueLetterNoted",
    "ProjectNotWatched",
    "StandingNoted",
    "TargetFollowed",
    "Watch",
    "WatchOpened",
    "reference",
    "watch_decider",
]


def reference(watch_id: str) -> Reference:
    """The watch, for a decision that must know what was promised."""
    return Reference("watch", watch_id)


def _arranged(project: Project, rules: RulesInForce) -> NodesArranged:
    nodes = tuple(
        node_dates(node, project.fiscal_year, rules.monitoring.lead_months, project.region_code)
        for node in rules.monitoring.nodes
    )
    looked_for = rules.monitoring.idle_check != "NEVER"
    return NodesArranged(
        project=project,
        rule_set_version=rules.version,
        nodes=nodes,
        idle_days=rules.monitoring.red_idle_days if looked_for else 0,
    )


def _decide(command: WatchCommand, state: WatchState) -> Sequence[WatchEvent]:
    match command:
        case OpenWatch():
            return _open(command, state)
        case FollowTarget():
            return _follow(command, state)
        case ArrangeNodes():
            return _arrange(command, state)
        case NoteOverdueLetter(warning_id=key):
            if isinstance(state, NotWatched) or key in state.overdue_letters:
                return []
            return [OverdueLetterNoted(project=state.project, warning_id=key)]
        case NoteStanding():
            return _stand(command, state)
        case _:
            assert_never(command)


def _open(command: OpenWatch, state: WatchState) -> Sequence[WatchEvent]:
    if isinstance(state, Watch):
        return []
    unit = command.unit
    opened = WatchOpened(
        project=command.project,
        name=command.name,
        unit_name=unit.name if unit else command.project.unit_code,
        department_name=unit.department_name if unit else command.project.department_code,
        budget=command.budget,
        target_version=command.target_version,
        indicators=command.indicators,
        exempt=command.exempt,
        starts_on=command.starts_on,
        approved_on=command.approved_on,
        annual_goal=command.annual_goal,
    )
    if command.rules is None or command.exempt:
        return [opened]
    return [opened, _arranged(command.project, command.rules)]


def _follow(command: FollowTarget, state: WatchState) -> Sequence[WatchEvent]:
    if isinstance(state, NotWatched) or command.target_version <= state.target_version:
        return []
    return [
        TargetFollowed(
            project=state.project,
            budget=command.budget,
            target_version=command.target_version,
            indicators=command.indicators,
        )
    ]


def _arrange(command: ArrangeNodes, state: WatchState) -> Sequence[WatchEvent]:
    if isinstance(state, NotWatched):
        raise ProjectNotWatched
    arranged = _arranged(state.project, rule_sets.required(command.rules))
    return [] if state.exempt or arranged.nodes == state.nodes else [arranged]


def _stand(command: NoteStanding, state: WatchState) -> Sequence[WatchEvent]:
    """Heard, so never refused; a project that was given up does not go on again."""
    if isinstance(state, NotWatched) or 0 < command.version <= state.standing_version:
        return []
    kind, before = command.kind, state.standing
    if before is not None and before.kind is NodeExemption.TERMINATED:
        return []
    if kind is (before.kind if before else None):
        return []
    reason = command.reason
    standing = Standing(kind=kind, since_on=command.since_on, reason=reason) if kind else None
    return [StandingNoted(project=state.project, standing=standing, version=command.version)]


def _evolve(state: WatchState, event: WatchEvent) -> WatchState:
    match event, state:
        case WatchOpened(), _:
            return Watch(
                project=event.project,
                name=event.name,
                unit_name=event.unit_name,
                department_name=event.department_name,
                budget=event.budget,
                target_version=event.target_version,
                indicators=event.indicators,
                exempt=event.exempt,
                starts_on=event.starts_on,
                approved_on=event.approved_on,
                annual_goal=event.annual_goal,
                initial_budget=event.budget,
            )
        case TargetFollowed(), Watch():
            return replace(
                state,
                budget=event.budget,
                target_version=event.target_version,
                indicators=event.indicators,
            )
        case NodesArranged(nodes=nodes), Watch():
            return replace(state, nodes=nodes)
        case OverdueLetterNoted(warning_id=key), Watch(overdue_letters=noted):
            return replace(state, overdue_letters=noted | {key})
        case StandingNoted(standing=standing, version=version), Watch():
            return replace(state, standing=standing, standing_version=version)
        case _:
            return state


def _identify(command: WatchCommand) -> str:
    if isinstance(command, ArrangeNodes | NoteOverdueLetter | NoteStanding):
        return project_id(command.project_code, command.fiscal_year)
    return command.project.id


def _consults(command: WatchCommand) -> Sequence[Reference]:
    match command:
        case OpenWatch(project=project):
            rules = rule_sets.references(project.region_code, project.fiscal_year)
            return (unit_reference(project.unit_code), *rules)
        case ArrangeNodes(region_code=region, fiscal_year=year):
            return rule_sets.references(region, year)
        case _:
            return ()


def _inform(command: WatchCommand, states: Sequence[object]) -> WatchCommand:
    match command:
        case OpenWatch():
            unit, *rules = states
            known = unit.known if isinstance(unit, Unit) else None
            return replace(command, rules=rule_sets.nearest(rules), unit=known)
        case ArrangeNodes():
            return replace(command, rules=rule_sets.nearest(states))
        case _:
            return command


def _owner(state: WatchState) -> Owner | None:
    return state.project.owner if isinstance(state, Watch) else None


watch_decider: Final[Decider[WatchCommand, WatchEvent, WatchState]] = Decider(
    category="watch",
    initial=NotWatched(),
    commands=(OpenWatch, FollowTarget, ArrangeNodes, NoteOverdueLetter, NoteStanding),
    events={
        "WatchOpened": WatchOpened,
        "TargetFollowed": TargetFollowed,
        "NodesArranged": NodesArranged,
        "OverdueLetterNoted": OverdueLetterNoted,
        "StandingNoted": StandingNoted,
    },
    decide=_decide,
    evolve=_evolve,
    identify=_identify,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
