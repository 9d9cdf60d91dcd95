"""Every command on a project at every stage of its life (`domain` §3.2), one table."""

from dataclasses import replace
from typing import Any

import pytest

from services.targets.domain.commands.project import (
    ArrangeBudget,
    ChangeResponsible,
    ExemptFromMonitoring,
    FollowResumption,
    FollowSuspension,
)
from services.targets.domain.events.project import ProjectResumed, ProjectSuspended
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.project_states import UnknownProject
from services.targets.domain.refusals import (
    ExAnteNotIncluded,
    OneOfficeForBoth,
    PersonUnnamed,
    ProjectNotBudgeted,
    ProjectNotRunning,
    ProjectNotSuspended,
    ReasonMissing,
    TargetNotApproved,
)
from services.targets.domain.refusals.projects import SuspendedWithItsMoney
from services.targets.domain.target import TARGET
from services.targets.domain.values import ProjectStatus, Responsible
from shared.domain.decider import Owner
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.test_monitoring_exemption import research
from tests.targets.test_project import (
    arrange,
    complete,
    included,
    resume,
    running,
    start,
    suspend,
    terminate,
)
from tests.targets.test_project_file import archive, hear

follow = FollowSuspension(project_code=s.CODE, adjustment_id="A1", reason="资金冻结")
go_on = FollowResumption(project_code=s.CODE, adjustment_id="A1")
change = ChangeResponsible(
    project_code=s.CODE,
    responsible=Responsible(business="古丽", finance="王芳", head="李强"),
    reason="岗位调整",
    by=s.HEAD,
    now=s.NOW,
)
exempt = ExemptFromMonitoring(project_code=s.CODE, reason="研究周期跨年度", by=s.WRITER, now=s.NOW)
candidate = s.a_new_project
budgeted = research.knowing(s.approved().state, EX_ANTE.initial).after(arrange)
works = budgeted.after(start)
STAGES: dict[str, Any] = {
    "UNKNOWN": s.project.given(),
    "CANDIDATE": candidate,
    "IN_LIBRARY": research,
    "BUDGETED": budgeted,
    "EXECUTING": works,
    "SUSPENDED": works.after(suspend),
    "HELD": works.after(follow),
    "COMPLETED": works.after(complete),
    "TERMINATED": works.after(terminate),
    "EVALUATED": works.after(complete, hear),
    "ARCHIVED": works.after(complete, hear, archive),
}
AGAIN = ArrangeBudget(project_code=s.CODE, fiscal_year=s.YEAR + 1, by=s.BUDGETER, now=s.NOW)
UNKNOWN, SILENT, CLOSED = "ProjectUnknown", "", "ProjectClosed"
IDLE, LATE, UNEVALUATED = "ProjectNotRunning", "ExemptionTooLate", "ProjectNotEvaluated"
UNSUSPENDED, UNPAID, HEARD = "ProjectNotSuspended", "ProjectNotBudgeted", "ProjectSelfEvaluated"
BUDGET, STOPPED, ENDS = "ProjectBudgeted", "ProjectSuspended", "ProjectTerminated"
# What each command leads to, by stage in the order above: facts, silence, or a refusal.
TABLE: dict[str, tuple[object, tuple[str, ...]]] = {
    "change": (change, (UNKNOWN, *["ResponsibleChanged"] * 6, *[CLOSED] * 4)),
    "exempt": (
        exempt,
        (
            *(UNKNOWN, "ProjectNotResearch", "ProjectMonitoringExempted"),
            *(*[LATE] * 4, *[CLOSED] * 4),
        ),
    ),
    "budget": (
        arrange,
        (UNKNOWN, f"ProjectAdmitted {BUDGET}", BUDGET, *[SILENT] * 8),
    ),
    "next budget": (
        AGAIN,
        (UNKNOWN, f"ProjectAdmitted {BUDGET}", *[BUDGET] * 5, *[CLOSED] * 4),
    ),
    "start": (
        start,
        (UNKNOWN, UNPAID, UNPAID, "ProjectStarted", *[SILENT] * 3, *[UNPAID] * 4),
    ),
    "suspend": (
        suspend,
        (UNKNOWN, *[IDLE] * 3, STOPPED, SILENT, SILENT, *[IDLE] * 4),
    ),
    "resume": (
        resume,
        (
            *(UNKNOWN, *[UNSUSPENDED] * 3, SILENT, "ProjectResumed", "SuspendedWithItsMoney"),
            *[UNSUSPENDED] * 4,
        ),
    ),
    "follow": (follow, (*[SILENT] * 4, STOPPED, *[SILENT] * 6)),
    "go on": (go_on, (*[SILENT] * 6, "ProjectResumed", *[SILENT] * 4)),
    "complete": (
        complete,
        (UNKNOWN, *[IDLE] * 3, "ProjectCompleted", *[IDLE] * 2, SILENT, IDLE, SILENT, SILENT),
    ),
    "terminate": (
        terminate,
        (UNKNOWN, *[ENDS] * 6, CLOSED, SILENT, CLOSED, CLOSED),
    ),
    "hear": (
        hear,
        (SILENT, *[HEARD] * 6, *[f"{HEARD} ProjectEvaluated"] * 2, SILENT, SILENT),
    ),
    "archive": (archive, (UNKNOWN, *[UNEVALUATED] * 8, "ProjectArchived", SILENT)),
}


