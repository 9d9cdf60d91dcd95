"""The sandbox over HTTP, on a real database: in the background, with progress, writing nothing."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from shared.http.policy import Role
from tests.monitoring.past_year import drafted
from tests.monitoring.stories import at, yuan
from tests.monitoring.test_reactions import REGION, UNIT, adopted, approved
from tests.monitoring.world import World, world

HELD = adopted.model_copy(update={"rules": drafted()})
ROAD = approved.model_copy(update={"budget": yuan(3_000_000)})
BRIDGE = ROAD.model_copy(update={"project_code": "P2", "project_name": "桥梁"})
RED = {"ix": "0.60", "g": "0.60", "gap": "0.30", "idle_days": 60}

DIRECT = {
    "region_code": "653101",
    "fiscal_year": 2021,
    "fund_name": "农业生产发展资金",
    "superior_document_no": "新财农〔2021〕18号",
    "direct_fund_flag": "01",
    "kind": "GENERAL",
    "amount": "1000.00",
    "received_on": "2021-02-01",
}
LATE = {"levels": {"RED": 1}, "flags": {"01": 1}}

type By = Mapping[str, str]


async def ask(told: World, by: By, rules: object, key: str = "", **more: object) -> httpx.Response:
    """Try a draft."""
    headers = {**by, **({"idempotency-key": key} if key else {})}
    body = {"rules": rules, "fiscal_year": 2021, **more}
    return await told.client.post("/v1/sandboxes", json=body, headers=headers)


async def replayed(told: World, by: By, answer: httpx.Response) -> dict[str, Any]:
    """What a replay found."""
    assert answer.status_code == 202, answer.text
    where = answer.headers["location"].removeprefix("/v1")
    for _ in range(200):
        found: dict[str, Any] = await told.get(where, by)
        if found["state"] != "CHECKING":
            break
        await asyncio.sleep(0.05)
    assert found["state"] == "REPORTED", found
    assert found["done"] == found["total"]
    return found


async def test_a_year_is_replayed_project_by_project_and_nothing_is_written(database: str) -> None:
    async with world(database, at(2, 1)) as told:
        county: dict[str, Any] = {"region": "653101"}
        leader = told.tokens.of(Role.FB_LEADER, **county, subject="leader")
        budget = told.tokens.of(Role.FB_BUDGET, **county, subject="budget")
        await told.hear(REGION, UNIT, HELD, ROAD, BRIDGE)
        quota = {"document_no": "Q1", "amount": "3000000.00", "issued_on": "2021-02-01"}
        await told.post("/ledgers/P1/2021/issue-quota", quota, budget)
        await told.post("/key-funds", DIRECT, budget)
        for moment in (at(4, 6), at(4, 30), at(6, 1), at(6, 9), at(7, 31), at(9, 9)):
            await told.later(moment)
            await told.settled()
            if moment == at(6, 1):
                await the_bridge_is_reported(told)
        before = await told.store.head()
        same = (await replayed(told, leader, await ask(told, leader, drafted(), "k1")))[
            "difference"
        ]
        assert same["empty"], same
        assert same["projects"] == {"compared": 2, "changed": 0}
        assert same["key_funds"]["batches"] == {"compared": 1, "changed": 0}
        assert same["key_funds"]["before"] == same["key_funds"]["after"] == LATE
        assert same["scores"]["before"] == same["scores"]["after"] == {"nodes": 1, "mean": "70.00"}
        # P1: pre-analyses, silence at both nodes, and money that lies; P2 has none that could.
        assert same["warnings"]["after"] == {"BLUE": 0, "RED": 9}
        await otherwise(told, leader)
        await funds_under_another_term(told, leader)
        await scores_with_other_points(told, leader)
        assert (await told.store.head()) == before
        await found_by_its_key_and_only_by_its_owner(told, leader)
        await refused(told, leader)


async def the_bridge_is_reported(told: World) -> None:
    """All goals reached, nothing paid: ten points each for what people judge, forty for goals."""
    head = told.tokens.of(Role.UNIT_HEAD, region="653101", unit="U1", subject="head")
    section = told.tokens.of(Role.FB_BUSINESS, region="653101", subject="section")
    value = {"indicator_id": "road", "actual": "20", "evidence": ["ab12"]}
    await told.post("/records/P2/2021/M05/submit", {"values": [value]}, head)
    await told.post("/records/P2/2021/M05/review", {}, section)


async def scores_with_other_points(told: World, leader: By) -> None:
    """Full marks stay full marks: ten points more for a complete form, ten less for money."""
    points = {**drafted()["monitoring"]["score"], "completeness": 20, "execution": 20}
    other = await replayed(told, leader, await ask(told, leader, drafted(score=points)))
    found = other["difference"]
    assert found["scores"]["after"] == {"nodes": 1, "mean": "80.00"}
    assert (found["scores"]["higher"], found["scores"]["lower"]) == (1, 0)
    (change,) = found["changes"]
    assert (change["project_code"], change["warnings"]) == ("P2", [])
    assert change["scores"] == [{"node": "M05", "before": "70.00", "after": "80.00"}]


async def otherwise(told: World, leader: By) -> None:
    """Ninety days to lie, and a node less."""
    draft = drafted(red={**RED, "idle_days": 300}, nodes=[{"code": "M05", "cut_off": "05-31"}])
    answer = await ask(told, leader, draft, region_code="653100")
    other = (await replayed(told, leader, answer))["difference"]
    assert (other["warnings"]["dropped"], other["warnings"]["raised"]) == (5, 0)
    assert other["nodes"] == {"gone": ["M08"], "without_reports": []}
    changes = {
        one["project_code"]: {
            warning["warning_id"]: warning["change"] for warning in one["warnings"]
        }
        for one in other["changes"]
    }
    assert changes["P2"] == {
        "P2-2021-M08-NODE": "DROPPED",
        "P2-2021-M08-PRE_ANALYSIS": "DROPPED",
    }
    assert changes["P1"]["P1-2021-DAILY-20210201"] == "DROPPED"


async def funds_under_another_term(told: World, leader: By) -> None:
    """A year to pass direct funds on: nobody was late, and no warning changes for it."""
    draft = {**drafted(), "key_funds": {"pass_on_days": {"GENERAL": 365}}}
    other = (await replayed(told, leader, await ask(told, leader, draft)))["difference"]
    assert not other["empty"]
    assert other["changes"] == []
    (change,) = other["key_funds"]["changes"]
    assert (change["fund_name"], change["direct_fund_flag"]) == (DIRECT["fund_name"], "01")
    (step,) = change["steps"]
    assert (step["step"], step["before"]["due_on"], step["after"]) == (
        "ALLOCATE",
        "2021-03-03",
        None,
    )


async def found_by_its_key_and_only_by_its_owner(told: World, leader: By) -> None:
    """A retry finds the same sandbox; nobody else does."""
    first = await ask(told, leader, drafted(), "k1")
    again = await ask(told, leader, drafted(), "k1")
    assert again.json()["sandbox_id"] == first.json()["sandbox_id"]
    assert again.json()["state"] == "REPORTED"
    reused = await ask(told, leader, drafted(idle_check="WEEK"), "k1")
    assert reused.status_code in {409, 422}
    other = told.tokens.of(Role.FB_LEADER, region="653101", subject="somebody")
    where = f"/v1/sandboxes/{first.json()['sandbox_id']}"
    assert (await told.client.get(where, headers=other)).status_code == httpx.codes.NOT_FOUND


async def refused(told: World, leader: By) -> None:
    """Who may not, and what cannot be read."""
    head = told.tokens.of(Role.UNIT_HEAD, region="653101", unit="U1")
    assert (await ask(told, head, drafted())).status_code == httpx.codes.FORBIDDEN
    broken = await ask(told, leader, drafted(red={**RED, "ix": "much"}))
    assert broken.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert "/monitoring/red/ix" in broken.text
    endless = {**drafted(), "key_funds": {"pass_on_days": {"GENERAL": 10**14}}}
    refused = await ask(told, leader, endless)
    assert refused.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert refused.json()["type"].endswith("/term-out-of-range")
    assert "/key_funds/pass_on_days/GENERAL" in refused.text
    foreign = await ask(told, leader, drafted(), region_code="653102")
    assert (await replayed(told, leader, foreign))["total"] == 0
