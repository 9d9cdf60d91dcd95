"""Two returns that say the same, on two pages of one statement: the pages are one list."""

from collections.abc import Sequence
from dataclasses import replace

from services.monitoring.api.bank.files import read_file
from services.monitoring.domain.statement.lines import BankLine
from services.monitoring.domain.statement.twins import further
from tests.monitoring.bureau import XML, bureau, outcomes
from tests.monitoring.messages import Entry, camt
from tests.monitoring.test_intake_files import ledger

PAID = Entry(
    amount="60.00", end_to_end_id="Z1", bank_ref="B1", project="P1", year="2021", day="2021-04-01"
)
BACK = Entry(amount="20.00", way="CRDT", end_to_end_id="Z1", day="2021-04-01")
ADVICE, STATEMENT = "camt.054.001.08", "camt.053.001.08"
X = "2021-04-01:Z1:20.00"
BOOKED, KNOWN = ("BOOKED", ""), ("DUPLICATE", "")


def page(message_id: str, number: int, entries: Sequence[Entry], *, last: bool = False) -> bytes:
    return camt(STATEMENT, message_id, entries, page=(number, last))


def lines(*entries: Entry) -> tuple[BankLine, ...]:
    return read_file(page("S1", 1, entries), XML, "").lines


def test_a_page_names_the_returns_on_it_that_have_no_reference_of_their_own() -> None:
    numbered = replace(BACK, bank_ref="B7")
    (day,) = read_file(page("S1", 1, [PAID, BACK, BACK, numbered]), XML, "").days
    assert day.returns == (X, X)
    (whole,) = read_file(camt(STATEMENT, "S1", [BACK, BACK]), XML, "").days
    assert whole.returns == ()


def test_what_other_pages_tell_is_counted_on() -> None:
    account = lines(BACK)[0].account
    told = further(lines(BACK, BACK), {(account, X): 2})
    assert [line.return_id for line in told] == [f"{X}#3", f"{X}#4"]
    elsewhere = {("another", X): 2, (account, "B7"): 1, (account, ""): 3}
    others = lines(BACK, replace(BACK, bank_ref="B7"), PAID)
    assert list(further(others, elsewhere)) == list(others)


async def test_the_second_page_books_the_second_return(database: str) -> None:
    async with bureau(database) as here:
        await here.book(camt(ADVICE, "A0", [PAID]))
        first = await here.book(page("S1", 1, [PAID, BACK]))
        assert outcomes(first) == [KNOWN, BOOKED]
        second = await here.book(page("S2", 2, [BACK], last=True))
        assert outcomes(second) == [BOOKED]
        assert await ledger(here) == ("60.00", "40.00", "480.00")
        # A page that comes again, under its own number or another one, is the same page.
        assert outcomes(await here.book(page("S2", 2, [BACK], last=True))) == [KNOWN]
        assert outcomes(await here.book(page("S3", 2, [BACK], last=True))) == [KNOWN]
        assert outcomes(await here.book(page("S4", 1, [PAID, BACK]))) == [KNOWN, KNOWN]
        assert await ledger(here) == ("60.00", "40.00", "480.00")


async def test_the_last_page_may_come_first(database: str) -> None:
    async with bureau(database) as here:
        assert outcomes(await here.book(page("S0", 1, [PAID]))) == [BOOKED]
        assert outcomes(await here.book(page("S3", 3, [BACK, BACK], last=True))) == [BOOKED] * 2
        assert outcomes(await here.book(page("S2", 2, [BACK]))) == [BOOKED]
        assert await ledger(here) == ("60.00", "60.00", "500.00")


async def test_the_other_page_ends_the_break_of_an_advice(database: str) -> None:
    async with bureau(database) as here:
        await here.book(camt(ADVICE, "A0", [PAID]))
        await here.book(camt(ADVICE, "A1", [BACK]))
        doubted = await here.book(camt(ADVICE, "A2", [BACK]))
        assert outcomes(doubted) == [("BREAK", "RETURN_TOLD_AGAIN")]
        assert outcomes(await here.book(page("S1", 1, [PAID, BACK]))) == [KNOWN, KNOWN]
        (kept,) = (await here.ask("/statement-lines"))["items"]
        assert kept["state"] == "OPEN"
        assert outcomes(await here.book(page("S2", 2, [BACK], last=True))) == [BOOKED]
        (kept,) = (await here.ask("/statement-lines"))["items"]
        assert kept["state"] == "REJECTED"
        assert await ledger(here) == ("60.00", "40.00", "480.00")
