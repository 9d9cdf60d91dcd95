"""The responsibility matrix: for every step one person of each office, and the head who signs.

The two offices that push work to each other are two persons (`domain` §6.1). A matrix is a
matter of one project and one year; the three named at registration are its first entries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from services.targets.domain.asker import seen
from services.targets.domain.commands.responsibility import (
    AssignResponsibility,
    ResponsibilityCommand,
    TransferResponsibility,
)
from services.targets.domain.duties import EVERY_STEP, Step
from services.targets.domain.events.responsibility import (
    ResponsibilityAssigned,
    ResponsibilityEvent,
    ResponsibilityTransferred,
)
from services.targets.domain.project_states import Project
from services.targets.domain.refusals import (
    ProjectUnknown,
    ReasonMissing,
    ResponsibilityUnassigned,
    ResponsibilityUnknown,
    StepAlreadyAssigned,
)
from services.targets.domain.unit import check_responsible
from services.targets.domain.values import Responsible
from shared.domain.decider import Decider, Owner, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who answers for each step, and whose project it is; empty until somebody does."""

    region_code: str = ""
    department_code: str = ""
    unit_code: str = ""
    duties: Mapping[Step, Responsible] = field(default_factory=dict)


def decide(command: ResponsibilityCommand, state: Matrix) -> Sequence[ResponsibilityEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case AssignResponsibility():
            return _assign(command, state)
        case TransferResponsibility():
            return _transfer(command, state)
        case _:
            assert_never(command)


def _assign(command: AssignResponsibility, state: Matrix) -> Sequence[ResponsibilityEvent]:
    project = command.project
    if project is None or seen(project.registered, command.asker) is None:
        raise ProjectUnknown(project_code=command.project_code)
    responsible = command.responsible or project.responsible
    check_responsible(responsible)
    taken = [step for step in command.steps if state.duties.get(step, responsible) != responsible]
    if taken and command.responsible is not None:
        raise StepAlreadyAssigned(
            pointer="/steps", remedy="Transfer the step, with a reason.", steps=taken
        )
    steps = tuple(step for step in command.steps if step not in state.duties)
    if not steps:
        return []
    stated = project.registered
    return [
        ResponsibilityAssigned(
            project_code=command.project_code,
            fiscal_year=command.fiscal_year,
            region_code=stated.region_code,
            department_code=stated.department_code,
            unit_code=stated.unit_code,
            steps=steps,
            responsible=responsible,
        )
    ]


def _transfer(command: TransferResponsibility, state: Matrix) -> Sequence[ResponsibilityEvent]:
    if not state.duties:
        raise ResponsibilityUnknown(project_code=command.project_code)
    missing = [step for step in command.steps if step not in state.duties]
    if missing:
        raise ResponsibilityUnassigned(steps=missing)
    check_responsible(command.responsible)
    steps = tuple(s for s in command.steps if state.duties[s] != command.responsible)
    if not steps:
        return []
    if not command.reason.strip():
        raise ReasonMissing(pointer="/reason")
    return [
        ResponsibilityTransferred(
            steps=steps,
            responsible=command.responsible,
            reason=command.reason,
            project_code=command.project_code,
            fiscal_year=command.fiscal_year,
            region_code=state.region_code,
            unit_code=state.unit_code,
        )
    ]


def evolve(state: Matrix, event: ResponsibilityEvent) -> Matrix:
    """The matrix after this."""
    match event:
        case ResponsibilityAssigned():
            state = replace(
                state,
                region_code=event.region_code,
                department_code=event.department_code,
                unit_code=event.unit_code,
            )
        case ResponsibilityTransferred():
            pass
        case _:
            assert_never(event)
    return replace(state, duties={**state.duties, **dict.fromkeys(event.steps, event.responsible)})


def missing_steps(state: Matrix) -> Sequence[Step]:
    """The steps that nobody answers for."""
    return [step for step in EVERY_STEP if step not in state.duties]


def duty_of(state: object, step: Step) -> Responsible | None:
    """Who answers for a step, as a decision that consulted the matrix sees it."""
    return state.duties.get(step) if isinstance(state, Matrix) else None


def matrix_of(project_code: str, fiscal_year: int) -> Reference:
    """The matrix a decision about a project's year has to know."""
    return Reference("responsibility", f"{project_code}-{fiscal_year}")


def _consults(command: ResponsibilityCommand) -> Sequence[Reference]:
    if isinstance(command, AssignResponsibility):
        return [Reference("project", command.project_code)]
    return ()


def _inform(command: ResponsibilityCommand, states: Sequence[object]) -> ResponsibilityCommand:
    if isinstance(command, AssignResponsibility):
        known = states[0] if isinstance(states[0], Project) else None
        return replace(command, project=known)
    return command


def _owner(state: Matrix) -> Owner | None:
    if not state.region_code:
        return None
    return Owner(
        region_code=state.region_code,
        department_code=state.department_code,
        unit_code=state.unit_code,
    )


RESPONSIBILITY: Final[Decider[ResponsibilityCommand, ResponsibilityEvent, Matrix]] = Decider(
    category="responsibility",
    initial=Matrix(),
    commands=(AssignResponsibility, TransferResponsibility),
    events={
        "ResponsibilityAssigned": ResponsibilityAssigned,
        "ResponsibilityTransferred": ResponsibilityTransferred,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: f"{command.project_code}-{command.fiscal_year}",
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
