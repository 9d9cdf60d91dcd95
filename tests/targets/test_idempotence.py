"""A repeated command records nothing new, whatever happened before it."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from services.targets.domain.adjustment_words import Partner
from services.targets.domain.budget_request import BUDGET_REQUEST
from services.targets.domain.bureau import BUREAU
from services.targets.domain.commands.adjusting import CompletePair, DropPair
from services.targets.domain.commands.library import (
    ImportLibraryClass,
    ImportModelCases,
    PublishLibrary,
)
from services.targets.domain.commands.project import (
    ArrangeBudget,
    CompleteProject,
    FollowResumption,
    FollowSuspension,
    ResumeProject,
    StartProject,
    SuspendProject,
    TerminateProject,
)
from services.targets.domain.commands.region import AppointRegionLeader
from services.targets.domain.commands.target import (
    CloseTarget,
    CompleteTarget,
    ReturnTarget,
    ReviseTarget,
)
from services.targets.domain.commands.unit import NameResponsiblePersons
from services.targets.domain.commands.unit_goals import DropGoal
from services.targets.domain.delegation import DELEGATION
from services.targets.domain.duties import EVERY_STEP, Step
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.joint_review import JOINT_REVIEW
from services.targets.domain.joint_review_words import Stance
from services.targets.domain.library import LIBRARY
from services.targets.domain.library_cases import CaseRow
from services.targets.domain.library_entry import Entry
from services.targets.domain.project import PROJECT
from services.targets.domain.region import REGION
from services.targets.domain.responsibility import RESPONSIBILITY
from services.targets.domain.rule_set import RULE_SET
from services.targets.domain.target import TARGET
from services.targets.domain.unit import UNIT
from services.targets.domain.unit_goals import UNIT_GOALS
from services.targets.domain.values import Library, Office
from shared.domain.decider import AnyDecider
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.testing.spec import Given
from tests.targets import assessments as a
from tests.targets import coming as c
from tests.targets import duties as d
from tests.targets import places as p
from tests.targets import sessions as session
from tests.targets import stories as s
from tests.targets import test_project_file as f
from tests.targets.goals import note, twins
from tests.targets.libraries import (
    PASS_RATE,
    SCHOOLS,
    entered,
    published,
    reinstate,
    retire,
    taking,
)
from tests.targets.test_adjustment import agree_to_money, approve, refuse
from tests.targets.test_adjustment_request import ask, own_values, withdraw
from tests.targets.test_approval_authority import (
    by_government,
    giving,
    heavy,
    received,
    record,
)
from tests.targets.test_consuming import consume
from tests.targets.test_objection import object_now, turn_down

AT = {"project_code": s.CODE, "fiscal_year": s.YEAR, "now": s.NOW}
HALF = CompletePair(
    project_code=s.CODE, fiscal_year=s.YEAR, adjustment_id="A1", adjusted_on=s.NOW.date()
)
DROPPED = DropPair(
    project_code=s.CODE,
    fiscal_year=s.YEAR,
    adjustment_id="A1",
    region_code=s.REGION_CODE,
    unit_code=s.UNIT_CODE,
    reason="r",
    partner=Partner(project_code="P2", adjustment_id="A1-in"),
)
WRITING = {"region_code": s.REGION_CODE, "content": s.CONTENT}
TAKING = {"region_code": s.REGION_CODE, "content": taking("C1", Library.KS_CORE)}
OTHER = {**WRITING, "content": replace(s.CONTENT, annual_goal=s.CONTENT.annual_goal + "。")}
POOR = replace(s.grade_target, points=s.with_points(50))
FAIR = replace(s.grade_target, points=s.with_points(70))
GOOD = replace(s.grade_target, points=s.with_points(85))
ENTRY = Entry(code="1", name="指标")

COMMANDS: dict[str, tuple[object, ...]] = {
    "region": (
        s.register_region,
        AppointRegionLeader(region_code=s.REGION_CODE, leader="李", by="x", now=s.NOW),
        replace(p.rename, region_code=s.REGION_CODE),
        replace(p.classify, region_code=s.REGION_CODE),
        replace(p.merge, region_code=s.REGION_CODE),
    ),
    "bureau": (
        p.register_section,
        p.second_section,
        p.assign,
        p.take_over,
        p.appoint_chief,
        replace(p.appoint_chief, chief="甲", from_on=s.NOW.date(), until_on=None),
        p.close_section,
    ),
    "unit": (
        s.register_unit,
        NameResponsiblePersons(unit_code=s.UNIT_CODE, responsible=s.PERSONS, by="x", now=s.NOW),
        p.rename_unit,
        p.transfer_unit,
        p.close_unit,
    ),
    "rule_set": (
        s.draft_rules,
        s.adopt_rules,
        replace(s.draft_rules, rules_json=s.draft_rules.rules_json.replace("v1", "v2")),
        replace(s.draft_rules, provenance=s.SOURCES),
        replace(s.draft_rules, by=s.LEADER),
        replace(s.adopt_rules, by=s.GRADER),
    ),
    "library": (
        ImportLibraryClass(
            library=Library.KS_CORE,
            region_code="653100",
            class_code="1",
            class_name="一",
            entries=(ENTRY,),
            by="x",
            now=s.NOW,
        ),
        PublishLibrary(library=Library.KS_CORE, by="x", now=s.NOW),
        entered(SCHOOLS),
        ImportModelCases(
            region_code="653100",
            class_code="2",
            class_name="二",
            rows=(CaseRow(code="A", name="案例"),),
            by="x",
            now=s.NOW,
        ),
        retire("1"),
        reinstate("1"),
    ),
    "project": (
        s.register_project,
        ArrangeBudget(project_code=s.CODE, fiscal_year=s.YEAR, by="x", now=s.NOW),
        StartProject(project_code=s.CODE, by="x", now=s.NOW),
        SuspendProject(project_code=s.CODE, reason="r", by="x", now=s.NOW),
        ResumeProject(project_code=s.CODE, by="x", now=s.NOW),
        FollowSuspension(project_code=s.CODE, adjustment_id="A1", reason="r"),
        FollowResumption(project_code=s.CODE, adjustment_id="A1", by="x", now=s.NOW),
        CompleteProject(project_code=s.CODE, by="x", now=s.NOW),
        TerminateProject(project_code=s.CODE, reason="r", by="x", now=s.NOW),
        f.hear,
        f.archive,
    ),
    "responsibility": (
        s.assign_all,
        replace(s.assign_all, steps=(Step.TARGET,), responsible=d.OTHERS),
        d.transfer,
        replace(d.transfer, steps=EVERY_STEP, responsible=s.PERSONS),
    ),
    "delegation": (d.delegate, replace(d.delegate, delegate="别人"), d.withdraw),
    "ex_ante": (
        a.submit_report,
        a.review_report,
        a.scored("s1", "90"),
        a.scored("s2", "85"),
        a.scored("s3", "50", "NO_TARGET"),
        a.grade_report,
        a.conclude_report,
        object_now,
        turn_down,
        consume,
    ),
    "target": (
        s.draft_target,
        ReviseTarget(**AT, **WRITING, offices=frozenset(Office), by=s.WRITER),  # type: ignore[arg-type]
        ReviseTarget(**AT, **TAKING, offices=frozenset(Office), by=s.WRITER),  # type: ignore[arg-type]
        ReviseTarget(**AT, **OTHER, offices=frozenset(Office), by=s.WRITER),  # type: ignore[arg-type]
        s.confirm_goal,
        s.confirm_amounts,
        replace(s.confirm_goal, person="替", delegation_id="D1"),
        s.submit_target,
        s.review_target,
        s.check_target,
        ReturnTarget(**AT, reasons=("r",), office=Office.HEAD, by=s.FINANCE),  # type: ignore[arg-type]
        s.grade_target,
        GOOD,
        FAIR,
        POOR,
        CompleteTarget(**AT, **WRITING, amended=("/x",), by="c"),  # type: ignore[arg-type]
        s.approve_target,
        s.receive_adjustment,
        replace(s.receive_adjustment, adjustment_id="A2"),
        approve,
        agree_to_money,
        heavy,
        record,
        by_government,
        giving,
        HALF,
        DROPPED,
        replace(approve, adjustment_id="U1"),
        replace(refuse, adjustment_id="A2"),
        ask,
        own_values,
        withdraw,
        CloseTarget(**AT, by="g"),  # type: ignore[arg-type]
    ),
    "unit_goals": (
        note("P1"),
        note("P2"),
        note("P1", "修缮防洪渠道"),
        DropGoal(unit_code=s.UNIT_CODE, fiscal_year=s.YEAR, project_code="P1"),
        DropGoal(unit_code=s.UNIT_CODE, fiscal_year=s.YEAR, project_code="P2"),
    ),
    "joint_review": (
        session.plan_session,
        session.open_session,
        session.opinion("p"),
        session.opinion("e"),
        session.opinion("x"),
        session.opinion("x", Stance.OPPOSE, "重复"),
        session.adopt_minutes,
    ),
    "budget_request": (
        c.request_budget,
        replace(c.request_budget, at_cap=True, project_code="P2"),
        c.cap(Grade.GOOD, s.yuan("20_000_000")),
        c.cap(Grade.EXCELLENT, None),
        c.similar_cut(s.yuan("3_000_000")),
        c.approve_request,
        replace(c.approve_request, project_code="P2", at_cap=True),
    ),
}
DECIDERS: dict[str, AnyDecider] = {
    "region": REGION,
    "unit": UNIT,
    "bureau": BUREAU,
    "rule_set": RULE_SET,
    "library": LIBRARY,
    "project": PROJECT,
    "responsibility": RESPONSIBILITY,
    "delegation": DELEGATION,
    "ex_ante": EX_ANTE,
    "target": TARGET,
    "unit_goals": UNIT_GOALS,
    "joint_review": JOINT_REVIEW,
    "budget_request": BUDGET_REQUEST,
}
KNOWN = {
    "region-653100": s.a_superior.state,
    "region-653101": s.a_region.state,
    f"region-{p.TOWN}": p.a_town.state,
    f"unit-{s.UNIT_CODE}": s.a_unit.state,
    f"unit-{p.HEIR}": s.a_unit.state,
    "rule_set-653101-2021": s.some_rules.state,
    "rule_set-653100-2021": RULE_SET.initial,
    "rule_set-650000-2021": RULE_SET.initial,
    "library-KS_CORE": published(PASS_RATE).state,
    "project-P1": s.a_project.state,
    "project-P2": s.a_project.state,
    "target-P1-2021": s.approved().state,
    "target-P2-2021": received.state,
    "ex_ante-P1-2021": EX_ANTE.initial,
    f"budget_request-{s.UNIT_CODE}-2021": s.UNBOUND,
    f"unit_goals-{s.UNIT_CODE}-2021": twins("P2"),
    "responsibility-P1-2021": s.a_matrix.state,
    "delegation-D1": d.a_delegation.state,
}

JOINT_KNOWN = {**KNOWN, "target-P1-2021": s.checked().state}


def decided(decider: AnyDecider, facts: Sequence[object], command: object) -> Sequence[object]:
    """What a command leads to; a refusal leads to nothing."""
    known = JOINT_KNOWN if decider is JOINT_REVIEW else KNOWN
    story = Given(decider, tuple(facts))
    states = [known[reference.stream] for reference in decider.consults(command)]
    referred = decider.refers(command, story.state, states)
    states += [known[reference.stream] for reference in referred]
    return story.knowing(*states).when(command).facts


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_repeated_command_records_nothing_new(data: st.DataObject) -> None:
    category = data.draw(st.sampled_from(sorted(COMMANDS)))
    decider = DECIDERS[category]
    facts: list[object] = []
    for command in data.draw(st.lists(st.sampled_from(COMMANDS[category]), max_size=12)):
        new = decided(decider, facts, command)
        facts.extend(new)
        if new:
            assert not decided(decider, facts, command), (command, new)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_was_heard_is_never_refused(data: st.DataObject) -> None:
    heard = {
        "target": (s.receive_adjustment, replace(s.receive_adjustment, now=s.LATE)),
        "budget_request": (
            c.cap(Grade.POOR, s.yuan("18_000_000")),
            c.similar_cut(s.yuan("99_000_000")),
        ),
        "project": (f.hear, replace(f.hear, fiscal_year=s.YEAR + 1)),
    }
    category = data.draw(st.sampled_from(sorted(heard)))
    decider = DECIDERS[category]
    facts: list[object] = []
    for command in data.draw(st.lists(st.sampled_from(COMMANDS[category]), max_size=14)):
        facts.extend(decided(decider, facts, command))
    word = data.draw(st.sampled_from(heard[category]))
    story = Given(decider, tuple(facts))
    known = [KNOWN[reference.stream] for reference in decider.consults(word)]
    assert story.knowing(*known).when(word).refusal is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(COMMANDS["budget_request"]), max_size=10))
def test_what_is_granted_under_a_known_cap_never_passes_it(commands: list[object]) -> None:
    facts: list[object] = [*c.requests(c.cap(Grade.GOOD, s.yuan("20_000_000")))]
    for command in commands:
        if type(command).__name__ != "RecordCap":
            facts.extend(decided(BUDGET_REQUEST, facts, command))
    state = Given(BUDGET_REQUEST, tuple(facts)).state
    granted = [r.decided.granted for r in state.requests.values() if r.decided]
    assert Money.total(granted) <= s.yuan("20_000_000")
