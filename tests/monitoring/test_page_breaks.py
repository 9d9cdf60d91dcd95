"""A page of a statement that did not come: somebody's to ask for, until it comes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from services.monitoring.domain.page_refusals import (
    PageBreakEnded,
    PageBreakUnknown,
    PageNoteMissing,
)
from services.monitoring.domain.statement_pages import (
    MissingPages,
    PageBreakClosed,
    PageBreakOpened,
    PageBreakTransferred,
    PageTaken,
    RejectPageBreak,
    ReportMissingPages,
    TakePage,
    TransferPageBreak,
    missing_of,
    pages_id,
    statement_pages_decider,
)
from shared.http.policy import Role
from tests.monitoring.bureau import Bureau, bureau
from tests.monitoring.messages import Entry, camt
from tests.monitoring.stories import CLERK, Story, at, on
from tests.monitoring.world import eventually

KEY = pages_id("653101", "A", "2021/7")
HEAD: dict[str, Any] = {"pages_id": KEY, "by": CLERK, "now": at(3, 3)}
WHOSE: dict[str, Any] = {"region_code": "653101", "account": "A", "series": "2021/7"}
story = Story(statement_pages_decider)


def take(page: int, *, last: bool = False) -> TakePage:
    return TakePage(**HEAD, **WHOSE, page=page, last=last)


def taken(page: int, *, last: bool = False) -> PageTaken:
    return PageTaken(**WHOSE, page=page, last=last)


def report(*held: int, last: bool = False) -> ReportMissingPages:
    seen = MissingPages(account="A", series="2021/7", held=held, last=last)
    return ReportMissingPages(**HEAD, region_code="653101", seen=seen, day_on=on(3, 2))


def opened(*held: int, last: bool, missing: tuple[str, ...]) -> PageBreakOpened:
    return PageBreakOpened(
        **WHOSE,
        missing=missing,
        held=held,
        last=last,
        owner="FB_TREASURY",
        day_on=on(3, 2),
        opened_on=on(3, 3),
    )


@pytest.mark.parametrize(
    ("held", "last", "missing"),
    [
        ({1, 3}, True, ("2",)),
        ({1, 2}, False, ("3…",)),
        ({2, 5}, False, ("1", "3", "4", "6…")),
        ({1, 2}, True, ()),
    ],
)
def test_what_is_missing_is_said_as_far_as_one_can_know(
    held: set[int], *, last: bool, missing: tuple[str, ...]
) -> None:
    assert missing_of(frozenset(held), last=last) == missing


def test_a_page_is_noted_once_and_a_gap_opened_once() -> None:
    here = story.after(take(1), take(3, last=True))
    here.when(take(1)).then_nothing()
    gap = opened(1, 3, last=True, missing=("2",))
    here.when(report(1, 3, last=True)).then(gap)
    here.given(gap).when(report(1, 3, last=True)).then_nothing()


def test_the_break_closes_with_the_last_page_that_was_missing() -> None:
    gap = story.after(take(1), report(1))
    gap.when(take(3, last=True)).then(taken(3, last=True))
    wider = gap.after(take(3, last=True))
    wider.when(take(2)).then(taken(2), PageBreakClosed(region_code="653101"))
    wider.after(take(2)).when(report(1, 2, 3, last=True)).then_nothing()


def test_a_page_that_came_since_the_tie_out_looked_is_not_missed() -> None:
    every = story.after(take(1), take(2), take(3, last=True))
    every.when(report(1, 3, last=True)).then_nothing()
    every.when(report(1)).then_nothing()


def test_pages_of_before_are_believed_from_the_tie_out() -> None:
    gap = story.after(report(1, 3, last=True))
    gap.when(take(2)).then(taken(2), PageBreakClosed(region_code="653101"))


def test_a_break_is_handed_over_or_given_up_with_a_reason() -> None:
    gap = story.after(report(1))
    hand_over = TransferPageBreak(**HEAD, owner="古丽")
    gap.when(hand_over).then(PageBreakTransferred(region_code="653101", owner="古丽"))
    gap.after(hand_over).when(hand_over).then_nothing()
    reject = RejectPageBreak(**HEAD, note="仅一页")
    gap.when(reject).then_names("PageBreakRejected")
    gap.after(reject).when(report(1)).then_nothing()
    gap.when(RejectPageBreak(**HEAD, note=" ")).then_refused(PageNoteMissing)
    gap.after(reject).when(hand_over).then_refused(PageBreakEnded)
    story.when(hand_over).then_refused(PageBreakUnknown)
    story.after(take(1)).when(reject).then_refused(PageBreakUnknown)
    gap.after(take(2, last=True)).when(reject).then_refused(PageBreakEnded)


PAID: dict[str, Any] = {"day": "2021-03-02", "project": "P1", "year": "2021"}


def page(number: int, *, last: bool = False, name: str = "") -> bytes:
    entry = Entry(amount="10.00", end_to_end_id=f"Z{number}", bank_ref=f"B{number}", **PAID)
    return camt("camt.053.001.08", name or f"S{number}", [entry], page=(number, last))


@asynccontextmanager
async def missing_two(database: str) -> AsyncIterator[tuple[Bureau, str]]:
    """Pages one and three have come; the tie-out of the morning after has seen it."""
    async with bureau(database) as here:
        await here.book(page(1))
        await here.book(page(3, last=True))
        await here.told.later(at(3, 3, 2))
        found: list[dict[str, Any]] = []

        async def seen() -> bool:
            found[:] = (await here.ask("/page-breaks", state="OPEN"))["items"]
            return bool(found)

        await eventually(seen)
        (gap,) = found
        assert (gap["account"], gap["series"], gap["missing"]) == (
            "6531010000000001",
            "2021/7",
            ["2"],
        )
        assert (gap["owner"], gap["opened_on"], gap["state"]) == (
            "FB_TREASURY",
            "2021-03-03",
            "OPEN",
        )
        yield here, gap["pages_id"]


async def test_a_missing_page_has_an_owner_and_an_age_until_it_comes(database: str) -> None:
    async with missing_two(database) as (here, key):
        await here.told.later(at(3, 8, 2))
        gap = await here.ask(f"/page-breaks/{key}")
        assert (gap["age_days"], gap["age_workdays"]) == (5, 3)
        assert len((await here.ask("/page-breaks", older_than=4))["items"]) == 1
        assert (await here.ask("/page-breaks", older_than=5))["items"] == []
        await here.act(f"/page-breaks/{key}/transfer", {"owner": "古丽"})
        await here.act(f"/page-breaks/{key}/transfer", {"owner": "古丽"})
        assert len((await here.ask("/page-breaks", owner="古丽"))["items"]) == 1
        await here.act("/tie-outs", {"region_code": "653101", "until_on": "2021-03-02"})

        async def counted() -> bool:
            row = await here.ask("/tie-outs/653101-2021-03-02")
            return bool(row["breaks_open"] == 1)

        await eventually(counted)
        await here.book(page(2))
        await here.book(page(2, name="S2b"))
        gap = await here.ask(f"/page-breaks/{key}")
        assert (gap["state"], gap["resolved_on"], gap["age_days"]) == ("CAME", "2021-03-08", 5)
        await here.act(f"/page-breaks/{key}/reject", {"note": "x"}, status=409)
        await here.act("/page-breaks/653101-0/reject", {"note": "x"}, status=404)


async def test_a_page_that_never_comes_is_given_up_by_a_person(database: str) -> None:
    async with missing_two(database) as (here, key):
        await here.act(f"/page-breaks/{key}/reject", {"note": ""}, status=422)
        await here.act(f"/page-breaks/{key}/reject", {"note": "银行确认无此页"})
        gap = await here.ask(f"/page-breaks/{key}")
        assert (gap["state"], gap["note"]) == ("REJECTED", "银行确认无此页")
        assert gap["resolved_by"].endswith("treasury")
        unit = here.told.tokens.of(Role.UNIT_HEAD, region="653101", unit="U1")
        answer = await here.told.client.get("/v1/page-breaks", headers=unit)
        assert answer.status_code == httpx.codes.FORBIDDEN
