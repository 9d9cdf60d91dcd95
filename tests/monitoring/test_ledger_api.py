"""The ledger through the interface, on the real database: files, statements, contracts, breaks."""

import asyncio
from datetime import datetime
from io import BytesIO
from typing import Any

import httpx
from python_calamine import CalamineWorkbook

from shared.clock import REFRESH_SECONDS
from shared.http.policy import Role
from tests.monitoring.stories import at
from tests.monitoring.test_reactions import REGION, UNIT, adopted, approved
from tests.monitoring.test_year_of_a_project import people
from tests.monitoring.world import World, eventually, world

LEDGER = "/ledgers/P1/2021"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
type People = dict[str, dict[str, str]]


def line(number: int, amount: str, day: str, **more: str) -> dict[str, str]:
    told = {"source_id": f"GK/1/{number}", "kind": "PAYMENT", "payment_id": f"Z{number}"}
    return {**told, "amount": amount, "booked_on": day, **more}


async def later(told: World, moment: datetime) -> None:
    """Business time passes, for everybody who was just reading the clock, too."""
    await told.later(moment)
    await asyncio.sleep(3 * REFRESH_SECONDS)


async def test_a_ledger_through_the_interface(database: str) -> None:
    async with world(database, at(2, 1)) as told:
        by = people(told)
        county: dict[str, Any] = {"region": "653101"}
        by["finance"] = told.tokens.of(Role.UNIT_FINANCE, **county, unit="U1", subject="finance")
        await told.hear(REGION, UNIT, adopted, approved)
        await quota_comes_with_its_papers(told, by)
        await a_file_is_booked_line_by_line(told, by)
        await a_contract_is_verified_by_somebody_else(told, by)
        await a_statement_adds_up_page_by_page(told, by)
        await a_freeze_ends_by_itself(told, by)
        await breaks_have_an_owner_and_an_age(told, by)
        await what_comes_back_late_becomes_income(told, by)
        await what_was_known_then_is_answered_as_of_then(told, by)


async def quota_comes_with_its_papers(told: World, by: People) -> None:
    paper = {
        "document_no": "Q1",
        "amount": "500.00",
        "issued_on": "2021-02-01",
        "bgt_id": "B7",
        "sup_bgt_doc_no": "新财教77号",
        "fund_type_code": "111",
    }
    await told.post(f"{LEDGER}/issue-quota", paper, by["budget"])
    cut = {"document_no": "T1", "amended_on": "2021-02-02", "reason": "压减"}
    await told.post(f"{LEDGER}/amend-quota", {**cut, "change": "-20.00"}, by["budget"])
    back = {"document_no": "S1", "recalled_on": "2021-02-03", "reason": "结余"}
    await told.post(f"{LEDGER}/recall-quota", {**back, "amount": "30.00"}, by["budget"])
    await told.post(f"{LEDGER}/recall-quota", {**back, "amount": "1.00"}, by["head"], 403)
    foreign = {**cut, "document_no": "T2", "change": "1.00", "fund_type_code": "999"}
    refused = await told.post(f"{LEDGER}/amend-quota", foreign, by["budget"], 409)
    problem = refused.json()
    assert problem["type"].endswith("funds-of-another-purpose")
    assert "999" in problem["detail"]
    assert (await told.get(LEDGER, by["head"]))["fund_type_code"] == "111"
    found = await told.get(f"{LEDGER}/quota-documents", by["head"])
    assert [(one["document_no"], one["kind"], one["change"]) for one in found["items"]] == [
        ("Q1", "ISSUED", "500.00"),
        ("S1", "RECALLED", "-30.00"),
        ("T1", "AMENDED", "-20.00"),
    ]
    assert found["items"][0]["sup_bgt_doc_no"] == "新财教77号"


async def a_file_is_booked_line_by_line(told: World, by: People) -> None:
    lines = [
        line(1, "60.00", "2021-02-10", purpose="首期"),
        line(2, "40.00", "2021-02-10", contract_no="H1"),
        line(3, "10.00", "2021-02-09", kind="RETURN", payment_id="Z1", return_id="R1"),
        line(4, "900.00", "2021-02-11"),
        line(5, "-1.00", "2021-02-11"),
    ]
    file = {"lines": lines}
    booked = await told.post(f"{LEDGER}/book-lines", file, by["treasury"])
    again = await told.client.post(
        f"/v1{LEDGER}/book-lines",
        headers={**by["treasury"], "idempotency-key": "another-attempt-of-the-same-file"},
        json=file,
    )
    assert again.headers["etag"] == booked.headers["etag"]
    ledger = await told.get(LEDGER, by["prefecture"])
    assert (ledger["quota"], ledger["spent"], ledger["available"]) == ("450.00", "90.00", "360.00")
    assert ledger["payments"] == 2
    paid = await told.get(f"{LEDGER}/payments", by["head"])
    assert [one["source_id"] for one in paid["items"]] == ["GK/1/1", "GK/1/2"]
    back = await told.get(f"{LEDGER}/returns", by["head"])
    assert [one["return_id"] for one in back["items"]] == ["R1"]
    unknown = {"lines": [{**lines[0], "kind": "GIFT"}]}
    problem = (await told.post(f"{LEDGER}/book-lines", unknown, by["treasury"], 422)).json()
    assert problem["errors"][0]["pointer"] == "/lines/0/kind"


