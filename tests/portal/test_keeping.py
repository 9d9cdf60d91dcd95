"""Pages are kept while nothing new is known, and never longer; small; and refused as pages."""

import asyncio
import gzip
import time
from datetime import date
from pathlib import Path
from typing import Final

import httpx
import pytest
from fastapi import Request

from services.disclosure.main import service
from services.disclosure.portal.assets import ASSETS
from services.disclosure.portal.kept import BYTES_MAX as BYTES_MAX_KEPT
from services.disclosure.portal.kept import FRESH_SECONDS, STALE_SECONDS, Kept, KeptPage
from services.disclosure.portal.page_route import PageRoute, refused
from services.disclosure.portal.security import POLICY
from services.disclosure.portal.stamp import Place
from shared.http.app import create_app
from shared.http.language import Language
from shared.http.problems import Unavailable
from tests.disclosure.first_year import first_year
from tests.disclosure.world import World, world
from tests.portal.reading import page
from tests.portal.year import JOKER, PAGES, named, units

BYTES_MAX: Final = 150_000
DAY: Final = date(2021, 7, 1)
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_has_a_page_already_is_told_so(site: World) -> None:
    for path in ("/", "/portal/projects", "/portal/feeds"):
        first = await site.client.get(path)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "public, no-cache"
        again = await site.client.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["content-security-policy"] == POLICY
        assert (await site.client.get(path)).content == first.content


async def test_language_gateway_and_question_make_another_page(site: World) -> None:
    tags = [
        (await site.client.get(path, headers=headers)).headers["etag"]
        for path, headers in (
            ("/", {"accept-language": "zh"}),
            ("/", {"accept-language": "en"}),
            ("/?lang=en", {}),
            ("/?region=653101", {}),
            ("/", {"x-forwarded-prefix": "/disclosure"}),
        )
    ]
    assert len(set(tags)) == len(tags)


async def test_behind_a_gateway_every_address_has_its_prefix(site: World) -> None:
    answer = await site.client.get("/", headers={"x-forwarded-prefix": "/disclosure"})
    assert 'href="/disclosure/portal/regions"' in answer.text
    assert 'href="/portal' not in answer.text
    assert 'action="/portal' not in answer.text


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_with_all_its_files_is_small(site: World, path: str) -> None:
    """As it is sent: the page, the style, the script and the emblem."""
    answer = await site.client.get(path)
    files = [gzip.compress(asset.body) for asset in ASSETS.values()]
    assert len(gzip.compress(answer.content)) + sum(map(len, files)) < BYTES_MAX
    assert len(answer.content) + sum(len(one.body) for one in ASSETS.values()) < BYTES_MAX


async def test_a_file_may_be_kept_for_ever_because_its_name_changes_with_it(site: World) -> None:
    first = await site.client.get("/")
    for asset in ASSETS.values():
        address = f"/portal/static/{asset.name}"
        assert address in first.text
        answer = await site.client.get(address)
        assert answer.content == asset.body
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await site.client.get("/portal/static/portal.css")).status_code == 404
    assert (await site.client.get("/portal/static/..%2Frouting.py")).status_code == 404


async def test_the_head_of_a_page_is_that_of_the_page(site: World) -> None:
    whole, head = await site.client.get("/portal/feeds"), await site.client.head("/portal/feeds")
    assert (head.status_code, head.headers["etag"]) == (200, whole.headers["etag"])


async def test_what_is_not_there_is_told_on_a_page(site: World) -> None:
    for path in (
        "/portal/no/such/page",
        "/portal/regions/999999",
        "/portal/units/nobody",
        "/portal/projects/nothing",
        "/portal/projects/A?fiscal_year=1999",
        "/portal/items/nothing",
        "/portal/policies/nothing",
        "/portal/bulletins/653100-1999-01",
        "/portal/annual-reports/653100/1999",
        "/portal/warnings?region=999999",
    ):
        status = 422 if path.endswith("fiscal_year=1999") else 404
        found = await page(site.client, path, status)
        assert "回到首页" in found.text
    english = await page(site.client, "/portal/nothing", 404, "en")
    assert "There is no such page" in english.text


