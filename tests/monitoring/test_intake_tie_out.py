"""Every working day: ledgers, payment list and bank say the same, or what differs is told."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.tie_out import (
    Between,
    DayNotCome,
    Difference,
    Figures,
    PublishTieOut,
    RequestTieOut,
    Sums,
    TieOutPublished,
    TieOutRequested,
    first_day,
    tie_out_decider,
)
from services.monitoring.publishing import publish
from services.monitoring.reactions.treasury import of_treasury
from shared.contracts import monitoring as said
from shared.testing.projection_spec import recorded
from tests.monitoring.bureau import Bureau, bureau
from tests.monitoring.messages import Entry, camt, closing
from tests.monitoring.stories import CLERK, Story, at, on, yuan
from tests.monitoring.world import eventually

PAID: dict[str, Any] = {"end_to_end_id": "Z1", "bank_ref": "B1", "project": "P1", "year": "2021"}
SIXTY = Sums(paid=yuan(60))
ALIKE = Figures(ledger=SIXTY, listed=SIXTY, bank=SIXTY, breaks_open=0)
story = Story(tie_out_decider)


def publishing(figures: Figures = ALIKE, *, scheduled: bool = True) -> PublishTieOut:
    return PublishTieOut(
        region_code="653101",
        until_on=on(3, 1),
        figures=figures,
        scheduled=scheduled,
        by=CLERK,
        now=at(3, 2),
    )


def request(day: date) -> RequestTieOut:
    return RequestTieOut(region_code="653101", until_on=day, by=CLERK, now=at(3, 2))


def test_three_that_say_the_same_are_equal() -> None:
    [told] = story.when(publishing()).facts()
    assert (told.equal, told.differences) == (True, ())
    assert told.from_on == first_day(on(3, 1), "653101") == on(2, 27)
    story.after(publishing()).when(publishing()).then_nothing()


@pytest.mark.parametrize(
    ("figures", "difference"),
    [
        (
            Figures(ledger=SIXTY, listed=Sums(), bank=SIXTY, breaks_open=0),
            Difference(between=Between.LEDGER_AND_LIST, paid=yuan(60)),
        ),
        (
            Figures(ledger=SIXTY, listed=SIXTY, bank=Sums(paid=yuan(61)), breaks_open=0),
            Difference(between=Between.LEDGER_AND_BANK, paid=yuan(-1)),
        ),
        (
            Figures(ledger=SIXTY, listed=SIXTY, bank=None, breaks_open=0),
            Difference(between=Between.NO_STATEMENT),
        ),
    ],
)
def test_what_differs_is_listed_and_nothing_is_corrected(
    figures: Figures, difference: Difference
) -> None:
    [told] = story.when(publishing(figures)).facts()
    assert (told.equal, told.differences) == (False, (difference,))


def test_a_day_without_money_needs_no_statement() -> None:
    quiet = Figures(ledger=Sums(), listed=Sums(), bank=None, breaks_open=0)
    [told] = story.when(publishing(quiet)).facts()
    assert told.equal


def test_who_asks_is_answered_even_when_nothing_changed() -> None:
    told = story.after(publishing())
    told.when(request(on(3, 1))).then(TieOutRequested(region_code="653101", until_on=on(3, 1)))
    wanted = told.after(request(on(3, 1)))
    wanted.when(request(on(3, 1))).then_nothing()
    [again] = wanted.when(publishing(scheduled=False)).facts()
    assert isinstance(again, TieOutPublished)
    story.when(request(on(3, 3))).then_refused(DayNotCome)


def test_each_tie_out_by_the_clock_sets_the_next_working_day() -> None:
    [friday] = story.when(publishing()).facts()
    [told] = recorded("tieout-653101-2021-03-01", friday, at=at(3, 2))
    [deadline] = of_treasury(told)
    assert deadline.subject == "653101|2021-03-02|clock"
    [asked] = story.when(publishing(scheduled=False)).facts()
    [told] = recorded("tieout-653101-2021-03-01", asked, at=at(3, 2))
    assert list(of_treasury(told)) == []
    word = publish(told)
    assert isinstance(word, said.TieOutPublished)
    assert (word.ledger_paid, word.bank_debits, word.equal) == (yuan(60), yuan(60), True)


async def tied_out(here: Bureau, day: str) -> dict[str, Any]:
    """The tie-out of a day, once it is there."""
    found: list[dict[str, Any]] = []

    async def look() -> bool:
        rows = (await here.ask("/tie-outs", from_on=day, until_on=day))["items"]
        found[:] = rows
        return bool(rows)

    await eventually(look)
    return found[0]


async def test_a_day_is_tied_out_in_the_morning_after(database: str) -> None:
    payment = Entry(amount="60.00", day="2021-03-02", **PAID)
    async with bureau(database) as here:
        sums = closing("60.00", "0.00")
        await here.book(camt("camt.053.001.08", "S1", [payment], sums=sums))
        await here.told.later(at(3, 3, 2))
        told = await tied_out(here, "2021-03-02")
        assert (told["equal"], told["ledger_paid"], told["bank_debits"]) == (True, "60.00", "60.00")
        own = {"payment_id": "Z9", "amount": "5.00", "settled_on": "2021-03-03"}
        await here.act("/ledgers/P1/2021/settle-payment", own)
        await here.told.later(at(3, 4, 2))
        next_day = await tied_out(here, "2021-03-03")
        assert (next_day["equal"], next_day["listed_paid"]) == (False, "5.00")
        assert next_day["differences"][0]["between"] == "NO_STATEMENT"
        late = Entry(amount="6.00", day="2021-03-03", **{**PAID, "end_to_end_id": "Z9"})
        await here.book(camt("camt.053.001.08", "S2", [late]))
        body = {"region_code": "653101", "until_on": "2021-03-03"}
        await here.act("/tie-outs", {**body, "until_on": "2021-05-01"}, status=422)
        await here.act("/tie-outs", body)

        async def again() -> bool:
            row = await here.ask("/tie-outs/653101-2021-03-03")
            return bool(row["bank_debits"] == "6.00")

        await eventually(again)
        asked = await here.ask("/tie-outs/653101-2021-03-03")
        assert asked["differences"] == [
            {"between": "LEDGER_AND_BANK", "paid": "-1.00", "returned": "0.00", "detail": ""}
        ]
        assert asked["breaks_open"] == 1
        unequal = (await here.ask("/tie-outs", equal="false"))["items"]
        assert [row["until_on"] for row in unequal] == ["2021-03-03"]
        words = await here.told.store.read_words(0, 1_000)
        assert sum(word.event_type == "monitoring.TieOutPublished.v1" for word in words) >= 3


def test_a_page_that_did_not_come_is_told_with_its_account() -> None:
    gap = Figures(ledger=SIXTY, listed=SIXTY, bank=SIXTY, breaks_open=0, missing=("A 7: 2",))
    [told] = story.when(publishing(gap)).facts()
    assert (told.equal, told.differences) == (
        False,
        (Difference(between=Between.PAGE_MISSING, detail="A 7: 2"),),
    )


@pytest.mark.parametrize("form", ["camt.053.001.02", "camt.053.001.08"])
async def test_the_pages_of_a_statement_are_added_up(database: str, form: str) -> None:
    """Every page says the sums of the whole; a page that comes twice counts once."""
    entries = [
        Entry(
            amount=f"{number}0.00",
            day="2021-03-02",
            **{**PAID, "end_to_end_id": f"Z{number}", "bank_ref": f"B{number}"},
        )
        for number in (1, 2, 3)
    ]
    whole = closing("60.00", "0.00")
    async with bureau(database) as here:
        first, third = (1, False), (3, True)
        await here.book(camt(form, "S1", entries[:1], sums=whole, page=first))
        await here.book(camt(form, "S3", entries[2:], sums=whole, page=third))
        await here.told.later(at(3, 3, 2))
        told = await tied_out(here, "2021-03-02")
        assert (told["equal"], told["bank_debits"]) == (False, "40.00")
        [gap] = told["differences"]
        assert (gap["between"], gap["detail"]) == ("PAGE_MISSING", "6531010000000001 2021/7: 2")
        await here.book(camt(form, "S2", entries[1:2], sums=whole, page=(2, False)))
        await here.book(camt(form, "S1b", entries[:1], sums=whole, page=first))
        await here.act("/tie-outs", {"region_code": "653101", "until_on": "2021-03-02"})

        async def again() -> bool:
            row = await here.ask("/tie-outs/653101-2021-03-02")
            return bool(row["bank_debits"] == "60.00" and row["equal"])

        await eventually(again)
