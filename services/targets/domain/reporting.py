"""Handing in an ex-ante report: on every dimension, with evidence and the draft of the target."""

from collections.abc import Sequence
from dataclasses import replace

from services.targets.domain.commands.ex_ante import SubmitExAnteReport
from services.targets.domain.events.ex_ante import ExAnteEvent, ExAnteReportSubmitted
from services.targets.domain.ex_ante_states import ExAnteState, NoReport, Returned, report_of
from services.targets.domain.governing import governing, nearest
from services.targets.domain.project_states import Project
from services.targets.domain.refusals import (
    DimensionUnanswered,
    EvidenceMissing,
    ExAnteReportExists,
    GoalMissing,
    ProjectUnknown,
    TargetNotDrafted,
    TargetRejectedForGood,
)
from services.targets.domain.rule_set import in_force
from services.targets.domain.target_states import NoTarget, Rejected, target_of
from shared.domain.decider import Reference


def submit(command: SubmitExAnteReport, state: ExAnteState) -> Sequence[ExAnteEvent]:
    """The unit hands its report in; after a return, again."""
    project = command.project
    if project is None or project.fiscal_year != command.fiscal_year:
        raise ProjectUnknown(project_code=command.project_code, fiscal_year=command.fiscal_year)
    adopted = in_force(command.rules, project.region_code)
    if not command.goal.strip():
        raise GoalMissing(pointer="/goal")
    if not command.evidence:
        raise EvidenceMissing(pointer="/evidence")
    for dimension in adopted.rules.ex_ante.dimensions:
        if not command.statements.get(dimension, "").strip():
            raise DimensionUnanswered(pointer=f"/statements/{dimension}", dimension=dimension)
    earlier = report_of(state)
    asked = ExAnteReportSubmitted(
        project_code=command.project_code,
        fiscal_year=command.fiscal_year,
        region_code=project.region_code,
        unit_code=project.unit_code,
        department_code=project.department_code,
        project_name=project.name,
        requested=project.requested,
        goal=command.goal,
        statements=command.statements,
        evidence=command.evidence,
        round=earlier.round + 1 if earlier else 1,
        submitted_by=command.by,
        origin=project.origin,
    )
    if isinstance(state, NoReport | Returned):
        _expect_target(command)
        return [asked]
    if earlier is not None and replace(asked, round=earlier.round) == earlier:
        return []
    raise ExAnteReportExists(project_code=command.project_code)


def _expect_target(command: SubmitExAnteReport) -> None:
    """What is assessed is what the draft promises; a target refused for good is not assessed."""
    if isinstance(command.target, NoTarget):
        raise TargetNotDrafted(
            pointer="/project_code",
            remedy="Draft the target of this project and year first; it may still be a draft.",
            project_code=command.project_code,
            fiscal_year=command.fiscal_year,
        )
    if isinstance(command.target, Rejected):
        raise TargetRejectedForGood(pointer="/project_code")


def consulted(command: SubmitExAnteReport) -> Sequence[Reference]:
    """What a report depends on: its project, the target that comes with it, and the rules."""
    return [
        Reference("project", command.project_code),
        Reference("target", f"{command.project_code}-{command.fiscal_year}"),
        *governing(command.region_code, command.fiscal_year),
    ]


def informed(command: SubmitExAnteReport, states: Sequence[object]) -> SubmitExAnteReport:
    """The command with what those say."""
    project, target, *rules = states
    known = project.registered if isinstance(project, Project) else None
    return replace(command, project=known, target=target_of(target), rules=nearest(rules))
