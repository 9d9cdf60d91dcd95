"""A year of a project is judged by what is its own, and on the day that is asked for."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.disclosure import years
from tests.disclosure.clean_year import IN_MARCH, begun, judged, paid, put_right
from tests.disclosure.first_year import CITY, KASHGAR, A, B, C, first_year
from tests.disclosure.world import World, world

RATES = f"/v1/loop/closure-rates?region={KASHGAR}&fiscal_year=2021&by=unit"


async def lacking(here: World, more: str = "") -> dict[str, dict[str, int]]:
    """How many projects of each unit lack which link."""
    rates = (await here.get(RATES + more))["rates"]
    return {one["code"]: one["missing"] for one in rates}


async def test_what_another_year_had_is_missing_in_this_one(database: str, tmp_path: Path) -> None:
    needs: Any = {"needs_ex_ante": True}
    before: Any = paid(B.code, B.region, B.unit).model_copy(update={"fiscal_year": 2020})
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(
            *begun(),
            years.registered(B, 2021).model_copy(update=needs),
            years.approved(B, 2021),
            before,
            years.assessed(B, 2020, "GOOD"),
            years.evaluated(B, 2020),
            *years.recovered(B, 2020, 5),
            years.cut(B, 2022, 2020, 7),
            years.finance_evaluated(B, 2020),
        )
        found = (await lacking(here))[B.unit]
        assert (found["EX_ANTE"], found["PAYMENTS"], found["SELF_EVALUATION"]) == (1, 1, 2)
        life = await here.get("/v1/loop/projects/B/2021")
        assert [life[one] for one in ("ex_ante", "money", "self_evaluation", "next_budget")] == (
            [None] * 4
        )
        assert [life[one] for one in ("evaluations", "recoveries", "cuts")] == [[], [], []]
        await here.hear(paid(B.code, B.region, B.unit), years.assessed(B, 2021, "GOOD"))
        assert not {"EX_ANTE", "PAYMENTS"} & set((await lacking(here))[B.unit])


async def test_a_link_is_there_from_its_own_day_on(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*begun(), *put_right(), *judged())
        found = {
            day: set((await lacking(here, f"&effective_at={day}"))[C.unit])
            for day in (
                "2021-02-09", "2021-02-10", "2021-04-29", "2021-04-30", "2021-05-24",
                "2021-05-25", "2021-12-31", "2022-01-01", "2022-02-28", "2022-03-01",
            )
        }  # fmt: skip
        watched = {
            day: {"TARGET", "WARNINGS", "SELF_EVALUATION"} & one for day, one in found.items()
        }
        assert watched == {
            "2021-02-09": {"TARGET"},
            "2021-02-10": set(),
            "2021-04-29": set(),
            "2021-04-30": {"WARNINGS"},
            "2021-05-24": {"WARNINGS"},
            "2021-05-25": set(),
            "2021-12-31": set(),
            "2022-01-01": {"SELF_EVALUATION"},
            "2022-02-28": {"SELF_EVALUATION"},
            "2022-03-01": set(),
        }


async def test_the_first_and_the_last_day_belong_to_the_year(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        for code, day in (
            ("P", (2020, 12, 31)),
            ("Q", (2021, 1, 1)),
            ("R", (2021, 12, 31)),
            ("S", (2022, 1, 1)),
        ):
            one: Any = years.assessed(A, 2021, "GOOD")
            await here.hear(
                one.model_copy(update={"project_code": code, "assessed_on": date(*day)})
            )
        path = f"/v1/ex-ante-assessments?region={KASHGAR}&fiscal_year=2021"
        assert [one["project_code"] for one in (await here.get(path))["items"]] == ["Q", "R"]


async def test_the_balance_stands_by_region_department_and_unit(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*reversed(first_year()))
        asked = f"/v1/disclosures/balance?region={KASHGAR}&fiscal_year=2021&by="
        named = ("region_code", "department_code", "unit_code")
        for by in ("unit", "department", "region"):
            rows = [
                tuple(one[name] for name in named) for one in (await here.get(asked + by))["rows"]
            ]
            assert rows == sorted(rows)
            assert {row[0] for row in rows} == {KASHGAR, CITY}
