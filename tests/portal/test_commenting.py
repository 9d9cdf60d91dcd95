"""A citizen writes from a page without a script, keeps a number, and finds the answer."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import httpx

from tests.disclosure.first_year import KASHGAR, A
from tests.disclosure.library_acts import Bureau
from tests.disclosure.test_comment_http import ready
from tests.disclosure.world import World, world
from tests.portal.reading import Read

NOW: Final = datetime(2021, 3, 1, 2, tzinfo=UTC)
FORM: Final = "/portal/comments/new"
TEXT: Final = "请问2021年农村饮水项目的绩效目标\r\n何时公开？"
FILLED: Final = {"about": "PROJECT", "about_id": A.code, "text": TEXT}
OWN: Final = {"origin": "http://test", "accept-language": "zh-CN"}
LATIN: Final = {**OWN, "accept-language": "en"}


@asynccontextmanager
async def opened(database: str, folder: Path) -> AsyncIterator[World]:
    """A world with a region, a unit and a project to comment on."""
    async with world(database, folder, NOW) as here:
        await ready(here)
        yield here


async def sent(
    here: World, fields: Mapping[str, str], status: int = 201, headers: Mapping[str, str] = OWN
) -> httpx.Response:
    """A form as a browser sends it; the page is whole, whatever it says."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    body = urlencode(fields)
    answer = await here.client.post(FORM, content=body, headers={**kind, **headers})
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"
    whole(answer)
    return answer


def whole(answer: httpx.Response) -> Read:
    """The page of an answer, read strictly."""
    found = Read(str(answer.url))
    found.feed(answer.text)
    found.close()
    assert (found.wrong, found.open, found.inline) == ([], [], [])
    return found


def told(answer: httpx.Response, name: str) -> str:
    """A value of the receipt, by its name."""
    found = re.search(rf"<dt>{name}</dt><dd><code[^>]*>([^<]+)</code>", answer.text)
    assert found, answer.text
    return found[1]


def problem(answer: httpx.Response, name: str) -> str:
    """What is said beside a field that is marked as wrong."""
    assert re.search(rf'id="c-{name}"[^>]*aria-invalid="true"', answer.text)
    assert re.search(rf'id="c-{name}"[^>]*aria-describedby="[^"]*p-{name}', answer.text)
    found = re.search(rf'id="p-{name}"><span[^>]*>✕</span> ([^<]+)<', answer.text)
    assert found, answer.text
    return found[1]


