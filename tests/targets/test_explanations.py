"""Every decision explains itself over HTTP on a real database, down to its input events."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.targets.domain.ex_ante_items import ExAnteItem
from services.targets.main import service
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.http.policy import Role
from tests.targets.assessments import DIMENSIONS
from tests.targets.coming import cap, similar_cut
from tests.targets.stories import NOW, UNIT_CODE, yuan
from tests.targets.town import Town, report_body

ONE = "/ex-ante-assessments/P1-2021"
REQUEST = {
    "unit_code": UNIT_CODE,
    "budget_year": 2022,
    "project_code": "P1",
    "amount": "23000000.00",
}
NAMED = f"/budget-requests/{UNIT_CODE}-2022-P1"


def told(why: Any) -> dict[str, str]:  # noqa: ANN401 - JSON
    """The steps by name."""
    return {step["name"]: step["value"] for step in why["steps"]}


async def refolded(town: Town, why: Any, category: str) -> Any:  # noqa: ANN401 - JSON, a state
    """The state that the listed input events of a stream fold to."""
    assert town.store is not None
    [decider] = [one for one in service.deciders if one.category == category]
    listed = {one["event_id"] for one in why["inputs"] if one["stream"].startswith(category + "-")}
    codec = service.aggregates.codec
    entries = await town.store.read_ledger(0, 10_000)
    facts = [codec.decode(entry.event, entry.position) for entry in entries]
    chosen = [fact.event for fact in facts if str(fact.event_id) in listed]
    assert len(chosen) == len(listed) > 0
    return decider.fold(chosen)


async def test_a_registration_explains_why_an_assessment_is_needed(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True, requested="10000000.00")
    reason = {"exemption": "EMERGENCY_RELIEF", "exemption_reason": "抢险", "is_new_policy": True}
    await town.registered("P2", **reason)
    await town.worker_done()
    why = await town.read("/projects/P1/explanation")
    steps = told(why)
    assert [steps[name] for name in ("NEW", "MAJOR", "NEW_POLICY", "RENEWED")] == [
        "True",
        "True",
        "False",
        "False",
    ]
    assert steps["needs_ex_ante"] == "True"
    major = next(step for step in why["steps"] if step["name"] == "MAJOR")
    assert major["formula"] == "requested 10000000.00 >= threshold 10000000.00"
    assert why["applied"]["legal_basis"] == "喀财绩〔2021〕1号"
    assert {one["fact"] for one in why["inputs"]} >= {"ProjectRegistered", "RuleSetAdopted"}
    exempt = told(await town.read("/projects/P2/explanation"))
    assert (exempt["NEW_POLICY"], exempt["exemption"], exempt["needs_ex_ante"]) == (
        "True",
        "EMERGENCY_RELIEF",
        "False",
    )


async def test_v3_a_conclusion_can_be_recomputed_from_the_listed_events(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed()
    await town.worker_done()
    why = await town.read(f"{ONE}/explanation")
    steps = told(why)
    assert (steps["spread"], steps["score"], steps["grade"]) == ("1.80", "92.10", "EXCELLENT")
    assert (steps["conclusion"], steps["accepted"]) == ("INCLUDED", "7400000.00")
    state = await refolded(town, why, "ex_ante")
    assert str(state.outcome.score) == steps["score"]
    assert str(state.outcome.accepted) == steps["accepted"]


async def test_a_sheet_of_judged_items_is_shown_with_its_remarks(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.reported()
    await town.done(Role.DEPT_REVIEWER, f"{ONE}/review", {})
    sheet: dict[str, Any] = {
        "judgements": {**dict.fromkeys(ExAnteItem, "GOOD"), "UNIQUE": "POOR"},
        "remarks": {"UNIQUE": "与在建项目重复"},
        "vetoes": ["OVERLAPS_PROJECT"],
    }
    await town.done(Role.EXPERT, f"{ONE}/score", sheet)
    [score] = (await town.read(f"{ONE}/explanation"))["scores"]
    assert (score["total"], score["vetoes"]) == ("82.75", ["OVERLAPS_PROJECT"])
    assert score["judgements"]["UNIQUE"] == "POOR"
    assert score["remarks"] == {"UNIQUE": "与在建项目重复"}
    unknown = await town.ask(Role.EXPERT, f"{ONE}/score", {**sheet, "vetoes": ["DISLIKED"]})
    assert unknown.status_code == 422
    lacking = {"judgements": {"UNIQUE": "GOOD"}}
    answer = await town.ask(Role.THIRD_PARTY_LEAD, f"{ONE}/score", lacking)
    assert answer.json()["errors"][0]["pointer"] == "/judgements/PURPOSE_SPECIFIC"
    business = await town.ask(Role.FB_BUSINESS, f"{ONE}/score", sheet)
    assert business.status_code == 403


async def test_a_report_that_came_back_is_scored_anew_and_shows_this_rounds_scores(
    real_town: Town,
) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.reported()

    async def scored(expert: str, third_party: str) -> list[str]:
        await town.done(Role.DEPT_REVIEWER, f"{ONE}/review", {})
        for role, each in ((Role.EXPERT, expert), (Role.THIRD_PARTY_LEAD, third_party)):
            points, reasons = (dict.fromkeys(DIMENSIONS, one) for one in (each, "依据不足"))
            await town.done(role, f"{ONE}/score", {"points": points, "reasons": reasons})
        return sorted(one["total"] for one in (await town.read(f"{ONE}/explanation"))["scores"])

    assert await scored("10", "12") == ["50.00", "60.00"]
    await town.done(Role.FB_BUSINESS, f"{ONE}/return", {"codes": ["EVIDENCE_MISSING"]})
    await town.done(Role.UNIT_HEAD, "/ex-ante-assessments", report_body("P1"))
    assert (await town.read(f"{ONE}/explanation"))["scores"] == []
    assert await scored("18.00", "19.00") == ["90.00", "95.00"]
    await town.done(Role.FB_PERFORMANCE, f"{ONE}/conclude")
    steps = told(await town.read(f"{ONE}/explanation"))
    assert (steps["spread"], steps["score"], steps["grade"]) == ("5.00", "92.50", "EXCELLENT")


async def test_an_approved_budget_uses_the_conclusion_up(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed()
    one = await town.graded()
    above = await town.ask(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.01"})
    assert (above.status_code, above.json()["errors"][0]["pointer"]) == (422, "/budget")
    assert (await town.read("/projects/P1"))["status"] == "CANDIDATE"
    await town.done(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.00"})
    closed = await town.read(ONE)
    assert (closed["status"], closed["budget"]) == ("CLOSED", "7400000.00")


async def test_the_items_behind_a_figure_add_up_to_it(real_town: Town) -> None:
    town = real_town
    await town.it_is("2021-01-20")
    await town.founded()
    for number, requested in enumerate(("8000000.00", "3333333.33", "0.01"), 1):
        code = f"P{number}"
        await town.registered(code, is_new=True, requested=requested)
        if number == 1:
            await town.assessed(code)
            continue
        one = await town.reported(code)
        await town.done(Role.DEPT_REVIEWER, f"{one}/review", {})
        scores = {
            "points": dict.fromkeys(POINTS, "10"),
            "reasons": dict.fromkeys(POINTS, "依据不足"),
        }
        for role in (Role.EXPERT, Role.THIRD_PARTY_LEAD):
            await town.done(role, f"{one}/score", scores)
        await town.done(Role.FB_PERFORMANCE, f"{one}/conclude")
    where: dict[str, Any] = {"region": "653101", "assessed_year": 2021}
    figures = await town.read("/ex-ante/statistics", **where)
    assert (figures["project_count"], figures["assessed_amount"]) == (3, "11333333.34")
    assert (figures["reduced_amount"], figures["accepted_amount"]) == ("3933333.34", "7400000.00")
    for name in ("by_grade", "by_reduction_kind"):
        filtered = {"by_grade": "grade", "by_reduction_kind": "reduction_kind"}[name]
        for value, figure in figures[name].items():
            page = await town.read("/ex-ante/statistics/items", **where, **{filtered: value})
            rows = page["items"]
            assert len(rows) == figure["count"]
            for amount in ("requested", "reduced", "accepted"):
                total = Money.total(Money.parse(row[amount]) for row in rows)
                assert str(total) == figure[amount], (name, value, amount)
        counted = sum(figure["count"] for figure in figures[name].values())
        assert counted == figures["project_count"]
    assert figures["by_reduction_kind"]["REJECTED_PROJECT"]["count"] == 2
    assert (await town.read("/ex-ante/statistics/items", **{**where, "assessed_year": 2022}))[
        "items"
    ] == []
    stranger = town.by(Role.FB_PERFORMANCE, "653121")
    params = {name: str(value) for name, value in where.items()}
    answer = await town.client.get("/v1/ex-ante/statistics/items", params=params, headers=stranger)
    assert answer.status_code == 404


POINTS = ("NECESSITY", "ECONOMY", "TARGET_REASONABLENESS", "FEASIBILITY", "FUNDING_COMPLIANCE")


@pytest.mark.parametrize(
    ("grade", "limit", "granted", "reasons"),
    [
        (Grade.EXCELLENT, None, "23000000.00", ["AS_REQUESTED", "PRIORITY_SUPPORT"]),
        (Grade.GOOD, "20000000.00", "20000000.00", ["REDUCED_TO_CAP"]),
        (Grade.FAIR, "20000000.00", "20000000.00", ["REDUCED_TO_CAP"]),
        (Grade.POOR, "18000000.00", "18000000.00", ["REDUCED_TO_CAP"]),
    ],
)
async def test_v4_each_grade_binds_the_request_and_explains_it(
    real_town: Town, grade: Grade, limit: str | None, granted: str, reasons: list[str]
) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    top = None if limit is None else Money.parse(limit)
    await town.heard(cap(grade, top, priority=grade is Grade.EXCELLENT), now=NOW)
    first = await town.ask(Role.UNIT_FINANCE, "/budget-requests", REQUEST)
    if limit is not None:
        assert first.status_code == 409
        details = first.json()["details"]
        assert (details["cap"], details["grade"]) == (limit, grade)
        assert Decimal(details["excess"]) == Decimal(23_000_000) - Decimal(limit)
        await town.done(Role.UNIT_FINANCE, "/budget-requests", {**REQUEST, "at_cap": True})
    await town.done(Role.FB_BUDGET, f"{NAMED}/approve", {})
    await town.worker_done()
    why = await town.read(f"{NAMED}/explanation")
    steps = told(why)
    assert (why["request"]["granted"], why["request"]["reasons"]) == (granted, reasons)
    assert (steps["grade"], steps["cap"]) == (grade, limit or "none")
    assert (steps["requested"], steps["granted"]) == ("23000000.00", granted)
    state = await refolded(town, why, "budget_request")
    assert str(state.requests["P1"].decided.granted) == granted


async def test_a_breach_and_a_cut_are_shown_with_the_unit(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    await town.done(Role.UNIT_FINANCE, "/budget-requests", REQUEST)
    await town.done(Role.FB_BUDGET, f"{NAMED}/approve", {})
    await town.heard(cap(Grade.POOR, yuan("18_000_000")), now=datetime(2021, 3, 1, tzinfo=UTC))
    whole = await town.read(f"/unit-budgets/{UNIT_CODE}-2022")
    assert (whole["breach_granted"], whole["breach_excess"]) == ("23000000.00", "5000000.00")
    await town.heard(similar_cut(yuan("1_000_000")), now=datetime(2021, 3, 2, tzinfo=UTC))
    why = await town.read(f"{NAMED}/explanation")
    assert (told(why)["similar_cut"], told(why)["at_most"]) == ("1000000.00", "22000000.00")
    assert why["binding"]["breach_excess"] == "4000000.00"
    assert why["cut"]["basis_project_code"] == "P0"


async def test_explanations_are_for_those_who_may_see_the_thing(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed()
    for path in ("/projects/P1", ONE):
        stranger = town.by(Role.UNIT_FINANCE, "653121")
        answer = await town.client.get(f"/v1{path}/explanation", headers=stranger)
        assert answer.status_code == 404
        missing = await town.client.get(
            f"/v1{path.replace('P1', 'P9')}/explanation", headers=town.by(Role.FB_PERFORMANCE)
        )
        assert missing.status_code == 404
