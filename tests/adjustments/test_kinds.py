"""The five kinds of adjustment over HTTP: both services, the ledger, and what one is shown."""

from typing import Any

from shared.http.policy import Role
from tests.adjustments.county import County

FREE = {"budget": "7400000.00", "quota": "6000000.00", "frozen": "0.00", "available": "6000000.00"}
DOCUMENT = {"document_no": "喀人常发〔2021〕18号", "decided_on": "2021-03-01", "sha256": "a" * 64}


def proposal(kind: str, amount: str = "3700000.00", **more: object) -> dict[str, object]:
    """What a unit proposes."""
    return {
        "adjustment_id": "A1",
        "project_code": "P1",
        "fiscal_year": 2021,
        "kind": kind,
        "amount": amount,
        "reason": "部分学校撤并",
        **more,
    }


async def proposed(here: County, kind: str, amount: str = "3700000.00", **more: object) -> None:
    """The head of the unit proposes."""
    await here.done(Role.UNIT_HEAD, "/adjustments", proposal(kind, amount, **more))


async def signed(here: County, *roles: Role, code: str = "P1", key: str = "A1") -> None:
    """These agree, each for the own office."""
    for role in roles:
        path = f"/targets/{code}-2021/adjustments/{key}/approve"
        await here.done(role, path, {}, of="targets")


def steps(told: dict[str, Any]) -> list[str]:
    """The way of an adjustment."""
    return [one["step"] for one in told["steps"]]


async def test_a_reduction_goes_all_the_way_and_every_step_names_its_fact(here: County) -> None:
    await proposed(here, "REDUCTION")
    assert await here.money() == {**FREE, "frozen": "3700000.00", "available": "2300000.00"}
    told = await here.read("/adjustments/A1")
    assert (told["status"], told["missing"]) == ("PAIRED", ["PERFORMANCE", "BUDGET"])
    await signed(here, Role.FB_PERFORMANCE)
    told = await here.read("/adjustments/A1")
    assert (told["status"], told["missing"], told["held"]) == (
        "UNDER_REVIEW",
        ["BUDGET"],
        "3700000.00",
    )
    assert await here.promise() == ("7400000.00", 1, "100")
    await signed(here, Role.FB_BUDGET)
    assert await here.promise() == ("3700000.00", 2, "50.00")
    assert await here.money() == {
        "budget": "3700000.00",
        "quota": "2300000.00",
        "frozen": "0.00",
        "available": "2300000.00",
    }
    await _reported(here)
    told = await here.read("/adjustments/A1")
    assert (told["status"], told["held"], told["target_version"]) == ("CLOSED", "0.00", 2)
    assert steps(told) == [
        "PROPOSED",
        "FROZEN",
        "PAIRED",
        "SIGNED",
        "SIGNED",
        "APPROVED",
        "TARGET_VERSION_BUMPED",
        "EXECUTED",
        "REPORTED",
        "CLOSED",
    ]
    signers = [one["actor"].rpartition("|")[2] for one in told["steps"] if one["step"] == "SIGNED"]
    assert signers == ["fb_performance", "fb_budget"]
    await _explained(here, told)


async def _reported(here: County) -> None:
    """It is reported by one document, and closed then."""
    report = {
        "reported_to": "地区财政局",
        "document_no": "喀财预〔2021〕9号",
        "reported_on": "2021-03-01",
    }
    await here.refused(Role.FB_BUDGET, "/adjustments/A1/close", {}, "adjustment-not-reported")
    await here.done(Role.FB_BUDGET, "/adjustments/A1/report", report)
    await here.done(Role.FB_BUDGET, "/adjustments/A1/report", report)
    other = {**report, "document_no": "other"}
    await here.refused(Role.FB_BUDGET, "/adjustments/A1/report", other, "report-differs")
    await here.done(Role.FB_BUDGET, "/adjustments/A1/close")


async def _explained(here: County, told: dict[str, Any]) -> None:
    """Every step names the fact of the other service, and the rules name their source."""
    there = await here.read("/targets/P1-2021/adjustments/A1/explanation", of="targets")
    facts = {one["fact"]: one["event_id"] for one in there["inputs"]}
    sources = {one["pointer"]: one["source_tag"] for one in there["rules"]["values"]}
    assert there["authority_from"] == "RULE_SET"
    assert sources["/adjustments/approval/REDUCTION/0/bodies/0"] == "D"
    scaled = {one["indicator_id"]: (one["current"], one["proposed"]) for one in there["values"]}
    assert scaled == {"I1": ("100", "50.00")}
    follows = {one["step"]: one["follows_from"] for one in told["steps"]}
    assert follows["PAIRED"] == facts["TargetAdjustmentRequested"]
    assert follows["APPROVED"] == follows["EXECUTED"] == facts["TargetAdjusted"]
    why = await here.read("/adjustments/A1/explanation")
    computed = {one["name"]: one["value"] for one in why["computed"]}
    assert (computed["budget_before"], computed["budget"], computed["ratio"]) == (
        "7400000.00",
        "3700000.00",
        "0.5",
    )
    assert {one["fact"] for one in why["inputs"]} >= {"AdjustmentProposed", "AdjustmentExecuted"}
    [pool] = await here.read("/adjustments/pools", fiscal_year=2021)
    assert (pool["returned"], pool["granted"]) == ("3700000.00", "0.00")


