"""Responsibility, locks, tasks, clocks and returns over HTTP on a real database."""

from datetime import UTC, datetime
from typing import Any

import httpx

from services.targets.projections.desk_stays import DeskStayRow, desk_stays
from services.targets.projections.responsibility_matrix import ALL, DutyRow, responsibility_matrix
from services.targets.projections.return_register import ReturnRow, return_register
from shared.domain.workdays import add_workdays, business_date
from shared.http.policy import Role
from shared.testing.projection_spec import ProjectionSpec
from tests.targets import stories as s
from tests.targets.duties import DEPUTY, OTHERS, transfer
from tests.targets.stories import REGION_CODE, RULES, UNIT_CODE
from tests.targets.test_rule_sets_over_http import STATED, adopted
from tests.targets.test_rule_sets_over_http import body as rules
from tests.targets.town import INDICATORS, PERSONS, Town, target_body

ONE = "/targets/P1-2021"
AT: dict[str, Any] = {"region": REGION_CODE, "fiscal_year": 2021}


async def drafted(town: Town) -> None:
    """A project with its target, both known to nobody but the unit."""
    await town.founded()
    await town.registered()
    await town.done(Role.UNIT_BUSINESS, "/targets", target_body("P1"))


def for_today() -> dict[str, str]:
    """The head of the unit is away today, and the deputy signs."""
    today = business_date(datetime.now(UTC)).isoformat()
    return {
        "unit_code": UNIT_CODE,
        "office": "HEAD",
        "delegator": "李强",
        "delegate": DEPUTY,
        "from_on": today,
        "until_on": today,
    }


def slug(answer: httpx.Response) -> str:
    """The last part of the problem's type."""
    return str(answer.json()["type"].rsplit("/")[-1])


async def test_the_matrix_begins_with_the_projects_three_and_is_transferred(
    real_town: Town,
) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    one = "/responsibilities/P1-2021"
    matrix = await town.read(one)
    assert (matrix["complete"], matrix["missing"], len(matrix["steps"])) == (True, [], 7)
    assert matrix["steps"]["DISCLOSE"]["finance"] == "王芳"
    body = {
        "steps": ["TARGET"],
        "responsible": {**PERSONS, "business": "古丽"},
        "reason": "岗位调整",
    }
    await town.done(Role.UNIT_HEAD, f"{one}/transfer", body)
    steps = (await town.read(one))["steps"]
    assert (steps["TARGET"]["business"], steps["TARGET"]["reason"]) == ("古丽", "岗位调整")
    assert steps["SELF_EVAL"]["business"] == "阿依古丽"
    await town.registered()
    assert (await town.read(one))["steps"] == steps
    whole = {
        "steps": list(steps),
        "responsible": {**PERSONS, "business": "买买提"},
        "reason": "退休",
    }
    await town.done(Role.UNIT_HEAD, f"{one}/transfer", whole)
    steps = (await town.read(one))["steps"]
    assert {(step["business"], step["reason"]) for step in steps.values()} == {("买买提", "退休")}
    same = {**body, "responsible": {**PERSONS, "business": "王芳"}}
    both = await town.ask(Role.UNIT_HEAD, f"{one}/transfer", same)
    assert (both.status_code, both.json()["errors"][0]["pointer"]) == (
        422,
        "/responsible/finance",
    )
    later = {"project_code": "P1", "fiscal_year": 2022, "steps": ["TARGET"]}
    await town.done(Role.UNIT_HEAD, "/responsibilities", later)
    partial = await town.read("/responsibilities/P1-2022")
    assert (partial["complete"], len(partial["missing"])) == (False, 6)
    for role, region, status in (
        (Role.FB_BUDGET, REGION_CODE, 403),
        (Role.UNIT_HEAD, "653121", 404),
    ):
        answer = await town.ask(role, f"{one}/transfer", body, region=region)
        assert answer.status_code == status
    stranger = town.by(Role.FB_PERFORMANCE, "653121")
    assert (await town.client.get(f"/v1{one}", headers=stranger)).status_code == 404


