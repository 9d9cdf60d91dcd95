"""Published rankings: snapshots with their day, corrected by another one, never changed."""

from pathlib import Path

import pytest

from tests.disclosure.first_year import CITY, KASHGAR, first_year
from tests.disclosure.world import World, world
from tests.portal.reading import inside, page
from tests.portal.year import RIGHT, WRONG, ranking, rankings, units

pytestmark = pytest.mark.asyncio(loop_scope="session")
OF_2021 = f"region={KASHGAR}&fiscal_year=2021"


async def test_a_ranking_has_a_page_with_its_day_and_its_lines(site: World) -> None:
    found = await page(site.client, f"/portal/rankings/{RIGHT}")
    assert "2021-03-01" in found.text
    assert "1 喀什地区教育局 93.00 2 2 喀什市水利局 91.50 1" in found.text
    assert f"http://test/portal/rankings/{WRONG}" in inside(found)
    listed = await page(site.client, "/portal/rankings")
    assert {f"http://test/portal/rankings/{one}" for one in (RIGHT, WRONG)} <= inside(listed)


async def test_what_was_wrong_stays_and_names_what_counts(site: World) -> None:
    found = await page(site.client, f"/portal/rankings/{WRONG}")
    assert "1 喀什市水利局 91.5 2 喀什地区教育局 88.25" in found.text
    assert "已更正" in found.text
    assert f"http://test/portal/rankings/{RIGHT}" in inside(found)


async def test_a_unit_and_a_region_lead_to_their_rankings(
    site: World, database: str, tmp_path: Path
) -> None:
    unit = await page(site.client, "/portal/units/653101001")
    assert "第 2 位，共 2 个，得分 91.50" in unit.text
    assert "第 1 位，共 2 个，得分 91.5 已更正" in unit.text
    assert {f"http://test/portal/rankings/{one}" for one in (RIGHT, WRONG)} <= inside(unit)
    async with world(database, tmp_path) as here:
        await here.hear(*units(), *first_year(), ranking("R-C", {CITY: "90.00"}))
        city = await page(here.client, f"/portal/regions/{CITY}")
        assert "第 1 位，共 1 个，得分 90.00" in city.text
        assert "http://test/portal/rankings/R-C" in inside(city)


async def test_the_same_is_there_for_machines(site: World) -> None:
    listed = (await site.get(f"/v1/rankings?{OF_2021}&kind=BUDGET_UNIT"))["items"]
    assert [(one["ranking_id"], one["corrected_by"]) for one in listed] == [
        (WRONG, RIGHT),
        (RIGHT, ""),
    ]
    assert (await site.get(f"/v1/rankings?{OF_2021}&kind=COUNTY"))["items"] == []
    rows = (await site.get(f"/v1/rankings/{RIGHT}/rows"))["items"]
    assert [(one["rank"], one["score"]) for one in rows] == [(1, "93.00"), (2, "91.50")]
    assert (await site.get(f"/v1/rankings/{WRONG}"))["published_on"] == "2021-03-01"
    await site.get("/v1/rankings/none", 404)
    await site.get("/v1/rankings/none/rows", 404)


async def test_hearing_it_again_changes_nothing(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*units(), *first_year(), *rankings())
        before = await here.get(f"/v1/rankings/{WRONG}/rows")
        await here.hear(*rankings()[1:])
        assert await here.get(f"/v1/rankings/{WRONG}/rows") == before
        assert (await here.get(f"/v1/rankings/{WRONG}"))["corrected_by"] == RIGHT
