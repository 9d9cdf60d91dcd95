"""How a project ends: done or given up, self-evaluated in its last year, put on file.

COMPLETED or TERMINATED → EVALUATED → ARCHIVED (`domain` §3.2). The self-evaluation is another
service's word; it counts when the unit's own account of the last year with a budget was accepted.
"""

from collections.abc import Sequence

from services.targets.domain.commands.project import (
    ArchiveProject,
    CompleteProject,
    RecordSelfEvaluation,
    TerminateProject,
)
from services.targets.domain.events.project import (
    ProjectArchived,
    ProjectCompleted,
    ProjectEvaluated,
    ProjectEvent,
    ProjectSelfEvaluated,
    ProjectTerminated,
)
from services.targets.domain.project_states import ENDED, Project, ProjectState, UnknownProject
from services.targets.domain.refusals import ProjectClosed, ProjectNotRunning, ReasonMissing
from services.targets.domain.refusals.projects import ProjectNotEvaluated
from services.targets.domain.values import ProjectStatus


def complete(command: CompleteProject, project: Project) -> Sequence[ProjectEvent]:
    """The work is done; a self-evaluation that came first is remembered."""
    if project.ending is ProjectStatus.COMPLETED:
        return []
    if project.status is not ProjectStatus.EXECUTING:
        raise ProjectNotRunning(status=project.status)
    return [ProjectCompleted(project_code=command.project_code), *_evaluated(project)]


def terminate(command: TerminateProject, project: Project) -> Sequence[ProjectEvent]:
    """The project is given up at any stage; a self-evaluation that came first is remembered."""
    if project.ending is ProjectStatus.TERMINATED:
        return []
    expect_not_ended(project)
    reason = stated(command.reason)
    given_up = ProjectTerminated(
        project_code=command.project_code,
        reason=reason,
        region_code=project.registered.region_code,
    )
    return [given_up, *_evaluated(project)]


def record_self_evaluation(
    command: RecordSelfEvaluation, state: ProjectState
) -> Sequence[ProjectEvent]:
    """Heard, so never refused: of a project that nobody registered there is nothing to note."""
    if isinstance(state, UnknownProject) or command.fiscal_year in state.self_evaluated:
        return []
    heard = ProjectSelfEvaluated(
        project_code=command.project_code,
        fiscal_year=command.fiscal_year,
        accepted_on=command.accepted_on,
    )
    waits = state.status in {ProjectStatus.COMPLETED, ProjectStatus.TERMINATED}
    if waits and command.fiscal_year == state.last_year:
        return [heard, _evaluation(state)]
    return [heard]


def archive(command: ArchiveProject, project: Project) -> Sequence[ProjectEvent]:
    """Onto the file, with a reason; there is no way back."""
    if project.status is ProjectStatus.ARCHIVED:
        return []
    if project.status is not ProjectStatus.EVALUATED:
        raise ProjectNotEvaluated(
            remedy="End the project, and have its self-evaluation of the last year accepted.",
            status=project.status,
            last_year=project.last_year,
            self_evaluated=sorted(project.self_evaluated),
        )
    reason = stated(command.reason)
    return [ProjectArchived(project_code=command.project_code, reason=reason)]


def expect_not_ended(project: Project) -> None:
    """Let pass a project that goes on."""
    if project.status in ENDED:
        raise ProjectClosed(status=project.status)


def stated(reason: str) -> str:
    """The reason, which there has to be."""
    if not reason.strip():
        raise ReasonMissing(pointer="/reason")
    return reason


def _evaluated(project: Project) -> Sequence[ProjectEvent]:
    return [_evaluation(project)] if project.last_year in project.self_evaluated else []


def _evaluation(project: Project) -> ProjectEvaluated:
    code = project.registered.project_code
    return ProjectEvaluated(project_code=code, fiscal_year=project.last_year)
