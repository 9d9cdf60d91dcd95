"""V2 end to end (`domain` §13): two rounds of one road, over HTTP, to the score of 79.50."""

import asyncio
from datetime import datetime
from io import BytesIO
from typing import Any

import httpx
from docx import Document

from services.monitoring.api.forms.monitoring_sheet import HEAD, INDICATORS, MONITORING_SHEET, TITLE
from shared.clock import REFRESH_SECONDS
from shared.contracts import targets
from shared.documents.reading import read_workbook
from shared.http.policy import Role
from shared.http.workbooks import NDJSON, XLSX
from tests.monitoring.stories import at, yuan
from tests.monitoring.test_reactions import REGION, UNIT, WHOSE, adopted, approved
from tests.monitoring.world import World, eventually, world

LEDGER = "/ledgers/P1/2021"
RECORD = "/records/P1/2021"
PROOF = "9f86d081884c7d65" * 4
TWICE = "ab12" * 16
road = approved.model_copy(update={"budget": yuan(3_000_000)})
other = road.model_copy(update={"project_code": "P2", "project_name": "桥梁"})
late = road.model_copy(update={"project_code": "P3", "starts_on": at(7, 1).date()})
matrix = targets.ResponsibilityAssigned(
    **WHOSE,
    steps=("TARGET", "MONITOR_M05", "MONITOR_M08"),
    business="古丽",
    finance="王芳",
    head="李强",
)

type People = dict[str, dict[str, str]]


def people(told: World) -> People:
    """Who acts in this story."""
    of = told.tokens.of
    county: dict[str, Any] = {"region": "653101"}
    unit: dict[str, Any] = {**county, "unit": "U1"}
    return {
        "business": of(Role.UNIT_BUSINESS, **unit, subject="business"),
        "finance": of(Role.UNIT_FINANCE, **unit, subject="finance"),
        "head": of(Role.UNIT_HEAD, **unit, subject="head"),
        "department": of(Role.DEPT_REVIEWER, **county, department="D1", subject="department"),
        "treasury": of(Role.FB_TREASURY, **county, subject="treasury"),
        "budget": of(Role.FB_BUDGET, **county, subject="budget"),
        "section": of(Role.FB_BUSINESS, **county, subject="section"),
        "clerk": of(Role.FB_PERFORMANCE, **county, subject="clerk"),
        "stranger": of(Role.UNIT_HEAD, **county, unit="U2", subject="stranger"),
    }


async def test_v2_from_the_money_to_the_signed_report_of_the_round(database: str) -> None:
    async with world(database, at(2, 1)) as told:
        by = people(told)
        await told.hear(REGION, UNIT, adopted, matrix, road, other, late)
        await ninety_of_three_hundred_are_paid(told, by)
        await comes(told, at(4, 30))
        await the_node_is_looked_at_a_month_before(told, by, "M05")
        await comes(told, at(5, 17, 2))
        await the_collection_opens_by_itself(told, by)
        await comes(told, at(6, 2))
        await may_is_blue_with_both_reasons(told, by)
        await comes(told, at(6, 10))
        await the_round_ends_with_its_report(told, by)
        await comes(told, at(7, 31))
        await the_node_is_looked_at_a_month_before(told, by, "M08")
        await comes(told, at(9, 2))
        await august_is_red_and_scores_79_50(told, by)
        await every_row_of_the_table_is_told(told, by)
        await the_form_leaves_and_enters_unchanged(told, by)
        await a_file_for_two_projects_is_conspicuous(told, by)
        await false_alarms_are_counted(told, by)


async def comes(told: World, moment: datetime) -> None:
    """A day comes, and both processes have noticed."""
    await told.later(moment)
    await asyncio.sleep(2 * REFRESH_SECONDS)

    async def noticed() -> bool:
        return told.clock.now() >= moment

    await eventually(noticed)


