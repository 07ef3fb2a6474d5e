"""At the window: a clerk takes an old person's application in without once touching the mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import Card, number_on

pytestmark = [pytest.mark.browser, pytest.mark.product]

FOCUSED = """() => {
  const here = document.activeElement;
  if (!here.matches("a, button, summary, input, select, textarea")) return "";
  const label = here.labels?.[0]?.innerText || here.getAttribute("aria-label") || here.innerText || "";
  const group = here.closest("fieldset")?.querySelector("legend")?.innerText || "";
  return `${group} ${label}`.trim();
}"""


class Keys:
    """A clerk's hands on the keyboard: everything goes through ``page.keyboard``."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def here(self) -> str:
        """What the focus stands on, as a screen reader would say it."""
        return self.page.evaluate(FOCUSED)

    def tab_to(self, words: str, *, most: int = 12) -> None:
        """Press Tab until the focus stands on something that says so; few strokes must be enough."""
        passed = [self.here()]
        for _stroke in range(most):
            if words in passed[-1]:
                return
            self.press("Tab")
            passed.append(self.here())
        assert words in passed[-1], f"{words} was not reached within {most} strokes: {passed}"

    def chord(self, key: str) -> None:
        """Alt + Shift and a key, as the system sends it (with the character that the key bears)."""
        session = self.page.context.new_cdp_session(self.page)
        for kind in ("keyDown", "keyUp"):
            session.send(
                "Input.dispatchKeyEvent",
                {
                    "type": kind,
                    "modifiers": 1 | 8,
                    "key": key.upper(),
                    "text": key.upper(),
                    "unmodifiedText": key,
                    "code": f"Key{key.upper()}" if key.isalpha() else f"Digit{key}",
                    "windowsVirtualKeyCode": ord(key.upper()),
                },
            )
        session.detach()


def find_the_service(keys: Keys) -> None:
    """From the window's first page to the resident's card."""
    keys.page.goto("/station/")
    expect(keys.page.locator("#q")).to_be_focused()
    keys.type("老人津贴")
    keys.press("Enter")
    keys.page.wait_for_url("**/station/?q=*")
    keys.press("Tab")
    keys.press("j")
    assert keys.here() == "高龄津贴申领"
    keys.press("Enter")
    keys.page.wait_for_url("**/station/items/elderly_allowance")


def begin(keys: Keys, card: Card) -> None:
    """Type the card in; the registers bring the rest."""
    expect(keys.page.locator("#number")).to_be_focused()
    keys.type(card.number)
    keys.press("Tab")
    keys.type(card.name)
    keys.press("Enter")
    keys.page.wait_for_url("**/station/drafts/*")
    expect(keys.page.get_by_text("来自：公安常住人口登记").first).to_be_visible()
    assert keys.page.evaluate("scrollY") == 0, "the page begins at its top"


def fill_in(keys: Keys, *, elsewhere: bool = False) -> None:
    keys.tab_to("联系电话", most=5)
    keys.chord("2")
    keys.tab_to("开户银行")
    keys.type("示例银行越秀支行")
    keys.tab_to("银行账号")
    keys.type("6222021234567890")
    keys.chord("3")
    keys.tab_to("由他人代办")
    keys.press("ArrowRight")
    assert keys.here().endswith("否")
    keys.chord("4")
    keys.tab_to("是否正在其他地区领取同类津贴")
    keys.press("Space" if elsewhere else "ArrowRight")
    keys.tab_to("以上内容属实")
    keys.press("Space")


def confirm_the_account(keys: Keys) -> None:
    """The account looks mistyped; the mistake takes the focus and leads to its field, and is confirmed once."""
    expect(keys.page.get_by_role("alert").filter(has_text="需要改正")).to_be_focused()
    keys.tab_to("账号", most=3)
    keys.press("Enter")
    keys.tab_to("我已逐位核对，账号无误", most=2)
    keys.press("Space")
    keys.chord("c")
    expect(keys.page.get_by_label("我已逐位核对，账号无误")).to_have_count(0)


def test_an_old_person_goes_home_with_a_decision_and_the_mouse_was_never_touched(enter, old_person):
    page = enter("window", desk=True)
    keys = Keys(page)
    find_the_service(keys)
    begin(keys, old_person)
    fill_in(keys)

    keys.chord("s")
    expect(page.get_by_text("已保存。30 天内可以从“窗口收件”继续办理。")).to_be_visible()
    keys.chord("c")
    confirm_the_account(keys)
    expect(page.get_by_text("核对无误，可以提交。")).to_be_visible()
    keys.chord("t")
    expect(page.get_by_text("当场办结：准予")).to_be_visible()
    number = number_on(page)

    assert "打印回执" in keys.here()
    keys.press("Enter")
    page.wait_for_url("**/station/receipts/*")
    sheet = page.locator("#main")
    for words in (number, old_person.name, "已办结：准予", "林晓岚"):
        expect(sheet).to_contain_text(words)
    code = page.get_by_role("img", name="查询进度的二维码")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.naturalWidth") > 100
    keys.chord("n")
    page.wait_for_url("**/station/")
    expect(page.locator("#q")).to_be_focused()


def test_a_doubtful_one_lies_on_the_desk_of_the_sub_district(enter, old_person):
    page = enter("window", desk=True)
    keys = Keys(page)
    find_the_service(keys)
    begin(keys, old_person)
    fill_in(keys, elsewhere=True)
    keys.chord("c")
    confirm_the_account(keys)
    expect(page.get_by_role("alert").filter(has_text="有 1 处需要改正")).to_be_focused()
    keys.tab_to("在哪里领取", most=2)
    keys.press("Enter")
    keys.type("示例市")
    keys.chord("t")
    expect(page.get_by_text("本件已转有关单位办理，请把回执交给申请人。")).to_be_visible()
    number = number_on(page)
    keys.press("Enter")
    page.wait_for_url("**/station/receipts/*")
    expect(page.locator("#main")).to_contain_text(number)

    clerk = enter("clerk", desk=True)
    clerk.goto(f"/desk/?words={number}")
    row = clerk.locator("tr", has_text=number)
    expect(row).to_contain_text("街道受理")
    row.get_by_role("link").first.click()
    expect(clerk.locator("#main")).to_contain_text("申领人声明在其他地区领取同类津贴，需要核实")
