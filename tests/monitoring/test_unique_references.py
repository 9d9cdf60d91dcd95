"""UETR and clearing numbers: payments are found by them, returns that look alike told apart."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.monitoring.api.bank.answers import read_answers
from services.monitoring.api.bank.files import read_file
from services.monitoring.api.intake.returns_told import ToldReturn, renamed
from services.monitoring.domain.payment_order.identity import uetr_of
from services.monitoring.domain.statement.answering import place_of_answer
from services.monitoring.domain.statement.for_orders import ForOrder, KnownOrder
from services.monitoring.domain.statement.lines import BankLine
from services.monitoring.domain.statement.sorting import ForLedger, Known, KnownPayment, place_of
from shared.domain.money import Money
from tests.monitoring.bureau import XML, bureau, outcomes
from tests.monitoring.messages import Entry, camt, pacs_004, pain_002
from tests.monitoring.stories import on
from tests.monitoring.test_orders_by_files import ACCEPTED, payments, status, treasury
from tests.monitoring.test_orders_http import money

ONE, OTHER = str(UUID(int=1, version=4)), str(UUID(int=2, version=4))
PAID: dict[str, Any] = {"amount": "60.00", "end_to_end_id": "Z1", "project": "P1", "year": "2021"}
BACK: dict[str, Any] = {
    "amount": "20.00",
    "way": "CRDT",
    "end_to_end_id": "Z1",
    "day": "2021-04-01",
}
PACS = "pacs.004.001.09"


def lines(content: bytes) -> tuple[BankLine, ...]:
    return read_file(content, XML, "", {}).lines


@pytest.mark.parametrize("form", ["camt.052", "camt.053", "camt.054"])
def test_the_references_are_read_where_the_version_has_them(form: str) -> None:
    entry = Entry(**PAID, uetr=ONE, clearing_ref="C1")
    (new,) = lines(camt(f"{form}.001.08", "M1", [entry]))
    assert (new.uetr, new.clearing_ref) == (ONE, "C1")
    (old,) = lines(camt(f"{form}.001.02", "M1", [entry]))
    assert (old.uetr, old.clearing_ref) == ("", "C1")


def test_a_return_between_banks_and_an_answer_name_the_payment_too() -> None:
    (back,) = lines(
        pacs_004(PACS, "R1", "NOTPROVIDED", "20.00", "RT1", uetr=ONE, clearing_ref="C1")
    )
    assert (back.end_to_end_id, back.uetr, back.clearing_ref) == ("", ONE, "C1")
    told = pain_002(ACCEPTED, "B1", [("NOTPROVIDED", "ACSP", "NARR")])
    unique = f"<OrgnlUETR>{ONE}</OrgnlUETR><TxSts>".encode()
    (answer,) = read_answers(told.replace(b"<TxSts>", unique))
    assert (answer.end_to_end_id, answer.uetr) == ("", ONE)
    order = KnownOrder(
        order_id="653101-ZF1",
        pay_cert_no="ZF1",
        end_to_end_id="ZF1",
        project_code="P1",
        fiscal_year=2021,
        amount=Money(6000),
        uetr=ONE,
    )
    place = place_of_answer(answer, 1, [replace(order, uetr=OTHER, order_id="x"), order])
    assert isinstance(place, ForOrder)
    assert place.order == order


def test_a_payment_is_found_by_it_before_the_reference_of_the_bank() -> None:
    (back,) = lines(camt("camt.054.001.08", "A1", [Entry(amount="20.00", way="CRDT", uetr=ONE)]))
    right = KnownPayment(project_code="P1", fiscal_year=2021, payment_id="Z1", amount=Money(6000))
    wrong = replace(right, project_code="P2", payment_id="Z2")
    known = Known(
        ledgers=frozenset({"P1-2021", "P2-2021"}),
        references={"L9": (wrong,)},
        uetrs={ONE: (right,)},
    )
    place = place_of(replace(back, bank_ref="L9"), "ICBC/A1", known)
    assert isinstance(place, ForLedger)
    assert (place.key, place.line.payment_id) == (("P1", 2021), "Z1")
    assert (place.line.uetr, place.line.kind) == (ONE, "RETURN")


@pytest.mark.parametrize(
    ("uetr", "clearing_ref", "same"),
    [("", "", True), (ONE, "", True), (OTHER, "", False), ("", "C1", True), (ONE, "C2", False)],
)
def test_a_reference_that_both_have_decides(uetr: str, clearing_ref: str, *, same: bool) -> None:
    (line,) = lines(camt("camt.053.001.08", "S1", [Entry(**BACK, bank_ref="L3")]))
    booked = ToldReturn(
        payment_id="Z1",
        return_id="RT1",
        fen=2000,
        returned_on=on(4, 1),
        kind="pacs.",
        uetr=ONE,
        clearing_ref="C1",
    )
    told = replace(line, uetr=uetr, clearing_ref=clearing_ref)
    (found,) = renamed([told], {1: ["Z1"]}, [booked], "camt.05")
    assert found.return_id == ("RT1" if same else "L3")


def test_of_two_that_fit_the_number_of_the_clearing_system_says_which() -> None:
    (line,) = lines(camt("camt.053.001.08", "S1", [Entry(**BACK, bank_ref="L3")]))
    first = ToldReturn(
        payment_id="Z1", return_id="RT1", fen=2000, returned_on=on(4, 1), kind="pacs."
    )
    second = replace(first, return_id="RT2", clearing_ref="C2")
    told = replace(line, clearing_ref="C2")
    (found,) = renamed([told], {1: ["Z1"]}, [first, second], "camt.05")
    assert found.return_id == "RT2"


async def test_of_two_equal_returns_the_second_is_booked_at_once(database: str) -> None:
    async with bureau(database) as here:
        await here.book(camt("camt.053.001.08", "S1", [Entry(**PAID, bank_ref="L1", uetr=ONE)]))
        assert (await here.ask("/ledgers/P1/2021/payments"))["items"][0]["uetr"] == ONE
        first = pacs_004(PACS, "R1", "Z1", "20.00", "RT1", uetr=ONE, clearing_ref="C1")
        assert outcomes(await here.book(first)) == [("BOOKED", "")]
        # The second of the day: the account tells it before the other bank does.
        advice = Entry(**BACK, bank_ref="L3", uetr=ONE, clearing_ref="C2")
        assert outcomes(await here.book(camt("camt.054.001.08", "A2", [advice]))) == [
            ("BOOKED", "")
        ]
        second = pacs_004(PACS, "R2", "Z1", "20.00", "RT2", uetr=ONE, clearing_ref="C2")
        assert outcomes(await here.book(second)) == [("DUPLICATE", "")]
        evening = [Entry(**BACK, bank_ref="L2", uetr=ONE, clearing_ref="C1"), advice]
        told = await here.book(camt("camt.053.001.08", "S2", evening))
        assert outcomes(told) == [("DUPLICATE", ""), ("DUPLICATE", "")]
        ledger = await here.ask("/ledgers/P1/2021")
        assert ledger["returned"] == "40.00"
        found = (await here.ask("/ledgers/P1/2021/returns"))["items"]
        assert sorted((one["return_id"], one["clearing_ref"]) for one in found) == [
            ("L3", "C2"),
            ("RT1", "C1"),
        ]


async def test_without_any_reference_a_statement_tells_each_movement_once(database: str) -> None:
    async with bureau(database) as here:
        await here.book(camt("camt.053.001.08", "S1", [Entry(**PAID, bank_ref="L1")]))
        twice = camt("camt.053.001.02", "S2", [Entry(**BACK), Entry(**BACK)])
        assert outcomes(await here.book(twice)) == [("BOOKED", ""), ("BOOKED", "")]
        advice = camt("camt.054.001.02", "A2", [Entry(**BACK)])
        assert outcomes(await here.book(advice)) == [("DUPLICATE", "")]
        assert (await here.ask("/ledgers/P1/2021"))["returned"] == "40.00"


async def test_a_message_that_leaves_the_reference_out_tells_no_second_return(
    database: str,
) -> None:
    async with bureau(database) as here:
        await here.book(camt("camt.053.001.08", "S1", [Entry(**PAID, bank_ref="L1")]))
        await here.book(camt("camt.054.001.08", "A2", [Entry(**BACK, clearing_ref="C1")]))
        evening = await here.book(camt("camt.053.001.02", "S2", [Entry(**BACK)]))
        assert outcomes(evening) == [("DUPLICATE", "")]
        assert (await here.ask("/ledgers/P1/2021"))["returned"] == "20.00"


async def test_a_return_and_an_order_are_found_by_nothing_but_the_uetr(database: str) -> None:
    async with bureau(database) as here:
        await here.book(camt("camt.053.001.08", "S1", [Entry(**PAID, bank_ref="L1", uetr=ONE)]))
        nameless = pacs_004(PACS, "R1", "NOTPROVIDED", "20.00", "RT1", uetr=ONE)
        assert outcomes(await here.book(nameless)) == [("BOOKED", "")]
        strange = pacs_004(PACS, "R2", "NOTPROVIDED", "20.00", "RT2", uetr=OTHER)
        assert outcomes(await here.book(strange)) == [("BREAK", "RETURN_OF_NOTHING")]


async def test_an_order_of_ours_is_settled_and_returned_by_its_uetr(database: str) -> None:
    async with treasury(database, "ZF1") as (told, by, here):
        uetr = uetr_of("653101-ZF1")
        accepted = pain_002(ACCEPTED, "other", [("NOTPROVIDED", "ACSP", "NARR")])
        unique = f"<OrgnlUETR>{uetr}</OrgnlUETR><TxSts>".encode()
        report = await here.book(accepted.replace(b"<TxSts>", unique))
        assert outcomes(report) == [("HEARD", "ACCEPTED")]
        advice = camt("camt.054.001.08", "A1", [Entry(amount="60.00", bank_ref="L1", uetr=uetr)])
        assert outcomes(await here.book(advice)) == [("BOOKED", "")]
        assert await status(here) == "SETTLED"
        assert await payments(here) == [("ZF1", "60.00")]
        back = pacs_004(PACS, "R1", "NOTPROVIDED", "60.00", "RT1", uetr=uetr, clearing_ref="C1")
        assert outcomes(await here.book(back)) == [("BOOKED", "")]
        assert await status(here) == "RETURNED"
        assert (await money(told, by))[2] == "0.00"
        (one,) = (await here.ask("/ledgers/P1/2021/returns"))["items"]
        assert (one["uetr"], one["clearing_ref"]) == (uetr, "C1")
        assert outcomes(await here.book(back)) == [("DUPLICATE", "")]