async def ninety_of_three_hundred_are_paid(told: World, by: People) -> None:
    quota = {"document_no": "Q1", "amount": "3000000.00", "issued_on": "2021-02-01"}
    line = {"payment_id": "Z1", "amount": "900000.00", "settled_on": "2021-04-15"}
    await told.post(f"{LEDGER}/issue-quota", quota, by["budget"])
    await told.post(f"{LEDGER}/settle-payment", line, by["treasury"])
    plan = {"plan": [{"month": 13, "amount": "1.00"}]}
    await told.post(f"{RECORD}/M05/forecast", plan, by["business"], status=422)


async def the_node_is_looked_at_a_month_before(told: World, by: People, node: str) -> None:
    async def foreseen() -> bool:
        listed = await told.get("/records", by["head"], fiscal_year=2021, node=node)
        due = [one for one in listed["items"] if one["project_code"] != "P3"]
        return all(one["forecast_level"] for one in due)

    await eventually(foreseen)


async def the_collection_opens_by_itself(told: World, by: People) -> None:
    async def opened() -> bool:
        return bool((await told.get("/records/P1-2021-M05", by["head"]))["status"] == "OPEN")

    await eventually(opened)
    form = await told.get("/records/P1-2021-M05/report", by["head"])
    assert form["execution"]["paid"] == "900000.00"


def reached(actual: str, *, proof: str = PROOF) -> dict[str, Any]:
    return {
        "indicator_id": "road",
        "actual": actual,
        "expected": "22公里",
        "evidence": [TWICE],
        "proofs": [{"sha256": proof, "kind": "施工日志", "name": "五月日志"}],
    }


async def handed_in(told: World, by: People, record: str, actual: str) -> None:
    body = {"values": [reached(actual)], "summary": "路基已成"}
    await told.post(f"{record}/submit", {}, by["head"], status=409)
    await told.post(f"{record}/enter", {**body, "person": "赵敏"}, by["business"], status=403)
    await told.post(f"{record}/enter", body, by["finance"], status=403)
    await told.post(f"{record}/enter", body, by["business"])
    await told.post(f"{record}/submit", {}, by["head"], status=409)
    sum_ = {"expected_year_end": "2850000.05"}
    await told.post(f"{record}/confirm-execution", sum_, by["finance"])
    await told.post(f"{record}/submit", {"summary": ""}, by["head"])
    await told.post(f"{record}/verify", {"opinion": "属实"}, by["department"])
    judged = {"judgements": {"effectiveness": {"in_order": False, "text": "支付滞后"}}}
    await told.post(f"{record}/review", {"opinion": "同意", **judged}, by["section"])


async def may_is_blue_with_both_reasons(told: World, by: People) -> None:
    await handed_in(told, by, f"{RECORD}/M05", "9.5")
    record = await told.get("/records/P1-2021-M05", by["head"])
    assert (record["status"], record["level"]) == ("SCORED", "BLUE")
    assert record["reasons"] == ["EXECUTION_BEHIND", "MISMATCH_MINOR"]
    form = await told.get("/records/P1-2021-M05/report", by["clerk"])
    assert (form["filled_for"], form["confirmed_for"], form["signed_by"]) == (
        "古丽",
        "王芳",
        "李强",
    )
    aspects = {one["aspect"]: one["in_order"] for one in form["judgements"]}
    assert aspects == {"TIMELINESS": True, "COMPLIANCE": True, "EFFECTIVENESS": False}
    # Nobody is named for P2: its head hands in the values with the signature.
    value = {"indicator_id": "road", "actual": "10", "evidence": [TWICE]}
    await told.post("/records/P2/2021/M05/submit", {"values": [value]}, by["head"])
    excused = {"values": [value]}
    await told.post("/records/P3/2021/M05/submit", excused, by["head"], status=409)


