"""What is owed to the public, told, withheld and late on any day that is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from services.disclosure.domain.item_words import PrepareDisclosure, WithholdDisclosure
from shared.contracts import targets
from shared.contracts.public_event import PublicEvent
from tests.disclosure import years
from tests.disclosure.first_year import (
    CITY,
    KASHGAR,
    PREPARER,
    PUBLISHER,
    A,
    B,
    C,
    D,
    E,
    bulletin,
    told_items,
)
from tests.disclosure.settled import settle
from tests.disclosure.test_years_apart import ELSEWHERE
from tests.disclosure.world import AFTERWARDS, World, world

YEAR: Final = f"region={KASHGAR}&fiscal_year=2021"
COUNTS: Final = ("owed", "published", "withheld", "open", "overdue")
ABROAD: Final = years.Project(code="Z", region=ELSEWHERE, unit="652900001", yuan=1)

# Nine items: two are told and withheld, two have no term, the others fall due on three days.
BALANCES: Final = {
    "2021-02-25": (9, 0, 1, 8, 0),
    "2021-02-26": (9, 0, 1, 8, 2),
    "2021-02-27": (9, 0, 1, 8, 2),
    "2021-02-28": (9, 0, 1, 8, 3),
    "2022-06-30": (9, 0, 1, 8, 4),
    "2022-07-01": (9, 1, 1, 7, 3),
    "2022-07-20": (9, 1, 1, 7, 3),
    "2022-07-21": (9, 1, 1, 7, 4),
    "2022-08-31": (9, 1, 1, 7, 4),
    "2022-09-01": (9, 1, 0, 8, 5),
}
LATE: Final = {
    "2021-02-25": "",
    "2021-02-26": "EX_ANTE_REPORT-A TARGET-A",
    "2022-07-01": "EX_ANTE_REPORT-A TARGET-D SELF_EVALUATION-A",
    "2022-07-21": "EX_ANTE_REPORT-A TARGET-D SELF_EVALUATION-A TARGET-C",
    "2022-09-01": "EX_ANTE_REPORT-A TARGET-B TARGET-D SELF_EVALUATION-A TARGET-C",
}
TARGETS: Final = {
    "2022-06-30": (4, 0, 1, 3, 2, 0, "2022-07-20", 20, "2021-02-25", 490),
    "2022-07-01": (4, 1, 1, 2, 1, 0, "2022-07-20", 19, "2021-02-27", 489),
    "2022-07-20": (4, 1, 1, 2, 1, 0, "2022-07-20", 0, "2021-02-27", 508),
    "2022-07-21": (4, 1, 1, 2, 2, 0, None, None, "2021-02-27", 509),
    "2022-08-31": (4, 1, 1, 2, 2, 0, None, None, "2021-02-27", 550),
    "2022-09-01": (4, 1, 0, 3, 3, 0, None, None, "2021-02-25", 553),
}
COUNTDOWN: Final = (
    *COUNTS, "without_term", "next_due_on", "days_left", "oldest_overdue_on", "oldest_overdue_days",
)  # fmt: skip
UNITS: Final = [
    (KASHGAR, "", A.unit, 1, 0, 0, 1, 0),
    (KASHGAR, "D1", A.unit, 4, 1, 1, 2, 2),
    (CITY, "D1", C.unit, 1, 0, 0, 1, 0),
    (CITY, "D1", D.unit, 2, 0, 0, 2, 1),
    (CITY, "D7", C.unit, 1, 0, 0, 1, 0),
]
DEPARTMENTS: Final = [
    (KASHGAR, "", "", 1, 0, 0, 1, 0),
    (KASHGAR, "D1", "", 4, 1, 1, 2, 2),
    (CITY, "D1", "", 3, 0, 0, 3, 1),
    (CITY, "D7", "", 1, 0, 0, 1, 0),
]
REGIONS: Final = [(KASHGAR, "", "", 5, 1, 1, 3, 2), (CITY, "", "", 4, 0, 0, 4, 1)]


def owed() -> Sequence[PublicEvent]:
    """Targets of four days, assessments, a self-evaluation, reports; strangers and other years."""
    days = {A: date(2021, 2, 10), B: date(2021, 2, 10), C: date(2022, 7, 5), D: date(2021, 2, 12)}
    promised = [
        years.approved(one, 2021).model_copy(update={"approved_on": day})
        for one, day in days.items()
    ]
    return [
        years.rules(KASHGAR, 2021),
        years.rules(KASHGAR, 2020),
        years.rules(ELSEWHERE, 2021),
        targets.UnitRegistered(
            region_code=CITY,
            unit_code=C.unit,
            name="单位",
            department_code="D7",
            department_name="部门",
        ),
        years.assessed(A, 2021, "GOOD"),
        years.assessed(E, 2021, "GOOD"),
        *promised,
        years.evaluated(A, 2021),
        years.finance_evaluated(A, 2021),
        years.finance_evaluated(C, 2021),
        years.approved(A, 2020),
        years.approved(ABROAD, 2021),
    ]


def acts() -> Sequence[Any]:
    """One is told, one is withheld for two months, one is prepared; a month is told."""
    hidden = WithholdDisclosure(
        item_id="TARGET-B-2021",
        legal_basis="STATE_SECRET",
        authority="保密局",
        expires_on=date(2022, 8, 31),
        by=PUBLISHER,
        now=AFTERWARDS,
    )
    begun = PrepareDisclosure(item_id="TARGET-D-2021", supplement={}, by=PREPARER, now=AFTERWARDS)
    return [*told_items("TARGET-A-2021"), hidden, begun, bulletin(KASHGAR, 2021, 1)]


async def asked(here: World, path: str, day: str, more: str = "") -> Any:  # noqa: ANN401 - JSON
    """What is answered about a day."""
    return await here.get(f"/v1/disclosures/{path}?{YEAR}&effective_at={day}{more}")


def counts(row: dict[str, Any], *names: str) -> tuple[Any, ...]:
    """Names and numbers of a row."""
    return tuple(row[name] for name in (*names, *COUNTS))


async def struck(here: World, more: str) -> list[tuple[Any, ...]]:
    """The rows of the balance on the first of July."""
    found = await asked(here, "balance", "2022-07-01", more)
    assert found["balanced"]
    return [counts(one, "region_code", "department_code", "unit_code") for one in found["rows"]]


async def test_the_balance_of_a_day_has_what_was_so_on_that_day(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*owed())
        await here.given(*acts())
        for day, expected in BALANCES.items():
            total = (await asked(here, "balance", day))["total"]
            assert counts(total) == expected, day
        assert await struck(here, "&by=unit") == UNITS
        assert await struck(here, "&by=department") == DEPARTMENTS
        assert await struck(here, "&by=region") == REGIONS
        assert await struck(here, "&by=region&scope=self") == REGIONS[:1]
        assert await struck(here, "&by=unit&department=D1") == UNITS[1:4]
        assert await struck(here, "&by=unit&department=D7") == UNITS[4:]
        assert await struck(here, f"&by=unit&unit={C.unit}") == [UNITS[2], UNITS[4]]


async def test_what_was_withheld_stays_withheld_on_the_days_on_which_it_was(
    database: str, tmp_path: Path
) -> None:
    ended, told = (datetime(2022, 9, day, 2, tzinfo=UTC) for day in (1, 5))
    hidden = "TARGET-B-2021"
    async with world(database, tmp_path, ended) as here:
        await here.hear(*owed())
        await here.given(*acts())
        await settle(here)
        assert (await here.get(f"/v1/disclosures/{hidden}"))["status"] == "OWED"
        share = f"/v1/annual-reports/{KASHGAR}/2021/figures/F33/items?effective_at="
        for told_on in (None, told):
            if told_on:
                here.clock.moment = told_on
                acts_then = [replace(one, now=told_on) for one in told_items(hidden)]
                await here.given(*acts_then, now=told_on)
            for day in ("2022-08-31", "2022-09-01"):
                total = (await asked(here, "balance", day))["total"]
                assert counts(total) == BALANCES[day], (told_on, day)
                listed = (await here.get(f"{share}{day}&limit=100"))["items"]
                [value] = [one["value"] for one in listed if one["id"] == hidden]
                assert value == ("" if day == "2022-08-31" else "0")
        after = (await asked(here, "balance", "2022-09-05"))["total"]
        assert counts(after) == (9, 2, 0, 7, 4)


async def test_what_is_late_is_late_from_the_day_after_its_last_day(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*owed())
        await here.given(*acts())
        for day, expected in LATE.items():
            items = (await asked(here, "overdue", day))["items"]
            assert " ".join(one["item_id"][:-5] for one in items) == expected, day
        reports = await asked(here, "overdue", "2022-07-01", "&kind=EX_ANTE_REPORT")
        assert [one["item_id"] for one in reports["items"]] == ["EX_ANTE_REPORT-A-2021"]
        for day, wanted in TARGETS.items():
            [target, own, finance] = (await asked(here, "coverage", day))["kinds"]
            assert tuple(target[name] for name in COUNTDOWN) == wanted, day
            assert (finance["owed"], finance["open"], finance["without_term"]) == (2, 2, 2)
            assert (own["owed"], own["open"], own["without_term"]) == (1, 1, 0)
        told = {
            day: [
                (one["channel"], one["owed"], one["published"])
                for one in (await asked(here, "channels", day))["channels"]
            ]
            for day in ("2022-06-30", "2022-07-01")
        }
        assert told["2022-06-30"] == [
            ("WITH_BUDGET", 6, 0),
            ("WITH_FINAL_ACCOUNTS", 1, 0),
            ("KEY_EVALUATION", 2, 0),
            ("MONTHLY", 12, 0),
        ]
        assert [one[2] for one in told["2022-07-01"]] == [1, 0, 0, 1]


async def test_the_calendar_has_both_its_first_and_its_last_day(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*owed())
        await here.given(*acts())

        async def days(since: str, until: str, day: str = "2021-02-26") -> list[tuple[Any, ...]]:
            found = await asked(here, "calendar", day, f"&since={since}&until={until}")
            return [counts(one, "due_on", "kind") for one in found["days"]]

        both = [
            ("2021-02-25", "EX_ANTE_REPORT", 1, 0, 0, 1, 1),
            ("2021-02-25", "TARGET", 2, 0, 1, 1, 1),
            ("2021-02-27", "TARGET", 1, 0, 0, 1, 0),
        ]
        assert await days("2021-02-25", "2021-02-27") == both
        assert await days("2021-02-26", "2021-02-26") == []
        january = ("2021-02-10", "MONTHLY")
        assert await days("2021-01-01", "2021-02-10") == [(*january, 1, 0, 0, 1, 1)]
        assert await days("2021-02-10", "2021-02-10", "2021-02-10") == [(*january, 1, 0, 0, 1, 0)]
        assert await days("2021-02-10", "2021-02-11", "2022-06-30") == [(*january, 1, 0, 0, 1, 1)]
        assert await days("2021-02-10", "2021-02-11", "2022-07-01") == [(*january, 1, 1, 0, 0, 0)]
        whole = await days("2021-01-01", "2022-12-31")
        assert [one[0] for one in whole] == sorted(one[0] for one in whole)
        assert len([one for one in whole if one[1] == "MONTHLY"]) == 12
