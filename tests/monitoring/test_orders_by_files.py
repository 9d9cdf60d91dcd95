"""Files of a bank that answer our payment orders: told to the order, booked exactly once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from services.monitoring.domain.payment_order.identity import end_to_end_id
from tests.monitoring.bureau import CSV, HEAD, Bureau, Json, outcomes
from tests.monitoring.messages import Entry, camt, camt_029, pacs_004, pain_002
from tests.monitoring.stories import at
from tests.monitoring.test_orders_http import DRAFT, LEDGER, ORDER, By, money, opened
from tests.monitoring.world import World, world

LONG = "喀财支〔2021〕第" + "9" * 40 + "号"
ACCEPTED = "pain.002.001.10"
RECALLED = "camt.029.001.09"
PAID: dict[str, Any] = {"amount": "60.00", "end_to_end_id": "ZF1", "bank_ref": "L1"}
BACK: dict[str, Any] = {**PAID, "way": "CRDT", "bank_ref": "L2", "day": "2021-03-05"}


@asynccontextmanager
async def treasury(database: str, *vouchers: str) -> AsyncIterator[tuple[World, By, Bureau]]:
    """Orders of sixty yuan each, sent to the bank in one batch, and who takes its files in."""
    async with world(database, at(2, 1)) as told:
        by = await opened(told)
        here = Bureau(told, by["treasury"], by["budget"], by["treasury"])
        orders = []
        for voucher in vouchers:
            await told.post("/payment-orders", {**DRAFT, "pay_cert_no": voucher}, by["treasury"])
            orders.append(f"653101-{end_to_end_id(voucher)}")
            await told.post(f"/payment-orders/{orders[-1]}/release", None, by["second"])
        if orders:
            batch = {"batch_id": "B1", "orders": orders}
            await told.post("/payment-batches", batch, by["treasury"])
        yield told, by, here


def numbered(answers: bytes, number: str) -> bytes:
    """The message under a number of its own."""
    return answers.replace(b"ST1", number.encode()).replace(b"<Id>AN1", f"<Id>{number}".encode())


async def status(here: Bureau, order: str = ORDER) -> str:
    """Where the order stands."""
    return str((await here.ask(order))["status"])


async def payments(here: Bureau) -> list[tuple[str, str]]:
    """What the ledger has paid."""
    found = (await here.ask(f"{LEDGER}/payments"))["items"]
    return [(one["payment_id"], one["amount"]) for one in found]


async def test_an_order_is_accepted_settled_once_and_then_known(database: str) -> None:
    async with treasury(database, "ZF1") as (told, by, here):
        accepted = pain_002(ACCEPTED, "653101-B1", [("ZF1", "ACSP", "NARR")])
        report = await here.send(accepted)
        [line] = report["lines"]
        assert (line["outcome"], line["reason"]) == ("HEARD", "ACCEPTED")
        assert (line["order_id"], line["payment_id"]) == ("653101-ZF1", "ZF1")
        assert await status(here) == "SENT"
        assert (await here.accept(report))["counts"]["heard"] == 1
        assert await status(here) == "ACCEPTED"
        assert await money(told, by) == ("440.00", "60.00", "0.00")
        advice = camt("camt.054.001.08", "A1", [Entry(**PAID)])
        assert outcomes(await here.book(advice)) == [("BOOKED", "")]
        assert await status(here) == "SETTLED"
        assert await money(told, by) == ("440.00", "0.00", "60.00")
        evening = camt("camt.053.001.08", "S1", [Entry(**PAID)])
        assert outcomes(await here.book(evening)) == [("DUPLICATE", "")]
        for again in (accepted, advice, evening):
            assert (await here.book(again))["counts"]["duplicates"] == 1
        assert await money(told, by) == ("440.00", "0.00", "60.00")
        assert await payments(here) == [("ZF1", "60.00")]
        await the_register_counts_alike(here)


async def the_register_counts_alike(here: Bureau) -> None:
    for number, name in (("ST1", "heard"), ("A1", "booked"), ("S1", "duplicates")):
        counts = (await here.ask(f"/treasury-statements/ICBC-{number}"))["counts"]
        assert (counts["lines"], counts[name]) == (1, 1), (number, counts)


async def test_a_statement_settles_by_long_voucher_and_by_reference(database: str) -> None:
    """The bank knows a long voucher by its digest: the order alone knows both names."""
    async with treasury(database, LONG, "ZF2") as (told, by, here):
        order = f"/payment-orders/653101-{end_to_end_id(LONG)}"
        long = {**PAID, "end_to_end_id": end_to_end_id(LONG), "project": "P1", "year": "2021"}
        told_first = await here.book(camt("camt.053.001.02", "S1", [Entry(**long), Entry(**long)]))
        assert outcomes(told_first) == [("BOOKED", ""), ("DUPLICATE", "")]
        assert await status(here, order) == "SETTLED"
        assert await payments(here) == [(LONG, "60.00")]
        row = f"5201,{LONG},,P1,2021,60.00,2021-03-01,L1,,2\n"
        listed = await here.book((HEAD + row).encode(), CSV, message_id="Q1")
        assert outcomes(listed) == [("DUPLICATE", "")]
        nameless = Entry(amount="60.00", bank_ref="L1", project="P1", year="2021")
        known = await here.book(camt("camt.053.001.08", "S2", [nameless]))
        assert outcomes(known) == [("DUPLICATE", "")]
        assert await money(told, by) == ("380.00", "60.00", "60.00")
        row = "5201,ZF2,,P1,2021,60.00,2021-03-01,L9,,2\n"
        rows = (HEAD + row).encode()
        long_list = await here.send(rows, CSV, accept="true", message_id="Q2")
        assert long_list["counts"]["booked"] == 1
        assert await status(here, "/payment-orders/653101-ZF2") == "SETTLED"
        assert await money(told, by) == ("380.00", "0.00", "120.00")


async def test_a_rejected_order_lets_its_hold_go(database: str) -> None:
    async with treasury(database, "ZF1", "ZF2") as (told, by, here):
        assert await money(told, by) == ("380.00", "120.00", "0.00")
        rejected = pain_002(
            ACCEPTED,
            "653101-B1",
            [("ZF1", "RJCT", "AC04"), ("ZF9", "RJCT", "AC04"), ("ZF2", "XXXX", "NARR")],
        )
        found = await here.book(rejected)
        assert outcomes(found) == [
            ("HEARD", "REJECTED"),
            ("BREAK", "ORDER_UNKNOWN"),
            ("BREAK", "STATUS_UNKNOWN"),
        ]
        assert found["counts"]["breaks"] == 2
        assert await status(here) == "REJECTED"
        assert await money(told, by) == ("440.00", "60.00", "0.00")
        assert [one[0] for one in outcomes(await here.book(rejected))] == ["DUPLICATE"] * 3
        late = await here.book(camt("camt.054.001.08", "A1", [Entry(**PAID)]))
        assert outcomes(late) == [("BREAK", "SETTLED_AFTER_REJECTED")]
        assert await money(told, by) == ("440.00", "60.00", "0.00")
        await a_kept_answer_is_of_a_person(here)


async def a_kept_answer_is_of_a_person(here: Bureau) -> None:
    kept = (await here.ask("/statement-lines", state="OPEN"))["items"]
    assert [(one["end_to_end_id"], one["reason"]) for one in kept] == [
        ("ZF9", "ORDER_UNKNOWN"),
        ("ZF2", "STATUS_UNKNOWN"),
    ]
    line = "/treasury-statements/ICBC-ST1/lines/2"
    assign = {"project_code": "P1", "fiscal_year": 2021, "note": "x"}
    refused = await here.act(f"{line}/assign", assign, 409)
    assert refused.json()["type"].endswith("line-moves-nothing")
    await here.act(f"{line}/reject", {"note": "外系统的指令"})
    assert len((await here.ask("/statement-lines", state="OPEN"))["items"]) == 1


async def test_what_is_said_of_a_message_is_said_of_its_orders(database: str) -> None:
    async with treasury(database, "ZF1", "ZF2") as (told, by, here):
        one = pain_002(ACCEPTED, "653101-B1", [("ZF2", "ACSP", "NARR")])
        group = b"</OrgnlMsgNmId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts>"
        whole = one.replace(b"</OrgnlMsgNmId></OrgnlGrpInfAndSts>", group)
        found = await here.book(whole)
        assert {(line["payment_id"], line["reason"]) for line in found["lines"]} == {
            ("ZF2", "ACCEPTED"),
            ("ZF1", "REJECTED"),
        }
        assert await money(told, by) == ("440.00", "60.00", "0.00")
        foreign = numbered(whole, "ST2").replace(b"653101-B1", b"653101-B7")
        told_of = await here.send(foreign)
        assert outcomes(told_of)[1] == ("BREAK", "ORDER_UNKNOWN")


async def test_a_settled_order_comes_back(database: str) -> None:
    async with treasury(database, "ZF1") as (told, by, here):
        early = await here.book(pacs_004("pacs.004.001.09", "R0", "ZF1", "5.00", "RT0"))
        assert outcomes(early) == [("BREAK", "RETURN_UNMATCHED")]
        [broken] = (await here.ask("/payment-order-breaks"))["items"]
        decided = {"break_id": broken["break_id"], "resolution": "REJECTED", "note": "x"}
        await told.post(f"{ORDER}/resolve-break", decided, by["second"])
        await here.book(camt("camt.054.001.08", "A1", [Entry(**PAID)]))
        part = camt("camt.054.001.08", "A2", [Entry(**{**BACK, "amount": "20.00"})])
        assert outcomes(await here.book(part)) == [("BOOKED", "")]
        rest = pacs_004("pacs.004.001.09", "R1", "ZF1", "40.00", "RT1")
        assert outcomes(await here.book(rest)) == [("BOOKED", "")]
        assert await status(here) == "RETURNED"
        assert await money(told, by) == ("500.00", "0.00", "0.00")
        for again in (part, rest):
            assert (await here.book(again))["counts"]["duplicates"] == 1
        more = await here.book(pacs_004("pacs.004.001.09", "R2", "ZF1", "1.00", "RT2"))
        assert outcomes(more) == [("BREAK", "RETURN_UNMATCHED")]
        assert await money(told, by) == ("500.00", "0.00", "0.00")


async def recalled(told: World, by: By, recall_id: str) -> None:
    """The payment is asked back, and the request is written for the bank."""
    asked = {"recall_id": recall_id, "reason_code": "DUPL", "reason": "重复"}
    await told.post(f"{ORDER}/recall", asked, by["treasury"])
    path = f"/v1{ORDER}/recalls/{recall_id}/message"
    message = await told.client.get(path, headers=by["treasury"], params={"form": "camt.056"})
    assert f"<Id>{recall_id}</Id>".encode() in message.content


async def test_a_recall_is_refused_then_granted_by_file(database: str) -> None:
    async with treasury(database, "ZF1") as (told, by, here):
        await here.book(camt("camt.054.001.08", "A1", [Entry(**PAID)]))
        await recalled(told, by, "CH1")
        unknown = numbered(camt_029(RECALLED, "CH7", "ZF1", "RJCR", "LEGL"), "AN0")
        assert outcomes(await here.book(unknown)) == [("BREAK", "RECALL_UNKNOWN")]
        refused = numbered(camt_029(RECALLED, "CH1", "ZF1", "RJCR", "LEGL"), "AN1")
        assert outcomes(await here.book(refused)) == [("HEARD", "RECALL_REFUSED")]
        assert (await here.ask(f"{ORDER}/recalls/CH1"))["status"] == "REFUSED"
        assert await money(told, by) == ("440.00", "0.00", "60.00")
        await recalled(told, by, "CH2")
        waiting = numbered(camt_029(RECALLED, "CH2", "ZF1", "PDCR", "LEGL"), "AN2")
        assert outcomes(await here.book(waiting)) == [("DUPLICATE", "")]
        granted = numbered(camt_029(RECALLED, "CH2", "ZF1", "ACCR", "LEGL"), "AN3")
        assert outcomes(await here.book(granted)) == [("HEARD", "RECALL_ACCEPTED")]
        assert await money(told, by) == ("440.00", "0.00", "60.00")
        for again in (refused, granted):
            assert (await here.book(again))["counts"]["duplicates"] == 1
        denied = numbered(camt_029(RECALLED, "CH2", "ZF1", "RJCR", "LEGL"), "AN4")
        assert outcomes(await here.book(denied)) == [("BREAK", "RECALL_CONTRADICTED")]
        assert (await here.ask(f"{ORDER}/recalls/CH2"))["status"] == "ACCEPTED"


async def test_what_is_of_another_amount_project_or_region_stays_a_break(database: str) -> None:
    async with treasury(database, "ZF1") as (told, by, here):
        elsewhere = {**PAID, "project": "P9", "year": "2021"}
        lines = [Entry(**{**PAID, "amount": "61.00"}), Entry(**elsewhere)]
        found = await here.book(camt("camt.054.001.08", "A1", lines))
        assert outcomes(found) == [("BREAK", "AMOUNT_DIFFERS"), ("BREAK", "ORDER_DIFFERS")]
        assert await money(told, by) == ("440.00", "60.00", "0.00")
        next_door = Bureau(told, by["neighbour"], by["budget"], by["neighbour"])
        foreign: Json = await next_door.book(
            pain_002(ACCEPTED, "653101-B1", [("ZF1", "RJCT", "AC04")]), system="ABC"
        )
        assert outcomes(foreign) == [("BREAK", "ORDER_UNKNOWN")]
        assert await status(here) == "SENT"
