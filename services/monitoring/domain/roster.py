"""The roster of a region's year: every project with a binding target, in the order they came.

A round is closed over all of them; whoever is on the roster has reported, is excused, or is
listed as silent. Nobody is left out of the report of a round because nobody thought of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from shared.domain.decider import Decider, Owner, Reference
from shared.domain.roll import Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterProject:
    """A project has a binding target in this year."""

    region_code: str
    fiscal_year: int
    project_code: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntered:
    """It stands on the roster."""

    region_code: str
    fiscal_year: int
    project_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The projects of a region in a year, in the order in which they came."""

    region_code: str = ""
    fiscal_year: int = 0
    projects: Roll = field(default_factory=Roll)


def reference(region_code: str, fiscal_year: int) -> Reference:
    """The roster, for a decision about everybody."""
    return Reference("roster", f"{region_code}-{fiscal_year}")


def _decide(command: EnterProject, state: Roster) -> Sequence[ProjectEntered]:
    if command.project_code in state.projects:
        return []
    return [
        ProjectEntered(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            project_code=command.project_code,
        )
    ]


def _evolve(state: Roster, event: ProjectEntered) -> Roster:
    return Roster(
        region_code=event.region_code,
        fiscal_year=event.fiscal_year,
        projects=state.projects.with_name(event.project_code),
    )


def _owner(state: Roster) -> Owner | None:
    return Owner(region_code=state.region_code) if state.region_code else None


roster_decider: Final[Decider[EnterProject, ProjectEntered, Roster]] = Decider(
    category="roster",
    initial=Roster(),
    commands=(EnterProject,),
    events={"ProjectEntered": ProjectEntered},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: f"{command.region_code}-{command.fiscal_year}",
    owner=_owner,
)
