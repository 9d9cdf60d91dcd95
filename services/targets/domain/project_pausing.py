"""A project stops and goes on again: by a person, or with its money (`domain` §3.6)."""

from collections.abc import Sequence

from services.targets.domain import project_ending as ending
from services.targets.domain.commands.project import (
    FollowResumption,
    FollowSuspension,
    ResumeProject,
    SuspendProject,
)
from services.targets.domain.events.project import ProjectEvent, ProjectResumed, ProjectSuspended
from services.targets.domain.project_states import Project, ProjectState
from services.targets.domain.refusals.projects import (
    ProjectNotRunning,
    ProjectNotSuspended,
    SuspendedWithItsMoney,
)
from services.targets.domain.values import ProjectStatus


def with_its_money(
    command: FollowSuspension | FollowResumption, state: ProjectState
) -> Sequence[ProjectEvent]:
    """Heard, so never refused: the work stops and goes on with the money."""
    match command, state:
        case FollowSuspension(reason=reason), Project(status=ProjectStatus.EXECUTING):
            held = command.adjustment_id
            return [
                ProjectSuspended(
                    project_code=command.project_code,
                    reason=reason,
                    adjustment_id=held,
                    region_code=state.registered.region_code,
                )
            ]
        case FollowResumption(adjustment_id=held), Project(status=ProjectStatus.SUSPENDED) if (
            state.suspended_by == held
        ):
            return [_resumed(command.project_code, state)]
        case _:
            return []


def suspend(command: SuspendProject, project: Project) -> Sequence[ProjectEvent]:
    """The work stops for the time being."""
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


def resume(command: ResumeProject, project: Project) -> Sequence[ProjectEvent]:
    """The work goes on; where its money is held, it waits for that."""
    match project.status:
        case ProjectStatus.EXECUTING:
            return []
        case ProjectStatus.SUSPENDED:
            if project.suspended_by:
                raise SuspendedWithItsMoney(
                    remedy="End the suspension of its money; the project then goes on.",
                    adjustment_id=project.suspended_by,
                )
            return [_resumed(command.project_code, project)]
        case _:
            raise ProjectNotSuspended(status=project.status)


def _resumed(project_code: str, project: Project) -> ProjectResumed:
    region = project.registered.region_code
    return ProjectResumed(project_code=project_code, region_code=region)
