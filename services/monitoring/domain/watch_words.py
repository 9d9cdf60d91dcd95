"""What may be asked of a watch, what may have happened to it, and how it stands."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.calendar import NodeDates
from services.monitoring.domain.exemption import NodeExemption, Standing
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.unit import UnitHeard
from services.monitoring.domain.values import Indicator, Project
from shared.domain.money import ZERO, Money
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
    starts_on: date | None = None
    approved_on: date | None = None
    annual_goal: str = ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStanding:
    """The project stopped, was given up, or goes on again (`kind` is absent).

    `version` is how far the project itself had come: what was before is not noted after it.
    """

    project_code: str
    fiscal_year: int
    kind: NodeExemption | None
    since_on: date
    reason: str = ""
    version: int = 0
    by: str
    now: datetime


type WatchCommand = OpenWatch | FollowTarget | ArrangeNodes | NoteOverdueLetter | NoteStanding


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
    starts_on: date | None = None
    approved_on: date | None = None
    annual_goal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFollowed:
    """The watched target is another version now."""

    project: Project
    budget: Money
    target_version: int
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodesArranged:
    """The project is looked at on these days, and its money after `idle_days` of rest."""

    project: Project
    rule_set_version: int
    nodes: tuple[NodeDates, ...]
    idle_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueLetterNoted:
    """One more letter of this project ran over its time."""

    project: Project
    warning_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingNoted:
    """The project does not go on, or does again."""

    project: Project
    standing: Standing | None
    version: int = 0


type WatchEvent = WatchOpened | TargetFollowed | NodesArranged | OverdueLetterNoted | StandingNoted


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
    starts_on: date | None = None
    approved_on: date | None = None
    annual_goal: str = ""
    initial_budget: Money = ZERO
    standing: Standing | None = None
    standing_version: int = 0

    @property
    def began_on(self) -> date | None:
        """When there was something to do: it began, and its target was binding."""
        return max((day for day in (self.starts_on, self.approved_on) if day), default=None)

    def dates(self, node: str) -> NodeDates | None:
        """The days of a node, where it is arranged."""
        return next((dates for dates in self.nodes if dates.node == node), None)


type WatchState = NotWatched | Watch
