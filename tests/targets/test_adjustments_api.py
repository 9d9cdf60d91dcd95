"""Adjustments over HTTP on a real database: asked by the unit, signed by two, taken back."""

from datetime import UTC, datetime

from shared.http.policy import Role
from tests.targets.stories import receive_adjustment
from tests.targets.town import Town

BODY = {
    "cause": "FORCE_MAJEURE",
    "reason": "洪水冲毁便道",
    "evidence": [{"name": "证明.pdf", "sha256": "a" * 64}],
    "target_values": {"I1": "75"},
}
ASKING = "/targets/P1-2021/request-adjustment"
ONE = "/targets/P1-2021/adjustments"


async def binding(town: Town) -> None:
    """A target that binds in June of its year."""
    await town.it_is("2021-06-01")
    await town.founded()
    await town.registered()
    await town.approved()


async def test_a_unit_asks_and_the_performance_section_decides(real_town: Town) -> None:
    town = real_town
    await binding(town)
    await town.done(Role.UNIT_HEAD, ASKING, BODY)
    assert (await town.read("/targets/P1-2021"))["status"] == "ADJUSTING"
    [asked] = await town.read(ONE)
    assert (asked["kind"], asked["cause"], asked["change"]) == (
        "TARGET_ONLY",
        "FORCE_MAJEURE",
        "0.00",
    )
    assert asked["evidence"][0]["name"] == "证明.pdf"
    await town.done(Role.FB_PERFORMANCE, f"{ONE}/{asked['adjustment_id']}/approve", {})
    beside = await town.read("/targets/P1-2021/comparison")
    assert beside["changed"] == [
        {"indicator_id": "I1", "name": "指标I1", "initial": "100", "current": "75"}
    ]
    assert [beside[side]["target_version"] for side in ("initial", "current")] == [1, 2]
    assert beside["initial"]["annual_goal"] == beside["current"]["annual_goal"] != ""


async def test_changed_money_needs_two_offices_and_the_explanation_says_so(
    real_town: Town,
) -> None:
    town = real_town
    await binding(town)
    await town.heard(receive_adjustment, now=datetime(2021, 6, 1, 3, tzinfo=UTC))
    await town.done(Role.FB_PERFORMANCE, f"{ONE}/A1/approve", {})
    await town.worker_done()
    why = await town.read(f"{ONE}/A1/explanation")
    assert why["offices_needed"] == ["PERFORMANCE", "BUDGET"]
    assert [one["office"] for one in why["signatures"]] == ["PERFORMANCE"]
    told = {step["name"]: step["value"] for step in why["steps"]}
    assert (told["budget_before"], told["budget"]) == ("7400000.00", "3700000.00")
    assert (told["ratio"], told["proposed I1"]) == ("0.5", "50.00")
    assert why["last_day"] == "2021-11-30"
    assert why["applied"]["rule_set_version"] == 1
    facts = [one["fact"] for one in why["inputs"]]
    assert facts[-2:] == ["TargetAdjustmentRequested", "TargetAdjustmentSigned"]
    assert all(one["event_id"] for one in why["inputs"])
    assert (await town.read("/targets/P1-2021"))["budget"] == "7400000.00"
    await town.done(Role.FB_BUDGET, f"{ONE}/A1/approve", {})
    assert (await town.read("/targets/P1-2021"))["budget"] == "3700000.00"


async def test_the_same_token_does_not_sign_twice(real_town: Town) -> None:
    town = real_town
    await binding(town)
    await town.heard(receive_adjustment, now=datetime(2021, 6, 1, 3, tzinfo=UTC))
    await town.done(Role.COUNTY_FB, f"{ONE}/A1/approve", {})
    twice = await town.ask(Role.COUNTY_FB, f"{ONE}/A1/approve", {"office": "BUDGET"})
    assert (twice.status_code, twice.json()["type"].rsplit("/", 1)[1]) == (
        403,
        "signer-has-signed",
    )
    leader = await town.ask(Role.FB_LEADER, f"{ONE}/A1/approve", {})
    assert (leader.status_code, leader.json()["type"].rsplit("/", 1)[1]) == (
        403,
        "office-does-not-sign",
    )
    await town.done(Role.COUNTY_FB, f"{ONE}/A1/approve", {"office": "BUDGET"}, name="colleague")
    assert (await town.read("/targets/P1-2021"))["target_version"] == 2


async def test_a_unit_takes_its_request_back(real_town: Town) -> None:
    town = real_town
    await binding(town)
    await town.done(Role.UNIT_HEAD, ASKING, BODY)
    [asked] = await town.read(ONE)
    await town.done(Role.UNIT_HEAD, f"{ONE}/{asked['adjustment_id']}/withdraw")
    [back] = await town.read(ONE)
    assert (back["status"], back["decided_on"]) == ("WITHDRAWN", "2021-06-01")
    assert (await town.read("/targets/P1-2021"))["status"] == "APPROVED"


async def test_what_is_wrong_with_a_request_is_pointed_at(real_town: Town) -> None:
    town = real_town
    await binding(town)
    for wrong, pointer, problem in (
        ({"evidence": []}, "/evidence", "evidence-missing"),
        ({"target_values": {"I1": "100"}}, "/target_values", "nothing-to-adjust"),
        ({"target_values": {"I9": "1"}}, "/target_values", "adjusted-indicator-unknown"),
        ({"cause": "BUDGET_CHANGED"}, "/cause", "money-changes-in-pairs"),
    ):
        answer = await town.ask(Role.UNIT_HEAD, ASKING, {**BODY, **wrong})
        told = answer.json()
        assert told["type"].endswith("/" + problem), told
        assert told["errors"][0]["pointer"] == pointer
    weights = await town.ask(Role.UNIT_HEAD, ASKING, {**BODY, "weights": {"I1": "30"}})
    assert weights.status_code == 422
    for role in (Role.UNIT_BUSINESS, Role.FB_PERFORMANCE, Role.DEPT_HEAD):
        assert (await town.ask(role, ASKING, BODY)).status_code == 403
    foreign = await town.ask(Role.UNIT_HEAD, ASKING, BODY, region="653121")
    assert foreign.status_code == 404
    await town.it_is("2021-12-01")
    late = await town.ask(Role.UNIT_HEAD, ASKING, BODY)
    assert late.json()["type"].endswith("/adjustment-too-late")
