"""Where a project stands, and how each fact moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from services.targets.domain.events.project import (
    ProjectAdmitted,
    ProjectArchived,
    ProjectBudgeted,
    ProjectCompleted,
    ProjectEvaluated,
    ProjectEvent,
    ProjectMonitoringExempted,
    ProjectRegistered,
    ProjectResumed,
    ProjectSelfEvaluated,
    ProjectStarted,
    ProjectSuspended,
    ProjectTerminated,
    ResponsibleChanged,
)
from services.targets.domain.values import ProjectStatus, Responsible
from shared.domain.money import Money

ENDED: Final = frozenset(
    {
        ProjectStatus.COMPLETED,
        ProjectStatus.TERMINATED,
        ProjectStatus.EVALUATED,
        ProjectStatus.ARCHIVED,
    }
)


@dataclass(frozen=True, slots=True)
class UnknownProject:
    """Nobody has registered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A registered project. `registered` holds what was stated on the first day.

    `self_evaluated`: the years of which the unit's self-evaluation was accepted. `ending`: how
    it ended, whatever became of it afterwards. `in_year_monitoring_exempt`: no monitoring round
    looks at it.
    """

    registered: ProjectRegistered
    status: ProjectStatus
    responsible: Responsible
    budgets: Mapping[int, Money] = field(default_factory=dict)
    self_evaluated: frozenset[int] = frozenset()
    ending: ProjectStatus | None = None
    in_year_monitoring_exempt: bool = False
    suspended_by: str = ""
    """The adjustment that holds its money, while it does."""

    @property
    def last_year(self) -> int:
        """The last year for which it got money; without any, the year it was registered for."""
        return max(self.budgets, default=self.registered.fiscal_year)


type ProjectState = UnknownProject | Project


def evolve(  # noqa: C901, PLR0911, PLR0912 - one answer per fact
    state: ProjectState,
    event: ProjectEvent,
) -> ProjectState:
    """The project after this."""
    if isinstance(event, ProjectRegistered):
        waits = event.needs_ex_ante
        return Project(
            registered=event,
            status=ProjectStatus.CANDIDATE if waits else ProjectStatus.IN_LIBRARY,
            responsible=event.responsible,
            in_year_monitoring_exempt=event.in_year_monitoring_exempt,
        )
    if isinstance(state, UnknownProject):
        return state
    match event:
        case ResponsibleChanged(responsible=responsible):
            return replace(state, responsible=responsible)
        case ProjectMonitoringExempted():
            return replace(state, in_year_monitoring_exempt=True)
        case ProjectAdmitted():
            return replace(state, status=ProjectStatus.IN_LIBRARY)
        case ProjectBudgeted(fiscal_year=year, budget=budget):
            # A project that runs over several years gets the next budget while it is carried out.
            waits = state.status is ProjectStatus.IN_LIBRARY
            return replace(
                state,
                status=ProjectStatus.BUDGETED if waits else state.status,
                budgets={**state.budgets, year: budget},
            )
        case ProjectStarted() | ProjectResumed():
            return replace(state, status=ProjectStatus.EXECUTING, suspended_by="")
        case ProjectSuspended(adjustment_id=held):
            return replace(state, status=ProjectStatus.SUSPENDED, suspended_by=held)
        case ProjectCompleted():
            return replace(state, status=ProjectStatus.COMPLETED, ending=ProjectStatus.COMPLETED)
        case ProjectTerminated():
            return replace(state, status=ProjectStatus.TERMINATED, ending=ProjectStatus.TERMINATED)
        case ProjectSelfEvaluated(fiscal_year=year):
            return replace(state, self_evaluated=state.self_evaluated | {year})
        case ProjectEvaluated():
            return replace(state, status=ProjectStatus.EVALUATED)
        case ProjectArchived():
            return replace(state, status=ProjectStatus.ARCHIVED)
        case _:
            assert_never(event)
