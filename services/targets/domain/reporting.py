"""Handing in an ex-ante report: on every dimension, with evidence and the draft of the target.

Three persons answer for the step EX_ANTE, and the head among them signs (`domain` §3.1, §6.1).
"""

from collections.abc import Sequence
from dataclasses import replace

from services.targets.domain.asker import seen
from services.targets.domain.commands.ex_ante import SubmitExAnteReport
from services.targets.domain.delegation import Delegation
from services.targets.domain.duties import Step
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
from services.targets.domain.responsibility import duty_of, matrix_of
from services.targets.domain.rule_set import in_force
from services.targets.domain.signer import signature
from services.targets.domain.target_states import NoTarget, Rejected, target_of
from services.targets.domain.values import Office
from shared.domain.decider import Reference


def submit(command: SubmitExAnteReport, state: ExAnteState) -> Sequence[ExAnteEvent]:
    """The unit hands its report in; after a return, again."""
    project = seen(command.project, command.asker)
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
        signed = signature(command, Step.EX_ANTE, Office.HEAD, project.unit_code)
        return [replace(asked, signed_by=signed.person, in_place_of=signed.in_place_of)]
    if earlier is not None and asked == replace(
        earlier, round=asked.round, signed_by="", in_place_of=""
    ):
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
    """What a report depends on: project, target, who is named, a delegation, and the rules."""
    delegated = [Reference("delegation", command.delegation_id)] if command.delegation_id else []
    return [
        Reference("project", command.project_code),
        Reference("target", f"{command.project_code}-{command.fiscal_year}"),
        matrix_of(command.project_code, command.fiscal_year),
        *delegated,
        *governing(command.region_code, command.fiscal_year),
    ]


def informed(command: SubmitExAnteReport, states: Sequence[object]) -> SubmitExAnteReport:
    """The command with what those say."""
    project, target, matrix, *rest = states
    return replace(
        command,
        project=project.registered if isinstance(project, Project) else None,
        target=target_of(target),
        duty=duty_of(matrix, Step.EX_ANTE),
        delegation=next((one for one in rest if isinstance(one, Delegation)), None),
        rules=nearest(rest),
    )
