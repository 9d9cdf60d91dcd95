"""Files come in: reported line by line first, then booked in one transaction, and never twice."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.monitoring.bureau import CSV, HEAD, NDJSON, Bureau, bureau, outcomes
from tests.monitoring.messages import Entry, camt, pacs_004

SAMPLES = Path(__file__).parent / "iso20022"
PAID: dict[str, Any] = {"end_to_end_id": "Z1", "bank_ref": "B1", "project": "P1", "year": "2021"}
BACK: dict[str, Any] = {"way": "CRDT", "end_to_end_id": "Z1", "bank_ref": "B2", "day": "2021-03-05"}


async def ledger(here: Bureau) -> tuple[str, str, str]:
    """Paid, returned, available."""
    found = await here.ask("/ledgers/P1/2021")
    return found["paid"], found["returned"], found["available"]


@pytest.mark.parametrize("version", ["02", "04", "08"])
async def test_a_report_books_nothing_and_acceptance_everything_once(
    database: str, version: str
) -> None:
    message = camt(f"camt.054.001.{version}", "M1", [Entry(amount="60.00", **PAID)])
    async with bureau(database) as here:
        report = await here.send(message)
        assert (report["state"], outcomes(report)) == ("REPORTED", [("BOOKED", "")])
        assert await ledger(here) == ("0.00", "0.00", "500.00")
        accepted = await here.accept(report)
        assert accepted["counts"]["booked"] == 1
        assert await ledger(here) == ("60.00", "0.00", "440.00")
        assert await here.accept(report) == accepted
        again = await here.book(message)
        assert again["counts"] == {
            "lines": 1, "booked": 0, "breaks": 0, "duplicates": 1, "refused": 0, "heard": 0
        }  # fmt: skip
        assert await ledger(here) == ("60.00", "0.00", "440.00")
        [statement] = (await here.ask("/treasury-statements"))["items"]
        assert (statement["message_id"], statement["counts"]["booked"]) == ("M1", 1)


async def test_the_statement_of_the_evening_repeats_the_advice_of_the_day(database: str) -> None:
    payment, back = Entry(amount="60.00", **PAID), Entry(amount="20.00", **BACK)
    async with bureau(database) as here:
        await here.book(camt("camt.054.001.08", "A1", [payment]))
        await here.book(camt("camt.054.001.04", "A2", [back]))
        assert await ledger(here) == ("60.00", "20.00", "460.00")
        evening = await here.book(camt("camt.053.001.02", "S1", [payment, back]))
        assert evening["counts"]["duplicates"] == 2
        assert await ledger(here) == ("60.00", "20.00", "460.00")


async def test_what_comes_back_comes_back_in_part_and_by_reversal(database: str) -> None:
    async with bureau(database) as here:
        await here.book(camt("camt.054.001.08", "A1", [Entry(amount="60.00", **PAID)]))
        reversed_ = Entry(amount="10.00", reversal=True, **{**BACK, "bank_ref": "B3"})
        odd = Entry(amount="5.00", reversal=True, end_to_end_id="Z1", bank_ref="B4")
        told = await here.book(
            camt("camt.054.001.08", "A2", [Entry(amount="20.00", **BACK), reversed_, odd])
        )
        assert outcomes(told) == [("BOOKED", ""), ("BOOKED", ""), ("BREAK", "REVERSED_RETURN")]
        assert await ledger(here) == ("60.00", "30.00", "470.00")
        await here.book(pacs_004("pacs.004.001.09", "R1", "Z1", "30.00", "RT1"))
        assert await ledger(here) == ("60.00", "60.00", "500.00")
        more = await here.book(pacs_004("pacs.004.001.02", "R2", "Z1", "1.00", "RT2"))
        assert outcomes(more) == [("BREAK", "AMOUNT_MISMATCH")]


async def test_a_partial_return_told_by_two_banks_counts_once(database: str) -> None:
    """Between banks under one reference, on the account under another; in either order."""
    on_account = Entry(amount="20.00", **{**BACK, "day": "2021-04-01"})
    async with bureau(database) as here:
        await here.book(camt("camt.054.001.08", "A1", [Entry(amount="60.00", **PAID)]))
        await here.book(pacs_004("pacs.004.001.09", "R1", "Z1", "20.00", "RT1"))
        advice = await here.book(camt("camt.054.001.08", "A2", [on_account]))
        assert outcomes(advice) == [("DUPLICATE", "")]
        evening = await here.book(camt("camt.053.001.02", "S1", [on_account]))
        assert evening["counts"]["duplicates"] == 1
        assert await ledger(here) == ("60.00", "20.00", "460.00")
        second = replace(on_account, amount="5.00", bank_ref="B8")
        await here.book(camt("camt.054.001.08", "A3", [second]))
        again = await here.book(pacs_004("pacs.004.001.02", "R2", "Z1", "5.00", "RT2"))
        assert outcomes(again) == [("DUPLICATE", "")]
        assert await ledger(here) == ("60.00", "25.00", "465.00")


async def test_two_returns_of_one_amount_stay_two(database: str) -> None:
    """Of one kind of message each is one; another day or another amount is another return."""
    first = Entry(amount="20.00", **{**BACK, "day": "2021-04-01"})
    twin = replace(first, bank_ref="B8")
    async with bureau(database) as here:
        await here.book(camt("camt.054.001.08", "A1", [Entry(amount="60.00", **PAID)]))
        await here.book(pacs_004("pacs.004.001.09", "R1", "Z1", "20.00", "RT1"))
        told = await here.book(camt("camt.054.001.08", "A2", [first, twin]))
        assert outcomes(told) == [("DUPLICATE", ""), ("BOOKED", "")]
        assert await ledger(here) == ("60.00", "40.00", "480.00")
        other_day = replace(first, bank_ref="B9", day="2021-04-02", amount="7.00")
        await here.book(camt("camt.054.001.08", "A4", [other_day]))
        await here.book(pacs_004("pacs.004.001.09", "R3", "Z1", "7.00", "RT3"))
        assert await ledger(here) == ("60.00", "54.00", "494.00")


async def test_a_late_return_of_a_closed_year_leaves_its_rate_alone(database: str) -> None:
    async with bureau(database) as here:
        await here.book(camt("camt.054.001.08", "A1", [Entry(amount="60.00", **PAID)]))
        late = Entry(amount="60.00", **{**BACK, "day": "2022-01-05"})
        told = await here.book(camt("camt.054.001.08", "A2", [late]))
        assert outcomes(told) == [("BREAK", "LATE_RETURN")]
        assert await ledger(here) == ("60.00", "0.00", "440.00")


async def test_a_statement_may_bring_back_what_it_pays(database: str) -> None:
    lines = [
        Entry(amount="60.00", **PAID),
        Entry(amount="20.00", **BACK),
        Entry(amount="5.00", **{**BACK, "end_to_end_id": "Z9", "bank_ref": "B3"}),
    ]
    async with bureau(database) as here:
        told = await here.book(camt("camt.053.001.08", "S1", lines))
        assert outcomes(told) == [("BOOKED", ""), ("BOOKED", ""), ("BREAK", "RETURN_OF_NOTHING")]
        assert await ledger(here) == ("60.00", "20.00", "460.00")
        again = await here.book(camt("camt.053.001.08", "S1", lines))
        assert {outcome for outcome, _ in outcomes(again)} == {"DUPLICATE"}
        assert await ledger(here) == ("60.00", "20.00", "460.00")


async def test_an_odd_line_is_kept_and_the_others_are_booked(database: str) -> None:
    lines = [
        Entry(amount="60.00", **PAID),
        Entry(amount="60.00", currency="USD", **{**PAID, "end_to_end_id": "Z2"}),
        Entry(amount="0", **{**PAID, "end_to_end_id": "Z3"}),
        Entry(amount="7.00", status="PDNG", **{**PAID, "end_to_end_id": "Z4"}),
        Entry(amount="8.00", end_to_end_id="Z5", bank_ref="B5"),
        Entry(amount="9.00", way="CRDT", end_to_end_id="Z6", bank_ref="B6"),
        Entry(amount="10.00", **{**PAID, "end_to_end_id": "Z7", "project": "P9"}),
        Entry(amount="600.00", **{**PAID, "end_to_end_id": "Z8"}),
        Entry(amount="60.00", end_to_end_id="Z9", bank_ref="B9"),
    ]
    async with bureau(database) as here:
        await here.book(camt("camt.054.001.08", "A0", [lines[0]]))
        told = await here.book(camt("camt.053.001.08", "S1", lines))
        assert outcomes(told) == [
            ("DUPLICATE", ""),
            ("BREAK", "FOREIGN_CURRENCY"),
            ("REFUSED", "ZERO_AMOUNT"),
            ("REFUSED", "ADVICE_ONLY"),
            ("BREAK", "NO_PROJECT"),
            ("BREAK", "RETURN_OF_NOTHING"),
            ("BREAK", "LEDGER_UNKNOWN"),
            ("BREAK", "BEYOND_AVAILABLE"),
            ("BREAK", "NO_PROJECT"),
        ]
        assert told["lines"][8]["proposals"] == ["P1-2021/Z1"]
        assert told["counts"] == {
            "lines": 9, "booked": 0, "breaks": 6, "duplicates": 1, "refused": 2, "heard": 0
        }  # fmt: skip
        statement = await here.ask("/treasury-statements/ICBC-S1")
        assert statement["counts"] == told["counts"]


async def test_a_message_that_is_not_valid_is_refused_whole_with_its_line(database: str) -> None:
    async with bureau(database) as here:
        wrong = await here.send((SAMPLES / "camt053.v2.wrong.xml").read_bytes(), status=422)
        assert wrong["type"].endswith("markup-invalid")
        assert "Line 3" in wrong["detail"]
        assert "Stmt" in wrong["detail"]
        assert (await here.ask("/treasury-statements"))["items"] == []


@pytest.mark.parametrize(
    "name", ["camt053.v4", "camt053.v8", "camt054.v2", "camt054.v4", "camt054.v8"]
)
async def test_messages_of_real_banks_end_line_by_line(database: str, name: str) -> None:
    async with bureau(database) as here:
        told = await here.book((SAMPLES / f"{name}.xml").read_bytes())
        assert outcomes(told) == [("BREAK", "FOREIGN_CURRENCY")]
        [line] = (await here.ask("/statement-lines", state="OPEN"))["items"]
        assert (line["owner"], line["age_days"]) == ("FB_TREASURY", 0)


async def test_a_number_is_of_one_message(database: str) -> None:
    async with bureau(database) as here:
        await here.book(camt("camt.054.001.08", "A1", [Entry(amount="60.00", **PAID)]))
        other = camt("camt.054.001.08", "A1", [Entry(amount="61.00", **PAID)])
        refused = await here.send(other, status=409)
        assert refused["type"].endswith("message-reused")
        await here.send(other, system="ABC")


async def test_lists_of_the_treasury_by_national_field_names(database: str) -> None:
    rows = (
        "5201,Z1,,P1,2021,60.00,2021-03-01,B1,\u6821\u820d,1\n"
        "2203,T1,Z1,P1,2021,-20.00,20210305,B2,\u9000\u6b3e,2\n"
        "5253,T2,Z1,P1,2021,1.00,2021-03-05,B3,,2\n"
        "2301,T3,Z1,P1,2021,60.00,2021-03-05,B4,,2\n"
        "9999,T4,Z1,P1,2021,60.00,2021-03-05,B5,,2\n"
        "5201,Z9,,P1,2021,sixty,2021-03-05,B6,,2\n"
        '5201,"Z10",,P1,2021,"1,0.00",2021-03-05,B7,,2\n'
    )
    async with bureau(database) as here:
        missing = await here.send(b"pay_cert_no\nZ1\n", CSV, status=422, message_id="L0")
        assert missing["type"].endswith("columns-missing")
        told = await here.book((HEAD + rows).encode(), CSV, message_id="L1")
        assert outcomes(told) == [
            ("BOOKED", ""),
            ("BOOKED", ""),
            ("BREAK", "CORRECTION"),
            ("REFUSED", "ADVICE_ONLY"),
            ("REFUSED", "UNREADABLE"),
            ("REFUSED", "UNREADABLE"),
            ("BOOKED", ""),
        ]
        assert [line["row"] for line in told["lines"]] == [2, 3, 4, 5, 6, 7, 8]
        assert await ledger(here) == ("70.00", "20.00", "450.00")
        await here.send((HEAD + rows).encode(), CSV, status=422)
        payments = (await here.ask("/ledgers/P1/2021/payments"))["items"]
        assert {p["payment_id"] for p in payments} == {"Z1", "Z10"}


async def test_what_a_file_is_must_be_what_it_says(database: str) -> None:
    async with bureau(database) as here:
        mixed = await here.send(b"<a/>", CSV, status=422, message_id="L1")
        assert mixed["type"].endswith("file-unreadable")
        unknown = await here.send(b'<a xmlns="urn:x"/>', status=422)
        assert unknown["type"].endswith("message-unknown")
        bomb = b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
        assert (await here.send(bomb, status=422))["type"].endswith("markup-forbidden")
        deep = b"<a>" * 60 + b"</a>" * 60
        assert (await here.send(deep, status=422))["type"].endswith("markup-too-deep")
        await here.send(b"x", "text/plain", status=415)
        await here.send(b"{}", NDJSON, status=422)
