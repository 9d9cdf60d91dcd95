"""A project: registered with three names, budgeted with its target, carried out, ended."""

from dataclasses import replace
from typing import Any

import pytest

from services.targets.domain.commands.project import (
    ArrangeBudget,
    ChangeResponsible,
    CompleteProject,
    ResumeProject,
    StartProject,
    SuspendProject,
    TerminateProject,
)
from services.targets.domain.events.project import (
    ProjectAdmitted,
    ProjectBudgeted,
    ProjectCompleted,
    ProjectResumed,
    ProjectStarted,
    ProjectSuspended,
    ProjectTerminated,
    ResponsibleChanged,
)
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.refusals import (
    AmountNotPositive,
    ExAnteNotIncluded,
    ExemptionUnexplained,
    OneOfficeForBoth,
    ProjectAlreadyRegistered,
    ProjectClosed,
    ProjectNotBudgeted,
    ProjectNotRunning,
    ProjectNotSuspended,
    ProjectUnknown,
    ReasonMissing,
    RuleSetNotAdopted,
    TargetNotApproved,
    UnitOfAnotherRegion,
    UnitUnknown,
)
from services.targets.domain.target import TARGET
from services.targets.domain.unit_states import UnknownUnit
from services.targets.domain.values import Exemption, ProjectStatus, Responsible, Trigger
from shared.domain.decider import Owner
from shared.domain.money import ZERO
from tests.targets.assessments import conclude_report, reviewed, scored
from tests.targets.stories import (
    BUDGETER,
    CODE,
    DEPARTMENT,
    HEAD,
    NOW,
    PARTICULARS,
    PERSONS,
    REGION_CODE,
    UNIT_CODE,
    YEAR,
    a_new_project,
    a_project,
    a_unit,
    approved,
    at_registration,
    governed,
    project,
    register_project,
    ungoverned,
    yuan,
)
from tests.targets.test_adjustment import adjusting, agree_to_money, approve

arrange = ArrangeBudget(project_code=CODE, fiscal_year=YEAR, by=BUDGETER, now=NOW)
start = StartProject(project_code=CODE, by=HEAD, now=NOW)
suspend = SuspendProject(project_code=CODE, reason="审计", by=BUDGETER, now=NOW)
resume = ResumeProject(project_code=CODE, by=BUDGETER, now=NOW)
complete = CompleteProject(project_code=CODE, by=HEAD, now=NOW)
terminate = TerminateProject(project_code=CODE, reason="政策取消", by=BUDGETER, now=NOW)
included = reviewed(scored("s1", "91.20"), scored("s2", "93.00")).after(conclude_report)
rejected = reviewed(scored("s1", "60"), scored("s2", "62")).after(conclude_report)
budgeted = a_project.knowing(approved().state, EX_ANTE.initial).after(arrange)
running = budgeted.after(start)


def test_an_ordinary_project_enters_the_library_at_once() -> None:
    assert a_project.state.status is ProjectStatus.IN_LIBRARY
    assert not a_project.state.registered.needs_ex_ante
    assert project.decider.owner(a_project.state) == Owner(
        region_code=REGION_CODE, department_code=DEPARTMENT, unit_code=UNIT_CODE
    )


@pytest.mark.parametrize(
    ("stated", "trigger"),
    [
        ({"is_new": True}, Trigger.NEW),
        ({"requested": yuan("10_000_000")}, Trigger.MAJOR),
        ({"is_new_policy": True}, Trigger.NEW_POLICY),
        ({"is_renewed": True}, Trigger.RENEWED),
    ],
)
def test_new_and_major_projects_stay_candidates(stated: dict[str, Any], trigger: Trigger) -> None:
    command = replace(register_project, particulars=replace(PARTICULARS, **stated))
    story = at_registration.after(command)
    assert story.state.registered.triggers == (trigger,)
    assert story.state.status is ProjectStatus.CANDIDATE


def test_one_fen_below_the_threshold_is_not_major() -> None:
    almost = replace(PARTICULARS, requested=yuan("10_000_000") - yuan("1"))
    story = at_registration.after(replace(register_project, particulars=almost))
    assert not story.state.registered.needs_ex_ante


def test_an_exemption_needs_a_reason_and_then_holds() -> None:
    exempt = replace(PARTICULARS, is_new=True, exemption=Exemption.EMERGENCY_RELIEF)
    command = replace(register_project, particulars=exempt)
    at_registration.when(command).then_refused(ExemptionUnexplained)
    explained = replace(command, particulars=replace(exempt, exemption_reason="抗洪抢险"))
    assert not at_registration.after(explained).state.registered.needs_ex_ante