async def a_contract_is_verified_by_somebody_else(told: World, by: People) -> None:
    contract = {
        "contract_no": "H1",
        "amount": "300.00",
        "supplier": "宏远建筑",
        "evidence": [HASH],
        "signed_on": "2021-02-05",
    }
    await told.post(f"{LEDGER}/register-commitment", contract, by["finance"])
    assert (await told.get(LEDGER, by["head"]))["committed"] == "0.00"
    named = {"contract_no": "H1"}
    await told.post(f"{LEDGER}/verify-commitment", named, by["finance"], 403)
    await told.post(f"{LEDGER}/verify-commitment", named, by["clerk"])
    unproven = {**contract, "contract_no": "H2", "evidence": ["no hash"]}
    await told.post(f"{LEDGER}/register-commitment", unproven, by["finance"], 422)
    ledger = await told.get(LEDGER, by["head"])
    assert (ledger["committed"], ledger["recoverable"]) == ("260.00", "100.00")
    (found,) = (await told.get(f"{LEDGER}/commitments", by["head"]))["items"]
    assert (found["status"], found["paid"], found["owed"]) == ("VERIFIED", "40.00", "260.00")
    foreign = await told.client.get(f"/v1{LEDGER}/commitments", headers=by["stranger"])
    assert foreign.status_code == httpx.codes.NOT_FOUND


async def a_statement_adds_up_page_by_page(told: World, by: People) -> None:
    whole = await told.get(f"{LEDGER}/statement", by["head"], on="2021-02-11")
    assert [(one["kind"], one["document"], one["available"]) for one in whole["items"]] == [
        ("ISSUED", "Q1", "500.00"),
        ("AMENDED", "T1", "480.00"),
        ("RECALLED", "S1", "450.00"),
        ("RETURNED", "R1", "460.00"),
        ("PAID", "Z1", "400.00"),
        ("PAID", "Z2", "360.00"),
    ]
    assert whole["opening"]["available"] == "0.00"
    assert (whole["closing"]["available"], whole["closing"]["committed"]) == ("360.00", "260.00")
    pages, cursor = [], None
    while True:
        more = {"on": "2021-02-11"} | ({} if cursor is None else {"cursor": cursor})
        part = await told.get(f"{LEDGER}/statement", by["head"], limit=2, **more)
        pages += part["items"]
        cursor = part["next"]
        if cursor is None:
            break
    assert pages == whole["items"]
    part = await told.get(f"{LEDGER}/statement", by["head"], on="2021-02-09", from_on="2021-02-03")
    assert (part["opening"]["available"], part["closing"]["available"]) == ("480.00", "460.00")
    assert [one["document"] for one in part["items"]] == ["S1", "R1"]
    assert (await told.get(f"{LEDGER}/statement", by["head"]))["on"] == "2021-02-01"
    early = await told.get(f"{LEDGER}/statement", by["head"], on="2021-01-31")
    assert (early["items"], early["closing"]["quota"]) == ([], "0.00")
    await the_statement_is_a_workbook_too(told, by)
    backwards = {"on": "2021-02-01", "from_on": "2021-02-02"}
    answer = await told.client.get(f"/v1{LEDGER}/statement", headers=by["head"], params=backwards)
    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY


