"""What is told, withheld, late or owed on a day, and what the calendar makes of it."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from services.disclosure.domain.bulletin import CorrectBulletin
from services.disclosure.domain.item_words import (
    PrepareDisclosure,
    PublishDisclosure,
    WithholdDisclosure,
)
from services.disclosure.projections import portal_sums as sums
from services.disclosure.projections.span import Span
from tests.disclosure import years
from tests.disclosure.asking import LAST, rows_of, span
from tests.disclosure.first_year import (
    CITY,
    KASHGAR,
    PREPARER,
    PUBLISHER,
    bulletin,
    first_year,
)
from tests.disclosure.test_years_apart import ELSEWHERE, strangers
from tests.disclosure.world import AFTERWARDS, world
from tests.portal.reading import page
from tests.portal.year import units


def months(*asked: tuple[str, int, int]) -> Sequence[Any]:
    """Bulletins of regions, years and months."""
    return [bulletin(*one) for one in asked]


async def test_months_are_told_once_in_their_order_from_the_day_of_their_first_edition(
    database: str, tmp_path: Path
) -> None:
    again = bulletin(KASHGAR, 2021, 3)
    corrected = CorrectBulletin(
        month=again.month,
        lines=tuple(line for line in (*again.lines, *again.lines)),
        reason="漏计",
        by=PUBLISHER,
        now=AFTERWARDS + timedelta(days=9),
    )
    async with world(database, tmp_path) as here:
        own = [(KASHGAR, 2021, month) for month in (12, 3, 10, 1, 7)]
        others = [(CITY, 2021, 3), (CITY, 2021, 2), (KASHGAR, 2020, 5), (ELSEWHERE, 2021, 6)]
        await here.given(*months(*own, *others), corrected)
        question = sums.months_with_bulletin
        found = [month for (month,) in await rows_of(here, question(span()))]
        assert found == [1, 2, 3, 7, 10, 12]
        alone = [month for (month,) in await rows_of(here, question(span(tree=False)))]
        assert alone == [1, 3, 7, 10, 12]
        assert await rows_of(here, question(span(LAST - timedelta(days=1)))) == []


def at(day: date) -> datetime:
    """Noon of a day, there."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def said_of(item_id: str, day: date) -> Sequence[Any]:
    """An item is told on a day."""
    how: dict[str, Any] = {"item_id": item_id, "now": at(day)}
    return [
        PrepareDisclosure(supplement={}, by=PREPARER, **how),
        PublishDisclosure(opinion="可公开", by=PUBLISHER, **how),
    ]


WITHHELD_UNTIL: Final = date(2021, 3, 31)
TOLD_LATE: Final = date(2021, 4, 5)


def told_and_untold() -> Sequence[Any]:
    """Of four targets one is told, one withheld, one prepared and no more."""
    return [
        *said_of("TARGET-A-2021", TOLD_LATE),
        WithholdDisclosure(
            item_id="TARGET-C-2021",
            legal_basis="STATE_SECRET",
            authority="保密局",
            expires_on=WITHHELD_UNTIL,
            by=PUBLISHER,
            now=at(date(2021, 3, 1)),
        ),
        PrepareDisclosure(
            item_id="TARGET-D-2021", supplement={}, by=PREPARER, now=at(date(2021, 3, 1))
        ),
    ]


