"""One project through its year, on the real database: money, two nodes, a warning, a recovery."""

from typing import Any

from shared.http.policy import Role
from tests.monitoring.stories import at, yuan
from tests.monitoring.test_reactions import (
    REGION,
    UNIT,
    adjusted,
    adopted,
    approved,
    recovery,
    refused,
)
from tests.monitoring.world import World, eventually, world

LEDGER = "/ledgers/P1/2021"
RECORD = "/records/P1/2021"


def people(told: World) -> dict[str, dict[str, str]]:
    """Who acts in this story."""
    of = told.tokens.of
    county: dict[str, Any] = {"region": "653101"}
    return {
        "head": of(Role.UNIT_HEAD, **county, unit="U1", subject="head"),
        "treasury": of(Role.FB_TREASURY, **county, subject="treasury"),
        "budget": of(Role.FB_BUDGET, **county, subject="budget"),
        "clerk": of(Role.FB_PERFORMANCE, **county, subject="clerk"),
        "business": of(Role.FB_BUSINESS, **county, subject="business"),
        "leader": of(Role.FB_LEADER, **county, subject="leader"),
        "stranger": of(Role.UNIT_HEAD, **county, unit="U2", subject="stranger"),
        "prefecture": of(Role.FB_PERFORMANCE, region="653100", subject="prefecture"),
    }


async def test_a_project_through_its_year(database: str) -> None:
    async with world(database, at(2, 1)) as told:
        by = people(told)
        await told.hear(REGION, UNIT, adopted, approved)
        await the_money_comes_and_goes(told, by)
        await the_may_node_is_seen_a_month_before(told, by)
        await the_report_is_scored_and_the_unit_is_warned(told, by)
        await the_warning_is_answered(told, by)
        await money_and_target_change_together(told, by)
        await what_lies_idle_is_taken_back(told, by)
        await everything_adds_up(told, by)


async def the_money_comes_and_goes(told: World, by: dict[str, dict[str, str]]) -> None:
    quota = {"document_no": "Q1", "amount": "500.00", "issued_on": "2021-02-01"}
    await told.post(f"{LEDGER}/issue-quota", quota, by["budget"])
    line = {"payment_id": "Z1", "amount": "60.00", "settled_on": "2021-02-10"}
    await told.post(f"{LEDGER}/settle-payment", line, by["treasury"])
    await told.post(f"{LEDGER}/settle-payment", {**line, "purpose": "again"}, by["treasury"])
    await told.post(f"{LEDGER}/settle-payment", line, by["head"], status=403)
    too_much = {"payment_id": "Z2", "amount": "441.00", "settled_on": "2021-02-11"}
    await told.post(f"{LEDGER}/settle-payment", too_much, by["treasury"])
    ledger = await told.get(LEDGER, by["prefecture"])
    assert (ledger["quota"], ledger["spent"], ledger["available"]) == ("500.00", "60.00", "440.00")
    (broken,) = (await told.get("/breaks", by["treasury"]))["items"]
    assert (broken["kind"], broken["amount"]) == ("BEYOND_AVAILABLE", "441.00")
    (payment,) = (await told.get(f"{LEDGER}/payments", by["head"]))["items"]
    assert payment["payment_id"] == "Z1"
    answer = await told.client.get(f"/v1{LEDGER}", headers=by["stranger"])
    assert answer.status_code == 404


