"""A doubtful case goes through the hands of staff: refused with reasons, or supplemented from the phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import act, apply, awaited

pytestmark = [pytest.mark.browser, pytest.mark.product]

REASON = "人口库记载您未满 70 周岁，不符合“年满 70 周岁”的条件。"


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
    awaited(resident, lambda: resident.get_by_role("link", name=re.compile("不予发放决定书")))


def test_what_was_missing_is_answered_from_the_phone(enter):
    resident = enter("liang")
    resident.goto("/my")
    resident.get_by_role("link", name="去补正").first.click()
    expect(resident.get_by_text("请补交代办委托书").first).to_be_visible()
    resident.get_by_role("button", name="提交补正").click()
    expect(resident.get_by_text("补正内容已提交").first).to_be_visible()
    expect(resident.get_by_text("需要您补正")).to_have_count(0)
