"""The portal in a real Chromium: search, language, keyboard, downloads, phone, axe, proof."""

import json
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.portal.year import PAGES

AXE: Final = Axe()
GRAVE: Final = frozenset({"serious", "critical"})


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(desktop: Page, portal: str, path: str) -> None:
    desktop.goto(portal + path)
    found = AXE.run(desktop).response["violations"]
    grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE]
    assert grave == []


def test_axe_would_find_a_planted_fault(desktop: Page, portal: str) -> None:
    desktop.goto(portal)
    desktop.evaluate("document.querySelector('main').innerHTML += '<img src=\"/x\"><button/>'")
    found = {one["id"] for one in AXE.run(desktop).response["violations"]}
    assert {"image-alt", "button-name"} <= found


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_scrolls_only_downwards(phone: Page, portal: str, path: str) -> None:
    phone.goto(portal + path)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.evaluate(wide) == 0


def test_the_keyboard_alone_reaches_everything(desktop: Page, portal: str) -> None:
    desktop.goto(portal)
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.className") == "skip"
    assert desktop.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("location.hash") == "#main"
    assert desktop.evaluate("document.activeElement.id") == "main"
    desktop.keyboard.press("Tab")
    reached = desktop.evaluate(
        "[document.querySelector('main').contains(document.activeElement),"
        " getComputedStyle(document.activeElement).outlineStyle,"
        " parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"
    )
    assert reached[0] is True
    assert reached[1] == "solid"
    assert reached[2] >= 2
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**fiscal_year=2021**")


def test_a_reader_searches_and_comes_to_the_project(desktop: Page, portal: str) -> None:
    desktop.goto(portal)
    desktop.locator("#find").fill("水利")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/portal/search**")
    assert desktop.locator("mark").first.inner_text() == "水利"
    desktop.locator("#g-project ~ ol a").first.click()
    assert "<script>alert(1)</script>" in desktop.locator("h1").inner_text()
    assert desktop.locator(".chain li").count() == 7


def test_a_reader_changes_the_language_and_keeps_it(desktop: Page, portal: str) -> None:
    desktop.goto(f"{portal}/portal/calendar")
    desktop.locator(".tongue").click()
    desktop.wait_for_url("**lang=en**")
    assert desktop.locator("h1").inner_text() == "Calendar"
    desktop.get_by_role("link", name="Rankings").click()
    desktop.wait_for_url("**/portal/rankings**")
    assert desktop.locator("html").get_attribute("lang") == "en"
    desktop.locator(".tongue").click()
    desktop.wait_for_url("**lang=zh**")
    assert desktop.locator("h1").inner_text() == "排名"


def test_a_reader_takes_the_data_home(desktop: Page, portal: str, tmp_path: Path) -> None:
    desktop.goto(f"{portal}/portal/feeds")
    links = desktop.locator("main a[download]")
    assert links.count() >= 4
    for link in links.all():
        with desktop.expect_download() as coming:
            link.click()
        target = tmp_path / coming.value.suggested_filename
        coming.value.save_as(target)
        text = target.read_text("utf-8")
        parts = text.splitlines() if target.suffix == ".ndjson" else [text]
        assert parts
        assert all(json.loads(part) for part in parts)
    assert (tmp_path / "checkpoint.json").exists()


def test_the_browser_of_the_reader_checks_the_proof(desktop: Page, portal: str) -> None:
    desktop.goto(f"{portal}/portal/items/TARGET-A-2021")
    desktop.locator("a[href*='/portal/verify']").nth(1).click()
    own = desktop.locator("[data-proof]")
    own.wait_for(state="visible")
    assert "yes" in (own.get_attribute("class") or "")
    assert own.inner_text() == own.get_attribute("data-yes")


def test_a_changed_record_does_not_pass_the_browser(desktop: Page, portal: str) -> None:
    def forge(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(  # type: ignore[attr-defined]
            response=answer, body=answer.text().replace("specversion", "specversi0n", 1)
        )

    desktop.route("**/portal/verify**", forge)
    desktop.goto(f"{portal}/portal/verify?sequence=2")
    own = desktop.locator("[data-proof]")
    own.wait_for(state="visible")
    assert "no" in (own.get_attribute("class") or "").split()
    desktop.unroute("**/portal/verify**")


def test_a_table_narrows_as_one_types_and_a_mark_says_what_it_is(
    desktop: Page, portal: str
) -> None:
    desktop.goto(f"{portal}/portal/disclosures")
    field = desktop.locator("input.narrow")
    rows = desktop.locator("table[data-filter] tbody tr:visible")
    before = rows.count()
    field.fill("水利")
    assert 0 < rows.count() < before
    desktop.goto(portal)
    desktop.locator("rect[data-tip]").first.hover()
    assert desktop.locator(".tip").is_visible()


def test_everything_stays_at_home(desktop: Page, portal: str) -> None:
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.goto(portal, wait_until="networkidle")
    assert {urlsplit(one).netloc for one in asked} == {urlsplit(portal).netloc}
    assert desktop.context.cookies() == []


def test_without_a_script_a_reader_filters_and_reads_the_tables(plain: Page, portal: str) -> None:
    plain.goto(f"{portal}/portal/disclosures")
    plain.locator("#f-status").select_option("WITHHELD")
    plain.locator(".filters button").click()
    plain.wait_for_url("**status=WITHHELD**")
    assert plain.locator("table tbody tr").count() == 1
    plain.goto(portal)
    plain.locator("summary").first.click()
    assert plain.locator("details[open] table").first.is_visible()
    plain.goto(f"{portal}/portal/verify?sequence=1")
    assert plain.locator(".verdict.yes").is_visible()
    assert plain.locator("[data-proof]").is_hidden()