async def test_a_refusal_lets_go_and_says_why(here: County) -> None:
    await proposed(here, "REDUCTION")
    await signed(here, Role.FB_PERFORMANCE)
    path = "/targets/P1-2021/adjustments/A1/refuse"
    await here.done(Role.FB_BUDGET, path, {"reason": "理由不充分"}, of="targets")
    told = await here.read("/adjustments/A1")
    assert (told["status"], told["refused_because"], told["held"]) == (
        "REFUSED",
        "理由不充分",
        "0.00",
    )
    assert steps(told)[-1] == "REFUSED"
    assert await here.money() == FREE
    assert await here.promise() == ("7400000.00", 1, "100")


async def test_an_increase_of_the_total_waits_for_the_congress_of_the_county(here: County) -> None:
    await proposed(here, "INCREASE", "740000.00", changes_total_budget=True)
    told = await here.read("/adjustments/A1")
    assert told["bodies"] == ["PERFORMANCE", "BUDGET", "GOVERNMENT", "PEOPLES_CONGRESS"]
    await signed(here, Role.FB_PERFORMANCE, Role.FB_BUDGET)
    assert await here.promise() == ("7400000.00", 1, "100")
    path = "/targets/P1-2021/adjustments/A1/record-approval"
    congress = {"body": "PEOPLES_CONGRESS", **DOCUMENT}
    unset = await here.refused(
        Role.FB_BUDGET, path, congress, "approval-authority-unset", of="targets"
    )
    assert "approval_authority" in unset["remedy"]
    ahead = {**congress, "body": "GOVERNMENT", "decided_on": "2021-03-02"}
    await here.refused(Role.FB_BUDGET, path, ahead, "approval-dated-ahead", of="targets")
    inside = {**congress, "body": "BUDGET"}
    await here.refused(Role.FB_BUDGET, path, inside, "approval-not-outside", of="targets")
    await here.done(Role.FB_BUDGET, path, {**congress, "body": "GOVERNMENT"}, of="targets")
    assert await here.promise() == ("7400000.00", 1, "100")
    assert (await here.read("/adjustments/A1"))["missing"] == ["PEOPLES_CONGRESS"]


async def test_a_transfer_changes_both_projects_or_neither(here: County) -> None:
    await proposed(here, "INTERNAL_TRANSFER", "740000.00", transfer_to="P2")
    other = await here.read("/adjustments/A1-in")
    assert (other["project_code"], other["change"], other["partner_adjustment_id"]) == (
        "P2",
        "740000.00",
        "A1",
    )
    both = (Role.FB_PERFORMANCE, Role.FB_BUDGET)
    await signed(here, *both)
    assert await here.promise() == ("7400000.00", 1, "100")
    await signed(here, *both, code="P2", key="A1-in")
    assert await here.promise("P1") == ("6660000.00", 2, "90.00")
    assert await here.promise("P2") == ("8140000.00", 2, "110.00")
    assert (await here.money("P1"))["quota"] == "5260000.00"
    assert (await here.money("P2"))["quota"] == "6740000.00"
    assert [(await here.read(f"/adjustments/{k}"))["status"] for k in ("A1", "A1-in")] == [
        "EXECUTED",
        "EXECUTED",
    ]


async def test_a_transfer_refused_where_it_is_received_gives_the_money_back(here: County) -> None:
    await proposed(here, "INTERNAL_TRANSFER", "740000.00", transfer_to="P2")
    await signed(here, Role.FB_PERFORMANCE, Role.FB_BUDGET)
    path = "/targets/P2-2021/adjustments/A1-in/refuse"
    await here.done(Role.FB_BUDGET, path, {"reason": "不需要"}, of="targets")
    for code, key in (("P1", "A1"), ("P2", "A1-in")):
        told = await here.read(f"/adjustments/{key}")
        assert (told["status"], told["refused_because"]) == ("REFUSED", "不需要")
        assert await here.money(code) == FREE
        assert await here.promise(code) == ("7400000.00", 1, "100")
    bus = await here.connect()
    said = [word.body for word in await bus.read("monitoring", 0, 1_000)]
    compensated = [one for one in said if b"AdjustmentCompensated" in one]
    assert len(compensated) == len(("A1", "A1-in"))