async def the_round_ends_with_its_report(told: World, by: People) -> None:
    round_ = "/rounds/653101/2021/M05"
    refused = await told.post(f"{round_}/close", {}, by["clerk"], status=409)
    assert "P2" in refused.text
    assert "P1" not in refused.text
    again = {"reason": "佐证不清", "codes": ["EVIDENCE_DOUBTFUL"]}
    await told.post("/records/P2/2021/M05/return", again, by["section"])
    went = await told.get("/records/P2-2021-M05/report", by["head"])
    assert [one["codes"] for one in went["returned"]] == [["EVIDENCE_DOUBTFUL"]]
    value = {"indicator_id": "road", "actual": "10", "evidence": [TWICE]}
    await told.post("/records/P2/2021/M05/enter", {"values": [value]}, by["business"])
    await told.post("/records/P2/2021/M05/confirm-execution", {}, by["finance"])
    await told.post("/records/P2/2021/M05/submit", {}, by["head"])
    await told.post("/records/P2/2021/M05/review", {}, by["section"])
    await told.post(f"{round_}/close", {"reviewed": 3, "missed": 0}, by["clerk"], status=422)
    signed = {"reviewed": 2, "missed": 0, "signatory": "李局长"}
    await told.post(f"{round_}/close", signed, by["clerk"])
    kept = await told.get("/rounds/653101-2021-M05/report", by["clerk"])
    assert (kept["signatory"], len(kept["report_sha256"])) == ("李局长", 64)
    figures = kept["report"]["figures"]
    assert (figures["projects"], figures["reviewed"]) == (2, 2)
    assert figures["execution_rate"] == "0.1500"
    exempt = [{"project_code": "P3", "reason": "BEGAN_AFTER_CUT_OFF", "note": ""}]
    assert kept["report"]["exempted"] == exempt
    (listed,) = await told.get("/rounds/653101-2021-M05/exemptions", by["head"])
    assert (listed["project_code"], listed["since_on"]) == ("P3", "2021-07-01")
    assert await told.get("/rounds/653101-2021-M05/exemptions", by["stranger"]) == []
    await told.post(f"{round_}/archive", None, by["clerk"])
    plan = await told.get("/rounds/653101-2021-M05", by["clerk"])
    assert plan["stage"] == "ARCHIVED"


async def august_is_red_and_scores_79_50(told: World, by: People) -> None:
    await handed_in(told, by, f"{RECORD}/M08", "14.4")
    record = await told.get("/records/P1-2021-M08", by["head"])
    assert (record["status"], record["level"], record["score"]) == ("SCORED", "RED", "79.50")
    assert record["reasons"] == ["EXECUTION_SLOW", "MISMATCH", "IDLE"]
    assert (record["first_reason"], record["forecast_method"]) == ("EXECUTION_SLOW", "LINEAR")
    await told.settled()
    red = {"source": "NODE", "level": "RED", "project_code": "P1"}
    warned = await told.get("/warnings", by["head"], **red)
    assert [one["node"] for one in warned["items"]] == ["M08"]


async def every_row_of_the_table_is_told(told: World, by: People) -> None:
    forecast, score = await told.get(f"{RECORD}/M08/decision-table", by["head"])
    assert (forecast["step"], score["step"]) == ("PRE_ANALYSIS", "SCORE")
    assert [row["number"] for row in score["rows"]] == list(range(1, 12))
    hit = {row["reason"]: (row["value"], row["limit"]) for row in score["rows"] if row["hit"]}
    assert hit == {
        "EXECUTION_SLOW": ("0.4500", "0.60"),
        "MISMATCH": ("0.4500", "0.30"),
        "IDLE": ("138", "60"),
    }
    assert (score["first"], score["level"]) == ("EXECUTION_SLOW", "RED")
    assert (score["rule_set_version"], score["legal_basis"]) == (1, "财预〔2019〕136号")
    facts = {one["fact"] for one in score["inputs"]}
    assert {"WatchOpened", "PaymentSettled", "MonitoringScored"} <= facts
    answer = await told.client.get(f"/v1{RECORD}/M08/decision-table", headers=by["stranger"])
    assert answer.status_code == httpx.codes.NOT_FOUND


async def fetched(told: World, path: str, by: dict[str, str], **query: str) -> bytes:
    answer = await told.client.get(f"/v1{path}", params=query, headers=by)
    assert answer.is_success, answer.text
    return answer.content


