"""A resident objects to what is on record of her; its office corrects it, and she sees what became of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import awaited, go_on, number_on

pytestmark = [pytest.mark.browser, pytest.mark.product]

PHONE = "19800000501"


def entry(page: Page, title: str):
    """The line of her file with this title."""
    page.goto("/my/file")
    return page.locator(".summary-list__row", has=page.locator("dt", has_text=title)).first


def test_what_is_wrong_is_objected_to_corrected_and_stays_in_the_history(applicant, enter):
    resident = applicant(PHONE)
    entry(resident, "民族").get_by_role("button").click()
    expect(resident.get_by_text("来自：公安常住人口登记").first).to_be_visible()
    resident.get_by_label("登记有误").check()
    resident.get_by_label("应当登记为").fill("满族")
    resident.get_by_label("情况说明").fill("户口簿上登记为满族")
    go_on(resident)
    expect(resident.get_by_label("联系电话")).to_have_value(PHONE)
    go_on(resident)
    resident.locator("input[name='declaration.true']").check()
    go_on(resident)
    resident.get_by_role("button", name="提交").click()
    resident.wait_for_url("**/receipts/*")
    number = number_on(resident)
    expect(entry(resident, "民族")).to_contain_text("有异议，处理中")

    officer = enter("objection", desk=True)
    officer.goto(f"/desk/cases/{number}")
    expect(officer.locator(".card", has=officer.locator("#objection"))).to_contain_text("汉族")
    officer.get_by_label("意见").fill("户籍档案为满族，抄录有误")
    officer.get_by_label("更正后的内容").fill("没有这个民族")
    officer.get_by_role("button", name="更正登记").click()
    expect(officer.locator("#main")).to_contain_text("代码或名称不在代码表中")
    officer.get_by_label("更正后的内容").fill("满族")
    officer.get_by_role("button", name="更正登记").click()
    officer.wait_for_url("**/desk/")

    resident.goto("/my/file")
    awaited(resident, lambda: resident.locator(".summary-list__row", has_text="满族"))
    expect(entry(resident, "民族")).not_to_contain_text("有异议")
    expect(resident.locator("#main")).to_contain_text("登记有误，已更正")