async def test_two_locks_and_a_signature_lead_out_of_the_unit(real_town: Town) -> None:
    town = real_town
    await drafted(town)
    early = await town.ask(Role.UNIT_HEAD, f"{ONE}/submit", {})
    assert (early.status_code, slug(early)) == (409, "target-not-confirmed")
    foreign = await town.ask(Role.UNIT_BUSINESS, f"{ONE}/confirm", {"office": "FINANCE"})
    assert (foreign.status_code, slug(foreign)) == (403, "office-not-yours")
    assert foreign.json()["errors"][0]["pointer"] == "/office"
    stranger = {"office": "BUSINESS", "person": "路人"}
    refused = await town.ask(Role.UNIT_BUSINESS, f"{ONE}/confirm", stranger)
    assert (refused.status_code, slug(refused)) == (403, "signer-not-named")
    for role in (Role.UNIT_HEAD, Role.FB_PERFORMANCE):
        answer = await town.ask(role, f"{ONE}/confirm", {"office": "FINANCE"})
        assert answer.status_code == 403
    elsewhere = await town.ask(
        Role.UNIT_FINANCE, f"{ONE}/confirm", {"office": "FINANCE"}, region="653121"
    )
    assert elsewhere.status_code == 404
    await town.confirmed(ONE)
    shown = await town.read(ONE)
    assert (shown["business_by"], shown["finance_by"]) == ("阿依古丽", "王芳")
    goal = f"{target_body('P1')['annual_goal']}（修订）"
    content = {"annual_goal": goal, "indicators": INDICATORS}
    by_finance = await town.ask(Role.UNIT_FINANCE, f"{ONE}/revise", content)
    assert (by_finance.status_code, slug(by_finance)) == (403, "office-not-yours")
    await town.done(Role.UNIT_BUSINESS, f"{ONE}/revise", content)
    shown = await town.read(ONE)
    assert (shown["business_by"], shown["finance_by"]) == ("", "王芳")
    await town.done(Role.UNIT_BUSINESS, f"{ONE}/confirm", {"office": "BUSINESS"})
    await town.done(Role.UNIT_HEAD, f"{ONE}/submit", {})
    assert (await town.read(ONE))["signed_by"] == "李强"