async def imported(told: World, by: dict[str, str], content: bytes, kind: str) -> Any:  # noqa: ANN401
    answer = await told.client.post(
        "/v1/imports",
        params={"operation": "enter_monitoring", "accept": "true"},
        content=content,
        headers={**by, "content-type": kind},
    )
    assert answer.is_success, answer.text
    return answer.json()


async def the_form_leaves_and_enters_unchanged(told: World, by: People) -> None:
    listed = {"fiscal_year": "2021", "node": "M05"}
    book = await fetched(told, "/monitoring-forms/export", by["business"], **listed)
    lines = await fetched(told, "/monitoring-forms/export", by["business"], **listed, form="ndjson")
    first, *_ = read_workbook(book, MONITORING_SHEET)
    assert not first.wrong
    shown = first.fields["shown"]
    assert (shown["budget"], shown["paid"]) == ("3000000.00", "900000.00")
    assert shown["expected_year_end"] == "2850000.05"  # in 万元 it has six decimals
    assert (shown["execution_rate"], shown["level"]) == ("30.00%", "蓝")
    await told.settled()
    before = await told.store.head()
    for content, kind in ((book, XLSX), (lines, NDJSON)):
        report = await imported(told, by["business"], content, kind)
        # P1 and P2 are done and stand as they are; P3 is excused and has no form.
        assert (report["rows"], report["good"]) == (2, 2), report
    await told.settled()
    assert (await told.store.head()).number == before.number
    [titles] = [[c.title for c in (*HEAD, *INDICATORS)]]
    for heading in ("年初预算数", "全年预计执行数", "经费保障", "完成目标可能性", "佐证材料"):
        assert heading in titles
    paper = await fetched(told, "/records/P1-2021-M08/form", by["head"], form="docx")
    document = Document(BytesIO(paper))
    assert document.paragraphs[0].text == TITLE
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in ("285.000005", "90.00", "30.00%", "79.50", "红", "22公里", "李强", "8月底"):
        assert text in cells, text


async def a_file_for_two_projects_is_conspicuous(told: World, by: People) -> None:
    async def seen() -> bool:
        files = await told.get("/records/P1-2021-M05/evidence", by["head"])
        return any(one["also_in"] for one in files)

    await eventually(seen)
    files = await told.get("/records/P1-2021-M05/evidence", by["head"])
    where = {one["sha256"]: one["also_in"] for one in files}
    assert where == {PROOF: [], TWICE: ["P2-2021-M05"]}
    twice = await told.get("/evidence/used-twice", by["clerk"], fiscal_year=2021)
    assert {one["sha256"] for one in twice["items"]} == {TWICE}
    assert (await told.get("/evidence/used-twice", by["stranger"], fiscal_year=2021))["items"] == []


async def false_alarms_are_counted(told: World, by: People) -> None:
    unfit = {"reason": "季节性施工", "reason_code": "RULE_UNFIT"}
    await told.post("/warnings/P1-2021-M08-PRE_ANALYSIS/dismiss", unfit, by["clerk"])
    wrong = {"reason": "x", "reason_code": "BORED"}
    await told.post("/warnings/P1-2021-M08-NODE/dismiss", wrong, by["clerk"], status=422)

    async def counted() -> bool:
        found = await told.get("/statistics/2021/alarms", by["clerk"])
        return any(one["false_alarms"] for one in found["warnings"])

    await eventually(counted)
    alarms = await told.get("/statistics/2021/alarms", by["clerk"])
    of = {(one["source"], one["reason"]): one for one in alarms["warnings"]}
    slow = of["PRE_ANALYSIS", "EXECUTION_SLOW"]
    # At M08 both P1 and P3 were warned of ahead, at M05 P2 was.
    assert (slow["cancelled"], slow["false_alarms"], slow["upgraded"]) == (1, 1, 0)
    ahead = {one["node"]: one for one in alarms["pre_analysis"] if one["reason"] is None}
    assert ahead["M08"]["hits"] >= 1
    assert ahead["M08"]["precision"] == "1.0000"
    assert ahead["M05"]["misses"] == 1  # P1 looked normal in April and was blue in May
