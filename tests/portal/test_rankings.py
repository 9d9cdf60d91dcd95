"""Published rankings: snapshots with their day, corrected by another one, never changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.contracts import evaluation
from shared.contracts.public_event import PublicEvent
from tests.disclosure.first_year import CITY, KASHGAR, first_year
from tests.disclosure.world import World, world
from tests.portal.reading import inside, page
from tests.portal.year import RIGHT, WRONG, ranking, rankings, units

pytestmark = pytest.mark.asyncio(loop_scope="session")
ELSEWHERE = "652900"
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
    assert "得分 93.00" not in unit.text, "that is another unit's"
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
    rows = (await site.get(f"/v1/rankings/{WRONG}/rows"))["items"]
    assert [one["subject"] for one in rows] == ["653101001", "653100001"], "the best first"
    assert (await site.get(f"/v1/rankings/{WRONG}"))["published_on"] == "2021-03-01"
    await site.get("/v1/rankings/none", 404)
    await site.get("/v1/rankings/none/rows", 404)


async def test_a_region_shows_what_is_of_it_and_of_the_year_and_told_by_then(
    database: str, tmp_path: Path
) -> None:
    def of(number: str, region: str, year: int = 2021) -> PublicEvent:
        told = ranking(number, {"653101001": "90.00"})
        return told.model_copy(update={"region_code": region, "fiscal_year": year})

    given = evaluation.ExternalRankingRecorded(
        region_code=ELSEWHERE,
        scheme="XJ_COMPREHENSIVE",
        period="2021H1",
        subject=ELSEWHERE,
        level="region",
        rank=1,
        document_no="新财〔2021〕99号",
    )
    async with world(database, tmp_path) as here:
        await here.hear(
            *units(),
            *first_year(),
            given,
            *(
                of("R-K", KASHGAR),
                of("R-C", CITY),
                of("R-E", ELSEWHERE),
                of("R-2020", KASHGAR, 2020),
            ),
        )

        async def shown(region: str, year: int = 2021, more: str = "") -> set[str]:
            asked = f"/v1/rankings?region={region}&fiscal_year={year}{more}"
            return {one["ranking_id"] for one in (await here.get(asked))["items"]}

        assert await shown(KASHGAR) == {"R-K", "R-C"}
        assert await shown(KASHGAR, more="&scope=self") == {"R-K"}
        assert await shown(CITY) == {"R-C"}
        assert await shown(ELSEWHERE) == {"R-E"}
        assert await shown(KASHGAR, 2020) == {"R-2020"}
        assert await shown(KASHGAR, more="&effective_at=2021-02-28") == set()
        board = await page(here.client, f"/portal/rankings?{OF_2021}")
        assert "新财〔2021〕1号" in board.text
        assert given.document_no not in board.text


async def test_hearing_it_again_changes_nothing(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*units(), *first_year(), *rankings())
        before = await here.get(f"/v1/rankings/{WRONG}/rows")
        await here.hear(*rankings()[1:])
        assert await here.get(f"/v1/rankings/{WRONG}/rows") == before
        assert (await here.get(f"/v1/rankings/{WRONG}"))["corrected_by"] == RIGHT


async def test_where_a_unit_stands_now_comes_first(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*units(), *first_year(), ranking("R-Z", {"653101001": "70.00"}))
        newer = ranking("R-A", {"653101001": "95.00"})
        await here.hear(newer, at=datetime(2021, 6, 1, 2, tzinfo=UTC))
        unit = await page(here.client, "/portal/units/653101001")
        assert unit.text.index("得分 95.00") < unit.text.index("得分 70.00")


async def test_a_ranking_is_told_from_its_day_on_and_of_its_own_year(
    database: str, tmp_path: Path
) -> None:
    def of(number: str, score: str, year: int | None, kind: str = "BUDGET_UNIT") -> PublicEvent:
        told = ranking(number, {"653101001": score, "653100001": "60.00"})
        return told.model_copy(update={"fiscal_year": year, "kind": kind})

    async with world(database, tmp_path) as here:
        await here.hear(*units(), *first_year())
        for day, said in (
            (datetime(2022, 6, 30, 15, 59, tzinfo=UTC), of("R-JUNE", "71.00", 2021)),
            (datetime(2022, 7, 1, 15, 59, tzinfo=UTC), of("R-TODAY", "72.00", None, "COUNTY")),
            (datetime(2022, 7, 1, 16, 0, tzinfo=UTC), of("R-MORROW", "73.00", 2021)),
        ):
            await here.hear(said, at=day)
        unit = (await page(here.client, "/portal/units/653101001")).text
        assert unit.index("得分 72.00") < unit.index("得分 71.00")
        assert "得分 73.00" not in unit
        assert "得分 60.00" not in unit
        asked = f"/v1/rankings?region={KASHGAR}&fiscal_year="
        found = {
            more: [
                (one["ranking_id"], one["published_on"], one["subjects"])
                for one in (await here.get(f"{asked}{more}"))["items"]
            ]
            for more in ("2021", "2022", "2022&kind=COUNTY", "2022&kind=BUDGET_UNIT")
        }
        today = [("R-TODAY", "2022-07-01", 2)]
        assert found == {
            "2021": [("R-JUNE", "2022-06-30", 2)],
            "2022": today,
            "2022&kind=COUNTY": today,
            "2022&kind=BUDGET_UNIT": [],
        }
