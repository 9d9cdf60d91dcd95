"""Bookings of one day stand in the order in which the ledger booked them."""

from typing import Any

import httpx

from shared.http.policy import Role
from tests.monitoring.stories import at
from tests.monitoring.test_reactions import REGION, UNIT, adopted, approved
from tests.monitoring.test_year_of_a_project import people
from tests.monitoring.world import World, world

LEDGER = "/ledgers/P1/2021"
DAY = "2021-02-10"


def line(number: int, payment_id: str, amount: str, **more: str) -> dict[str, str]:
    told = {"source_id": f"GK/1/{number}", "kind": "PAYMENT", "payment_id": payment_id}
    return {**told, "amount": amount, "booked_on": DAY, **more}


FILES = [
    [
        line(1, "Z9", "400.00"),
        line(2, "Z9", "100.00", kind="RETURN", return_id="R9"),
        line(3, "Z1", "150.00"),
        line(4, "Z5", "30.00"),
    ],
    [line(5, "Z0", "5.00"), line(6, "Z1", "50.00", kind="RETURN", return_id="R0")],
]


async def pages(told: World, by: dict[str, str], limit: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        part = await told.get(f"{LEDGER}/statement", by, on=DAY, limit=limit, **cursor)
        found += part["items"]
        if part["next"] is None:
            return found
        cursor = {"cursor": part["next"]}


async def test_bookings_of_one_day_stand_in_the_order_of_the_ledger(database: str) -> None:
    """Neither by number nor by kind: as each was covered, so nothing falls below zero."""
    async with world(database, at(2, 10)) as told:
        by = people(told)
        county: dict[str, Any] = {"region": "653101"}
        by["finance"] = told.tokens.of(Role.UNIT_FINANCE, **county, unit="U1", subject="finance")
        await told.hear(REGION, UNIT, adopted, approved)
        paper = {"document_no": "Q1", "amount": "500.00", "issued_on": DAY}
        await told.post(f"{LEDGER}/issue-quota", paper, by["budget"])
        await told.post(f"{LEDGER}/book-lines", {"lines": FILES[0]}, by["treasury"])
        more = {"document_no": "A1", "change": "10.00", "amended_on": DAY, "reason": "追加"}
        await told.post(f"{LEDGER}/amend-quota", more, by["budget"])
        await told.post(f"{LEDGER}/book-lines", {"lines": FILES[1]}, by["treasury"])
        whole = await pages(told, by["head"], 50)
        shown = [(one["document"], one["version"], one["line"]) for one in whole]
        assert shown == [
            ("Q1", 2, 0),
            ("Z9", 3, 0),
            ("R9", 3, 1),
            ("Z1", 3, 2),
            ("Z5", 3, 3),
            ("A1", 4, 0),
            ("Z0", 5, 0),
            ("R0", 5, 1),
        ]
        balances = ["500.00", "100.00", "200.00", "50.00", "20.00", "30.00", "25.00", "75.00"]
        assert [one["available"] for one in whole] == balances
        for limit in (1, 3):
            assert await pages(told, by["head"], limit) == whole
        await seen_by_whom_it_concerns_and_with_its_version(told, by["head"])


async def seen_by_whom_it_concerns_and_with_its_version(told: World, head: dict[str, str]) -> None:
    """What is not there and what one may not see are the same, as with the ledger itself."""
    other = told.tokens.of(Role.UNIT_HEAD, region="653101", unit="U2", subject="other")
    county = told.tokens.of(Role.FB_LEADER, region="653102", subject="county")
    place = f"/v1{LEDGER}/statement"
    for by in (other, county):
        assert (await told.client.get(place, headers=by)).status_code == httpx.codes.NOT_FOUND
    unknown = await told.client.get("/v1/ledgers/P9/2021/statement", headers=head)
    assert unknown.status_code == httpx.codes.NOT_FOUND
    mine = await told.client.get(place, headers=head, params={"on": DAY})
    ledger = await told.client.get(f"/v1{LEDGER}", headers=head)
    assert mine.headers["etag"] == ledger.headers["etag"] == '"5"'