async def the_statement_is_a_workbook_too(told: World, by: People) -> None:
    answer = await told.client.get(
        f"/v1{LEDGER}/statement/form", headers=by["head"], params={"on": "2021-02-11"}
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    assert "P1-2021-2021-02-11.xlsx" in answer.headers["content-disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    head, opening, *bookings, closing = book.get_sheet_by_index(0).to_python()
    assert (head[0], head[-1]) == ("记账日期", "可用余额")
    assert (opening[1], opening[-1], closing[1], closing[-1]) == ("期初", "0.00", "期末", "360.00")
    assert [(row[2], row[-1]) for row in bookings][-1] == ("Z2", "360.00")
    assert len(bookings) == 6


async def a_freeze_ends_by_itself(told: World, by: People) -> None:
    freeze = {"freeze_id": "F1", "amount": "100.00", "reason": "核查", "until_on": "2021-02-20"}
    await told.post(f"{LEDGER}/freeze-quota", freeze, by["budget"])
    assert (await told.get(LEDGER, by["head"]))["available"] == "260.00"
    await later(told, at(2, 20, 15))
    assert (await told.get(LEDGER, by["head"]))["available"] == "260.00"
    await later(told, at(2, 20, 17))

    async def let_go() -> bool:
        (found,) = (await told.get(f"{LEDGER}/freezes", by["head"]))["items"]
        return bool(found["expired"]) and found["ended_on"] == "2021-02-21"

    await eventually(let_go)
    assert (await told.get(LEDGER, by["head"]))["available"] == "360.00"


async def breaks_have_an_owner_and_an_age(told: World, by: People) -> None:
    (found,) = (await told.get("/breaks", by["prefecture"]))["items"]
    assert (found["owner"], found["opened_on"]) == ("FB_BUDGET", "2021-02-01")
    assert found["age_days"] == 20
    key = found["break_id"]
    other = {"break_id": key, "owner": "iss|somebody"}
    await told.post(f"{LEDGER}/assign-break", other, by["treasury"])
    mine = await told.get("/breaks", by["prefecture"], owner="iss|somebody", older_than=19)
    assert [one["break_id"] for one in mine["items"]] == [key]
    for nothing in ({"owner": "FB_BUDGET"}, {"older_than": 20}, {"kind": "REJECTED"}):
        assert not (await told.get("/breaks", by["prefecture"], **nothing))["items"]
    why = await told.get(f"{LEDGER}/breaks/{key}/explanation", by["head"])
    assert (why["available"], why["known"], why["source_id"]) == ("360.00", None, "GK/1/4")
    assert why["may_end_as"] == ["BOOKED", "REJECTED"]
    assert "第十三条" in why["legal_basis"]
    end = {"break_id": key, "resolution": "REJECTED", "note": "退回"}
    await told.post(f"{LEDGER}/resolve-break", end, by["treasury"])
    assert not (await told.get("/breaks", by["prefecture"]))["items"]
    (ended,) = (await told.get("/breaks", by["prefecture"], resolved=True))["items"]
    assert (ended["resolution"], ended["resolved_by"].endswith("treasury")) == ("REJECTED", True)


async def what_comes_back_late_becomes_income(told: World, by: People) -> None:
    before = await told.get(LEDGER, by["head"])
    late = line(9, "5.00", "2022-01-10", kind="RETURN", payment_id="Z1", return_id="GK/9")
    await told.post(f"{LEDGER}/book-lines", {"lines": [late]}, by["treasury"])
    (found,) = (await told.get("/late-returns", by["prefecture"], fiscal_year=2021))["items"]
    assert (found["return_id"], found["resolution"], found["slip_no"]) == ("GK/9", None, "")
    key = found["break_id"]
    why = await told.get(f"{LEDGER}/breaks/{key}/explanation", by["head"])
    assert why["break_id"] == key
    carry = {"break_id": key, "resolution": "CARRIED_TO_INCOME", "note": "转收入"}
    refused = await told.post(f"{LEDGER}/resolve-break", carry, by["treasury"], 422)
    assert refused.json()["errors"][0]["pointer"] == "/slip_no"
    await told.post(f"{LEDGER}/resolve-break", {**carry, "slip_no": "JK-7"}, by["treasury"])
    (carried,) = (await told.get("/late-returns", by["prefecture"], fiscal_year=2021))["items"]
    assert (carried["slip_no"], carried["carried_on"]) == ("JK-7", "2021-02-21")
    after = await told.get(LEDGER, by["head"])
    assert {**after, "version": 0} == {**before, "version": 0}


async def what_was_known_then_is_answered_as_of_then(told: World, by: People) -> None:
    late = {"payment_id": "Z7", "amount": "7.00", "settled_on": "2021-02-04"}
    await later(told, at(3, 1))
    await told.post(f"{LEDGER}/settle-payment", late, by["treasury"])
    now = await told.get(f"{LEDGER}/statement", by["head"], on="2021-02-05")
    then = await told.get(f"{LEDGER}/statement", by["head"], on="2021-02-05", as_of="2021-02-21")
    assert [one["document"] for one in now["items"]] == ["Q1", "F1", "T1", "S1", "Z7"]
    assert [one["document"] for one in then["items"]] == ["Q1", "F1", "T1", "S1"]
    assert (now["closing"]["spent"], then["closing"]["spent"]) == ("7.00", "0.00")
