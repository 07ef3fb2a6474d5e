"""Every component in a real browser: nothing for axe to find, nothing too wide, all of it by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import axe, missing_icons, overflow

pytestmark = pytest.mark.browser

PUBLIC, DESK = "/gallery", "/gallery?layout=desk"
LOOKS = {
    "desktop": {},
    "phone": {"width": 390},
    "small phone": {"width": 320},
    "dark": {"theme": "dark"},
    "elder": {"elder": "on"},
    "elder phone": {"elder": "on", "width": 390},
    "elder small phone": {"elder": "on", "width": 320},
    "English": {"django_language": "en"},
    "English phone": {"django_language": "en", "width": 390},
    "dark phone": {"theme": "dark", "width": 390},
}


@pytest.mark.parametrize("path", [PUBLIC, DESK])
@pytest.mark.parametrize("look", LOOKS)
def test_every_look_of_every_component_is_accessible_and_fits(visit, path, look):
    page = visit(path, **LOOKS[look])
    assert axe(page) == []
    assert overflow(page) == []
    assert missing_icons(page) == []
    assert visit.complaints == []


@pytest.mark.parametrize("path", ["/preferences", "/keys", "/nowhere"])
@pytest.mark.parametrize("look", ["desktop", "small phone", "English phone"])
def test_the_rooms_own_pages_are_accessible_and_fit(visit, path, look):
    page = visit(path, **LOOKS[look])
    assert axe(page) == []
    assert overflow(page) == []


def test_who_follows_the_system_gets_its_colours(visit):
    page = visit(PUBLIC, theme="auto")
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []


def test_without_scripts_elder_mode_and_language_are_forms(visit):
    page = visit(PUBLIC, scripts=False)
    page.get_by_role("button", name="长者模式").click()
    expect(page.locator("html")).to_have_attribute("data-elder", "")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(PUBLIC)


def test_with_scripts_elder_mode_keeps_what_was_typed_and_is_remembered(visit):
    page = visit(PUBLIC)
    page.locator("#reason").fill("家中有老人")
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="长者模式").click()
    expect(page.locator("html")).to_have_attribute("data-elder", "")
    assert page.locator("#reason").input_value() == "家中有老人"
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-elder", "")


def test_the_first_tab_leads_past_the_menu(visit):
    page = visit("/preferences")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到主要内容")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


FOCUSED = """() => {
  const here = document.activeElement;
  const seen = [here, here.nextElementSibling, here.closest(".top__search")].filter(Boolean).some(element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  return {seen, where: here.outerHTML.slice(0, 90)};
}"""


@pytest.mark.parametrize("path", [PUBLIC, DESK])
def test_wherever_the_tab_key_leads_one_sees_where_one_is(visit, path):
    page = visit(path)
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    unseen, count = [], page.locator("a, button, input, select, textarea, summary").count()
    for _step in range(count):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["seen"] and "<body" not in focused["where"]:
            unseen.append(focused["where"])
    assert count > 60
    assert unseen == []


def test_mistakes_are_met_first_and_lead_to_their_field(visit):
    page = visit(PUBLIC)
    expect(page.get_by_role("alert").filter(has_text="有 2 处需要改正")).to_be_focused()
    page.locator(".error-summary").get_by_role("link", name="请选择领取方式").click()
    expect(page.get_by_role("radio", name="邮寄")).to_be_focused()


def test_the_workbench_by_keyboard(visit):
    page = visit(DESK)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    expect(page.locator("#gallery-filter")).to_be_focused()
    page.locator("#gallery-filter").blur()

    rows = page.locator("tr[data-keys-target=row]")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_class("is-here")
    expect(rows.nth(0).get_by_role("link").first).to_be_focused()
    page.keyboard.press("x")
    expect(rows.nth(0).get_by_role("checkbox")).to_be_checked()

    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="快捷键")
    expect(sheet.get_by_role("button", name="关闭")).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(rows.nth(0).get_by_role("link").first).to_be_focused()


def test_ctrl_k_searches_while_one_types(visit):
    page = visit(DESK)
    page.keyboard.press("Control+k")
    search = page.get_by_role("combobox", name="搜索")
    expect(search).to_be_focused()
    page.keyboard.type("late")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(["超期 Late"])
    assert axe(page) == []
    expect(page.get_by_role("status").filter(has_text="1 found")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.type("late")
    page.get_by_role("option", name="Late").wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_have_text("超期 Late")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/inbox/late/")


def test_what_is_typed_without_choosing_is_searched(visit):
    page = visit(DESK)
    page.keyboard.press("Control+k")
    page.keyboard.type("陈小芳")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/?q=*")


def test_all_rows_are_chosen_at_once_and_counted(visit):
    page = visit(PUBLIC)
    every = page.get_by_role("checkbox", name="全选")
    assert every.evaluate("box => box.indeterminate")
    every.check()
    expect(page.get_by_text("已选 5 项")).to_be_visible()
    every.uncheck()
    expect(page.get_by_text("已选 0 项")).to_be_visible()


def test_a_question_before_an_act_opens_without_scripts_and_closes_with_escape(visit):
    plain = visit(PUBLIC, scripts=False)
    plain.locator(".confirm > summary").click()
    expect(plain.get_by_text("确定撤回这次申请吗？")).to_be_visible()

    page = visit(PUBLIC)
    page.locator(".confirm > summary").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_text("确定撤回这次申请吗？")).to_be_hidden()
    expect(page.locator(".confirm > summary")).to_be_focused()


def test_on_phones_the_menu_opens_by_a_link_alone(visit):
    page = visit(DESK, width=390, scripts=False)
    menu = page.get_by_role("navigation", name="主菜单")
    expect(menu).to_be_hidden()
    page.get_by_role("link", name="主菜单").click()
    expect(menu.get_by_role("link", name=re.compile("待办"))).to_be_visible()
    page.get_by_role("link", name="收起菜单").click()
    expect(menu).to_be_hidden()


def test_what_is_typed_is_saved_and_a_failure_is_told(visit):
    page = visit(PUBLIC)
    page.route(
        f"**{PUBLIC}", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.locator("#reason").fill("第一句")
    expect(page.get_by_text("没有存上")).to_be_visible()
    page.unroute_all()
    page.locator("#reason").fill("第二句")
    expect(page.get_by_text(re.compile("已保存 [0-9]"))).to_be_visible()


def test_a_file_that_did_not_arrive_is_still_there_to_be_sent_again(visit):
    page = visit(PUBLIC)
    page.route(
        f"**{PUBLIC}", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.locator("#photo").set_input_files(
        {"name": "house.png", "mimeType": "image/png", "buffer": b"x" * 50_000}
    )
    upload = page.get_by_role("button", name="上传")
    upload.click()
    expect(page.get_by_text("没有传成功，文件还在这里")).to_be_visible()
    expect(upload).to_be_enabled()
    assert page.locator("#photo").evaluate("field => field.files[0].name") == "house.png"

    page.unroute_all()
    with page.expect_request(lambda request: request.method == "POST"):
        upload.click()


def test_lamps_keep_their_shapes_where_colours_are_forced(visit):
    page = visit(PUBLIC)
    page.emulate_media(forced_colors="active")
    assert _look_of(page, ".lamp--normal")["radius"] == "50%"
    assert "matrix" in _look_of(page, ".lamp--soon")["turn"]
    assert _look_of(page, ".lamp--late")["ground"] != "rgba(0, 0, 0, 0)"


def _look_of(page: Page, selector: str) -> dict[str, str]:
    look: dict[str, str] = page.locator(selector).first.evaluate(
        """element => {
          const style = getComputedStyle(element);
          return {radius: style.borderRadius, turn: style.transform, ground: style.backgroundColor};
        }"""
    )
    return look
