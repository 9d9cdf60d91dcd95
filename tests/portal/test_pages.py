"""Every page: whole, closed, in both languages, with links that lead somewhere and no secrets."""

import re
from typing import Final

import pytest

from services.disclosure.portal.labels import ALL
from services.disclosure.portal.security import POLICY
from tests.disclosure.first_year import CITY, FIRST, KASHGAR
from tests.disclosure.world import World
from tests.portal.commented import REJECTED
from tests.portal.crawling import LINKS_MAX, crawl
from tests.portal.reading import Read, inside, page
from tests.portal.year import HOSTILE, JOKER, PAGES

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOT_FOUND: Final = 404
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


def status_of(path: str) -> int:
    """The one page that is missing is missing."""
    return NOT_FOUND if path.endswith("no-such-page") else 200


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_whole_and_needs_nothing_from_elsewhere(site: World, path: str) -> None:
    found = await page(site.client, path, status_of(path))
    assert (found.wrong, found.open, found.inline) == ([], [], [])
    assert len(found.ids) == len(set(found.ids))
    assert [one for one in found.addresses if "//" in one] == []
    assert found.tags.count("h1") == 1
    assert found.tags.count("main") == 1
    assert found.language == "zh-CN"


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_guarded(site: World, path: str) -> None:
    answer = await site.client.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "set-cookie" not in answer.headers


async def test_every_link_of_every_page_leads_somewhere(site: World) -> None:
    seen = await crawl(site.client)
    broken = [f"{one.status} {link}" for link, one in seen.items() if one.status not in {200, 410}]
    assert broken == []
    assert len(seen) < LINKS_MAX, "nothing is left out"
    unlinked = ("?", "no-such", REJECTED)  # what is not shown is found by its number alone
    assert {f"http://test{path}" for path in PAGES if not any(one in path for one in unlinked)} < {
        link.partition("?")[0] for link in seen
    }


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_speaks_english_too(site: World, path: str) -> None:
    """What is left in Chinese are names and words of the data, each marked as Chinese."""
    found = await page(site.client, path, status_of(path), "en")
    assert found.language == "en"
    answer = await site.client.get(path, headers={"accept-language": "en"})
    marked = re.sub(r"<(\w+)[^>]*lang=\"zh-CN\"[^>]*>.*?</\1>", "", answer.text, flags=re.DOTALL)
    left = Read("http://test/")
    left.feed(re.sub(r"<(title|pre|option|q)\b.*?</\1>", "", marked, flags=re.DOTALL))
    names = {"喀什地区", "喀什市"}
    assert [one for one in left.words if CHINESE.search(one) and one not in names] == []


async def test_the_language_that_was_chosen_stays(site: World) -> None:
    found = await page(site.client, "/?lang=en")
    assert found.language == "en"
    own = [one for one in inside(found) if "/v1/" not in one and "/docs" not in one]
    assert own
    assert [one for one in own if "lang=" not in one] == []


async def test_a_hostile_title_is_text_and_nothing_else(site: World) -> None:
    for path in ("/portal/projects", "/portal/search?q=水利", f"/portal/units/{JOKER.unit}"):
        answer = await site.client.get(path)
        assert "<script>alert" not in answer.text
        assert "alert(1)" in answer.text
        assert "{{7*7}}" in answer.text.replace("<mark>", "").replace("</mark>", "")
    found = await page(site.client, "/portal/projects/J%3Cb%3E%26")
    assert HOSTILE in found.text
    item = await page(site.client, "/portal/items/TARGET-J%3Cb%3E%26-2021")
    assert f"完成{HOSTILE}" in item.text


async def test_generated_data_are_called_so(site: World) -> None:
    found = await page(site.client, "/")
    assert "SYNTHETIC" in found.text
    project = await page(site.client, "/portal/projects/J%3Cb%3E%26")
    assert ALL["Origin"]["SYNTHETIC"][0] in project.text
    official = await page(site.client, "/portal/projects/A")
    assert ALL["Origin"]["SYNTHETIC"][0] not in official.text


async def test_every_page_says_how_fresh_it_is(site: World) -> None:
    for path in PAGES[:-1]:
        found = await page(site.client, path)
        assert "数据截至 2022-07-01" in found.text
        assert re.search(r"targets:\d+ monitoring:\d+ evaluation:\d+ disclosure:[1-9]", found.text)
        assert "数据滞后：未知" in found.text  # no worker runs in this story


async def test_the_figures_are_those_of_the_report(site: World) -> None:
    here = await site.figures(KASHGAR, 2021)
    told = await page(site.client, f"/portal/annual-reports/{KASHGAR}/2021")
    for number in ("F05", "F06", "F26", "F35", "F41"):
        assert here[number] == FIRST[number]
        assert f"{number} " in f"{told.text} "
    assert f"{here['F41']} 人次" in told.text
    assert f"{here['F06']} 个项目" in told.text


async def test_a_figure_leads_to_items_that_add_up_to_it(site: World) -> None:
    figures = await site.figures(KASHGAR, 2021)
    asked = f"region={KASHGAR}&fiscal_year=2021"
    recovered = await page(site.client, f"/portal/recoveries?{asked}")
    fen = f"{int(figures['F28'].partition('.')[0]):,}.00"
    assert f"共 {figures['F27']} 条" in recovered.text
    assert f"合计 {fen} 元" in recovered.text
    targets = await page(site.client, f"/portal/projects?{asked}&with_target=true")
    assert f"共 {figures['F17']} 条" in targets.text
    graded = await page(site.client, f"/portal/ex-ante-assessments?{asked}&grade=EXCELLENT")
    assert f"共 {figures['F08']} 条" in graded.text
    own = await page(site.client, f"/portal/recoveries?region={CITY}&fiscal_year=2021&scope=self")
    assert "共 2 条" in own.text


async def test_the_first_page_counts_what_is_told_as_the_api_does(site: World) -> None:
    asked = f"region={KASHGAR}&fiscal_year=2021"
    kinds = (await site.get(f"/v1/disclosures/coverage?{asked}"))["kinds"]
    told = await page(site.client, "/")
    for one in kinds:
        due = one["owed"] - one["withheld"]
        assert f"{one['label']} {one['published']} / {due}" in told.text
    listed = (await site.get(f"/v1/disclosures?{asked}&limit=1000"))["items"]
    published = sum(one["status"] == "PUBLISHED" for one in listed)
    assert f"应公开 {len(listed)} 项，已公开 {published} 项" in told.text
    waiting = [one for one in listed if one["status"] in {"OWED", "PREPARED", "REVIEWED"}]
    late = sum(one["due_on"] is not None and one["due_on"] < "2022-07-01" for one in waiting)
    assert late > 0
    overdue = await page(site.client, f"/portal/disclosures?{asked}&overdue=true")
    assert f"逾期未公开 {late} 项" in told.text
    assert f"共 {late} 条" in overdue.text
    channels = await site.get(f"/v1/disclosures/channels?{asked}")
    assert told.text.count("已有公开内容") == channels["count"]


async def test_the_units_of_a_region_stand_by_the_money_of_their_targets(site: World) -> None:
    found = await page(site.client, f"/portal/regions/{KASHGAR}")
    units = [link.rpartition("/units/")[2][:9] for link in found.links if "/units/" in link]
    assert list(dict.fromkeys(units)) == ["653101002", "653100001", "653101001"]
