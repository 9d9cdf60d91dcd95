"""What a register counts in its year: the day before, the day itself, the day after."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from shared.contracts.public_event import PublicEvent
from tests.disclosure import years
from tests.disclosure.first_year import CITY, KASHGAR, A, C
from tests.disclosure.test_years_apart import ELSEWHERE
from tests.disclosure.world import World, world
from tests.disclosure.years import Project

YEAR: Final = f"region={KASHGAR}&fiscal_year=2021"
DAYS: Final = {
    "P": date(2020, 12, 31),
    "Q": date(2021, 1, 1),
    "R": date(2021, 12, 31),
    "S": date(2022, 1, 1),
}
IN_YEAR: Final = {
    "2020-12-30": "",
    "2020-12-31": "",
    "2021-01-01": "Q",
    "2021-12-30": "Q",
    "2021-12-31": "QR",
    "2022-07-01": "QR",
}
BY_THEN: Final = {
    "2020-12-30": "",
    "2020-12-31": "P",
    "2021-01-01": "PQ",
    "2021-12-30": "PQ",
    "2021-12-31": "PQR",
    "2022-01-01": "PQRS",
}
LISTS: Final = {
    "ex-ante-assessments": ("project_code", IN_YEAR),
    "ex-ante-assessments?grade=GOOD": ("project_code", IN_YEAR),
    "warnings": ("project_code", IN_YEAR),
    "recoveries": ("project_code", IN_YEAR),
    "projects?with_target=true": ("project_code", BY_THEN),
    "budget-cuts": ("basis_project_code", BY_THEN),
    "self-evaluations": ("project_code", BY_THEN),
    "evaluations": ("project_code", BY_THEN),
}


def happened(code: str, day: date) -> Sequence[PublicEvent]:
    """Everything that has a day happens to a project on that day; each project has its own unit."""
    one = Project(code=code, region=KASHGAR, unit=f"U-{code}", yuan=1_000)
    level: Any = "RED" if code in "PS" else "BLUE"
    claimed, booked = (dict.fromkeys([name], day) for name in ("approved_on", "booked_on"))
    approval, booking = years.recovered(one, 2021, 30)
    said = [
        (years.registered(one, 2021), {}),
        (years.assessed(one, 2021, "GOOD", cut=20), {"assessed_on": day}),
        (years.approved(one, 2021), {"approved_on": day}),
        (years.warned(one, 2021, level), {"issued_on": day}),
        (approval, claimed),
        (booking, booked),
        (years.cut(one, 2022, 2020, 40), {"confirmed_on": day}),
        (years.evaluated(one, 2021), {"accepted_on": day}),
        (years.finance_evaluated(one, 2021), {"concluded_on": day}),
    ]
    return [word.model_copy(update=update) for word, update in said]


async def listed(here: World, path: str, name: str, day: str) -> str:
    """Whose rows a list has on a day."""
    asked = f"{path}{'&' if '?' in path else '?'}{YEAR}&effective_at={day}"
    return "".join(sorted(one[name] for one in (await here.get(f"/v1/{asked}"))["items"]))


async def figures(here: World, day: str, kind: str = "figures") -> dict[str, Any]:
    """The figures of the year on a day."""
    told = await here.get(f"/v1/annual-reports/{KASHGAR}/2021/{kind}?effective_at={day}")
    return {one["id"]: one["value"] for one in told["figures"]}


async def test_a_year_counts_what_happened_in_it_and_by_the_day_that_is_asked_for(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021))
        for code, happened_on in DAYS.items():
            await here.hear(*happened(code, happened_on))
        for path, (name, expected) in LISTS.items():
            found = {day: await listed(here, path, name, day) for day in expected}
            assert found == expected, path
        for day, counted in IN_YEAR.items():
            told, n, then = await figures(here, day), len(counted), len(BY_THEN.get(day, "PQRS"))
            assert [told[one] for one in ("F05", "F06", "F09", "F26", "F27")] == [str(n)] * 5, day
            assert [told[one] for one in ("F07", "F10", "F28")] == [
                f"{n * 1_000}.00",
                f"{n * 20}.00",
                f"{n * 30}.00",
            ]
            assert told["F22"] == ('["BLUE"]' if n else "[]")
            assert [told[one] for one in ("F17", "F29", "F30")] == [str(then)] * 3, day
            assert (told["F18"], told["F31"]) == (f"{then * 1_000}.00", f"{then * 40}.00")


async def test_findings_about_scores_are_those_of_the_region_the_year_and_the_day(
    database: str, tmp_path: Path
) -> None:
    codes = {
        "P06": "MISSING_EVIDENCE",
        "P07": "DODGED_CAUSE",
        "P09": "LOW_TARGET",
        "P10": "COPY_PASTE",
    }
    abroad = Project(code="Z", region=ELSEWHERE, unit="652900001", yuan=1)
    found = {
        (A, 2021): codes.values(),
        (C, 2021): ("COPY_PASTE",),
        (C, 2020): ("COPY_PASTE", "LOW_TARGET"),
        (abroad, 2021): codes.values(),
    }
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021))
        for (one, year), findings in found.items():
            word = years.evaluated(one, year).model_copy(update={"findings": tuple(findings)})
            await here.hear(word)
        told = {
            day: [problems[code] for code in codes]
            for day in ("2022-02-28", "2022-03-01")
            for problems in [await figures(here, day, "draft")]
        }
        assert told == {"2022-02-28": ["0"] * 4, "2022-03-01": ["1", "1", "1", "2"]}


async def test_the_newest_rules_of_the_nearest_region_bind_a_year(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(
            years.rules("650000", 2021, 9),
            years.rules(KASHGAR, 2021, 1),
            years.rules(KASHGAR, 2021, 2),
            years.rules(KASHGAR, 2022, 7),
            years.rules(CITY, 2021, 5),
            years.rules(ELSEWHERE, 2020, 8),
        )

        async def version(region: str, year: int) -> int | None:
            asked = f"/v1/loop/open-items?region={region}&fiscal_year={year}"
            found: int | None = (await here.get(asked))["rule_set_version"]
            return found

        asked = ((KASHGAR, 2021), (CITY, 2021), ("653121", 2021), (ELSEWHERE, 2021))
        assert [await version(*one) for one in asked] == [2, 5, 2, 9]
        assert [await version(KASHGAR, year) for year in (2020, 2022)] == [None, 7]