def targets_of(found: Sequence[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """How the targets stand."""
    return {(code, state, n) for code, kind, state, n in found if kind == "TARGET"}


async def test_an_item_is_told_withheld_late_or_owed_on_each_day(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year(), *strangers())
        await here.given(*told_and_untold())
        stands = {
            day: targets_of(await rows_of(here, sums.told_by_state(span(date(2021, *day)))))
            for day in ((2, 25), (2, 26), (3, 31), (4, 1), (4, 4), (4, 5))
        }
        city = {(CITY, "WITHHELD", 1), (CITY, "LATE", 1)}
        # Until 25 February nobody is late; from the day after, who is neither told nor withheld.
        assert stands[2, 25] == {
            (KASHGAR, "OWED", 2), (CITY, "OWED", 1), (CITY, "WITHHELD", 1)
        }  # fmt: skip
        assert stands[2, 26] == {(KASHGAR, "LATE", 2), *city}
        assert stands[3, 31] == stands[2, 26]
        # The last day of the withholding was 31 March; one is told on 5 April, and late until then.
        assert stands[4, 1] == {(KASHGAR, "LATE", 2), (CITY, "LATE", 2)}
        assert stands[4, 4] == stands[4, 1]
        assert stands[4, 5] == {(KASHGAR, "2021-04", 1), (KASHGAR, "LATE", 1), (CITY, "LATE", 2)}
        alone = await rows_of(here, sums.told_by_state(span(region=CITY)))
        assert {row[0] for row in alone} == {CITY}


ASSESSED: Final = tuple(f"EX_ANTE_REPORT-{one}-2021" for one in "ACD")
UNTOLD_TARGETS: Final = tuple(f"TARGET-{one}-2021" for one in "BCD")
SUMMARIES: Final = (f"CUT_SUMMARY-{CITY}-2021-11", f"RECOVERY_SUMMARY-{CITY}-2021-12")
JUDGED: Final = tuple(f"SELF_EVALUATION-{one}-2021" for one in "ABCD")
UNTOLD: Final = (*ASSESSED, *UNTOLD_TARGETS, *SUMMARIES, *JUDGED)
"""In the order of their last days."""


async def test_the_calendar_has_what_is_late_and_what_comes_the_nearest_first(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021))
        judged = [one for one in first_year() if one.producer == "evaluation"]
        for one in reversed(judged):  # before the rest, each alone: rows lie in another order
            await here.hear(one)
        await here.hear(*units(), *(one for one in first_year() if one not in judged))
        await here.given(*told_and_untold())

        async def listed(question: Callable[[Span], Any], month: int, day: int) -> list[str]:
            found = await rows_of(here, question(span(date(2021 + (month < 12), month, day))))
            return [row.item_id for (row,) in found]

        late, coming = sums.late_items, sums.coming_items
        for question, day, told in (
            (late, (1, 10), (*ASSESSED, *UNTOLD_TARGETS, *SUMMARIES[:1])),
            (late, (1, 11), (*ASSESSED, *UNTOLD_TARGETS, *SUMMARIES)),
            (late, (3, 21), (*ASSESSED, *UNTOLD_TARGETS, *SUMMARIES)),
            (late, (3, 22), UNTOLD),
            (coming, (12, 10), (*SUMMARIES, *JUDGED)),
            (coming, (12, 11), (*SUMMARIES[1:], *JUDGED)),
            (coming, (3, 21), JUDGED),
            (coming, (3, 22), ()),
        ):
            assert await listed(question, *day) == list(told), day
        shown = await page(here.client, f"/portal/calendar?region={KASHGAR}&fiscal_year=2021")
        links = [one.rpartition("/items/")[2].partition("?")[0] for one in shown.links]
        assert [one for one in links if one in UNTOLD] == list(UNTOLD)


async def test_only_the_region_and_the_year_that_are_asked_for_are_late_or_come(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), *units(), *first_year(), *strangers())
        for question, day in (
            (sums.late_items, LAST),
            (sums.coming_items, date(2021, 1, 20)),
        ):
            whole = [row for (row,) in await rows_of(here, question(span(day)))]
            assert {(one.region_code, one.fiscal_year) for one in whole} == {
                (KASHGAR, 2021), (CITY, 2021)
            }  # fmt: skip
            alone = [row for (row,) in await rows_of(here, question(span(day, tree=False)))]
            assert {one.region_code for one in alone} == {KASHGAR}


async def test_months_tell_what_fell_due_in_them_and_how_much_of_it_is_told(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year(), *strangers())
        await here.given(*told_and_untold())
        found = await rows_of(here, sums.due_by_month(span(TOLD_LATE)))
        assert [month for month, *_ in found] == sorted(month for month, *_ in found)
        assert sorted(found) == [
            ("2021-02", "EX_ANTE_REPORT", 3, 0),
            ("2021-02", "TARGET", 4, 1),
            ("2021-12", "CUT_SUMMARY", 1, 0),
            ("2022-01", "RECOVERY_SUMMARY", 1, 0),
            ("2022-03", "SELF_EVALUATION", 4, 0),
        ]
        eve = await rows_of(here, sums.due_by_month(span(TOLD_LATE - timedelta(days=1))))
        assert ("2021-02", "TARGET", 4, 0) in eve
        city = await rows_of(here, sums.due_by_month(span(region=CITY)))
        assert ("2021-02", "TARGET", 2, 0) in city
