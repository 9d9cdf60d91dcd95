"""Direct funds through their year over HTTP: from the superior's document to the household."""

from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from services.monitoring.api.forms.key_fund_sheets import (
    DIRECT_FUND_SHEET,
    LINKAGE_SHEET,
    as_written,
)
from shared.documents.sheet import Sheet
from shared.http.policy import Role
from shared.http.workbooks import XLSX
from tests.monitoring.key_fund_people import (
    COUNTY,
    PREFECTURE,
    a_county_with_money,
    beneficiary,
    by,
    ndjson,
    sent,
)
from tests.monitoring.stories import at
from tests.monitoring.world import World, eventually, world

RECEIVED: dict[str, Any] = {
    "region_code": PREFECTURE,
    "fiscal_year": 2021,
    "fund_name": "农业生产发展资金",
    "superior_document_no": "新财农〔2021〕18号",
    "direct_fund_flag": "01",
    "kind": "GENERAL",
    "amount": "1000.00",
    "received_on": "2021-03-10",
}
TO_COUNTY: dict[str, Any] = {
    "document_no": "喀财农〔2021〕6号",
    "recipient_kind": "COUNTY",
    "recipient": COUNTY,
    "amount": "400.00",
    "allocated_on": "2021-03-20",
}
TO_UNIT: dict[str, Any] = {
    "document_no": "市财农〔2021〕2号",
    "recipient_kind": "UNIT",
    "recipient": "U1",
    "project_code": "P1",
    "amount": "300.00",
    "allocated_on": "2021-03-22",
}
OFFICIAL = (
    "资金名称 上级文号 下达日期 金额 分配文号 分配日期 单位 项目 直达标识 支付数 支付率 "
    "惠企利民户数 问题 整改"
)


async def test_money_is_followed_from_the_superior_to_the_household(database: str) -> None:
    async with world(database, at(3, 26)) as told:
        await a_county_with_money(told)
        batch, below = await the_county_gets_its_part_with_the_flag(told)
        await the_part_becomes_quota_and_reaches_households(told, batch, below)
        await the_missed_day_is_found_and_put_right(told, batch)
        await the_ledger_leaves_and_comes_back(told)
        await the_year_is_counted(told)


async def the_county_gets_its_part_with_the_flag(told: World) -> tuple[str, str]:
    upper, county = by(told, Role.FB_BUDGET, PREFECTURE), by(told, Role.FB_BUDGET)
    answer = await told.post("/key-funds", RECEIVED, upper)
    batch = answer.json()["id"]
    lost = {**TO_COUNTY, "direct_fund_flag": "09"}
    refused = await told.post(f"/key-funds/{batch}/allocate", lost, upper, status=422)
    assert refused.json()["type"].endswith("/flag-lost")
    await told.post(f"/key-funds/{batch}/allocate", TO_COUNTY, county, status=404)
    await told.post(f"/key-funds/{batch}/allocate", TO_COUNTY, upper)
    await told.settled()
    (own,) = (await told.get("/key-funds", county, fiscal_year=2021))["items"]
    assert (own["region_code"], own["direct_fund_flag"], own["amount"]) == (COUNTY, "01", "400.00")
    assert (own["parent_id"], own["root_id"]) == (batch, batch)
    return batch, own["batch_id"]


async def the_part_becomes_quota_and_reaches_households(
    told: World, batch: str, below: str
) -> None:
    county = by(told, Role.FB_BUDGET)
    await told.post(f"/key-funds/{below}/allocate", TO_UNIT, county)
    chain = await told.get(f"/key-funds/{below}/chain", county)
    (given,) = chain["links"][0]["allocations"]
    issue = {
        "allocation_id": given["allocation_id"],
        "project_code": "P1",
        "fiscal_year": 2021,
        "document_no": "Q1",
        "amount": "300.00",
    }
    unknown = {**issue, "document_no": "Q9"}
    await told.post(f"/key-funds/{below}/issue", unknown, county, status=409)
    await told.post(f"/key-funds/{below}/issue", issue, county)
    lines = ndjson([beneficiary(n) for n in range(1, 41)])
    report = await sent(told, "record_beneficiary", lines, county)
    assert report.json()["state"] == "ACCEPTED", report.text
    chain = await told.get(f"/key-funds/{batch}/chain", by(told, Role.FB_PERFORMANCE, PREFECTURE))
    assert [one["batch"]["region_code"] for one in chain["links"]] == [PREFECTURE, COUNTY]
    assert chain["flow"] == {
        "received": "1000.00",
        "allocated": "300.00",
        "issued": "300.00",
        "paid": "60.00",
        "proved": "40.00",
        "allocation_rate": "0.3000",
        "issue_rate": "0.3000",
        "payment_rate": "0.0600",
        "proof_rate": "0.0400",
    }
    (issued,) = chain["links"][1]["allocations"][0]["issued"]
    assert (issued["not_yet_proved"], issued["payees"]) == ("20.00", 40)
    (proof,) = (await told.get("/ledgers/P1/2021/proofs", county))["items"]
    assert (proof["amount"], proof["not_yet_proved"]) == ("60.00", "20.00")
    assert chain["late"] == []


