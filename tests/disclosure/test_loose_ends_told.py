"""Each kind of loose end: from which day until which, of whom, how old, until when."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from services.disclosure.projections.loose_ends import LOOSE_ENDS, Wanted
from services.disclosure.projections.span import Span
from shared.contracts import targets
from tests.disclosure import years
from tests.disclosure.asking import rows_of, span
from tests.disclosure.clean_year import IN_MARCH, RED
from tests.disclosure.first_year import CITY, KASHGAR, A, C, bulletin
from tests.disclosure.open_year import (
    BLUE,
    IN_DECEMBER,
    LETTER,
    decided,
    ended,
    ended_in_december,
    moved,
    opened,
    said_here,
    verified_and_closed,
)
from tests.disclosure.world import World, world

OTHER_LETTER: Final = "喀财绩函〔2021〕2号"
OPEN: Final = f"/v1/loop/open-items?region={KASHGAR}&fiscal_year=2021"
ELSEWHERE: Final = "652900"


async def open_on(here: World, kind: str, asked: Span, **wanted: Any) -> list[str]:  # noqa: ANN401
    """The names of what is open of a kind."""
    loose = LOOSE_ENDS[kind]
    found = await rows_of(here, loose.wanted(asked, Wanted(**wanted)))
    return sorted(str(getattr(row, loose.name)) for (row,) in found)


DAYS: Final[Mapping[str, Sequence[tuple[date, list[str]]]]] = {
    "WARNING_OPEN": (
        (date(2021, 4, 29), []),
        (date(2021, 4, 30), [BLUE, RED]),
        (date(2021, 5, 24), [BLUE, RED]),
        (date(2021, 5, 25), [BLUE]),
        (date(2021, 5, 26), []),
    ),
    "LETTER_OPEN": (
        (date(2021, 5, 5), []),
        (date(2021, 5, 6), [LETTER]),
        (date(2021, 5, 19), [LETTER, OTHER_LETTER]),
        (date(2021, 5, 20), [OTHER_LETTER]),
        (date(2021, 5, 25), [OTHER_LETTER]),
        (date(2021, 5, 26), []),
    ),
    "FINDING_OPEN": (
        (date(2021, 6, 30), []),
        (date(2021, 7, 1), ["FF1"]),
        (date(2021, 7, 31), ["FF1"]),
        (date(2021, 8, 1), ["BR1", "FF1"]),
        (date(2021, 8, 31), ["BR1", "FF1"]),
        (date(2021, 9, 1), ["BR1"]),
        (date(2021, 12, 9), ["BR1"]),
        (date(2021, 12, 10), []),
    ),
    "RECOVERY_NOT_BOOKED": (
        (date(2021, 11, 30), []),
        (date(2021, 12, 1), ["R-C", "R-D"]),
        (date(2021, 12, 19), ["R-C", "R-D"]),
        (date(2021, 12, 20), ["R-D"]),  # it failed: the claim is open again
    ),
    "CUT_NOT_WRITTEN": (
        (date(2021, 11, 4), []),
        (date(2021, 11, 5), ["C-A-2022", "C-C-2022"]),
        (date(2021, 12, 9), ["C-A-2022", "C-C-2022"]),
        (date(2021, 12, 10), ["C-A-2022"]),
    ),
    "ADJUSTMENT_OPEN": (
        (date(2021, 5, 31), []),
        (date(2021, 6, 1), ["TZ1"]),
        (date(2021, 6, 2), ["TZ1", "TZ2"]),
        (date(2021, 12, 9), ["TZ1", "TZ2"]),
        (date(2021, 12, 10), ["TZ2"]),
    ),
    "DISCLOSURE_OVERDUE": (
        (date(2021, 2, 25), []),
        (date(2021, 2, 26), ["TARGET-A-2021"]),
        (date(2021, 4, 4), ["TARGET-A-2021"]),
        (date(2021, 4, 5), []),
        (date(2021, 12, 10), []),
        (date(2021, 12, 11), [f"CUT_SUMMARY-{KASHGAR}-2021-11", f"CUT_SUMMARY-{CITY}-2021-11"]),
    ),
    "BULLETIN_OVERDUE": (
        (date(2021, 2, 10), []),
        (date(2021, 2, 11), [f"{KASHGAR}-2021-01"]),
        (date(2021, 3, 11), [f"{KASHGAR}-2021-01", f"{KASHGAR}-2021-02"]),
    ),
    "TARGET_MISSING": (
        (date(2021, 2, 9), ["A", "B", "C", "D"]),
        (date(2021, 2, 10), ["B", "D"]),
        (date(2022, 1, 4), ["B", "D"]),
        (date(2022, 1, 5), ["B"]),
    ),
    "SELF_EVALUATION_MISSING": (
        (date(2021, 12, 31), []),
        (date(2022, 1, 1), ["A", "C"]),
        (date(2022, 1, 5), ["A", "C", "D"]),
        (date(2022, 2, 28), ["A", "C", "D"]),
        (date(2022, 3, 1), ["C", "D"]),
    ),
}
"""A day before something, and the day itself. What is owed has a story of its own."""


async def days_told(here: World) -> dict[str, list[tuple[date, list[str]]]]:
    """What is open of each kind on the days that matter."""
    return {
        kind: [(day, await open_on(here, kind, span(day))) for day, _ in days]
        for kind, days in DAYS.items()
    }


async def test_a_loose_end_is_open_from_its_first_day_to_the_day_before_its_end(
    database: str, tmp_path: Path
) -> None:
    told = {kind: list(days) for kind, days in DAYS.items()}
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*opened(), *verified_and_closed(), *ended())
        await here.hear(*ended_in_december(), at=IN_DECEMBER)
        await here.given(*said_here())
        assert await days_told(here) == told
        said = [*opened(), *verified_and_closed(), *ended(), *ended_in_december()]
        kept = [one for one in said if not isinstance(one, targets.RegionRegistered)]
        ruled = [one for one in kept if not hasattr(one, "recovery_id")]  # has a day of its own
        await here.hear(
            *moved(kept, "AWAY", region=ELSEWHERE),
            *moved(ruled, "2020", year=2020),
            *moved(ruled, "2022", year=2022),
        )
        assert await days_told(here) == told


async def test_the_region_alone_has_its_own_loose_ends(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*opened())
        own = {
            "WARNING_OPEN": [BLUE],
            "LETTER_OPEN": [OTHER_LETTER],
            "FINDING_OPEN": [],
            "RECOVERY_NOT_BOOKED": [],
            "CUT_NOT_WRITTEN": ["C-A-2022"],
            "ADJUSTMENT_OPEN": ["TZ2"],
            "DISCLOSURE_OVERDUE": [f"CUT_SUMMARY-{KASHGAR}-2021-11", "TARGET-A-2021"],
            "BULLETIN_OVERDUE": [f"{KASHGAR}-2021-{month:02d}" for month in range(1, 13)],
            "TARGET_MISSING": ["B"],
            "SELF_EVALUATION_MISSING": ["A"],
        }
        alone = span(date(2022, 3, 20), tree=False)
        assert {kind: await open_on(here, kind, alone) for kind in own} == own


async def test_what_is_owed_is_not_late_until_its_day_is_over(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        report = "FINANCE_REPORT-A-2021"  # its term has not begun: no day yet
        await here.hear(*opened(), years.finance_evaluated(A, 2021))
        await here.given(*said_here())

        async def owed(asked: Span) -> list[str]:
            found = await open_on(here, "DISCLOSURE_OWED", asked)
            return [one for one in found if "SUMMARY" not in one]

        later = "TARGET-D-2021"
        assert await owed(span(date(2021, 2, 25))) == [report, "TARGET-A-2021", later]
        assert await owed(span(date(2021, 2, 26))) == [report, later]
        assert await owed(span(date(2021, 2, 25), tree=False)) == [report, "TARGET-A-2021"]
        assert await owed(span(date(2021, 2, 25), CITY)) == [later]


async def test_a_bulletin_is_overdue_until_it_is_issued(database: str, tmp_path: Path) -> None:
    issued = date(2022, 7, 1)
    async with world(database, tmp_path) as here:
        await here.hear(*opened())
        await here.given(bulletin(KASHGAR, 2021, 1))
        rest = [f"{KASHGAR}-2021-{month:02d}" for month in range(2, 13)]
        found = await open_on(here, "BULLETIN_OVERDUE", span(issued - timedelta(days=1)))
        assert found == [f"{KASHGAR}-2021-01", *rest]
        assert await open_on(here, "BULLETIN_OVERDUE", span(issued)) == rest


async def test_money_taken_back_belongs_to_the_year_in_which_that_was_approved(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        for number, day in enumerate(
            (date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1)), 1
        ):
            update = {"recovery_id": f"R{number}", "approved_on": day}
            [said] = years.recovered(C, 2021, 5, booked=False)
            await here.hear(said.model_copy(update=update))
        assert await open_on(here, "RECOVERY_NOT_BOOKED", span()) == ["R2", "R3"]


async def test_only_a_decision_about_the_application_and_its_year_writes_a_cut(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*opened(), decided("NEW-Z"), decided("C"), decided(budget_year=2023))
        cuts = ["C-A-2022", "C-C-2022"]
        assert await open_on(here, "CUT_NOT_WRITTEN", span()) == cuts
        await here.hear(decided())
        assert await open_on(here, "CUT_NOT_WRITTEN", span()) == cuts[:1]


async def test_only_the_self_evaluation_of_the_project_and_its_year_counts(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*opened(), years.evaluated(A, 2020))
        kind = "SELF_EVALUATION_MISSING"
        assert await open_on(here, kind, span()) == ["A", "C", "D"]
        await here.hear(years.evaluated(C, 2021))
        assert await open_on(here, kind, span()) == ["A", "D"]


async def test_loose_ends_are_asked_for_by_level_unit_project_and_lateness(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*opened())
        last = date(2022, 3, 20)
        for kind, day, wanted, found in (
            ("WARNING_OPEN", last, {"level": "BLUE"}, [BLUE]),
            ("WARNING_OPEN", last, {"unit_code": C.unit}, [RED]),
            ("WARNING_OPEN", last, {"project_code": "A"}, [BLUE]),
            ("WARNING_OPEN", last, {"project_code": "A", "level": "RED"}, []),
            ("WARNING_OPEN", date(2021, 6, 3), {"overdue": True}, []),
            ("WARNING_OPEN", date(2021, 6, 3), {"overdue": False}, [BLUE, RED]),
            ("WARNING_OPEN", date(2021, 6, 4), {"overdue": True}, [RED]),
            ("WARNING_OPEN", date(2021, 6, 4), {"overdue": False}, [BLUE]),
            ("LETTER_OPEN", last, {"level": "RED"}, [LETTER]),
            ("LETTER_OPEN", date(2021, 6, 4), {"overdue": True}, [LETTER]),
            ("FINDING_OPEN", last, {"level": "RED"}, ["FF1"]),
            ("FINDING_OPEN", last, {"unit_code": C.unit}, []),  # findings name no unit
            ("FINDING_OPEN", date(2021, 8, 1), {"overdue": True}, ["FF1"]),
            ("FINDING_OPEN", date(2021, 8, 1), {"overdue": False}, ["BR1"]),
            ("FINDING_OPEN", date(2021, 7, 15), {"overdue": True}, []),
            ("CUT_NOT_WRITTEN", last, {"level": "RED"}, []),  # cuts have no level
            ("CUT_NOT_WRITTEN", last, {"overdue": True}, []),  # and no last day
            ("CUT_NOT_WRITTEN", last, {"overdue": False}, ["C-A-2022", "C-C-2022"]),
            ("CUT_NOT_WRITTEN", last, {"project_code": "NEW-C"}, ["C-C-2022"]),
            ("DISCLOSURE_OVERDUE", last, {"unit_code": A.unit}, ["TARGET-A-2021"]),
            ("BULLETIN_OVERDUE", last, {"project_code": "A"}, []),
            ("TARGET_MISSING", last, {"overdue": False}, ["B"]),
        ):
            told = await open_on(here, kind, span(day), **wanted)
            assert told == found, (kind, day, wanted)
            [(count,)] = await rows_of(
                here, LOOSE_ENDS[kind].counted(Wanted(**wanted)).figure(span(day))
            )
            assert count == len(found), (kind, day, wanted)


TOLD: Final = {
    "WARNING_OPEN": [
        (BLUE, "BLUE", "2021-04-30", "2021-06-04", True),
        (RED, "RED", "2021-04-30", "2021-06-03", True),
    ],
    "LETTER_OPEN": [
        (LETTER, "RED", "2021-05-06", "2021-06-03", True),
        (OTHER_LETTER, "BLUE", "2021-05-07", "2021-06-04", True),
    ],
    "FINDING_OPEN": [
        ("FF1", "RED", "2021-07-01", "2021-07-15", True),
        ("BR1", "", "2021-08-01", None, False),
    ],
    "RECOVERY_NOT_BOOKED": [
        ("R-C", "", "2021-12-01", None, False),
        ("R-D", "", "2021-12-01", None, False),
    ],
    "CUT_NOT_WRITTEN": [
        ("C-A-2022", "", "2021-11-05", None, False),
        ("C-C-2022", "", "2021-11-05", None, False),
    ],
    "ADJUSTMENT_OPEN": [
        ("TZ1", "", "2021-06-01", None, False),
        ("TZ2", "", "2021-06-02", None, False),
    ],
    "DISCLOSURE_OVERDUE": [
        ("TARGET-A-2021", "", "2021-02-25", "2021-02-25", True),
        ("TARGET-C-2021", "", "2021-02-25", "2021-02-25", True),
        (f"CUT_SUMMARY-{KASHGAR}-2021-11", "", "2021-12-10", "2021-12-10", True),
        (f"CUT_SUMMARY-{CITY}-2021-11", "", "2021-12-10", "2021-12-10", True),
        ("TARGET-D-2021", "", "2022-01-20", "2022-01-20", True),
    ],
    "DISCLOSURE_OWED": [("SELF_EVALUATION-A-2021", "", None, "2022-03-21", False)],
    "BULLETIN_OVERDUE": [
        (f"{KASHGAR}-2021-{month:02d}", "", *[day.isoformat()] * 2, True)
        for month, day in ((n, date(2021 + n // 12, n % 12 + 1, 10)) for n in range(1, 13))
    ],
    "TARGET_MISSING": [("B", "", "2021-03-01", None, False)],
    "SELF_EVALUATION_MISSING": [(one, "", None, None, False) for one in "CD"],
}
"""Name, level, since when, until when, late: the oldest first, then by name."""


async def test_every_kind_tells_its_name_its_level_its_days_and_comes_in_its_order(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*opened(), years.evaluated(A, 2021))
        found: dict[str, Any] = {}
        named = ("id", "level", "opened_on", "due_on", "overdue")
        for one in (await here.get(OPEN))["items"]:
            found.setdefault(one["kind"], []).append(tuple(one[name] for name in named))
        assert found == TOLD
        assert list(found) == list(TOLD)
