"""The loop of a project names the links that are missing; a closure rate says where."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.disclosure import years
from tests.disclosure.clean_year import IN_MARCH, begun, judged, put_right, tell_everything
from tests.disclosure.first_year import KASHGAR, A, B, C, E
from tests.disclosure.world import AFTERWARDS, World, world


async def states(here: World, code: str) -> dict[str, str]:
    """The links of a project's year."""
    life = await here.get(f"/v1/loop/projects/{code}/2021")
    return {one["link"]: one["state"] for one in life["links"]}


async def test_every_link_of_a_closed_loop_is_there(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, AFTERWARDS) as here:
        await here.hear(*begun(), *put_right(), *judged())
        await tell_everything(here)
        assert await states(here, "C") == {
            "EX_ANTE": "NOT_NEEDED",
            "TARGET": "DONE",
            "PAYMENTS": "DONE",
            "WARNINGS": "DONE",
            "SELF_EVALUATION": "DONE",
            "NEXT_BUDGET": "DONE",
            "DISCLOSURE": "DONE",
        }
        assert (await states(here, "A"))["NEXT_BUDGET"] == "NOT_DUE"
        lives = await here.get("/v1/loop/projects/C")
        assert [one["project"]["fiscal_year"] for one in lives["years"]] == [2021]
        [letter] = lives["years"][0]["letters"]
        assert letter["verified_on"] == "2021-05-20"
        await here.get("/v1/loop/projects/UNKNOWN", 404)


async def test_what_is_missing_is_named_once_it_is_due(database: str, tmp_path: Path) -> None:
    new: Any = years.registered(B, 2021).model_copy(update={"needs_ex_ante": True})
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*begun(), new, years.registered(E, 2021), years.assessed(E, 2021, "POOR"))
        missing = {
            code: (await here.get(f"/v1/loop/projects/{code}/2021"))["missing"] for code in "ABCE"
        }
        assert missing == {
            "A": ["SELF_EVALUATION", "DISCLOSURE"],
            "B": ["EX_ANTE", "TARGET"],
            "C": ["WARNINGS", "SELF_EVALUATION", "DISCLOSURE"],
            "E": [],
        }


async def test_the_result_must_have_met_a_budget_two_years_later(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, datetime(2023, 1, 2, tzinfo=UTC)) as here:
        await here.hear(*begun(), *put_right(), *judged())
        assert (await states(here, "A"))["NEXT_BUDGET"] == "MISSING"
        assert (await states(here, "C"))["NEXT_BUDGET"] == "DONE"


async def test_closure_is_told_per_unit_department_and_region(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, AFTERWARDS) as here:
        await here.hear(*begun(), *judged(), years.registered(B, 2021))
        await tell_everything(here)
        path = f"/v1/loop/closure-rates?region={KASHGAR}&fiscal_year=2021&by="
        units = (await here.get(path + "unit"))["rates"]
        assert [(one["code"], one["projects"], one["closed"], one["rate"]) for one in units] == [
            (A.unit, 2, 1, "0.5000"),
            (C.unit, 1, 0, "0.0000"),
        ]
        assert [one["missing"] for one in units] == [{"TARGET": 1}, {"WARNINGS": 1}]
        told = await here.get(path + "department")
        assert [(one["code"], one["rate"]) for one in told["rates"]] == [("D1", "0.3333")]
        assert told["total"]["missing"] == {"TARGET": 1, "WARNINGS": 1}
        regions = (await here.get(path + "region"))["rates"]
        assert [(one["code"], one["closed"]) for one in regions] == [(KASHGAR, 1), ("653101", 0)]
        await here.get(path + "nobody", 422)
