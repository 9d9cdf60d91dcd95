"""A citizen at a real browser: writes with the keyboard alone, keeps the number, is answered."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.test_portal import AXE, GRAVE

type Clerk = Callable[[str, str], None]


def sound(page: Page, axe: Axe = AXE) -> None:
    """Axe finds nothing serious on it."""
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE] == []


def focus_on(page: Page, wanted: str) -> None:
    """Tab until it is there; every step on the way is seen."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(wanted)


def test_a_comment_is_written_and_answered_by_keyboard_alone(
    desktop: Page, portal: str, clerk: Clerk
) -> None:
    desktop.goto(f"{portal}/portal/projects/A")
    focus_on(desktop, "main a[href*='/portal/comments/new']")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/portal/comments/new**")
    sound(desktop)
    focus_on(desktop, "#c-text")
    desktop.keyboard.insert_text("该项目资金为何在十二月集中支付？")
    focus_on(desktop, "#c-contact")
    desktop.keyboard.insert_text("13812345678")
    focus_on(desktop, ".write button")
    desktop.keyboard.press("Enter")
    desktop.locator(".receipt").wait_for()
    sound(desktop)
    case = desktop.locator(".receipt code").first.inner_text()
    assert case.startswith("PL-")
    clerk(case, "按合同约定，验收合格后一次支付。")
    desktop.goto(f"{portal}/portal/comments")
    focus_on(desktop, "#number")
    desktop.keyboard.insert_text(case)
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(f"**/portal/comments/{case}")
    assert "一次支付" in desktop.locator(".reply").inner_text()
    assert "13812345678" not in desktop.content()
    sound(desktop)


def test_without_a_script_what_is_wrong_stands_beside_its_field(plain: Page, portal: str) -> None:
    plain.goto(f"{portal}/portal/comments/new?about=UNIT&about_id=653100001")
    plain.locator("form.write").evaluate("form => form.noValidate = true")
    plain.locator("#c-text").fill("短")
    plain.locator("#c-contact").fill("13812345678")
    plain.locator(".write button").click()
    plain.locator("[aria-invalid='true']").wait_for()
    problem = plain.locator("#p-text")
    field = plain.locator("#c-text").bounding_box()
    beside = problem.bounding_box()
    assert field
    assert beside
    assert 0 <= beside["y"] - field["y"] - field["height"] < 90
    assert plain.locator("#c-text").input_value() == "短"
    assert plain.locator("#c-contact").input_value() == "13812345678"
    assert plain.evaluate("document.activeElement.id") == "c-text"
    plain.locator("#c-text").fill("请公布本单位的自评结果。")
    plain.locator(".write button").click()
    plain.locator(".receipt").wait_for()
    plain.locator("main a.button").click()
    assert plain.locator(".tag").first.inner_text() == "待审核"


def test_a_form_of_another_site_is_not_taken(plain: Page, portal: str) -> None:
    other = portal.replace("127.0.0.1", "localhost")
    plain.route(
        f"{other}/evil",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<form method="post" action="{portal}/portal/comments/new">'
            '<input name="region_code" value="653100"><input name="text" value="别人代写的内容">'
            "<button>去</button></form>",
        ),
    )
    plain.goto(f"{other}/evil")
    plain.locator("button").click()
    plain.locator("h1").wait_for()
    assert plain.locator("h1").inner_text() == "表单须从本站页面提交"
    plain.unroute(f"{other}/evil")