async def test_an_api_is_still_answered_with_a_problem(site: World) -> None:
    answer = await site.client.get("/v1/disclosures/nothing", headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_wrong_filter_is_told_on_a_page(site: World) -> None:
    for question in ("level=GREEN", "cursor=nonsense", "limit=0", "fiscal_year=x", "as_of=1"):
        found = await page(site.client, f"/portal/warnings?{question}", 422)
        assert "地址中的条件有误" in found.text


async def test_what_was_repealed_is_gone_and_its_page_says_which(site: World) -> None:
    found = await page(site.client, "/portal/policies/653100-P3", 410)
    assert "办法3" in found.text
    assert "2021-09-01" in found.text


async def test_without_its_database_the_portal_says_when_to_come_back() -> None:
    app = create_app(service, settings=service.settings.model_validate({"jwks": "never-read"}))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        found = await page(client, "/", 503)
        assert "暂时无法读取数据" in found.text
        answer = await client.get("/")
        assert answer.headers["cache-control"] == "no-store"


async def test_a_refusal_keeps_its_own_headers() -> None:
    scope = {"type": "http", "headers": [], "query_string": b"", "abacus.language": Language.ZH}
    answer = refused(Request(scope), Unavailable(headers={"retry-after": "2"}))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert PageRoute.__doc__


async def test_a_new_fact_makes_a_new_page(database: str, tmp_path: Path) -> None:
    """And the same word heard again changes nothing."""
    async with world(database, tmp_path) as here:
        empty = await page(here.client, "/")
        assert "尚无数据" in empty.text
        await here.hear(*units(), *first_year())
        kept: Kept = here.client._transport.app.state.portal  # type: ignore[attr-defined]  # noqa: SLF001
        kept.stamp = None
        kept.pages.clear()
        before = await here.client.get("/portal/projects")
        await here.hear(*named(JOKER, "新项目"))
        kept.stamp = None
        for key, old in kept.pages.items():
            kept.pages[key] = KeptPage(old.place, old.body, old.etag, old.made_at - FRESH_SECONDS)
        during = await here.client.get("/portal/projects")
        assert during.content == before.content  # nobody waits for the one that is coming
        for _ in range(600):
            after = await here.client.get("/portal/projects")
            if after.content != before.content:
                break
            await asyncio.sleep(0.1)
        assert "新项目" not in before.text
        assert "新项目" in after.text
        assert after.headers["etag"] != before.headers["etag"]
        kept.stamp = None
        assert (await here.client.get("/portal/projects")).content == after.content


async def test_a_page_serves_its_own_place_and_for_a_moment_the_next_one() -> None:
    place = Place(position=1, number=1, heard=(1, 1, 1), day=DAY)
    newer = Place(position=2, number=1, heard=(1, 1, 1), day=DAY)
    tomorrow = Place(position=1, number=1, heard=(1, 1, 1), day=DAY.replace(day=2))
    old = KeptPage(place, b"", "", made_at=0.0)
    assert (old.serves(place), old.serves(newer), old.serves(tomorrow)) == (True, False, False)
    young = KeptPage(place, b"", "", made_at=time.monotonic() - FRESH_SECONDS)
    assert (young.serves(newer), young.serves(newer, STALE_SECONDS)) == (False, True)
    assert not young.serves(tomorrow, STALE_SECONDS)


async def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept, place = Kept(), Place(position=1, number=1, heard=(1, 1, 1), day=DAY)

    async def made() -> KeptPage:
        return KeptPage(place, bytes(BYTES_MAX_KEPT // 3), "", time.monotonic())

    for name in ("a", "b", "c"):
        await kept.made((name,), place, made)
    assert kept.known(("a",), place) is not None
    await kept.made(("d",), place, made)
    assert [key for (key,) in kept.pages] == ["c", "a", "d"]
    assert kept.size == sum(len(one.body) for one in kept.pages.values()) <= BYTES_MAX_KEPT
