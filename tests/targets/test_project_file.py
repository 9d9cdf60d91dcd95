"""The last stages of a project: ended, self-evaluated by the word of evaluation, put on file."""

from dataclasses import replace
from datetime import date

import pytest

from services.targets.domain.commands.project import (
    ArchiveProject,
    ArrangeBudget,
    ChangeResponsible,
    ProjectCommand,
    RecordSelfEvaluation,
    SuspendProject,
)
from services.targets.domain.events.project import (
    ProjectArchived,
    ProjectBudgeted,
    ProjectCompleted,
    ProjectEvaluated,
    ProjectSelfEvaluated,
    ProjectTerminated,
)
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.refusals import (
    ProjectClosed,
    ProjectNotRunning,
    ProjectUnknown,
    ReasonMissing,
)
from services.targets.domain.refusals.projects import ProjectNotEvaluated
from services.targets.domain.values import ProjectStatus
from services.targets.projections.project_register import ProjectRow, project_register
from shared.http.policy import Role
from shared.testing.projection_spec import ProjectionSpec
from tests.targets.stories import CODE, GRADER, HEAD, NOW, YEAR, a_project, approved, project, yuan
from tests.targets.test_project import (
    budgeted,
    complete,
    running,
    start,
    terminate,
)
from tests.targets.town import Town

ACCEPTED = date(2022, 3, 1)
hear = RecordSelfEvaluation(
    project_code=CODE, fiscal_year=YEAR, accepted_on=ACCEPTED, by="evaluation|word", now=NOW
)
archive = ArchiveProject(project_code=CODE, reason="资料齐全", by=GRADER, now=NOW)
heard = ProjectSelfEvaluated(project_code=CODE, fiscal_year=YEAR, accepted_on=ACCEPTED)
evaluated = ProjectEvaluated(project_code=CODE, fiscal_year=YEAR)
done = running.after(complete)
on_file = done.after(hear, archive)


def test_a_project_that_ended_is_evaluated_by_its_accepted_self_evaluation() -> None:
    for story in (done, budgeted.after(terminate)):
        story.when(hear).then(heard, evaluated)
        after = story.after(hear)
        assert after.state.status is ProjectStatus.EVALUATED
        after.when(hear).then_nothing()


def test_a_self_evaluation_that_came_first_counts_once_the_project_ends() -> None:
    early = running.after(hear)
    assert early.state.status is ProjectStatus.EXECUTING
    early.when(complete).then(ProjectCompleted(project_code=CODE), evaluated)
    given_up = ProjectTerminated(project_code=CODE, reason="政策取消", region_code="653101")
    early.when(terminate).then(given_up, evaluated)
    for ending in (complete, terminate):
        early.after(ending).when(ending).then_nothing()
    early.after(complete).when(terminate).then_refused(ProjectClosed)
    early.after(terminate).when(complete).then_refused(ProjectNotRunning)


def test_only_the_self_evaluation_of_the_last_year_closes_a_project() -> None:
    next_year = ProjectBudgeted(project_code=CODE, fiscal_year=YEAR + 1, budget=yuan("1"))
    two_years = project.given(*running.facts, next_year).after(hear, complete)
    assert two_years.state.status is ProjectStatus.COMPLETED
    two_years.when(archive).then_refused(
        ProjectNotEvaluated, last_year=YEAR + 1, self_evaluated=[YEAR]
    )
    ended = project.given(*running.facts, next_year).after(complete)
    ended.when(hear).then(heard)
    last = two_years.after(replace(hear, fiscal_year=YEAR + 1))
    assert last.facts[-1] == ProjectEvaluated(project_code=CODE, fiscal_year=YEAR + 1)


def test_what_is_heard_of_an_unknown_project_is_passed_over() -> None:
    project.when(hear).then_nothing()
    project.when(archive).then_refused(ProjectUnknown)


def test_only_an_evaluated_project_is_put_on_file_and_with_a_reason() -> None:
    for story in (a_project, budgeted, running, running.after(hear), done):
        refusal = story.when(archive).then_refused(ProjectNotEvaluated, status=story.state.status)
        assert refusal.remedy is not None
    waiting = done.after(hear)
    assert waiting.when(replace(archive, reason=" ")).then_refused(ReasonMissing).pointer
    waiting.when(archive).then(ProjectArchived(project_code=CODE, reason="资料齐全"))
    on_file.when(archive).then_nothing()
    on_file.when(replace(archive, reason="另一理由")).then_nothing()


@pytest.mark.parametrize(
    "command",
    [
        terminate,
        ChangeResponsible(
            project_code=CODE,
            responsible=replace(a_project.state.responsible, head="古丽"),
            reason="r",
            by=HEAD,
            now=NOW,
        ),
        SuspendProject(project_code=CODE, reason="r", by=GRADER, now=NOW),
        start,
        ArrangeBudget(project_code=CODE, fiscal_year=YEAR + 1, by=GRADER, now=NOW),
    ],
)
def test_there_is_no_way_back_from_the_file(command: ProjectCommand) -> None:
    knows = project.decider.consults(command)
    story = on_file.knowing(approved().state, EX_ANTE.initial) if knows else on_file
    assert story.when(command).refusal is not None
    assert story.state.status is ProjectStatus.ARCHIVED


def test_a_word_that_comes_late_changes_nothing_about_the_file() -> None:
    later = on_file.after(replace(hear, fiscal_year=YEAR + 1))
    assert later.state.status is ProjectStatus.ARCHIVED


async def test_the_register_shows_how_far_it_came() -> None:
    spec = ProjectionSpec(project_register)
    await spec.given("project-P1", *running.after(hear).facts).then(
        ProjectRow, CODE, status="EXECUTING", self_evaluated_year=YEAR
    )
    await spec.given("project-P1", *done.after(hear).facts).then(
        ProjectRow, CODE, status="EVALUATED", archived_reason=""
    )
    await spec.given("project-P1", *on_file.facts).then(
        ProjectRow, CODE, status="ARCHIVED", archived_reason="资料齐全"
    )


async def test_the_performance_section_puts_an_evaluated_project_on_file(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    await town.approved()
    one, reason = "/projects/P1", {"reason": "资料齐全"}
    await town.done(Role.UNIT_BUSINESS, f"{one}/start")
    await town.done(Role.UNIT_HEAD, f"{one}/complete")
    early = await town.ask(Role.FB_PERFORMANCE, f"{one}/archive", reason)
    problem = early.json()
    assert (early.status_code, problem["type"].endswith("/project-not-evaluated")) == (409, True)
    await town.heard(hear, now=NOW)
    assert (await town.read(one))["status"] == "EVALUATED"
    stranger = await town.ask(Role.FB_BUDGET, f"{one}/archive", reason)
    assert stranger.status_code == 403
    await town.done(Role.FB_PERFORMANCE, f"{one}/archive", reason)
    await town.done(Role.FB_PERFORMANCE, f"{one}/archive", reason)
    shown = await town.read(one)
    assert (shown["status"], shown["archived_reason"]) == ("ARCHIVED", "资料齐全")
    assert shown["self_evaluated_year"] == YEAR
