"""The watch over a project in one year: what was promised, and when it is looked at.

It opens with the approved target and changes with it. The days of each node become deadlines, so a
project is analysed before a node and missed after it. An exempt project (136号 art. 12) has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, assert_never

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.calendar import NodeDates, node_dates
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.unit import Unit, UnitHeard
from services.monitoring.domain.unit import reference as unit_reference
from services.monitoring.domain.values import Indicator, Project, project_id
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import Money
from shared.domain.refusals import NotFound


class ProjectNotWatched(NotFound):
    """There is no approved target for this project and year."""

    title_zh = "该项目本年度无已批复的绩效目标"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWatch:
    """A target became binding: look after it."""

    project: Project
    name: str
    budget: Money
    target_version: int
    indicators: tuple[Indicator, ...]
    exempt: bool = False
    rules: RulesInForce | None = None
    unit: UnitHeard | None = None
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowTarget:
    """The target changed: from now on the new indicators count."""

    project: Project
    budget: Money
    target_version: int
    indicators: tuple[Indicator, ...]
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeNodes:
    """Arrange the nodes of the year anew, by the rules that hold now."""

    project_code: str
    fiscal_year: int
    region_code: str
    rules: RulesInForce | None = None
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOverdueLetter:
    """A warning of this project was not answered in time."""

    project_code: str
    fiscal_year: int
    warning_id: str
    by: str
    now: datetime


type WatchCommand = OpenWatch | FollowTarget | ArrangeNodes | NoteOverdueLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOpened:
    """A project is watched from now on; an exempt one is looked at on no node of the year."""

    project: Project
    name: str
    unit_name: str
    department_name: str
    budget: Money
    target_version: int
    indicators: tuple[Indicator, ...]
    exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFollowed:
    """The watched target is another version now."""

    project: Project
    budget: Money
    target_version: int
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodesArranged:
    """The project is looked at on these days."""

    project: Project
    rule_set_version: int
    nodes: tuple[NodeDates, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueLetterNoted:
    """One more letter of this project ran over its time."""

    project: Project
    warning_id: str


type WatchEvent = WatchOpened | TargetFollowed | NodesArranged | OverdueLetterNoted


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWatched:
    """No target is binding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A project that is watched."""

    project: Project
    name: str
    unit_name: str
    department_name: str
    budget: Money
    target_version: int
    indicators: tuple[Indicator, ...]
    nodes: tuple[NodeDates, ...] = ()
    overdue_letters: frozenset[str] = frozenset()
    exempt: bool = False

    def dates(self, node: str) -> NodeDates | None:
        """The days of a node, where it is arranged."""
        return next((dates for dates in self.nodes if dates.node == node), None)


type WatchState = NotWatched | Watch


def reference(watch_id: str) -> Reference:
    """The watch, for a decision that must know what was promised."""
    return Reference("watch", watch_id)


def _arranged(project: Project, rules: RulesInForce) -> NodesArranged:
    nodes = tuple(
        node_dates(node, project.fiscal_year, rules.monitoring.lead_months, project.region_code)
        for node in rules.monitoring.nodes
    )
    return NodesArranged(project=project, rule_set_version=rules.version, nodes=nodes)


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
        case _:
            return state


def _identify(command: WatchCommand) -> str:
    if isinstance(command, ArrangeNodes | NoteOverdueLetter):
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
    commands=(OpenWatch, FollowTarget, ArrangeNodes, NoteOverdueLetter),
    events={
        "WatchOpened": WatchOpened,
        "TargetFollowed": TargetFollowed,
        "NodesArranged": NodesArranged,
        "OverdueLetterNoted": OverdueLetterNoted,
    },
    decide=_decide,
    evolve=_evolve,
    identify=_identify,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
