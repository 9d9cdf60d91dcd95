"""A project: a candidate, in the library, budgeted, carried out, ended, evaluated, on file.

Three named persons answer for it from the first day. New and major projects stay candidates
until their ex-ante assessment includes them; nobody gets a budget without an approved target.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, assert_never

from services.targets.domain import project_ending as ending
from services.targets.domain.commands.project import (
    ArchiveProject,
    ArrangeBudget,
    ChangeResponsible,
    CompleteProject,
    ExemptFromMonitoring,
    ProjectCommand,
    RecordSelfEvaluation,
    RegisterProject,
    ResumeProject,
    StartProject,
    SuspendProject,
    TerminateProject,
)
from services.targets.domain.commands.unit_goals import DropGoal
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
from services.targets.domain.ex_ante_states import conclusion_of
from services.targets.domain.governing import governing, nearest
from services.targets.domain.monitoring_exemption import exempt
from services.targets.domain.project_states import (
    Project,
    ProjectState,
    UnknownProject,
    evolve,
)
from services.targets.domain.refusals import (
    ExAnteNotIncluded,
    ProjectAlreadyRegistered,
    ProjectNotBudgeted,
    ProjectNotRunning,
    ProjectNotSuspended,
    ProjectUnknown,
    TargetNotApproved,
)
from services.targets.domain.registration import registration
from services.targets.domain.target_states import Approved
from services.targets.domain.unit import check_responsible
from services.targets.domain.unit_states import Unit
from services.targets.domain.values import Conclusion, ProjectStatus
from shared.domain.decider import Decider, Owner, Reference


def decide(  # noqa: C901, PLR0911, PLR0912 - one answer per command
    command: ProjectCommand,
    state: ProjectState,
) -> Sequence[ProjectEvent]:
    """Facts, silence, or a refusal."""
    if isinstance(command, RegisterProject):
        return _register(command, state)
    if isinstance(command, RecordSelfEvaluation):
        return ending.record_self_evaluation(command, state)
    if isinstance(state, UnknownProject):
        raise ProjectUnknown(project_code=command.project_code)
    match command:
        case ChangeResponsible():
            return _change_responsible(command, state)
        case ExemptFromMonitoring():
            return exempt(command, state)
        case ArrangeBudget():
            return _budget(command, state)
        case StartProject():
            return _start(command, state)
        case SuspendProject():
            return _suspend(command, state)
        case ResumeProject():
            return _resume(command, state)
        case CompleteProject():
            return ending.complete(command, state)
        case TerminateProject():
            return ending.terminate(command, state)
        case ArchiveProject():
            return ending.archive(command, state)
        case _:
            assert_never(command)


def _register(command: RegisterProject, state: ProjectState) -> Sequence[ProjectEvent]:
    asked = registration(command)
    if isinstance(state, Project):
        # What was decided by the rules of that day stands; only what was stated is compared.
        before = state.registered
        if before == replace(
            asked,
            triggers=before.triggers,
            needs_ex_ante=before.needs_ex_ante,
            rule_set_version=before.rule_set_version,
            rules_region=before.rules_region,
        ):
            return []
        raise ProjectAlreadyRegistered(name=state.registered.name)
    return [asked]


def _change_responsible(command: ChangeResponsible, project: Project) -> Sequence[ProjectEvent]:
    ending.expect_not_ended(project)
    check_responsible(command.responsible)
    if project.responsible == command.responsible:
        return []
    return [
        ResponsibleChanged(
            project_code=command.project_code,
            responsible=command.responsible,
            reason=ending.stated(command.reason),
        )
    ]


def _budget(command: ArrangeBudget, project: Project) -> Sequence[ProjectEvent]:
    # The first budget of a year is entered once; what changes later is the target's to tell.
    if command.fiscal_year in project.budgets:
        return []
    if command.budget is None:
        raise TargetNotApproved(fiscal_year=command.fiscal_year)
    ending.expect_not_ended(project)
    facts: list[ProjectEvent] = []
    if project.status is ProjectStatus.CANDIDATE:
        if command.conclusion is not Conclusion.INCLUDED:
            raise ExAnteNotIncluded(project_code=command.project_code)
        facts.append(ProjectAdmitted(project_code=command.project_code))
    facts.append(
        ProjectBudgeted(
            project_code=command.project_code,
            fiscal_year=command.fiscal_year,
            budget=command.budget,
        )
    )
    return facts


def _start(command: StartProject, project: Project) -> Sequence[ProjectEvent]:
    match project.status:
        case ProjectStatus.EXECUTING | ProjectStatus.SUSPENDED:
            return []
        case ProjectStatus.BUDGETED:
            return [ProjectStarted(project_code=command.project_code)]
        case _:
            raise ProjectNotBudgeted(status=project.status)


def _suspend(command: SuspendProject, project: Project) -> Sequence[ProjectEvent]:
    match project.status:
        case ProjectStatus.SUSPENDED:
            return []
        case ProjectStatus.EXECUTING:
            reason = ending.stated(command.reason)
            return [
                ProjectSuspended(
                    project_code=command.project_code,
                    reason=reason,
                    region_code=project.registered.region_code,
                )
            ]
        case _:
            raise ProjectNotRunning(status=project.status)


def _resume(command: ResumeProject, project: Project) -> Sequence[ProjectEvent]:
    match project.status:
        case ProjectStatus.EXECUTING:
            return []
        case ProjectStatus.SUSPENDED:
            region = project.registered.region_code
            return [ProjectResumed(project_code=command.project_code, region_code=region)]
        case _:
            raise ProjectNotSuspended(status=project.status)


def _consults(command: ProjectCommand) -> Sequence[Reference]:
    match command:
        case RegisterProject(particulars=stated):
            unit = Reference("unit", stated.unit_code)
            return [unit, *governing(stated.region_code, stated.fiscal_year)]
        case ArrangeBudget(project_code=code, fiscal_year=year):
            return [Reference("target", f"{code}-{year}"), Reference("ex_ante", f"{code}-{year}")]
        case _:
            return ()


def _inform(command: ProjectCommand, states: Sequence[object]) -> ProjectCommand:
    match command, states:
        case RegisterProject(), [unit, *rules]:
            return replace(
                command,
                unit=unit if isinstance(unit, Unit) else None,
                rules=nearest(rules),
            )
        case ArrangeBudget(), [target, assessment]:
            return replace(
                command,
                budget=target.budget if isinstance(target, Approved) else None,
                conclusion=conclusion_of(assessment),
            )
        case _:
            return command


def _entails(event: ProjectEvent, state: ProjectState) -> Iterator[DropGoal]:
    """A project that was terminated promises nothing, in no year."""
    if not isinstance(event, ProjectTerminated) or not isinstance(state, Project):
        return
    stated = state.registered
    # For the year after its last budget it may have written a target already.
    last = max((stated.fiscal_year, *state.budgets)) + 1
    for year in range(stated.fiscal_year, last + 1):
        yield DropGoal(
            unit_code=stated.unit_code, fiscal_year=year, project_code=stated.project_code
        )


def _owner(state: ProjectState) -> Owner | None:
    if isinstance(state, UnknownProject):
        return None
    stated = state.registered
    return Owner(
        region_code=stated.region_code,
        department_code=stated.department_code,
        unit_code=stated.unit_code,
    )


PROJECT: Final[Decider[ProjectCommand, ProjectEvent, ProjectState]] = Decider(
    category="project",
    initial=UnknownProject(),
    commands=(
        RegisterProject,
        ChangeResponsible,
        ExemptFromMonitoring,
        ArrangeBudget,
        StartProject,
        SuspendProject,
        ResumeProject,
        CompleteProject,
        TerminateProject,
        RecordSelfEvaluation,
        ArchiveProject,
    ),
    events={
        "ProjectRegistered": ProjectRegistered,
        "ResponsibleChanged": ResponsibleChanged,
        "ProjectMonitoringExempted": ProjectMonitoringExempted,
        "ProjectAdmitted": ProjectAdmitted,
        "ProjectBudgeted": ProjectBudgeted,
        "ProjectStarted": ProjectStarted,
        "ProjectSuspended": ProjectSuspended,
        "ProjectResumed": ProjectResumed,
        "ProjectCompleted": ProjectCompleted,
        "ProjectTerminated": ProjectTerminated,
        "ProjectSelfEvaluated": ProjectSelfEvaluated,
        "ProjectEvaluated": ProjectEvaluated,
        "ProjectArchived": ProjectArchived,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.project_code,
    owner=_owner,
    consults=_consults,
    inform=_inform,
    entails=_entails,
)