async def the_may_node_is_seen_a_month_before(told: World, by: dict[str, dict[str, str]]) -> None:
    plan = await told.get("/rounds/plans/2021", by["prefecture"])
    assert [(n["node"], n["cut_off"], n["pre_analysis"]) for n in plan["nodes"]] == [
        ("M05", "2021-05-31", "2021-04-30"),
        ("M08", "2021-08-31", "2021-07-31"),
    ]
    await told.later(at(4, 30))

    async def warned() -> bool:
        found = await told.get("/warnings", by["head"], source="PRE_ANALYSIS")
        return bool(found["items"])

    await eventually(warned)
    (warning,) = (await told.get("/warnings", by["head"]))["items"]
    assert warning["level"] == "RED"
    assert warning["reasons"] == ["EXECUTION_SLOW", "IDLE"]
    why = await told.get(f"/warnings/{warning['warning_id']}/explanation", by["head"])
    rating = why["computed"][0]["explanation"]["rating"]
    # 60 of 1000 yuan in 120 days become 75.50 in the 151 days to the cut-off.
    assert rating["execution_rate"] == "0.0755"
    plan = await told.get("/rounds/plans/2021", by["clerk"])
    assert plan["nodes"][0]["stage"] == "PRE_ANALYSIS"


async def the_report_is_scored_and_the_unit_is_warned(
    told: World, by: dict[str, dict[str, str]]
) -> None:
    line = {"payment_id": "Z3", "amount": "240.00", "settled_on": "2021-05-20"}
    await told.post(f"{LEDGER}/settle-payment", line, by["treasury"])
    await told.later(at(6, 1))
    value = {"indicator_id": "road", "actual": "9.5", "evidence": ["ab12"]}
    body = {"values": [value]}
    await told.post(f"{RECORD}/M05/submit", {"values": []}, by["head"], status=422)
    await told.post(f"{RECORD}/M05/submit", body, by["head"])
    await told.post(f"{RECORD}/M05/review", {}, by["clerk"])
    record = await told.get("/records/P1-2021-M05", by["head"])
    assert (record["status"], record["level"], record["score"]) == ("SCORED", "BLUE", "89.60")
    assert record["reasons"] == ["EXECUTION_BEHIND", "MISMATCH_MINOR"]
    (forecast, score) = await told.get(f"{RECORD}/M05/explanation", by["head"])
    assert forecast["step"] == "PRE_ANALYSIS"
    assert score["explanation"]["score"]["total"] == "89.60"
    assert score["legal_basis"] == "财预〔2019〕136号"
    why = f"{RECORD}/M05/explanation"
    assert await told.get(why, by["head"], as_of="2021-05-31") == [forecast]
    assert await told.get(why, by["head"], as_of="2021-04-01") == []
    await told.settled()


async def the_warning_is_answered(told: World, by: dict[str, dict[str, str]]) -> None:
    one = "/warnings/P1-2021-M05-NODE"
    draft = {"demands": "加快支付", "evidence_wanted": "支付凭证", "contact": "张三"}
    await told.post(f"{one}/draft-letter", draft, by["clerk"])
    await told.post(f"{one}/issue-letter", None, by["clerk"], status=403)
    await told.post(f"{one}/issue-letter", None, by["leader"])
    await told.post(f"{one}/acknowledge", {"received_by": "李四"}, by["head"])
    reasons = ("EXECUTION_BEHIND", "MISMATCH_MINOR")
    steps = [
        {
            "reason": reason,
            "cause": "慢",
            "measure": "快",
            "owner": "王五",
            "finance_owner": "马六",
            "due_on": "2021-06-20",
        }
        for reason in reasons
    ]
    await told.post(f"{one}/submit-plan", {"steps": steps}, by["head"])
    proof = {"result": "已支付", "evidence": ["cd34"]}
    await told.post(f"{one}/submit-evidence", proof, by["head"])
    await told.post(f"{one}/verify", {"finding": "属实"}, by["business"])
    await told.post(f"{one}/verify", {"finding": "属实"}, by["clerk"])
    end = {
        "answers": dict.fromkeys(reasons, "已整改"),
        "fund_effect": "none",
        "target_effect": "none",
    }
    await told.post(f"{one}/close", end, by["clerk"])
    warning = await told.get(one, by["head"])
    assert (warning["status"], warning["outcome"]) == ("CLOSED", "VERIFIED")
    letter = await told.get(f"/letters/{warning['letter_no']}", by["head"])
    assert letter["letter_no"] == "疏附县财绩预〔2021〕1号"
    assert letter["content"]["to"] == "交通局"
    red = "/warnings/P1-2021-M05-PRE_ANALYSIS"
    await told.post(f"{red}/draft-letter", draft, by["clerk"])
    await told.post(f"{red}/issue-letter", None, by["leader"])
    assert (await told.get(red, by["head"]))["letter_no"].endswith("2号")
    await told.later(at(6, 30))

    async def escalated() -> bool:
        return bool((await told.get(red, by["head"]))["status"] == "ESCALATED")

    await eventually(escalated)
    await told.settled()