def test_a_project_is_registered_once() -> None:
    a_project.knowing(a_unit.state, *governed).when(register_project).then_nothing()
    other = replace(register_project, particulars=replace(PARTICULARS, name="别的项目"))
    again = a_project.knowing(a_unit.state, *governed).when(other)
    again.then_refused(ProjectAlreadyRegistered)


def test_a_project_needs_a_unit_rules_money_and_three_persons() -> None:
    unknown = project.knowing(UnknownUnit(), *governed)
    unknown.when(register_project).then_refused(UnitUnknown)
    lawless = project.knowing(a_unit.state, *ungoverned)
    lawless.when(register_project).then_refused(RuleSetNotAdopted)
    free = replace(register_project, particulars=replace(PARTICULARS, requested=ZERO))
    at_registration.when(free).then_refused(AmountNotPositive)
    elsewhere = replace(register_project, particulars=replace(PARTICULARS, region_code="653121"))
    at_registration.when(elsewhere).then_refused(UnitOfAnotherRegion)
    one = Responsible(business="王芳", finance="王芳", head="李强")
    at_registration.when(replace(register_project, responsible=one)).then_refused(OneOfficeForBoth)


def test_others_may_answer_for_a_project_from_now_on() -> None:
    others = Responsible(business="古丽", finance="王芳", head="李强")
    change = ChangeResponsible(
        project_code=CODE, responsible=others, reason="岗位调整", by=HEAD, now=NOW
    )
    a_project.when(change).then(
        ResponsibleChanged(project_code=CODE, responsible=others, reason="岗位调整")
    )
    a_project.after(change).when(change).then_nothing()
    a_project.when(replace(change, responsible=PERSONS)).then_nothing()
    a_project.when(replace(change, reason=" ")).then_refused(ReasonMissing)


def test_nobody_gets_a_budget_without_an_approved_target() -> None:
    story = a_project.knowing(TARGET.initial, EX_ANTE.initial)
    story.when(arrange).then_refused(TargetNotApproved)


def test_the_budget_comes_with_the_approved_target() -> None:
    budget = ProjectBudgeted(project_code=CODE, fiscal_year=YEAR, budget=yuan("7_400_000"))
    a_project.knowing(approved().state, EX_ANTE.initial).when(arrange).then(budget)
    budgeted.when(arrange).then_nothing()
    for later in (adjusting.state, adjusting.after(approve, agree_to_money).state):
        budgeted.knowing(later, EX_ANTE.initial).when(arrange).then_nothing()


def test_a_candidate_is_budgeted_only_when_its_assessment_included_it() -> None:
    budget = ProjectBudgeted(project_code=CODE, fiscal_year=YEAR, budget=yuan("7_400_000"))
    a_new_project.knowing(approved().state, included.state).when(arrange).then(
        ProjectAdmitted(project_code=CODE), budget
    )
    for state in (rejected.state, EX_ANTE.initial):
        story = a_new_project.knowing(approved().state, state)
        story.when(arrange).then_refused(ExAnteNotIncluded)


def test_a_project_is_carried_out_and_ends() -> None:
    budgeted.when(start).then(ProjectStarted(project_code=CODE))
    running.when(start).then_nothing()
    running.when(suspend).then(
        ProjectSuspended(project_code=CODE, reason="审计", region_code="653101")
    )
    suspended = running.after(suspend)
    suspended.when(suspend).then_nothing()
    suspended.when(resume).then(ProjectResumed(project_code=CODE, region_code="653101"))
    running.when(resume).then_nothing()
    running.when(complete).then(ProjectCompleted(project_code=CODE))
    running.after(complete).when(complete).then_nothing()


def test_a_project_may_be_given_up_until_it_is_done() -> None:
    given_up = ProjectTerminated(project_code=CODE, reason="政策取消", region_code="653101")
    a_project.when(terminate).then(given_up)
    a_project.after(terminate).when(terminate).then_nothing()
    running.after(complete).when(terminate).then_refused(ProjectClosed)


def test_what_does_not_run_cannot_be_started_stopped_or_finished() -> None:
    a_project.when(start).then_refused(ProjectNotBudgeted)
    a_project.when(suspend).then_refused(ProjectNotRunning)
    a_project.when(resume).then_refused(ProjectNotSuspended)
    a_project.when(complete).then_refused(ProjectNotRunning)
    project.when(start).then_refused(ProjectUnknown)
    running.when(replace(suspend, reason=" ")).then_refused(ReasonMissing)
