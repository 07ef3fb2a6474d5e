"""A doubtful case goes through the hands of staff: refused with reasons, or supplemented from the phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_online import apply

pytestmark = [pytest.mark.browser, pytest.mark.product]

REASON = "人口库记载您未满 70 周岁，不符合“年满 70 周岁”的条件。"


def act(page: Page, number: str, action: str, *, reason: str = "") -> None:
    """Open a case at the desk and press one of its buttons."""
    page.goto(f"/desk/cases/{number}")
    if reason:
        page.get_by_label(re.compile("意见|理由")).first.fill(reason)
    page.get_by_role("button", name=action, exact=True).click()
    page.wait_for_load_state()
    expect(page.locator("#main")).not_to_contain_text("没有办成")


def test_refused_with_reasons(enter):
    resident = enter("li")
    number = apply(resident)
    expect(resident.get_by_text("申请已提交")).to_be_visible()

    clerk = enter("clerk", desk=True)
    act(clerk, number, "受理")
    clerk.goto(f"/desk/cases/{number}")
    clerk.get_by_role("button", name="拟不同意").click()
    expect(clerk.locator("#main")).to_contain_text("没有办成")
    act(clerk, number, "拟不同意", reason="未满 70 周岁。")
    act(enter("approver", desk=True), number, "不予发放", reason=REASON)

    resident.goto(f"/cases/{number}")
    expect(resident.get_by_text(REASON)).to_be_visible()
    for _ in range(40):
        if resident.get_by_role("link", name=re.compile("不予发放决定书")).count():
            break
        resident.wait_for_timeout(500)
        resident.reload()
    expect(resident.get_by_role("link", name=re.compile("不予发放决定书"))).to_be_visible()


def test_what_was_missing_is_answered_from_the_phone(enter):
    resident = enter("liang")
    resident.goto("/my")
    resident.get_by_role("link", name="去补正").first.click()
    expect(resident.get_by_text("请补交代办委托书").first).to_be_visible()
    resident.get_by_role("button", name="提交补正").click()
    expect(resident.get_by_text("补正内容已提交").first).to_be_visible()
    expect(resident.get_by_text("需要您补正")).to_have_count(0)
