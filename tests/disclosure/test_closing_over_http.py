"""The year is closed by whom may, said publicly, and changed afterwards only where all can see."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from shared.http.policy import Role
from tests.disclosure import years
from tests.disclosure.clean_year import RED, begun, closed, judged, put_right, tell_everything
from tests.disclosure.first_year import CITY, KASHGAR, A, B
from tests.disclosure.test_api import post
from tests.disclosure.world import World, world

YEARS: Final = "/v1/fiscal-years"
YEAR: Final = f"{YEARS}/{KASHGAR}/2021"
THIS: Final = {"region_code": KASHGAR, "fiscal_year": 2021}
CARRIED: Final = {**THIS, "carried": [{"item_id": RED, "reason": "合同约定明年完工"}]}
NEXT_DAY: Final = datetime(2022, 7, 2, 2, tzinfo=UTC)


async def test_a_clean_year_is_closed_and_said_to_be(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*begun(), *put_right(), *judged())
        await tell_everything(here)
        assert (await here.get(YEAR))["closed"] is False
        unit = here.tokens.of(Role.UNIT_HEAD, unit=A.unit)
        await post(here, YEARS, THIS, unit, 403)
        county = here.tokens.of(Role.COUNTY_FB, region=CITY)
        await post(here, YEARS, THIS, county, 404)
        bureau = here.tokens.of(Role.FB_PERFORMANCE)
        await post(here, YEARS, {**THIS, "fiscal_year": 2022}, bureau, 409)
        await post(here, YEARS, THIS, bureau, 201)
        await post(here, YEARS, THIS, bureau, 201)
        found = await here.get(YEAR)
        assert (found["closed_on"], found["carried"]) == ("2022-07-01", [])
        assert await said(here) == ["FiscalYearClosed"]
        told = await here.get(f"/v1/annual-reports/{KASHGAR}/2021/figures")
        assert told["closed_on"] == "2022-07-01"


async def test_over_a_red_item_only_a_leader_closes_and_names_it(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*begun(), *judged())
        bureau = here.tokens.of(Role.FB_PERFORMANCE)
        leader = here.tokens.of(Role.FB_LEADER)
        refused = await post(here, YEARS, THIS, leader, 409)
        assert str(refused["type"]).endswith("/red-items-open")
        assert RED in str(refused["detail"])
        await post(here, YEARS, CARRIED, bureau, 403)
        unnamed = {**THIS, "carried": [{"item_id": "W-X", "reason": "无"}]}
        await post(here, YEARS, unnamed, leader, 422)
        await post(here, YEARS, CARRIED, leader, 201)
        [carried] = (await here.get(YEAR))["carried"]
        assert (carried["item_id"], carried["since"]) == (RED, "2021-04-30")
        assert carried["reason"] == "合同约定明年完工"


async def test_what_comes_after_the_closing_is_shown_as_a_correction(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*begun(), *judged())
        leader = here.tokens.of(Role.FB_LEADER)
        await post(here, YEARS, CARRIED, leader, 201)
        assert (await here.get(YEAR))["corrected_figures"] == []
        here.clock.moment = NEXT_DAY
        await here.hear(closed(), years.registered(B, 2021), years.approved(B, 2021))
        found = await here.get(YEAR)
        [item] = found["corrected_items"]
        assert (item["item_id"], item["change"], item["carried"]) == (RED, "ENDED", True)
        figures = {one["id"]: (one["at_closing"], one["now"]) for one in found["corrected_figures"]}
        assert figures["F17"] == ("2", "3")
        assert figures["F18"] == ("4000000.00", "6000000.00")
        by_id: Any = {one["id"]: one for one in found["corrected_figures"]}
        for side, count in (("at_closing", 2), ("now", 3)):
            assert len((await here.get(by_id["F17"][f"items_{side}"]))["items"]) == count
        assert "ClosedYearCorrected" in await said(here)
        assert (await here.get(f"{YEAR}?as_of=2022-07-01"))["corrected_figures"] == []


async def test_the_report_of_a_closed_year_is_corrected_with_a_reason(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*begun(), *put_right(), *judged())
        leader = here.tokens.of(Role.FB_LEADER)
        draft = await here.get(f"/v1/annual-reports/{KASHGAR}/2021/draft")
        await post(here, "/v1/annual-reports", draft, leader, 201)
        await post(here, YEARS, THIS, leader, 201)
        await here.hear(years.registered(B, 2021), years.approved(B, 2021))
        later = await here.get(f"/v1/annual-reports/{KASHGAR}/2021/draft")
        refused = await post(here, "/v1/annual-reports", later, leader, 422)
        assert str(refused["type"]).endswith("/correction-without-reason")
        await post(here, "/v1/annual-reports", {**later, "reason": "补计项目B"}, leader, 201)
        issued = await here.get(f"/v1/annual-reports/{KASHGAR}-2021")
        assert [one["reason"] for one in issued["editions"]] == ["", "补计项目B"]
        page = await here.client.get(f"/v1/annual-reports/{KASHGAR}-2021/editions/2")
        assert "第2版（更正），更正原因：补计项目B" in page.text


async def said(here: World) -> list[str]:
    """The words of years in the public feed."""
    while (await here.store.sequence()).taken:
        pass
    feed = await here.get("/v1/feed.json")
    names = [item["_abacus"]["event_type"].split(".")[1] for item in feed["items"]]
    return [name for name in names if "Year" in name]