async def test_a_suspension_stops_the_work_and_its_end_lets_it_go_on(here: County) -> None:
    await here.done(Role.UNIT_BUSINESS, "/projects/P1/start", {}, of="targets")
    await proposed(here, "SUSPENSION", "0.00")
    assert (await here.money())["available"] == "0.00"
    await here.refused(
        Role.FB_BUDGET, "/adjustments/A1/end-suspension", {"reason": "x"}, "suspension-not-in-force"
    )
    await signed(here, Role.FB_BUDGET, Role.FB_LEADER)
    assert (await here.read("/projects/P1", of="targets"))["status"] == "SUSPENDED"
    await here.refused(
        Role.FB_BUSINESS, "/projects/P1/resume", {}, "suspended-with-its-money", of="targets"
    )
    await here.done(Role.FB_BUDGET, "/adjustments/A1/end-suspension", {"reason": "整改通过"})
    assert await here.money() == FREE
    assert (await here.read("/projects/P1", of="targets"))["status"] == "EXECUTING"
    assert "SUSPENSION_ENDED" in steps(await here.read("/adjustments/A1"))


async def test_a_project_with_nothing_left_is_suspended_and_what_comes_in_is_held(
    here: County,
) -> None:
    line = {"payment_id": "Z1", "amount": "6000000.00", "settled_on": "2021-03-01"}
    await here.done(Role.FB_TREASURY, "/ledgers/P1/2021/settle-payment", line)
    assert (await here.money())["available"] == "0.00"
    await proposed(here, "SUSPENSION", "0.00")
    await signed(here, Role.FB_BUDGET, Role.FB_LEADER)
    told = await here.read("/adjustments/A1")
    assert (told["status"], told["held"]) == ("EXECUTED", "0.00")
    back = {"payment_id": "Z1", "return_id": "R1", "amount": "50.00", "returned_on": "2021-03-01"}
    await here.done(Role.FB_TREASURY, "/ledgers/P1/2021/return-payment", back)
    money = await here.money()
    assert (money["frozen"], money["available"]) == ("50.00", "0.00")
    requests = await here.read("/treasury-requests")
    assert [(one["kind"], one["amount"]) for one in requests["items"]] == [("FREEZE", "50.00")]
    await here.done(Role.FB_BUDGET, "/adjustments/A1/end-suspension", {"reason": "整改通过"})
    await here.done(Role.FB_BUDGET, "/adjustments/A1/end-suspension", {"reason": "整改通过"})
    assert (await here.money())["available"] == "50.00"
    assert "SUSPENSION_ENDED" in steps(await here.read("/adjustments/A1"))


async def test_suspended_money_let_go_by_hand_ends_the_suspension(here: County) -> None:
    await proposed(here, "SUSPENSION", "0.00")
    await signed(here, Role.FB_BUDGET, Role.FB_LEADER)
    release = {"freeze_id": "A1"}
    await here.done(Role.FB_BUDGET, "/ledgers/P1/2021/release-quota", release)
    assert (await here.read("/adjustments/A1"))["suspension_ended_on"] == "2021-03-01"


async def test_a_recall_in_the_year_takes_what_is_not_spent(here: County) -> None:
    await proposed(here, "RECALL_IN_YEAR", "6000000.00")
    await signed(here, Role.FB_PERFORMANCE, Role.FB_BUDGET)
    assert (await here.money())["quota"] == "0.00"
    [pool] = await here.read("/adjustments/pools", fiscal_year=2021)
    assert pool["returned"] == "6000000.00"


async def test_what_cannot_be_is_refused_by_name_and_leaves_nothing(here: County) -> None:
    head = Role.UNIT_HEAD
    too_much = proposal("REDUCTION", "6000000.01")
    await here.refused(head, "/adjustments", too_much, "available-too-small")
    nowhere = proposal("INTERNAL_TRANSFER", "1.00", transfer_to="P9")
    await here.refused(head, "/adjustments", nowhere, "receiver-not-opened")
    itself = proposal("INTERNAL_TRANSFER", "1.00", transfer_to="P1")
    await here.refused(head, "/adjustments", itself, "receiver-is-giver")
    assert (await here.read("/adjustments", fiscal_year=2021))["items"] == []
    await proposed(here, "REDUCTION", "1.00")
    second = {**proposal("INCREASE", "1.00"), "adjustment_id": "A2"}
    told = await here.refused(head, "/adjustments", second, "another-adjustment-open")
    assert told["details"]["adjustment_id"] == "A1"
    other = {**proposal("REDUCTION", "1.00"), "project_code": "P2", "adjustment_id": "A3"}
    await here.it_is("2021-12-01T09:00:00+08:00")
    await here.refused(head, "/adjustments", other, "adjustment-after-last-day")
    await here.it_is("2022-02-01T09:00:00+08:00")
    await here.refused(head, "/adjustments", other, "adjustment-after-last-day")
