"""What a search leads to: in which order, how many of each kind, and what belongs to a project."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest

from services.disclosure.domain.policy import Document, DraftPolicy, RevisePolicy
from services.disclosure.domain.values import Layer, Step
from shared.contracts import targets
from shared.contracts.public_event import PublicEvent
from tests.disclosure import years
from tests.disclosure.first_year import CITY, KASHGAR, PREPARER
from tests.disclosure.settled import settle
from tests.disclosure.world import AFTERWARDS, World, world
from tests.disclosure.years import Project
from tests.portal.reading import page

pytestmark = pytest.mark.asyncio(loop_scope="session")
PLACES: Final = ("regions/", "units/", "projects/", "policies/", "items/")


async def led_to(here: World, asked: str) -> list[str]:
    """The places that a search leads to, in order, with their years."""
    read = await page(here.client, f"/portal/search?{asked}")
    hits = [link.removeprefix("http://test/portal/") for link in read.links]
    return [hit.replace("?fiscal_year=", " ") for hit in hits if hit.startswith(PLACES)]


async def counted(here: World, asked: str) -> str:
    """What the page says."""
    return (await page(here.client, f"/portal/search?{asked}")).text


def unit(number: int, name: str, department: str = "部门") -> PublicEvent:
    """A unit of the city with a name, and a department with another one."""
    return targets.UnitRegistered(
        region_code=CITY,
        unit_code=f"6531010{number:02}",
        name=name,
        department_code="D1",
        department_name=department,
    )


def project(code: str, year: int, name: str) -> Sequence[PublicEvent]:
    """A project of a year with a name of its own; its target binds."""
    one = Project(code=code, region=CITY, unit="653101001", yuan=1_000)
    registered: Any = years.registered(one, year)
    approved: Any = years.approved(one, year)
    return (
        registered.model_copy(update={"name": name}),
        approved.model_copy(update={"project_name": name}),
    )


async def test_the_likeliest_come_first_the_short_ones_before_the_long(
    database: str, tmp_path: Path
) -> None:
    names = (
        "水站", "喀什地区水利局", "水利管理总站", "大水利",
        "水利局", "水利", "喀什水利所", "水利局",
    )  # fmt: skip
    async with world(database, tmp_path) as here:
        await here.hear(
            *(
                unit(n, name, "水利" if name == "水站" else "部门")
                for n, name in enumerate(names, 11)
            )
        )
        found = await led_to(here, "q=水利&kind=UNIT")
        number = [int(one[-2:]) - 11 for one in found]
        assert [names[one] for one in number] == [
            "水利", "水利局", "水利局", "水利管理总站",
            "大水利", "喀什水利所", "喀什地区水利局", "水站",
        ]  # fmt: skip
        assert number[1:3] == [4, 7], "of the same name by their codes"
        await here.hear(unit(31, "b水利"), unit(30, "c水利"), unit(29, "A水利"))
        again = await led_to(here, "q=水利&kind=UNIT&page=1")
        late = [one for one in again if one[-2] in "23"]
        assert len(late) == 3
        assert late[-2:] == ["units/653101031", "units/653101030"], "by their names"
        assert await led_to(here, "q=a水利") == ["units/653101029"]
        await here.hear(unit(41, "一gis"), unit(40, "Gis管理站"))
        assert await led_to(here, "q=GIS") == ["units/653101040", "units/653101041"]


async def test_each_kind_is_counted_apart_and_has_what_every_term_names(
    database: str, tmp_path: Path
) -> None:
    about: dict[str, Any] = {"layer": Layer.N, "steps": (Step.TARGET,)}
    policy = Document(
        policy_id="P-1",
        region_code=KASHGAR,
        title="防渗工程管理办法",
        document_no="〔2021〕77号",
        issuer="住房局",
        **about,
    )
    async with world(database, tmp_path) as here:
        await here.hear(
            targets.RegionRegistered(region_code="653199", name="防渗县"),
            *(unit(n, f"防渗{n}站") for n in range(11, 18)),
            *project("F-1", 2021, "防渗渠道"),
            *project("F-1", 2020, "防渗渠道"),
            *project("F-1", 2022, "防渗渠道"),
            *project("F-2", 2021, "渠道"),
        )
        await here.given(DraftPolicy(document=policy, by=PREPARER, now=AFTERWARDS))
        await settle(here)
        first = await led_to(here, "q=防渗")
        assert first == [
            "regions/653199",
            *(f"units/6531010{n}" for n in range(11, 16)),
            *(f"projects/F-1 {year}" for year in (2022, 2021, 2020)),
            "policies/P-1",
            *(f"items/TARGET-F-1-{year}" for year in (2020, 2021, 2022)),
        ]
        text = await counted(here, "q=防渗")
        for said in ("地区 1", "单位 7", "项目 3", "制度 1", "公开事项 3", "全部 7 条"):
            assert said in text
        assert await led_to(here, "q=渠道 防渗&kind=PROJECT") == [
            f"projects/F-1 {year}" for year in (2022, 2021, 2020)
        ]
        assert "公开事项 4" in await counted(here, "q=渠道")
        for words in ("77号", "住房局", "〔2021〕77号 住房", "P-1"):
            assert await led_to(here, f"q={words}") == ["policies/P-1"]


async def test_a_draft_is_found_by_the_title_that_it_has_now(database: str, tmp_path: Path) -> None:
    about: dict[str, Any] = {
        "policy_id": "P-1",
        "text_sha256": "",
        "supersedes": (),
        "layer": Layer.N,
        "steps": (Step.TARGET,),
    }
    number: dict[str, Any] = {
        "region_code": KASHGAR,
        "document_no": "〔2021〕77号",
        "issuer": "住房局",
    }
    who: dict[str, Any] = {"by": PREPARER, "now": AFTERWARDS}
    draft = Document(title="防渗工程管理办法", **about, **number)
    async with world(database, tmp_path) as here:
        await here.given(
            DraftPolicy(document=draft, **who),
            RevisePolicy(title="节水灌溉办法", **about, **who),
        )
        await settle(here)
        assert await led_to(here, "q=节水灌溉") == ["policies/P-1"]
        assert await led_to(here, "q=防渗工程") == []
        assert await led_to(here, "q=77号") == ["policies/P-1"]


async def test_a_thing_is_looked_for_by_its_name_its_number_and_whose_it_is(
    database: str, tmp_path: Path
) -> None:
    policy = Document(
        policy_id="P-1",
        region_code=KASHGAR,
        layer=Layer.N,
        title="防渗办法",
        document_no="〔2021〕77号",
        issuer="住房局",
        steps=(Step.TARGET,),
    )
    async with world(database, tmp_path) as here:
        region = targets.RegionRegistered(region_code="653199", name="防渗县")
        await here.hear(region, unit(11, "防渗 站", "水利部门"), *project("F-1", 2021, "渠道"))
        await here.given(DraftPolicy(document=policy, by=PREPARER, now=AFTERWARDS))
        await settle(here)
    connection = await asyncpg.connect(database)
    rows = await connection.fetch(
        "SELECT kind, fiscal_year, region_code, words FROM search_register"
    )
    await connection.close()
    assert {tuple(row) for row in rows} == {
        ("REGION", 0, "653199", "防渗县 653199"),
        ("UNIT", 0, CITY, "防渗 站 653101011 水利部门"),
        ("PROJECT", 2021, CITY, "渠道 f-1"),
        ("POLICY", 0, KASHGAR, "防渗办法 p-1 〔2021〕77号 住房局"),
    }


async def test_an_item_is_found_by_its_own_project_and_by_nothing_of_the_same_code(
    database: str, tmp_path: Path
) -> None:
    alike = targets.UnitRegistered(
        region_code=CITY, unit_code="H-1", name="灌溉", department_code="D", department_name="D"
    )
    async with world(database, tmp_path) as here:
        await here.hear(
            alike,
            targets.RegionRegistered(region_code="H-2", name="灌溉区"),
            *project("H-2", 2021, "灌溉"),
            *project("H-1", 2021, "大灌溉"),
            *project("H-1", 2020, "渠道"),
            *project("H-3", 2021, "灌溉渠"),
        )
        items = [f"items/TARGET-{code}-2021" for code in ("H-2", "H-3", "H-1")]
        assert await led_to(here, "q=灌溉&kind=ITEM") == items
        assert "公开事项 3" in await counted(here, "q=灌溉")
        assert await led_to(here, "q=渠道&kind=ITEM") == ["items/TARGET-H-1-2020"]