async def test_a_comment_is_written_followed_and_answered(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as here:
        project = await here.client.get(f"/portal/projects/{A.code}", headers=OWN)
        [address] = re.findall(r'href="(/portal/comments/new[^"]+)"', project.text)
        form = await here.client.get(unescape(address), headers=OWN)
        assert f'name="about_id" value="{A.code}"' in form.text
        assert "no-store" in form.headers["cache-control"]
        key = re.findall(r'name="key" value="([^"]+)"', form.text)[0]
        receipt = await sent(here, {**FILLED, "key": key})
        case = told(receipt, "留言编号")
        assert receipt.headers["location"] == f"/portal/comments/{case}"
        waiting = await here.client.get(f"/portal/comments/{case}", headers=OWN)
        assert "待审核" in waiting.text
        assert "农村饮水项目的绩效目标" not in waiting.text
        bureau = Bureau(here)
        await bureau.post(f"/v1/comments/{case}/publish", {"redactions": []})
        await bureau.post(f"/v1/comments/{case}/answer", {"text": "已于3月2日公开。"})
        looked = await here.client.get(
            f"/portal/comments/case?number=%20{case.lower()}", headers=OWN, follow_redirects=True
        )
        assert looked.url.path == f"/portal/comments/{case}"
        for page in (looked, await here.client.get("/portal/comments", headers=OWN)):
            assert "绩效目标\n何时公开？" in page.text
            assert "已于3月2日公开。" in page.text
            whole(page)


async def test_the_api_and_the_page_know_the_same_comment(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as here:
        private = {"name": "买买提", "contact": "13812345678"}
        case = told(await sent(here, {**FILLED, **private}), "留言编号")
        api = await here.get(f"/v1/comments/{case}")
        assert (api["about"], api["about_id"], api["unit_code"]) == ("PROJECT", A.code, A.unit)
        bureau = Bureau(here)
        await bureau.post(f"/v1/comments/{case}/publish", {"redactions": []})
        for path in (f"/portal/comments/{case}", "/portal/comments"):
            page = await here.client.get(path)
            assert not [one for one in private.values() if one in page.text]


async def test_a_form_of_another_site_is_refused(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as here:
        for strange in (
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"sec-fetch-site": "cross-site", "origin": "http://test"},
            {"sec-fetch-site": "same-site"},
        ):
            refused = await sent(here, FILLED, 403, {"accept-language": "zh-CN", **strange})
            assert "表单须从本站页面提交" in refused.text
        assert (await here.get("/v1/comments/statistics?region=653100&fiscal_year=2021"))[
            "filed"
        ] == 0
        gateway = {"origin": "https://ks.example", "x-forwarded-host": "ks.example"}
        await sent(here, FILLED, 201, gateway)
        browser = {"sec-fetch-site": "same-origin", "origin": "null"}
        await sent(here, {**FILLED, "text": "另一件事，请答复。"}, 201, browser)


async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    database: str, tmp_path: Path
) -> None:
    async with opened(database, tmp_path) as here:
        wrong = {"text": "短<b>", "name": "长" * 51, "contact": "9" * 101, "about": "NOTHING"}
        for _ in range(6):  # more than an address may send: a wrong field is not counted
            again = await sent(here, wrong, 422)
        assert problem(again, "text") == "留言内容须为 5 至 2,000 个字。"
        assert problem(again, "name") == "姓名不超过 50 个字。"
        assert problem(again, "contact") == "联系方式不超过 100 个字。"
        assert "短&lt;b&gt;</textarea>" in again.text
        assert f'value="{"长" * 51}"' in again.text
        assert again.text.count(" autofocus") == 1
        english = await sent(here, wrong, 422, LATIN)
        assert problem(english, "text") == "Please write between 5 and 2,000 characters."
        unknown = await sent(here, {**FILLED, "about_id": "nowhere"}, 422)
        assert "留言所涉事项、项目或单位不存在" in unknown.text
        assert "绩效目标\n何时公开" in unknown.text
        await sent(here, FILLED)


async def test_who_writes_too_often_keeps_the_text(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as here:
        for number in range(5):
            answer = await sent(here, {**FILLED, "text": f"第{number}件事，请答复。"})
            assert f'"address";r={4 - number}' in answer.headers["ratelimit"]
        stopped = await sent(here, {**FILLED, "text": "第六件事，请答复。"}, 429)
        assert int(stopped.headers["retry-after"]) > 0
        assert "请求过于频繁" in stopped.text
        assert "第六件事，请答复。</textarea>" in stopped.text
        body = {"region_code": KASHGAR, "text": "五个字了"}
        api = await here.client.post("/v1/comments", json=body)
        assert api.status_code == 429, "both doors count together"


async def test_a_form_that_is_sent_twice_is_one_comment(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as here:
        once = {**FILLED, "key": "0198f2b4", "contact": "13812345678"}
        first, second = await sent(here, once), await sent(here, once)
        assert told(first, "留言编号") == told(second, "留言编号")
        assert told(first, "追问密钥") == told(second, "追问密钥")
        other = await sent(here, {**once, "text": "回到上一页以后写的另一件事。"})
        assert told(other, "留言编号") != told(first, "留言编号")
        same = await sent(here, {**FILLED, "key": "another form"}, 409)
        assert "请勿重复提交相同留言" in same.text


async def test_an_answer_is_followed_up_once_with_the_key(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as here:
        receipt = await sent(here, FILLED)
        case, key = told(receipt, "留言编号"), told(receipt, "追问密钥")
        place, bureau = f"/portal/comments/{case}", Bureau(here)
        await bureau.post(f"/v1/comments/{case}/publish", {"redactions": []})
        assert "提交追问" not in (await here.client.get(place, headers=OWN)).text
        await bureau.post(f"/v1/comments/{case}/answer", {"text": "已于3月2日公开。"})
        assert "提交追问" in (await here.client.get(place, headers=OWN)).text
        again = {"text": "没有看到，请再核对。", "follow_up_key": "钥匙"}
        refused = await here.client.post(place, data=again, headers=OWN)
        assert refused.status_code == 403
        assert problem(refused, "follow_up_key") == "追问须提供受理时给出的密钥。"
        assert "没有看到，请再核对。</textarea>" in refused.text
        taken = await here.client.post(place, data={**again, "follow_up_key": key}, headers=OWN)
        assert (taken.status_code, taken.headers["location"]) == (303, place)
        after = await here.client.get(place, headers=OWN)
        assert "待审核" in after.text
        assert "提交追问" not in after.text
        foreign = {**OWN, "origin": "https://evil.example"}
        assert (await here.client.post(place, data=again, headers=foreign)).status_code == 403


async def test_a_number_that_nobody_knows_is_asked_again(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as here:
        empty = await here.client.get("/portal/comments/case", headers=OWN)
        assert (empty.status_code, "没有这个编号" in empty.text) == (200, False)
        for path in ("/portal/comments/case?number=PL-%3Cb%3E", "/portal/comments/PL-%3Cb%3E"):
            answer = await here.client.get(path, headers=OWN)
            assert answer.status_code == 404
            assert "没有这个编号的留言" in answer.text
            assert 'value="PL-&lt;b&gt;"' in answer.text
            whole(answer)
        for query in ("about=PROJECT&about_id=none", "about=ITEM", "about=PERSON&about_id=1"):
            assert (await here.client.get(f"{FORM}?{query}")).status_code == 404


async def test_what_is_no_small_form_is_refused(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as here:
        kind = {**OWN, "content-type": "application/x-www-form-urlencoded"}
        for content, headers, status in (
            (b'{"text": "no form"}', {**OWN, "content-type": "application/json"}, 415),
            (b"text=" + b"x" * 40_000, kind, 413),
            (b"&".join(b"a%d=1" % n for n in range(20)), kind, 400),
            (b"text=%FF%FE%FD%FC%FB", kind, 400),
            (b"text=12345%00678", kind, 400),
        ):
            answer = await here.client.post(FORM, content=content, headers=headers)
            assert answer.status_code == status, (content[:30], answer.text)
