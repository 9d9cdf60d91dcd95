"""A project that was given up before it had a target needs none; what it had stays."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from shared.contracts import targets
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A, B, C, E
from tests.disclosure.world import World, world
from tests.disclosure.years import Project
from tests.portal.reading import page

NOW = datetime(2021, 12, 1, tzinfo=UTC)
RATES = f"/v1/loop/closure-rates?region={KASHGAR}&fiscal_year=2021&by=region"
OPEN = f"/v1/loop/open-items?region={KASHGAR}&fiscal_year=2021&kind=TARGET_MISSING"


def ended(project: Project, day: int = 10) -> targets.ProjectTerminated:
    """It was given up on a day of June."""
    return targets.ProjectTerminated(
        region_code=project.region,
        project_code=project.code,
        reason="政策取消",
        terminated_on=date(2021, 6, day),
    )


async def needed(here: World, on: str = "2021-12-01") -> tuple[Any, ...]:
    """The part that has a target, who lacks one, and how many loops lack it, on a day."""
    at = f"&effective_at={on}"
    path = f"/v1/annual-reports/{KASHGAR}/2021/figures?scope=tree{at}"
    share = {one["id"]: one["value"] for one in (await here.get(path))["figures"]}["F19"]
    open_ = [one["id"] for one in (await here.get(OPEN + at))["items"]]
    rates = (await here.get(RATES + at))["rates"]
    return share, sorted(open_), sum(one["missing"].get("TARGET", 0) for one in rates)


async def test_who_gave_up_before_a_target_needs_none_from_that_day_on(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await here.hear(years.rules(KASHGAR, 2021), *(years.registered(p, 2021) for p in (A, B, C)))
        await here.hear(years.approved(A, 2021))
        assert await needed(here) == ("0.3333", ["B", "C"], 2)
        await here.hear(ended(B))
        assert await needed(here) == ("0.5000", ["C"], 1)
        assert await needed(here, "2021-06-10") == ("0.5000", ["C"], 1)
        assert await needed(here, "2021-06-09") == ("0.3333", ["B", "C"], 2)


async def test_who_had_a_target_keeps_it_and_goes_on_owing(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, NOW) as here:
        await here.hear(years.rules(KASHGAR, 2021), *(years.registered(p, 2021) for p in (A, C)))
        await here.hear(years.approved(A, 2021), years.approved(C, 2021), ended(A))
        assert await needed(here) == ("1.0000", [], 0)
        life = await here.get("/v1/loop/projects/A/2021")
        states = {one["link"]: one["state"] for one in life["links"]}
        assert (life["given_up_on"], states["TARGET"]) == ("2021-06-10", "DONE")


async def test_the_life_of_a_project_says_that_it_was_given_up(
    database: str, tmp_path: Path
) -> None:
    asked: Any = years.registered(E, 2021).model_copy(update={"needs_ex_ante": True})
    async with world(database, tmp_path, NOW) as here:
        await here.hear(years.rules(KASHGAR, 2021), asked)
        before = await here.get("/v1/loop/projects/E/2021")
        assert (before["given_up_on"], before["missing"]) == (None, ["EX_ANTE", "TARGET"])
        lacking = (await here.get(RATES))["rates"][0]["missing"]
        assert lacking == {"EX_ANTE": 1, "TARGET": 1}
        await here.hear(ended(E))
        after = await here.get("/v1/loop/projects/E/2021")
        assert (after["given_up_on"], after["missing"]) == ("2021-06-10", [])
        lacking = (await here.get(RATES))["rates"][0]["missing"]
        assert lacking == {}
        read = await page(here.client, "/portal/projects/E?fiscal_year=2021")
        assert "2021-06-10" in read.text