@pytest.mark.parametrize(
    ("name", "stage"), [(name, stage) for name in TABLE for stage in range(len(STAGES))]
)
def test_a_command_does_at_each_stage_what_the_rules_say(name: str, stage: int) -> None:
    command, expected = TABLE[name]
    story = [*STAGES.values()][stage]
    known = (s.approved().state, included.state) if "budget" in name else ()
    outcome = story.knowing(*known).when(command)
    facts = " ".join(type(fact).__name__ for fact in outcome.facts)
    assert (type(outcome.refusal).__name__ if outcome.refusal else facts) == expected[stage]
    if expected[stage] == UNKNOWN:
        assert outcome.refusal.details == {"project_code": "P1"}
    elif outcome.refusal and "status" in outcome.refusal.details:
        assert outcome.refusal.details["status"] is story.state.status


def test_a_stage_is_named_as_it_is_and_belongs_to_its_unit() -> None:
    mine = Owner(region_code=s.REGION_CODE, department_code=s.DEPARTMENT, unit_code=s.UNIT_CODE)
    assert s.project.decider.owner(UnknownProject()) is None
    for name, story in [*STAGES.items()][1:]:
        status = "SUSPENDED" if name == "HELD" else name
        assert story.state.status == status
        assert s.project.decider.owner(story.state) == mine
        assert story.state.registered.project_code == s.CODE
        paid = name not in {"CANDIDATE", "IN_LIBRARY"}
        assert story.state.budgets == ({s.YEAR: s.yuan("7_400_000")} if paid else {})
        assert story.state.last_year == s.YEAR


def test_a_project_that_stands_still_with_its_money_goes_on_with_it_alone() -> None:
    held = STAGES["HELD"]
    assert held.facts[-1] == ProjectSuspended(
        project_code=s.CODE, reason="资金冻结", adjustment_id="A1", region_code=s.REGION_CODE
    )
    refusal = held.when(resume).then_refused(SuspendedWithItsMoney, adjustment_id="A1")
    assert refusal.remedy is not None
    held.when(replace(go_on, adjustment_id="A2")).then_nothing()
    held.when(go_on).then(ProjectResumed(project_code=s.CODE, region_code=s.REGION_CODE))
    free = held.after(go_on)
    assert (free.state.status, free.state.suspended_by) == (ProjectStatus.EXECUTING, "")
    free.when(go_on).then_nothing()


@pytest.mark.parametrize(
    ("story", "command", "refusal", "pointer"),
    [
        (running, replace(suspend, reason=" "), ReasonMissing, "/reason"),
        (running, replace(terminate, reason=""), ReasonMissing, "/reason"),
        (running, replace(change, reason=" "), ReasonMissing, "/reason"),
        (
            running,
            replace(change, responsible=replace(s.PERSONS, finance=s.PERSONS.business)),
            OneOfficeForBoth,
            "/responsible/finance",
        ),
        (
            running,
            replace(change, responsible=replace(s.PERSONS, head=" ")),
            PersonUnnamed,
            "/responsible/head",
        ),
        (s.a_project, start, ProjectNotBudgeted, None),
        (s.a_project, suspend, ProjectNotRunning, None),
        (s.a_project, resume, ProjectNotSuspended, None),
    ],
)
def test_what_is_wrong_is_told_by_its_field(
    story: Any,  # noqa: ANN401 - a story
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
) -> None:
    assert story.when(command).then_refused(refusal).pointer == pointer


def test_a_budget_that_cannot_be_says_what_is_missing() -> None:
    nothing = candidate.knowing(TARGET.initial, included.state)
    nothing.when(arrange).then_refused(TargetNotApproved, fiscal_year=s.YEAR)
    unassessed = candidate.knowing(s.approved().state, EX_ANTE.initial)
    unassessed.when(arrange).then_refused(ExAnteNotIncluded, project_code=s.CODE)