async def test_a_draft_is_confirmed_in_one_act(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    body = {**target_body("P1"), "confirm": True}
    wrong = await town.ask(Role.UNIT_FINANCE, "/targets", body)
    assert (wrong.status_code, slug(wrong)) == (403, "office-not-yours")
    await town.done(Role.UNIT_BUSINESS, "/targets", body)
    await town.done(Role.UNIT_BUSINESS, "/targets", body)
    assert (await town.read(ONE))["business_by"] == "阿依古丽"


async def test_a_delegate_signs_and_the_register_says_for_whom(real_town: Town) -> None:
    town = real_town
    await drafted(town)
    await town.confirmed(ONE)
    body = for_today()
    foreign = await town.ask(Role.UNIT_FINANCE, "/delegations", body)
    assert (foreign.status_code, slug(foreign)) == (403, "office-not-yours")
    created = await town.done(Role.UNIT_HEAD, "/delegations", body)
    delegation_id = created.json()["id"]
    [task] = await town.read("/tasks", person=DEPUTY)
    assert (task["action"], task["in_place_of"], task["delegation_id"]) == (
        "SIGN",
        "李强",
        delegation_id,
    )
    signed = {"delegation_id": delegation_id}
    await town.done(Role.UNIT_HEAD, f"{ONE}/submit", signed)
    shown = await town.read(ONE)
    assert (shown["signed_by"], shown["in_place_of"]) == (DEPUTY, "李强")
    one = f"/delegations/{delegation_id}"
    await town.done(Role.UNIT_HEAD, f"{one}/withdraw", {"reason": "已返岗"})
    assert (await town.read(one))["withdrawn_on"] == body["until_on"]
    assert len((await town.read("/delegations"))["items"]) == 1
    assert await town.read("/tasks", person=DEPUTY) == []


async def test_a_delegation_that_is_withdrawn_ends_that_very_day(real_town: Town) -> None:
    town = real_town
    await drafted(town)
    await town.confirmed(ONE)
    created = await town.done(Role.UNIT_HEAD, "/delegations", for_today())
    assert await _tasks(town, DEPUTY) == {("P1-2021", "TARGET", "SIGN")}
    back = {"reason": "已返岗"}
    await town.done(Role.UNIT_HEAD, f"/delegations/{created.json()['id']}/withdraw", back)
    assert await _tasks(town, DEPUTY) == set()
    assert await _tasks(town, "李强") == {("P1-2021", "TARGET", "SIGN")}


async def test_every_person_sees_what_waits_for_them(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    await town.registered("P2", is_new=True)
    for person, tasks in (
        ("阿依古丽", {("P1-2021", "TARGET", "WRITE"), ("P2-2021", "TARGET", "WRITE")}),
        ("王芳", set()),
        ("李强", {("P2-2021", "EX_ANTE", "SIGN")}),
    ):
        assert await _tasks(town, person) == tasks
    await town.done(Role.UNIT_BUSINESS, "/targets", target_body("P1"))
    assert ("P1-2021", "TARGET", "CONFIRM") in await _tasks(town, "阿依古丽")
    assert await _tasks(town, "王芳") == {("P1-2021", "TARGET", "CONFIRM")}
    await town.confirmed(ONE)
    assert await _tasks(town, "王芳") == set()
    assert ("P1-2021", "TARGET", "SIGN") in await _tasks(town, "李强")
    first = (await town.read("/tasks", person="李强"))[0]
    assert (first["workdays"], first["lateness"], first["office"]) == (0, "IN_TIME", "HEAD")
    await town.done(Role.UNIT_HEAD, f"{ONE}/submit", {})
    assert await _tasks(town, "李强") == {("P2-2021", "EX_ANTE", "SIGN")}
    stranger = town.by(Role.UNIT_HEAD, "653121")
    answer = await town.client.get("/v1/tasks", params={"person": "李强"}, headers=stranger)
    assert answer.json() == []


async def test_what_was_drafted_for_a_project_that_ended_waits_for_nobody(real_town: Town) -> None:
    town = real_town
    await drafted(town)
    assert await _tasks(town, "王芳") == {("P1-2021", "TARGET", "CONFIRM")}
    await town.confirmed(ONE)
    await town.done(Role.FB_BUDGET, "/projects/P1/terminate", {"reason": "政策取消"})
    for person in ("阿依古丽", "王芳", "李强"):
        assert await _tasks(town, person) == set()
    refused = await town.ask(Role.UNIT_HEAD, f"{ONE}/submit", {})
    assert (refused.status_code, slug(refused)) == (409, "project-closed")
    assert (await town.read(ONE))["status"] == "DRAFT"


async def test_clocks_and_returns_are_told_by_office(real_town: Town) -> None:
    town = real_town
    await drafted(town)
    await town.confirmed(ONE)
    await town.done(Role.UNIT_HEAD, f"{ONE}/submit", {})
    body = {"codes": ["AMOUNT_UNFOUNDED", "GOAL_UNCLEAR"]}
    await town.done(Role.DEPT_REVIEWER, f"{ONE}/return", body)
    assert (await town.read(ONE))["returns"] == "AMOUNT_UNFOUNDED; GOAL_UNCLEAR"
    nothing = await town.ask(Role.DEPT_REVIEWER, f"{ONE}/return", {})
    assert nothing.status_code == 204
    await town.confirmed(ONE)
    await town.done(Role.UNIT_HEAD, f"{ONE}/submit", {})
    why = await town.ask(Role.DEPT_REVIEWER, f"{ONE}/return", {})
    assert (why.status_code, slug(why)) == (422, "reason-missing")
    await town.worker_done()
    for scope in ("self", "tree"):
        delays = await town.read("/statistics/delay-by-office", **AT, scope=scope)
        desks = {desk["desk"]: desk for desk in delays["desks"]}
        assert [desks[d]["stays"] for d in ("BUSINESS", "FINANCE", "HEAD")] == [2, 2, 2]
        assert (desks["DEPARTMENT"]["stays"], desks["DEPARTMENT"]["waiting"]) == (1, 1)
        assert (delays["reminder_workdays"], delays["listed_workdays"]) == (3, 8)
    returns = await town.read("/statistics/returns", **AT)
    assert returns["total"] == 2
    assert {(r["reason"], r["office"], r["count"]) for r in returns["reasons"]} == {
        ("AMOUNT_UNFOUNDED", "FINANCE", 1),
        ("GOAL_UNCLEAR", "BUSINESS", 1),
    }
    stranger = town.by(Role.FB_PERFORMANCE, "653121")
    for path in ("delay-by-office", "returns"):
        answer = await town.client.get(
            f"/v1/statistics/{path}", params={k: str(v) for k, v in AT.items()}, headers=stranger
        )
        assert answer.status_code == 404


async def test_who_waits_too_long_is_reminded_and_then_listed(town_in_time: Town) -> None:
    town = town_in_time
    await drafted(town)
    day = business_date(datetime.now(UTC))
    for late, reminders, listed in (("REMINDER", 1, 0), ("LISTED", 1, 1)):
        later = add_workdays(day, 5, REGION_CODE)
        await town.wait((later - day).days)
        day = later
        [task] = await town.read("/tasks", person="王芳")
        assert task["lateness"] == late
        desks = (await town.read("/statistics/delay-by-office", **AT))["desks"]
        [finance] = [desk for desk in desks if desk["desk"] == "FINANCE"]
        shown = (finance["waiting"], finance["waiting_reminders"], finance["waiting_listed"])
        assert shown == (1, reminders, listed)
    await town.confirmed(ONE)
    await town.worker_done()
    desks = (await town.read("/statistics/delay-by-office", **AT))["desks"]
    late_ones = {d["desk"]: (d["reminders"], d["listed"], d["waiting"]) for d in desks}
    assert late_ones["BUSINESS"] == (1, 1, 0)
    assert late_ones["HEAD"] == (0, 0, 1)


async def test_the_rules_that_govern_a_region_set_its_clock(town_in_time: Town) -> None:
    town = town_in_time
    await drafted(town)
    later = add_workdays(day := business_date(datetime.now(UTC)), 3, REGION_CODE)
    await town.wait((later - day).days)
    await town.done(Role.UNIT_BUSINESS, f"{ONE}/confirm", {"office": "BUSINESS"})
    await town.worker_done()
    assert await _late(town) == ((3, 8), "IN_TIME", (0, 0), (0, 0))
    await adopted(town, rules(office_clock={"reminder_wd": 1, "listed_wd": 3}))
    assert await _late(town) == ((1, 3), "REMINDER", (1, 0), (1, 0))
    await adopted(town, rules(office_clock={"reminder_wd": 1, "listed_wd": 2}))
    assert await _late(town) == ((1, 2), "LISTED", (1, 1), (1, 1))
    silent = {name: group for name, group in RULES.items() if name != "office_clock"}
    told = {place: source for place, source in STATED.items() if place != "/office_clock"}
    await adopted(town, {**rules(), "rules": silent, "provenance": told})
    assert await _late(town) == ((3, 8), "IN_TIME", (0, 0), (0, 0))


async def test_a_superior_counts_each_county_by_the_rules_that_govern_it(
    town_in_time: Town,
) -> None:
    town = town_in_time
    await drafted(town)
    later = add_workdays(day := business_date(datetime.now(UTC)), 3, REGION_CODE)
    await town.wait((later - day).days)
    there = {"region": "653100"}
    own = rules(region="653100", office_clock={"reminder_wd": 1, "listed_wd": 2})
    await town.done(Role.FB_PERFORMANCE, "/rule-sets", own, **there)
    ground = {"legal_basis": "喀署财绩〔2021〕1号"}
    await town.done(Role.FB_LEADER, "/rule-sets/653100-2021/adopt", ground, **there)
    # The county has rules of its own; its prefecture's are stricter, and bind others.
    answer = await town.client.get(
        "/v1/statistics/delay-by-office",
        params={"region": "653100", "fiscal_year": "2021"},
        headers=town.by(Role.FB_PERFORMANCE, "653100"),
    )
    told = answer.json()
    assert (told["reminder_workdays"], told["listed_workdays"]) == (1, 2)
    [finance] = [desk for desk in told["desks"] if desk["desk"] == "FINANCE"]
    assert (finance["waiting"], finance["waiting_reminders"]) == (1, 0)


async def test_a_returned_report_is_counted_with_its_reasons(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    one = await town.reported()
    empty = await town.ask(Role.DEPT_REVIEWER, f"{one}/return", {})
    assert (empty.status_code, slug(empty)) == (422, "reason-missing")
    await town.done(Role.DEPT_REVIEWER, f"{one}/return", {"codes": ["EVIDENCE_MISSING"]})
    assert ("P1-2021", "EX_ANTE", "SIGN") in await _tasks(town, "李强")
    [counted] = (await town.read("/statistics/returns", **AT))["reasons"]
    assert counted == {
        "step": "EX_ANTE",
        "reason": "EVIDENCE_MISSING",
        "office": "BUSINESS",
        "count": 1,
    }


async def test_the_matrix_keeps_one_row_until_a_step_differs() -> None:
    spec = ProjectionSpec(responsibility_matrix)
    story = s.a_matrix.after(transfer)
    rows = spec.given("responsibility-P1-2021", *story.facts)
    await rows.then(DutyRow, "P1-2021", ALL, business="阿依古丽", version=1)
    await rows.then(DutyRow, "P1-2021", "TARGET", business=OTHERS.business, version=2)
    assert await rows.row(DutyRow, "P1-2021", "RECTIFY") is None


async def test_reasons_are_kept_one_by_one_and_stays_are_added_up() -> None:
    facts = s.ready(70).facts
    rows = ProjectionSpec(return_register).given("target-P1-2021", *facts)
    await rows.then(ReturnRow, "TARGET", "P1-2021", len(facts), "GRADED_FAIR", office="BUSINESS")
    lay = ProjectionSpec(desk_stays).given("target-P1-2021", *facts)
    await lay.then(DeskStayRow, "P1-2021", "BUREAU", 0, stays=3)


async def _late(town: Town) -> tuple[object, ...]:
    """The terms, the finance office's task, what it has on its desk, and what business had."""
    told = await town.read("/statistics/delay-by-office", **AT)
    [task] = await town.read("/tasks", person="王芳")
    desks = {desk["desk"]: desk for desk in told["desks"]}
    waiting, left = desks["FINANCE"], desks["BUSINESS"]
    return (
        (told["reminder_workdays"], told["listed_workdays"]),
        task["lateness"],
        (waiting["waiting_reminders"], waiting["waiting_listed"]),
        (left["reminders"], left["listed"]),
    )


async def _tasks(town: Town, person: str) -> set[tuple[str, str, str]]:
    tasks = await town.read("/tasks", person=person)
    return {(task["thing_id"], task["step"], task["action"]) for task in tasks}
