"""A project that asks for the budget of a coming year, as targets registered it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.evaluation.domain.values import project_year
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteApplication:
    """Keep what a new application is compared by."""

    project_code: str
    name: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    function_code: str
    fund_type_code: str
    requested: Money
    origin: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationNoted:
    """The application is known."""

    project_code: str
    name: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    function_code: str
    fund_type_code: str
    requested: Money
    origin: str


type Application = ApplicationNoted
type ApplicationState = ApplicationNoted | None


def application_reference(project_code_and_year: str) -> Reference:
    """Where it stands."""
    return Reference("application", project_code_and_year)


def application(states: Sequence[object]) -> Application | None:
    """The application among the states a decision consulted."""
    return next((s for s in states if isinstance(s, ApplicationNoted)), None)


def decide(command: NoteApplication, state: ApplicationState) -> Sequence[ApplicationNoted]:
    """The latest registration counts."""
    fact = ApplicationNoted(
        project_code=command.project_code,
        name=command.name,
        fiscal_year=command.fiscal_year,
        region_code=command.region_code,
        department_code=command.department_code,
        unit_code=command.unit_code,
        function_code=command.function_code,
        fund_type_code=command.fund_type_code,
        requested=command.requested,
        origin=command.origin,
    )
    return [] if state == fact else [fact]


def _owner(state: ApplicationState) -> Owner | None:
    if state is None:
        return None
    return Owner(
        region_code=state.region_code,
        department_code=state.department_code,
        unit_code=state.unit_code,
    )


application_decider: Final[Decider[NoteApplication, ApplicationNoted, ApplicationState]] = Decider(
    category="application",
    initial=None,
    commands=(NoteApplication,),
    events={"ApplicationNoted": ApplicationNoted},
    decide=decide,
    evolve=lambda _state, event: event,
    identify=lambda command: project_year(command.project_code, command.fiscal_year),
    owner=_owner,
)
