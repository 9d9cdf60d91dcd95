"""Writing a target: the first draft, a revision, and the completion of a good one."""

from collections.abc import Sequence
from dataclasses import replace

from services.targets.domain.application import expect_consistent
from services.targets.domain.asker import seen
from services.targets.domain.assessed import assessed
from services.targets.domain.commands.target import (
    CompleteTarget,
    DraftTarget,
    ReviseTarget,
    WritingCommand,
)
from services.targets.domain.duties import Desk
from services.targets.domain.events.target import (
    TargetCompleted,
    TargetDrafted,
    TargetEvent,
    TargetRevised,
)
from services.targets.domain.findings import Finding
from services.targets.domain.four_eyes import four_eyes
from services.targets.domain.library import Edition
from services.targets.domain.library_entry import LibraryPin
from services.targets.domain.library_use import Pins, pins, released
from services.targets.domain.lint import Yardstick, lint
from services.targets.domain.locks import LOCKS, changed_parts, left
from services.targets.domain.passing import expect_passable
from services.targets.domain.project_ending import expect_not_ended
from services.targets.domain.project_states import Project
from services.targets.domain.refusals import (
    OfficeNotYours,
    ProjectUnknown,
    ReasonMissing,
    TargetAlreadyDrafted,
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
from services.targets.domain.values import Basis, Library
from shared.domain.rules import WeightRules
from shared.domain.workdays import business_date


def draft(command: DraftTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The first draft. A project has one target a year, so a second one is refused."""
    if not isinstance(state, NoTarget):
        # Whoever repeats the same first draft after it moved on gets the same silence.
        if isinstance(state, Draft) and state.promise.content != command.content:
            raise TargetAlreadyDrafted(remedy="Revise the existing draft.")
        return []
    project = _project(command)
    stated = project.registered
    if seen(stated, command.asker) is None:
        raise ProjectUnknown(project_code=command.project_code)
    expect_not_ended(project)
    expect_consistent(command.content.application)
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
            findings=_linted(command, project, adopted.rules.weights, adopted),
            rule_set_version=adopted.rules.version,
            rules_region=adopted.lent_to(stated.region_code),
            drafted_by=command.by,
            pins=_pins(command, {}),
            drafted_on=business_date(command.now),
        )
    ]


def revise(command: ReviseTarget, state: TargetState) -> Sequence[TargetEvent]:
    """Another version of the draft, judged by the rules of today."""
    if not isinstance(state, Draft):
        raise TargetNotDraft
    promise = state.promise
    changed = changed_parts(promise.content, command.content)
    for office in sorted(changed - command.offices):
        raise OfficeNotYours(office=office)
    expect_consistent(command.content.application)
    project = _project(command)
    expect_not_ended(project)
    adopted = in_force(command.rules, project.registered.region_code)
    after = _pins(command, promise.pins)
    revised = TargetRevised(
        content=command.content,
        scheme=adopted.rules.weights.scheme,
        findings=_linted(command, project, adopted.rules.weights, adopted),
        rule_set_version=adopted.rules.version,
        rules_region=adopted.lent_to(project.registered.region_code),
        drafted_by=command.by,
        pins=after,
        released=released(promise.pins, after),
        reopened=tuple(office for office in LOCKS if office in changed),
        revised_on=business_date(command.now),
    )
    # The same words are something new when other rules or another assessment judge them anew.
    judged = (promise.content, promise.findings, promise.rule_set_version)
    if judged == (revised.content, revised.findings, revised.rule_set_version):
        return []
    return [revised]


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
    expect_consistent(command.content.application)
    project = _project(command)
    expect_not_ended(project)
    adopted = in_force(command.rules, project.registered.region_code)
    # Reviewers have weighed it by the scheme it was submitted under; a later one does not count.
    weights = replace(adopted.rules.weights, scheme=promise.scheme)
    findings = _linted(command, project, weights, adopted)
    expect_passable(findings, command.content.answers)
    after = _pins(command, promise.pins)
    return [
        TargetCompleted(
            content=command.content,
            amended=command.amended,
            completed_by=command.by,
            findings=findings,
            pins=after,
            released=released(promise.pins, after),
            stay=left(promise.desks, Desk.BUREAU, command.now, promise.basis.region_code),
        )
    ]


def _project(command: WritingCommand) -> Project:
    if command.project is None:
        raise ProjectUnknown(project_code=command.project_code)
    return command.project


def _pins(command: WritingCommand, before: Pins) -> dict[str, LibraryPin]:
    return pins(command.content, command.collections, before, business_date(command.now))


def _core(command: WritingCommand) -> Edition | None:
    """The core library in use, if one was published."""
    found = [one.published for one in command.collections if one.library is Library.KS_CORE]
    return found[0] if found else None


def _linted(
    command: WritingCommand, project: Project, weights: WeightRules, adopted: Adopted
) -> tuple[Finding, ...]:
    stated = project.registered
    core = _core(command)
    first_year = stated.fiscal_year == command.fiscal_year
    measured = assessed(command.assessment) if first_year else None
    yardstick = Yardstick(
        fiscal_year=command.fiscal_year,
        kind=stated.kind,
        weights=weights,
        nodes=[node.code for node in adopted.rules.monitoring.nodes],
        library_class=stated.library_class,
        core_classes=core.shelves.classes if core else {},
        budget=measured.amount if measured else (stated.requested if first_year else None),
        assessed=measured,
        alike=command.goals.alike(command.project_code, command.content),
    )
    return lint(command.content, yardstick)
