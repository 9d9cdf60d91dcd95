"""What a decision looks up elsewhere: what it does not name it cannot go by.

Stories hand the answers in, so that a name that is wrong would show nowhere else. In the same
table stands where each command is decided.
"""

from dataclasses import replace

import pytest

from services.targets.domain.commands.project import FollowSuspension
from services.targets.domain.joint_review_words import Decision, Stance
from services.targets.domain.values import Library
from services.targets.main import service
from shared.domain.grades import Grade
from tests.targets import stories as s
from tests.targets.assessments import (
    conclude_report,
    grade_report,
    review_report,
    scored,
    submit_report,
)
from tests.targets.coming import approve_request, cap, request_budget
from tests.targets.duties import delegate, transfer, withdraw
from tests.targets.goals import note
from tests.targets.libraries import publish, taking
from tests.targets.places import (
    END,
    UNIT_END,
    assign,
    close_section,
    close_unit,
    merge,
    register_section,
    rename,
    rename_unit,
)
from tests.targets.sessions import adopt_minutes, open_session, opinion, plan_session
from tests.targets.test_adjustment import adjusting, approve
from tests.targets.test_approval_authority import given as half_of_a_transfer
from tests.targets.test_approval_authority import record
from tests.targets.test_consuming import consume
from tests.targets.test_ex_ante import send_back
from tests.targets.test_library import rows
from tests.targets.test_objection import object_now, uphold
from tests.targets.test_project import arrange, start
from tests.targets.test_target import close, complete, give_back, revise
from tests.targets.test_unit_goals import drop

RULES = "rule_set-653101-2021 rule_set-653100-2021 rule_set-650000-2021"
REPORT = "project-P1 target-P1-2021 responsibility-P1-2021"
WRITING = f"project-P1 ex_ante-P1-2021 {RULES} library-KS_CORE"
THIS_TARGET, THIS_REPORT = "target-P1-2021", "ex_ante-P1-2021"
COMING, SESSION = "budget_request-653101001-2022", "joint_review-HS2021.01"
NAMED, HALF = "responsibility-P1-2021", half_of_a_transfer
GOALS = "unit_goals-653101001-2021"

