"""Writing a target: the first draft, a revision, and the completion of a good one."""

from collections.abc import Sequence

from services.targets.domain.commands.target import (
    CompleteTarget,
    DraftTarget,
    ReviseTarget,
    WritingCommand,
)
from services.targets.domain.events.target import (
    TargetCompleted,
    TargetDrafted,
    TargetEvent,
    TargetRevised,
)
from services.targets.domain.four_eyes import four_eyes
from services.targets.domain.lint import Yardstick, has_errors, lint
from services.targets.domain.project_states import ENDED, Project
from services.targets.domain.refusals import (
    ProjectClosed,
    ProjectUnknown,
    ReasonMissing,
    TargetAlreadyDrafted,
    TargetHasErrors,
    TargetNotDraft,
    TargetNotToComplete,
)
from services.targets.domain.rule_set import Adopted, in_force
from services.targets.domain.target_states import (
    Approved,
    Draft,
    NoTarget,
    Ready,
    TargetState,
    ToComplete,
)
from services.targets.domain.values import Basis


def draft(command: DraftTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The first draft. A project has one target a year, so a second one is refused."""
    if not isinstance(state, NoTarget):
        # Whoever repeats the same first draft after it moved on gets the same silence.
        if isinstance(state, Draft) and state.promise.content != command.content:
            raise TargetAlreadyDrafted(remedy="Revise the existing draft.")
        return []
    project = _project(command)
    stated = project.registered
    if project.status in ENDED:
        raise ProjectClosed(status=project.status)
    adopted = in_force(command.rules, stated.region_code)
    first_year = stated.fiscal_year == command.fiscal_year
    return [
        TargetDrafted(
            basis=Basis(
                project_code=command.project_code,
                project_name=stated.name,
                fiscal_year=command.fiscal_year,
                region_code=stated.region_code,
                unit_code=stated.unit_code,
                department_code=stated.department_code,
                function_code=stated.function_code,
                fund_type_code=stated.fund_type_code,
                direct_fund_flag=stated.direct_fund_flag,
                needs_ex_ante=stated.needs_ex_ante and first_year,
                origin=stated.origin,
            ),
            content=command.content,
            scheme=adopted.rules.weights.scheme,
            findings=lint(command.content, _yardstick(command, project, adopted)),
            rule_set_version=adopted.rules.version,
            drafted_by=command.by,
        )
    ]


def revise(command: ReviseTarget, state: TargetState) -> Sequence[TargetEvent]:
    """Another version of the draft, judged by the rules of today."""
    if not isinstance(state, Draft):
        raise TargetNotDraft
    if state.promise.content == command.content:
        return []
    project = _project(command)
    adopted = in_force(command.rules, project.registered.region_code)
    return [
        TargetRevised(
            content=command.content,
            scheme=adopted.rules.weights.scheme,
            findings=lint(command.content, _yardstick(command, project, adopted)),
            rule_set_version=adopted.rules.version,
            drafted_by=command.by,
        )
    ]


def complete(command: CompleteTarget, state: TargetState) -> Sequence[TargetEvent]:
    """What was good becomes ready; the amended fields are named."""
    match state:
        case ToComplete(promise=promise):
            four_eyes(command.by, promise)
        case Ready() | Approved():
            return []
        case _:
            raise TargetNotToComplete
    if not command.amended:
        raise ReasonMissing(pointer="/amended")
    project = _project(command)
    adopted = in_force(command.rules, project.registered.region_code)
    findings = lint(command.content, _yardstick(command, project, adopted))
    if has_errors(findings):
        raise TargetHasErrors(findings=[f"{f.rule} {f.pointer} {f.detail}" for f in findings])
    return [
        TargetCompleted(content=command.content, amended=command.amended, completed_by=command.by)
    ]


def _project(command: WritingCommand) -> Project:
    if command.project is None:
        raise ProjectUnknown(project_code=command.project_code)
    return command.project


def _yardstick(command: WritingCommand, project: Project, adopted: Adopted) -> Yardstick:
    return Yardstick(
        fiscal_year=command.fiscal_year,
        kind=project.registered.kind,
        weights=adopted.rules.weights,
        nodes=[node.code for node in adopted.rules.monitoring.nodes],
    )
