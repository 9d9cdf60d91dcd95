"""Research projects may be left out of the monitoring of the year (财预〔2019〕136号 art. 12).

It is stated at registration or later, as long as the project has no budget: the approval of the
target, by which monitoring opens its watch, tells of it. Research is what spends money of the
function 206, science and technology (`domain` §3.2).
"""

from collections.abc import Sequence
from typing import Final

from services.targets.domain.commands.project import ExemptFromMonitoring, Particulars
from services.targets.domain.events.project import ProjectEvent, ProjectMonitoringExempted
from services.targets.domain.project_ending import expect_not_ended, stated
from services.targets.domain.project_states import Project
from services.targets.domain.refusals import ExemptionUnexplained
from services.targets.domain.refusals.projects import ExemptionTooLate, ProjectNotResearch
from services.targets.domain.values import RESEARCH_FUNCTION, ProjectStatus

BEFORE_BUDGET: Final = frozenset({ProjectStatus.CANDIDATE, ProjectStatus.IN_LIBRARY})


def expect_exemptible(said: Particulars) -> None:
    """Refuse an exemption of what is no research, or one that nobody explains."""
    if not said.in_year_monitoring_exempt:
        return
    _expect_research(said.function_code, pointer="/in_year_monitoring_exempt")
    if not said.monitoring_exemption_reason.strip():
        raise ExemptionUnexplained(pointer="/monitoring_exemption_reason")


def exempt(command: ExemptFromMonitoring, project: Project) -> Sequence[ProjectEvent]:
    """Leave it out from now on."""
    if project.in_year_monitoring_exempt:
        return []
    expect_not_ended(project)
    if project.status not in BEFORE_BUDGET:
        raise ExemptionTooLate(status=project.status)
    _expect_research(project.registered.function_code)
    reason = stated(command.reason)
    return [ProjectMonitoringExempted(project_code=command.project_code, reason=reason)]


def _expect_research(function_code: str, pointer: str | None = None) -> None:
    if not function_code.startswith(RESEARCH_FUNCTION):
        raise ProjectNotResearch(
            pointer=pointer,
            remedy="Leave the exemption out, or correct the function code of a research project.",
            function_code=function_code,
            research_function=RESEARCH_FUNCTION,
        )
