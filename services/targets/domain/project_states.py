"""Where a project stands, and how each fact moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from services.targets.domain.events.project import (
    ProjectAdmitted,
    ProjectBudgeted,
    ProjectCompleted,
    ProjectEvent,
    ProjectRegistered,
    ProjectResumed,
    ProjectStarted,
    ProjectSuspended,
    ProjectTerminated,
    ResponsibleChanged,
)
from services.targets.domain.values import ProjectStatus, Responsible
from shared.domain.money import Money

ENDED: Final = frozenset({ProjectStatus.COMPLETED, ProjectStatus.TERMINATED})


@dataclass(frozen=True, slots=True)
class UnknownProject:
    """Nobody has registered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A registered project. `registered` holds what was stated on the first day."""

    registered: ProjectRegistered
    status: ProjectStatus
    responsible: Responsible
    budgets: Mapping[int, Money] = field(default_factory=dict)


type ProjectState = UnknownProject | Project


def evolve(  # noqa: PLR0911 - one answer per fact
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
        )
    if isinstance(state, UnknownProject):
        return state
    match event:
        case ResponsibleChanged(responsible=responsible):
            return replace(state, responsible=responsible)
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
            return replace(state, status=ProjectStatus.EXECUTING)
        case ProjectSuspended():
            return replace(state, status=ProjectStatus.SUSPENDED)
        case ProjectCompleted():
            return replace(state, status=ProjectStatus.COMPLETED)
        case ProjectTerminated():
            return replace(state, status=ProjectStatus.TERMINATED)
        case _:
            assert_never(event)