async def money_and_target_change_together(told: World, by: dict[str, dict[str, str]]) -> None:
    body = {
        "adjustment_id": "A0",
        "project_code": "P1",
        "fiscal_year": 2021,
        "kind": "REDUCTION",
        "amount": "200.00",
        "reason": "执行缓慢",
    }
    await told.post("/adjustments", body, by["head"])
    await told.post("/adjustments", {**body, "adjustment_id": "A9", "reason": "x"}, by["head"], 409)
    ledger = await told.get(LEDGER, by["head"])
    assert (ledger["frozen"], ledger["available"]) == ("200.00", "0.00")
    await told.hear(refused.model_copy(update={"adjustment_id": "A0"}))
    ledger = await told.get(LEDGER, by["head"])
    assert (ledger["frozen"], ledger["available"]) == ("0.00", "200.00")
    await told.post("/adjustments", {**body, "adjustment_id": "A1", "amount": "100.00"}, by["head"])
    await told.hear(adjusted.model_copy(update={"budget": yuan(900)}))
    ledger = await told.get(LEDGER, by["head"])
    assert (ledger["budget"], ledger["quota"]) == ("900.00", "400.00")
    assert (ledger["frozen"], ledger["available"]) == ("0.00", "100.00")
    listed = (await told.get("/adjustments", by["head"], fiscal_year=2021))["items"]
    assert [one["status"] for one in listed] == ["REFUSED", "EXECUTED"]


async def what_lies_idle_is_taken_back(told: World, by: dict[str, dict[str, str]]) -> None:
    await told.hear(recovery("QUOTA_WITHDRAWAL"))
    await told.settled()
    ledger = await told.get(LEDGER, by["head"])
    assert ledger["withdrawn"] == "0.00"
    less = recovery("QUOTA_WITHDRAWAL").model_copy(update={"recovery_id": "C2", "amount": yuan(70)})
    await told.hear(less)
    ledger = await told.get(LEDGER, by["head"])
    assert (ledger["withdrawn"], ledger["available"], ledger["quota"]) == (
        "70.00",
        "30.00",
        "330.00",
    )


async def everything_adds_up(told: World, by: dict[str, dict[str, str]]) -> None:
    await told.later(at(9, 10))
    await told.settled()

    async def missed() -> bool:
        found = await told.get("/records", by["head"], fiscal_year=2021, status="MISSED")
        return bool(found["items"])

    await eventually(missed)

    async def counted() -> bool:
        found = await told.get("/statistics/2021", by["prefecture"])
        return bool(found["counts"]["missed"] == 1 and found["counts"]["warnings_raised"] >= 3)

    await eventually(counted)
    statistics = await told.get("/statistics/2021", by["prefecture"], region="653100")
    assert statistics["spent"] == "300.00"
    assert statistics["withdrawn"] == "70.00"
    counts = statistics["counts"]
    assert (counts["letters_issued"], counts["warnings_closed"]) == (2, 1)
    assert counts["rectifications_overdue"] == 1
    levels = await told.get("/warning-levels", by["head"])
    assert [level["code"] for level in levels] == ["BLUE", "RED"]
    said = await told.store.read_words(0, 1_000)
    kinds = [word.event_type.split(".")[1] for word in said]
    for kind in ("PaymentSettled", "WithdrawalRefused", "QuotaWithdrawn", "LetterIssued"):
        assert kind in kinds
    assert kinds.index("PreAnalysisRun") < kinds.index("MonitoringScored")
