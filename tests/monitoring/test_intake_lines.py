"""A line that has no ledger waits for a person: assigned, rejected, or handed over."""

from tests.monitoring.bureau import bureau
from tests.monitoring.messages import Entry, camt

LINE = "/treasury-statements/ICBC-S1/lines"


async def test_no_line_is_lost(database: str) -> None:
    lost = [
        Entry(amount="8.00", end_to_end_id="Z5"),
        Entry(amount="5.00", currency="USD", end_to_end_id="Z6"),
        Entry(amount="3.00", end_to_end_id="FEE"),
        Entry(amount="0", end_to_end_id="Z8"),
    ]
    async with bureau(database) as here:
        await here.book(camt("camt.053.001.08", "S1", lost))
        kept = (await here.ask("/statement-lines", statement_id="ICBC-S1", state="OPEN"))["items"]
        assert [line["reason"] for line in kept] == [
            "NO_PROJECT", "FOREIGN_CURRENCY", "NO_PROJECT"
        ]  # fmt: skip
        refused = (await here.ask("/statement-lines", outcome="REFUSED"))["items"]
        assert [line["reason"] for line in refused] == ["ZERO_AMOUNT"]

        whose = {"project_code": "P1", "fiscal_year": 2021}
        await here.act(f"{LINE}/1/assign", {**whose, "project_code": "P9"}, status=404)
        await here.act(f"{LINE}/1/assign", whose)
        await here.act(f"{LINE}/1/assign", {**whose, "note": "again"})
        await here.act(f"{LINE}/2/assign", whose, status=422)
        await here.act(f"{LINE}/2/assign", {**whose, "amount": "35.00", "payment_id": "Z6"})
        await here.act(f"{LINE}/3/transfer", {"owner": "国库科"})
        mine = (await here.ask("/statement-lines", owner="国库科"))["items"]
        assert [line["line_no"] for line in mine] == [3]
        await here.act(f"{LINE}/3/reject", {"note": "银行手续费"})
        await here.act(f"{LINE}/9/reject", {"note": "x"}, status=404)

        ledger = await here.ask("/ledgers/P1/2021")
        assert ledger["paid"] == "43.00"
        assert (await here.ask("/statement-lines", state="OPEN"))["items"] == []
        done = (await here.ask("/statement-lines", state="ASSIGNED"))["items"]
        assert [line["ledger_id"] for line in done] == ["P1-2021", "P1-2021"]
        # What was assigned by hand is known when its own words come later.
        named = Entry(amount="8.00", end_to_end_id="Z5", project="P1", year="2021")
        later = await here.book(camt("camt.054.001.08", "A9", [named]))
        assert later["counts"]["duplicates"] == 1


async def test_only_the_treasury_of_the_region_sees_and_sends(database: str) -> None:
    async with bureau(database) as here:
        report = await here.send(camt("camt.053.001.08", "S1", [Entry(amount="8.00")]))
        place = f"/v1/treasury-files/{report['id']}"
        get, post = here.told.client.get, here.told.client.post
        assert (await get(place, headers=dict(here.treasury))).status_code == 200
        assert (await get(place, headers=dict(here.clerk))).status_code == 403
        refused = await post(
            "/v1/treasury-files",
            params={"system": "ICBC"},
            headers={**here.clerk, "content-type": "application/xml"},
            content=b"<a/>",
        )
        assert refused.status_code == 403
        lines = await get(f"{place}/lines", params={"outcome": "BREAK"}, headers={**here.treasury})
        assert [line["reason"] for line in lines.json()] == ["NO_PROJECT"]
        elsewhere = await get(f"/v1/imports/{report['id']}", headers=dict(here.treasury))
        assert elsewhere.status_code == 404
        after = await get(f"{place}/lines", params={"after": "1"}, headers={**here.treasury})
        assert after.json() == []