COMMANDS = [
    (s.register_region, "region-653101", "region-653100"),
    (replace(s.register_region, parent_code=None), "region-653101", ""),
    (replace(s.register_region, end=END), "region-653101", "region-653100 region-653101101"),
    (merge, "region-653101201", "region-653101101"),
    (rename, "region-653101201", ""),
    (s.register_unit, "unit-653101001", "region-653101"),
    (
        replace(s.register_unit, end=UNIT_END),
        "unit-653101001",
        "region-653101 unit-653101002",
    ),
    (
        replace(s.register_unit, end=replace(UNIT_END, successor_code="")),
        "unit-653101001",
        "region-653101",
    ),
    (close_unit, "unit-653101001", "unit-653101002"),
    (replace(close_unit, end=replace(UNIT_END, successor_code="")), "unit-653101001", ""),
    (rename_unit, "unit-653101001", ""),
    (register_section, "bureau-653101", "region-653101"),
    (assign, "bureau-653101", ""),
    (close_section, "bureau-653101", ""),
    (s.draft_rules, "rule_set-653101-2021", ""),
    (publish(), "library-KS_CORE", ""),
    (rows(), "library-XJ_MODEL_CASE", ""),
    (s.register_project, "project-P1", f"unit-653101001 {RULES}"),
    (arrange, "project-P1", "target-P1-2021 ex_ante-P1-2021"),
    (start, "project-P1", ""),
    (FollowSuspension(project_code="P1", adjustment_id="A1", reason="x"), "project-P1", ""),
    (s.assign_all, NAMED, "project-P1"),
    (transfer, NAMED, ""),
    (delegate, "delegation-D1", "unit-653101001"),
    (withdraw, "delegation-D1", ""),
    (submit_report, THIS_REPORT, f"{REPORT} {RULES}"),
    (replace(submit_report, delegation_id="D1"), THIS_REPORT, f"{REPORT} delegation-D1 {RULES}"),
    (review_report, THIS_REPORT, ""),
    (send_back, THIS_REPORT, ""),
    *(
        (command, THIS_REPORT, RULES)
        for command in (scored("s1", "90"), grade_report, conclude_report, object_now, uphold)
    ),
    (consume, THIS_REPORT, THIS_TARGET),
    (s.draft_target, THIS_TARGET, WRITING),
    (revise, THIS_TARGET, WRITING),
    (complete, THIS_TARGET, WRITING),
    (
        replace(s.draft_target, content=taking("C1", Library.XJ_INDUSTRY)),
        THIS_TARGET,
        f"{WRITING} library-XJ_INDUSTRY",
    ),
    (
        replace(s.draft_target, content=taking("C1")),
        THIS_TARGET,
        f"{WRITING} library-XJ_INDUSTRY library-XJ_MODEL_CASE",
    ),
    (s.confirm_goal, THIS_TARGET, NAMED),
    (
        replace(s.confirm_goal, delegation_id="D1"),
        THIS_TARGET,
        f"{NAMED} delegation-D1",
    ),
    (s.submit_target, THIS_TARGET, f"{NAMED} {THIS_REPORT} project-P1"),
    (
        replace(s.submit_target, delegation_id="D1"),
        THIS_TARGET,
        f"{NAMED} {THIS_REPORT} project-P1 delegation-D1",
    ),
    (s.review_target, THIS_TARGET, ""),
    (s.check_target, THIS_TARGET, ""),
    (give_back, THIS_TARGET, ""),
    (s.grade_target, THIS_TARGET, RULES),
    (replace(s.grade_target, joint_review_id="HS2021.01"), THIS_TARGET, f"{RULES} {SESSION}"),
    (s.approve_target, THIS_TARGET, f"{THIS_REPORT} project-P1"),
    (s.receive_adjustment, THIS_TARGET, RULES),
    (close, THIS_TARGET, ""),
    (plan_session, SESSION, THIS_TARGET),
    (open_session, SESSION, ""),
    (opinion("x"), SESSION, THIS_TARGET),
    (adopt_minutes, SESSION, THIS_TARGET),
    (
        replace(
            adopt_minutes,
            decisions=dict.fromkeys(
                ("P2-2021", "P1-2021"), Decision(stance=Stance.SUPPORT, text="")
            ),
        ),
        SESSION,
        f"{THIS_TARGET} target-P2-2021",
    ),
    (cap(Grade.GOOD, None), COMING, ""),
    (request_budget, COMING, "project-P1"),
    (approve_request, COMING, ""),
    (note("P1", ""), GOALS, ""),
    (drop, GOALS, ""),
]


@pytest.mark.parametrize(("command", "where", "looked_up"), COMMANDS)
def test_a_decision_is_made_in_its_own_stream_and_knows_those_it_needs(
    command: object, where: str, looked_up: str
) -> None:
    [decider] = [one for one in service.deciders if isinstance(command, one.commands)]
    assert decider.stream(command) == where
    assert [one.stream for one in decider.consults(command)] == looked_up.split()


@pytest.mark.parametrize(
    ("command", "state", "known", "looked_up"),
    [
        (s.draft_target, s.target.decider.initial, (s.a_project.state,), GOALS),
        (s.draft_target, s.target.decider.initial, (s.project.decider.initial,), ""),
        (revise, s.drafted().state, (s.a_project.state,), GOALS),
        (complete, s.ready(85).state, (s.a_project.state,), GOALS),
        (s.submit_target, s.confirmed().state, (), GOALS),
        (s.submit_target, s.target.decider.initial, (), ""),
        (s.approve_target, s.ready().state, (), "budget_request-653101001-2021"),
        (s.approve_target, s.target.decider.initial, (), ""),
        (approve, adjusting.state, (), ""),
        (approve, HALF.state, (), "target-P2-2021"),
        (record, adjusting.state, (), "region-653101"),
        (record, HALF.state, (), "region-653101 target-P2-2021"),
        (record, s.target.decider.initial, (), ""),
        (s.review_target, s.submitted().state, (), ""),
    ],
)
def test_what_only_the_target_or_its_project_names_is_looked_up_next(
    command: object, state: object, known: tuple[object, ...], looked_up: str
) -> None:
    found = s.target.decider.refers(command, state, known)
    assert [one.stream for one in found] == looked_up.split()


def test_every_command_has_one_aggregate_that_decides_it() -> None:
    commands = [command for decider in service.deciders for command in decider.commands]
    assert len(set(commands)) == len(commands)
    told = {type(command) for command, _, _ in COMMANDS}
    assert told <= set(commands)
