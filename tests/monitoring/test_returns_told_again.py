"""Two returns that say the same, in two advices: a break at once, which the statement ends."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.api.bank.files import read_file
from services.monitoring.domain.statement.lines import BankLine
from services.monitoring.domain.statement.twins import (
    Doubted,
    FirstTold,
    apart,
    doubtful,
    ended_by,
    first_of,
    named,
    renamed_again,
)
from tests.monitoring.bureau import XML, Bureau, Json, bureau, outcomes
from tests.monitoring.messages import Entry, camt, pacs_004
from tests.monitoring.test_intake_files import ledger

PAID = Entry(
    amount="60.00", end_to_end_id="Z1", bank_ref="B1", project="P1", year="2021", day="2021-03-01"
)
BACK = Entry(amount="20.00", way="CRDT", end_to_end_id="Z1", day="2021-04-01")
ADVICE, INTERIM, STATEMENT = "camt.054.001.08", "camt.052.001.08", "camt.053.001.08"
PACS = "pacs.004.001.09"
X = "2021-04-01:Z1:20.00"
AGAIN = ("BREAK", "RETURN_TOLD_AGAIN")


def lines(content: bytes) -> tuple[BankLine, ...]:
    return read_file(content, XML, "", {}).lines


def told(form: str = ADVICE, statement: str = "ICBC-A1", uetr: str = "") -> dict[str, FirstTold]:
    return {X: FirstTold(return_id=X, form=form, statement=statement, uetr=uetr)}


def doubted(entry: Entry, form: str = ADVICE, **first: str) -> Sequence[BankLine]:
    """What is doubted of a message that tells this one return."""
    return doubtful(lines(camt(form, "A2", [entry])), form, "ICBC-A2", told(**first))


def test_a_return_without_a_number_is_doubted_where_an_advice_has_told_it() -> None:
    assert len(doubted(BACK)) == 1


@pytest.mark.parametrize(
    "changed",
    [{"bank_ref": "B7"}, {"clearing_ref": "C7"}, {"amount": "21.00"}, {"day": "2021-04-02"}],
)
def test_a_number_of_its_own_or_another_amount_or_day_leaves_no_doubt(changed: Json) -> None:
    assert doubted(replace(BACK, **changed)) == []


def test_only_a_second_message_of_the_kind_raises_the_doubt() -> None:
    assert doubted(BACK, statement="ICBC-A2") == []  # the same message once more
    assert doubted(BACK, form=STATEMENT) == ()  # statements tell again what advices told
    assert doubtful(lines(camt(ADVICE, "A2", [BACK])), ADVICE, "A2", told(form=STATEMENT)) == []
    assert doubtful(lines(camt(ADVICE, "A2", [BACK])), ADVICE, "A2", {}) == []


def test_a_unique_reference_says_which_payment_came_back() -> None:
    one = replace(BACK, uetr="9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")
    assert doubted(one, uetr=one.uetr) == []
    assert len(doubted(one, uetr="")) == 1


def test_each_doubt_has_the_next_name_that_is_free() -> None:
    three = lines(camt(ADVICE, "A2", [BACK, BACK, PAID]))
    first, second, paid = renamed_again(three, {1}, {X, f"{X}#3"})
    assert (first.return_id, first.told_again) == (f"{X}#4", True)  # the message has #2 itself
    assert (second.return_id, second.told_again) == (f"{X}#2", False)
    assert paid == three[2]
    assert [first_of(named(X, turn)) for turn in (1, 2, 12)] == [X, X, X]
    assert first_of("#7") == "#7"


def test_one_message_between_banks_tells_each_return_once() -> None:
    one = pacs_004(PACS, "R1", "Z1", "20.00", "RT1").decode()
    nameless = one.replace("<RtrId>RT1</RtrId>", "")
    body = nameless[nameless.index("<TxInf>") : nameless.index("</PmtRtr>")]
    twice = nameless.replace(body, body * 2).replace("<NbOfTxs>1", "<NbOfTxs>2")
    assert [line.return_id for line in lines(twice.encode())] == [X, f"{X}#2"]
    (own,) = lines(one.encode())
    assert [line.return_id for line in apart([own, own])] == ["RT1", "RT1"]


def test_a_return_between_banks_with_its_number_in_the_clearing_is_not_doubted() -> None:
    told = pacs_004(PACS, "R2", "Z1", "20.00", "RT1", clearing_ref="C1")
    again = lines(told.replace(b"<RtrId>RT1</RtrId>", b""))
    first = {X: FirstTold(return_id=X, form=PACS, statement="ICBC-R1")}
    assert doubtful(again, PACS, "ICBC-R2", first) == []


def test_a_statement_ends_what_it_tells_and_what_it_tells_only_once() -> None:
    waits = Doubted(statement="ICBC-A2", line_no=1, return_id=f"{X}#2")
    twice = read_file(camt(STATEMENT, "S1", [BACK, BACK]), XML, "", {})
    once = read_file(camt(STATEMENT, "S1", [BACK]), XML, "", {})
    page = read_file(camt(STATEMENT, "S1", [BACK], page=(1, False)), XML, "", {})
    interim = read_file(camt(INTERIM, "V1", [BACK]), XML, "", {})
    other = read_file(camt(STATEMENT, "S1", [PAID]), XML, "", {})
    assert list(ended_by(twice, "S1", [waits])) == [(waits, True)]
    assert list(ended_by(once, "S1", [waits])) == [(waits, False)]
    assert list(ended_by(page, "S1", [waits])) == []  # the other page may tell the second one
    assert list(ended_by(interim, "V1", [waits])) == []  # the day is not over
    assert list(ended_by(other, "S1", [waits])) == []


async def advised(here: Bureau) -> Json:
    """A payment, and two advices of a return that say the same."""
    await here.book(camt(ADVICE, "A0", [PAID]))
    first = await here.book(camt(ADVICE, "A1", [BACK]))
    assert outcomes(first) == [("BOOKED", "")]
    second = await here.book(camt(ADVICE, "A2", [BACK]))
    assert outcomes(second) == [AGAIN]
    assert second["counts"]["breaks"] == 1
    return second


async def line(here: Bureau) -> Any:  # noqa: ANN401 - JSON is what it is
    """The only line that is kept."""
    (one,) = (await here.ask("/statement-lines"))["items"]
    return one


async def test_the_second_is_a_break_at_once_and_the_statement_books_it(database: str) -> None:
    async with bureau(database) as here:
        await advised(here)
        kept = await line(here)
        assert (kept["reason"], kept["state"], kept["owner"]) == (
            "RETURN_TOLD_AGAIN",
            "OPEN",
            "FB_TREASURY",
        )
        assert await ledger(here) == ("60.00", "20.00", "460.00")
        again = await here.book(camt(ADVICE, "A2", [BACK]))
        assert outcomes(again) == [("DUPLICATE", "RETURN_TOLD_AGAIN")]
        statement = await here.book(camt(STATEMENT, "S1", [BACK, BACK]))
        assert outcomes(statement) == [("DUPLICATE", ""), ("BOOKED", "")]
        assert (statement["counts"]["booked"], statement["counts"]["duplicates"]) == (1, 1)
        assert await ledger(here) == ("60.00", "40.00", "480.00")
        kept = await line(here)
        assert kept["state"] == "REJECTED"
        assert "S1" in kept["note"]
        assert "booked there" in kept["note"]
        await here.book(camt(STATEMENT, "S1", [BACK, BACK]))
        assert await ledger(here) == ("60.00", "40.00", "480.00")


async def test_a_statement_that_tells_it_once_ends_the_break(database: str) -> None:
    async with bureau(database) as here:
        await advised(here)
        await here.book(camt(INTERIM, "V1", [BACK]))
        assert (await line(here))["state"] == "OPEN"
        told = await here.book(camt(STATEMENT, "S1", [BACK]))
        assert outcomes(told) == [("DUPLICATE", "")]
        kept = await line(here)
        assert (kept["state"], kept["note"]) == (
            "REJECTED",
            "ICBC-S1 of the whole day tells this return once.",
        )
        assert await ledger(here) == ("60.00", "20.00", "460.00")


async def test_a_person_may_be_quicker_and_nothing_is_booked_twice(database: str) -> None:
    async with bureau(database) as here:
        await advised(here)
        place = "/treasury-statements/ICBC-A2/lines/1"
        own: Json = {"project_code": "P1", "fiscal_year": 2021}
        nobody = await here.act(f"{place}/reject", {"note": " "}, 422)
        assert nobody.json()["type"].endswith("/note-missing")
        await here.act(f"{place}/assign", own)
        assert await ledger(here) == ("60.00", "40.00", "480.00")
        third = await here.book(camt(ADVICE, "A3", [BACK]))
        assert outcomes(third) == [AGAIN]
        told = await here.book(camt(STATEMENT, "S1", [BACK, BACK, BACK]))
        assert outcomes(told) == [("DUPLICATE", ""), ("DUPLICATE", ""), ("BOOKED", "")]
        assert await ledger(here) == ("60.00", "60.00", "500.00")
        items = (await here.ask("/statement-lines"))["items"]
        assert {one["state"] for one in items} == {"ASSIGNED", "REJECTED"}


async def test_returns_between_banks_are_doubted_as_advices_are(database: str) -> None:
    def nameless(message_id: str) -> bytes:
        told = pacs_004(PACS, message_id, "Z1", "20.00", "RT1")
        return told.replace(b"<RtrId>RT1</RtrId>", b"")

    async with bureau(database) as here:
        await here.book(camt(ADVICE, "A0", [PAID]))
        assert outcomes(await here.book(nameless("R1"))) == [("BOOKED", "")]
        assert outcomes(await here.book(nameless("R1"))) == [("DUPLICATE", "")]
        assert outcomes(await here.book(nameless("R2"))) == [AGAIN]
        # The advice of the account tells the first one: another kind of message, no doubt.
        assert outcomes(await here.book(camt(ADVICE, "A1", [BACK]))) == [("DUPLICATE", "")]
        assert await ledger(here) == ("60.00", "20.00", "460.00")