async def the_missed_day_is_found_and_put_right(told: World, batch: str) -> None:
    watch, budget = by(told, Role.FB_SUPERVISION, PREFECTURE), by(told, Role.FB_BUDGET, PREFECTURE)
    await told.later(at(4, 9, 15))

    async def found() -> bool:
        return bool((await told.get("/fund-findings", watch, fiscal_year=2021))["items"])

    assert not await found()
    await told.later(at(4, 10))
    await eventually(found)
    listed = (await told.get("/fund-findings", watch, level="RED", status="SUSPECTED"))["items"]
    (finding,) = [one for one in listed if one["batch_id"] == batch]
    assert (finding["kind"], finding["amount"], finding["due_on"]) == (
        "NOT_ALLOCATED",
        "600.00",
        "2021-04-09",
    )
    place = f"/fund-findings/{finding['finding_id']}"
    await told.post(f"{place}/close", None, watch, status=409)
    judgement = {"judgement": "VIOLATION", "opinion": "超过30日未分配"}
    await told.post(f"{place}/judge", judgement, watch)
    late = {**TO_UNIT, "recipient": "653100001", "amount": "600.00", "project_code": ""}
    await told.post(f"/key-funds/{batch}/allocate", {**late, "allocated_on": "2021-04-10"}, budget)
    cure = {"result": "已于4月10日分配", "evidence": ["ab12"]}
    await told.post(f"{place}/rectify", cure, budget)
    await told.post(f"{place}/close", None, watch)
    assert (await told.get(place, watch))["status"] == "CLOSED"

    async def late_to_issue() -> bool:
        chain = await told.get(f"/key-funds/{batch}/chain", watch)
        late = [(one["region_code"], one["step"], one["missing"]) for one in chain["late"]]
        return late == [(PREFECTURE, "ISSUE", "600.00")]

    # The api takes over within a second what time it is.
    await eventually(late_to_issue)


async def the_ledger_leaves_and_comes_back(told: World) -> None:
    budget = by(told, Role.FB_BUDGET, PREFECTURE)
    await told.settled()
    left = await exported(told, "/direct-fund-ledger", budget)
    assert headings(left) == OFFICIAL.split()
    rows = CalamineWorkbook.from_filelike(BytesIO(left)).get_sheet_by_index(0).to_python()
    assert rows[1][3:9] == ["0.04", "喀财农〔2021〕6号", at_day(rows[1][5]), COUNTY, "", FLAG]
    assert str(rows[1][12]).startswith("超期未分配 2021-04-10")
    before = (await told.store.head()).position
    report = await sent(told, DIRECT_FUND_SHEET.operation, left, budget, kind=XLSX)
    assert report.json()["state"] == "ACCEPTED", report.text
    await told.settled()
    assert (await told.store.head()).position == before
    assert await exported(told, "/direct-fund-ledger", budget) == left
    county = await exported(told, "/direct-fund-ledger", by(told, Role.FB_BUDGET))
    shown = CalamineWorkbook.from_filelike(BytesIO(county)).get_sheet_by_index(0).to_python()
    assert shown[1][9:12] == ["0.006", "20.00%", 40.0]


FLAG = "中央直达资金"


def at_day(cell: object) -> object:
    """Whatever day the cell holds: it is looked at by the round trip."""
    assert cell
    return cell


async def the_year_is_counted(told: World) -> None:
    who = by(told, Role.FB_PERFORMANCE, PREFECTURE)
    tree = await told.get("/key-fund-statistics/2021", who, region=PREFECTURE)
    assert (tree["batches"], tree["flow"]["received"]) == (2, "1000.00")
    assert (tree["flow"]["paid"], tree["payees"], tree["households"]) == ("60.00", 40, 40)
    assert tree["persons"] == 120
    assert tree["findings"]["RED"]["CLOSED"] == 1
    own = await told.get("/key-fund-statistics/2021", who, region=COUNTY, scope="self")
    assert (own["flow"]["received"], own["flow"]["allocated"]) == ("400.00", "300.00")
    alone = await told.get("/key-fund-statistics/2021", who, region=PREFECTURE, scope="self")
    assert (alone["flow"]["received"], alone["flow"]["paid"]) == ("1000.00", "0.00")


async def exported(told: World, path: str, who: Any, **more: Any) -> bytes:  # noqa: ANN401
    answer = await told.client.get(f"/v1{path}", params={"fiscal_year": 2021, **more}, headers=who)
    assert answer.is_success, answer.text
    return answer.content


def headings(content: bytes) -> list[str]:
    first = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[0]
    return [str(cell) for cell in first]


async def test_the_ledger_of_linkage_funds_leaves_and_comes_back(database: str) -> None:
    async with world(database, at(3, 26)) as told:
        await a_county_with_money(told)
        who, upper = by(told, Role.FB_BUDGET), by(told, Role.FB_PERFORMANCE, PREFECTURE)
        body = {
            "region_code": COUNTY,
            "project_code": "P1",
            "fiscal_year": 2021,
            "kind": "INDUSTRY",
            "amount": "400.00",
            "target": "保鲜库2座",
            "completion": "已建成1座",
            "beneficiaries": "120/486",
            "score": "91.5",
        }
        await told.post("/linkage-projects", body, who)
        notice = {"place": "镇公示栏", "announced_on": "2021-03-20", "evidence": "ab" * 32}
        await told.post("/linkage-projects/P1/2021/announce", notice, who)
        await told.settled()
        left = await exported(told, "/linkage-fund-ledger", who)
        official = "县 项目 类型(产业/基础设施…) 资金 目标 完成 受益户数/人数 公告公示 得分"
        assert headings(left) == official.split() == titles(as_written(LINKAGE_SHEET))
        before = (await told.store.head()).position
        report = await sent(told, LINKAGE_SHEET.operation, left, who, kind=XLSX)
        assert report.json()["state"] == "ACCEPTED", report.text
        await told.settled()
        assert (await told.store.head()).position == before
        assert await exported(told, "/linkage-fund-ledger", who) == left
        (share,) = await told.get("/linkage-shares/2021", upper)
        assert (share["share"], share["share_min"], share["met"]) == ("1.0000", "0.5000", True)
        (shown,) = await told.get("/linkage-projects/P1/2021/notices", upper)
        assert shown == notice


def titles(sheet: Sheet) -> list[str]:
    return [column.title for column in sheet.every_column]
