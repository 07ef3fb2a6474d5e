"""The subsistence allowance: a family taken in at a station, made public, objected to, confirmed, paid, re-checked."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.chromium import axe, overflow
from tests.journeys.conftest import Enter, Later
from tests.journeys.steps import act, awaited, card_of, number_on
from tests.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.product]

PHONE = "19900000009"
NOTICE_OVER, A_YEAR_ON = "2026-12-04T09:30", "2027-12-06T09:30"
AMOUNT = (
    "3,309.00"  # three times the standard less the pension, with extra help for the boy and his grandmother
)
OBJECTION = "Her brother drives a taxi and pays the rent of the whole family."


def test_a_family_from_the_station_to_the_recheck_a_year_later(
    enter: Enter, stranger: Page, district: Product, photo: FilePayload, later: Later
):
    number = taken_in(enter("window", desk=True), card_of(district, PHONE), photo)
    clerk = enter("clerk", desk=True)
    act(clerk, number, "受理")
    visit(clerk, number)
    clerk.goto(f"/desk/cases/{number}")
    awaited(clerk, lambda: clerk.get_by_role("button", name="拟同意，公示"))
    expect(clerk.locator("#main")).to_contain_text("马俊熙")
    act(clerk, number, "拟同意，公示")

    object_in_english(stranger)
    answer(clerk, number)

    later(NOTICE_OVER)
    stranger.goto("/notices")
    expect(stranger.locator("#main")).not_to_contain_text("岑＊婵")
    act(enter("relief", desk=True), number, "确认，准予低保")
    payer = enter("payer", desk=True)
    payer.goto("/desk/payments/subsistence_allowance/2027-01")
    row = awaited(payer, lambda: payer.locator("tr", has_text=number))
    expect(row).to_contain_text("岑＊婵")
    expect(row).to_contain_text(AMOUNT)

    later(A_YEAR_ON)
    clerk = enter("clerk", desk=True)
    clerk.goto("/desk/?item=subsistence_recheck")
    row = awaited(clerk, lambda: clerk.locator("tr", has_text="岑＊婵"))
    expect(row).to_contain_text("依职权")
    row.get_by_role("link").first.click()
    expect(clerk.locator(".case-head")).to_contain_text(number)
    expect(clerk.get_by_role("button", name="提交入户调查记录")).to_be_visible()


def taken_in(page: Page, card: str, photo: FilePayload) -> str:
    """The clerk types name and number of the mother; her family comes from the register."""
    page.goto("/station/items/subsistence_allowance")
    page.locator("#number").fill(card)
    page.locator("#name").fill("岑月婵")
    page.locator(".button-row .btn-primary").first.click()
    page.wait_for_url("**/station/drafts/*")
    for name in ("马俊熙", "卢惠珍"):
        expect(page.locator("#main")).to_contain_text(name)
    for member, income in enumerate(("0", "0", "900")):
        at = f"household.members.{member}"
        page.locator(f"input[name='{at}.together'][value=yes]").check()
        page.locator(f"select[name='{at}.condition']").select_option("none")
        page.locator(f"input[name='{at}.income']").fill(income)
    page.locator("input[name='household.cause'][value=unemployment]").check()
    page.locator("[name='household.members.2.income_from']").fill("养老金")
    page.get_by_label("联系电话").fill("19900000009")
    page.get_by_label("开户银行").fill("示例银行越秀支行")
    page.get_by_label("银行账号").fill("6222021234567894")
    page.locator("input[name='consent.all']").check()
    page.locator("input[name='consent.letter']").set_input_files(photo)
    page.locator("input[name='declaration.relatives'][value=no]").check()
    page.locator("input[name='declaration.true']").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("本件已转有关单位办理，请把回执交给申请人。")).to_be_visible()
    return number_on(page)


def visit(page: Page, number: str) -> None:
    """What was seen at home."""
    page.goto(f"/desk/cases/{number}")
    page.get_by_label("入户日期").fill("2026-11-20")
    page.get_by_label("入户人员").fill("何志强、李网格")
    page.get_by_label("家庭人口与申报是否相符").select_option("agrees")
    page.get_by_label("住房、生活和财产情况").fill("租住一房一厅，家具简单。")
    page.get_by_role("button", name="提交入户调查记录").click()
    expect(page.get_by_text(f"{number} 已办理")).to_be_visible()
    page.goto(f"/desk/cases/{number}")
    trail = page.locator("tr", has_text="提交入户调查记录")
    expect(trail).to_contain_text("家庭人口与申报是否相符：相符")
    expect(trail).not_to_contain_text("agrees")
    expect(page.locator("#findings").locator("xpath=ancestor::section").first).not_to_contain_text("现场照片")


def object_in_english(page: Page) -> None:
    """A neighbour on a phone reads what is public, and says what she knows."""
    page.goto("/notices")
    page.get_by_role("button", name="English").or_(page.get_by_role("link", name="English")).first.click()
    page.locator("tr", has_text="岑＊婵").get_by_role("link").click()
    expect(page.locator("#main")).to_contain_text("3 persons")
    expect(page.locator("#main")).not_to_contain_text("岑月婵")
    page.get_by_role("button", name="Hand in the objection").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert axe(page) + overflow(page) == []
    page.get_by_label("What you object to").fill(OBJECTION)
    page.get_by_role("button", name="Hand in the objection").click()
    expect(page.get_by_text("Your objection was handed in")).to_be_visible()


def answer(page: Page, number: str) -> None:
    """The sub-district looks into it: nothing in it, and the notice goes on."""
    page.goto(f"/desk/cases/{number}")
    awaited(page, lambda: page.get_by_role("button", name="异议不成立，继续公示"))
    expect(page.locator("#main")).to_contain_text(OBJECTION)
    page.locator("fieldset", has_text="异议不成立").get_by_label("核实情况").fill(
        "其弟另立户口，不在一起生活。"
    )
    page.get_by_role("button", name="异议不成立，继续公示").click()
    expect(page.get_by_text(f"{number} 已办理")).to_be_visible()
