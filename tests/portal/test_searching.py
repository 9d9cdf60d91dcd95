"""Search: words of one, two and many characters, codes, several terms, ranked and marked."""

from pathlib import Path
from typing import Final

import asyncpg
import pytest

from tests.disclosure.first_year import first_year
from tests.disclosure.world import World, world
from tests.disclosure.years import Project
from tests.portal.reading import inside, page
from tests.portal.year import named, unit, units

pytestmark = pytest.mark.asyncio(loop_scope="session")
CITY: Final = "653101"


async def found(site: World, query: str) -> list[str]:
    """The places that a search leads to, in order, without the menu."""
    read = await page(site.client, f"/portal/search?q={query}")
    hits = [link.removeprefix("http://test/portal/") for link in read.links]
    kinds = ("regions/", "units/", "projects/", "policies/", "items/")
    return [hit.partition("?")[0] for hit in hits if hit.startswith(kinds)]


async def test_two_characters_are_enough(site: World) -> None:
    assert await found(site, "水利") == [
        "units/653101001",
        "projects/J%3Cb%3E%26",
        "items/TARGET-J%3Cb%3E%26-2021",
    ]
    assert "units/653100001" in await found(site, "教育")


async def test_one_character_and_a_code_are_enough_too(site: World) -> None:
    assert "units/653101001" in await found(site, "局")
    assert await found(site, "653100-P1") == ["policies/653100-P1"]
    assert "regions/653101" in await found(site, "653101")
    assert "items/TARGET-A-2021" in await found(site, "TARGET-A-2021")


async def test_every_term_must_be_there_side_by_side(site: World) -> None:
    assert await found(site, "喀什 水利") == ["units/653101001"]
    assert await found(site, "利水") == []
    assert await found(site, "\uff33\uff23\uff32\uff29\uff30\uff34") != []


async def test_what_is_found_is_marked_and_nothing_else_is_code(site: World) -> None:
    answer = await site.client.get("/portal/search?q=%3Cscript%3E")
    assert "<mark>&lt;script&gt;</mark>alert" in answer.text
    assert "<script>alert" not in answer.text


async def test_an_odd_question_is_answered(site: World) -> None:
    for query in ("", "%20", "%25", "_", "'", "\\", "%F0%9F%98%80", "a" * 500, "%EF%BC%85"):
        await page(site.client, f"/portal/search?q={query}")
    for number in ("0", "-1", "999999999", "x", "٣"):
        await page(site.client, f"/portal/search?q=项目&kind=PROJECT&page={number}")
    nothing = await page(site.client, "/portal/search?q=月球")
    assert "没有找到 月球" in nothing.text


async def test_many_are_shown_page_by_page_each_once(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        many = [
            Project(code=f"N{n:02}", region=CITY, unit="653101001", yuan=1_000) for n in range(45)
        ]
        await here.hear(*units(), *first_year())
        for one in many:
            await here.hear(*named(one, f"{'长' * (one.code > 'N40')}渠道防渗工程{one.code}"))
        seen: list[str] = []
        for number in (1, 2, 3):
            path = f"/portal/search?q=防渗&kind=PROJECT&page={number}"
            read = await page(here.client, path)
            seen += [one for one in read.links if "/projects/N" in one]
            assert f"{number} / 3" in read.text
        assert len(seen) == len(set(seen)) == 45
        assert "N41" in seen[-4]
        first = await page(here.client, "/portal/search?q=防渗")
        assert "全部 45 条" in first.text
        assert any("kind=PROJECT" in link for link in inside(first))


async def test_the_index_answers_for_two_characters(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*(unit(f"65310{n:04}", CITY, f"第{n}单位") for n in range(300)))
        connection = await asyncpg.connect(database)
        await connection.execute("SET enable_seqscan = off")
        plan = await connection.fetch(
            "EXPLAIN SELECT * FROM search_register "
            "WHERE string_to_array(grams, ' ') @> string_to_array('水利', ' ')"
        )
        await connection.close()
        assert "ix_search_register_grams" in "\n".join(row[0] for row in plan)


async def test_a_region_that_is_told_twice_is_found_once(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*units(), *units(), *first_year())
        assert await found(here, "水利") == ["units/653101001"]


async def test_three_characters_are_found_only_side_by_side(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        for code, name in (("T1", "防渗渠改造"), ("T2", "渗渠与防渗")):
            one = Project(code=code, region=CITY, unit="653101001", yuan=1_000)
            await here.hear(*named(one, name))
        assert "projects/T1" in await found(here, "防渗渠")
        assert [one for one in await found(here, "防渗渠") if "T2" in one] == []
        assert "projects/T2" in await found(here, "渗渠")
