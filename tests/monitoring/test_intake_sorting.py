"""Whose a line is: its own words first, then numbers, then the bank's reference; never a guess."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.statement.lines import BankLine, Direction, LineUse
from services.monitoring.domain.statement.naming import source_of, statement_id, statement_of
from services.monitoring.domain.statement.sorting import (
    ForLedger,
    Kept,
    Known,
    KnownPayment,
    NoLine,
    Refused,
    Unmatched,
    place_of,
)
from services.monitoring.domain.treasury_line import LineKind
from tests.monitoring.stories import on, yuan

SOURCE = source_of("ICBC", "M1")
Z1 = KnownPayment(project_code="P1", fiscal_year=2021, payment_id="Z1", amount=yuan(60))
OTHER = KnownPayment(project_code="P2", fiscal_year=2021, payment_id="Z1")
KNOWN = Known(
    ledgers=frozenset({"P1-2021", "P2-2021"}),
    payments={"Z1": (Z1,), "ZZ": (Z1, OTHER)},
    references={"B1": (Z1,)},
)


def line(**values: Any) -> BankLine:  # noqa: ANN401
    told: dict[str, Any] = {
        "number": 1, "row": 5, "direction": Direction.DEBIT, "amount": Decimal("60.00"),
        "booked_on": on(3, 1), "end_to_end_id": "Z1",
    }  # fmt: skip
    return BankLine(**{**told, **values})


def back(**values: Any) -> BankLine:  # noqa: ANN401
    return line(direction=Direction.CREDIT, return_id="R1", **values)


def placed(one: BankLine, known: Known = KNOWN) -> ForLedger:
    place = place_of(one, SOURCE, known)
    assert isinstance(place, ForLedger)
    return place


def test_its_own_words_come_first() -> None:
    place = placed(line(project_code="P2", fiscal_year=2021, end_to_end_id="Z7"))
    assert place.key == ("P2", 2021)
    assert place.line.source_id == "ICBC/M1/1"
    assert (place.line.kind, place.line.payment_id) == (LineKind.PAYMENT, "Z7")
    assert place.line.amount == yuan(60)


def test_without_a_year_it_is_that_of_its_payment_or_of_its_day() -> None:
    assert placed(line(project_code="P1", end_to_end_id="Z7")).key == ("P1", 2021)
    next_year = back(project_code="P1", booked_on=date(2022, 1, 4))
    assert placed(next_year).key == ("P1", 2021)


def test_then_the_number_of_its_payment_and_the_reference_of_the_bank() -> None:
    assert placed(line()).key == ("P1", 2021)
    assert placed(line(payment_no="Z1", end_to_end_id="K1")).line.payment_id == "Z1"
    by_reference = placed(back(end_to_end_id="", bank_ref="B1"))
    assert (by_reference.key, by_reference.line.payment_id) == (("P1", 2021), "Z1")


def test_a_payment_under_another_number_is_known_by_reference_and_amount() -> None:
    again = placed(line(end_to_end_id="Z8", bank_ref="B1", project_code="P1", fiscal_year=2021))
    assert again.line.payment_id == "Z1"


def test_a_new_payment_is_not_taken_for_another_of_its_batch() -> None:
    other = line(end_to_end_id="Z8", bank_ref="B1", amount=Decimal(61))
    assert place_of(other, SOURCE, KNOWN) == Kept(Unmatched.NO_PROJECT)
    batch = replace(KNOWN, references={"B1": (Z1, replace(Z1, payment_id="Z2"))})
    assert place_of(line(end_to_end_id="Z8", bank_ref="B1"), SOURCE, batch) == Kept(
        Unmatched.NO_PROJECT
    )


def test_a_full_number_is_better_than_its_short_form() -> None:
    assert placed(line(payment_no="Z1", end_to_end_id="K7")).line.payment_id == "Z1"


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (line(currency="USD"), Unmatched.FOREIGN_CURRENCY),
        (line(account="X"), Unmatched.FOREIGN_ACCOUNT),
        (line(flaw="parts"), Unmatched.PARTS_UNCLEAR),
        (line(use=LineUse.CORRECTION), Unmatched.CORRECTION),
        (line(reversal=True), Unmatched.REVERSED_RETURN),
        (line(end_to_end_id="Z9"), Unmatched.NO_PROJECT),
        (back(end_to_end_id="Z9"), Unmatched.RETURN_OF_NOTHING),
        (line(end_to_end_id="ZZ"), Unmatched.AMBIGUOUS),
        (line(project_code="P9", fiscal_year=2021), Unmatched.LEDGER_UNKNOWN),
    ],
)
def test_what_has_no_ledger_is_kept_with_its_reason(one: BankLine, why: Unmatched) -> None:
    known = replace(KNOWN, accounts=frozenset({"A"}))
    assert place_of(one, SOURCE, known) == Kept(why)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (line(amount=Decimal(0)), Refused.ZERO_AMOUNT),
        (line(amount=Decimal(-1)), Refused.NEGATIVE_AMOUNT),
        (line(amount=Decimal("0.001")), Refused.UNREADABLE),
        (line(unread="x"), Refused.UNREADABLE),
        (line(booked_on=None), Refused.UNREADABLE),
        (line(use=LineUse.ADVICE), Refused.ADVICE_ONLY),
        (line(use=LineUse.DELETED), Refused.DELETED),
    ],
)
def test_what_is_no_line_is_refused_with_its_reason(one: BankLine, why: Refused) -> None:
    place = place_of(one, SOURCE, KNOWN)
    assert isinstance(place, NoLine)
    assert place.why is why


def test_a_reversed_payment_is_a_return() -> None:
    assert placed(back(reversal=True)).line.kind is LineKind.RETURN


def test_a_message_has_a_name_that_fits_an_address() -> None:
    assert statement_id("ICBC", "M1") == "ICBC-M1"
    odd = statement_id("ICBC", "M/1 \u4e00")
    assert odd.startswith("ICBC-")
    assert odd == statement_of(f"{source_of('ICBC', 'M/1 \u4e00')}/12")
    assert statement_of("") == ""
