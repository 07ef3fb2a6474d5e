"""What a resident is told, through which channel, and why each date is what it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import act, apply, awaited

pytestmark = [pytest.mark.browser, pytest.mark.product]

PHONE = "19800000302"
ACCEPTED_BY = (
    "自2026年11月20日（星期五）的次日起，计5个工作日，至2026年11月27日（星期五）届满。"
    "其间不计：11月21日至11月22日（周末）。"
)
DECIDED_BY = (
    "自2026年11月20日（星期五）的次日起，计10个工作日，至2026年12月4日（星期五）届满。其间不计：周末4天。"
)


def card(page: Page, anchor: str):
    return page.locator(".card", has=page.locator(anchor))


def test_every_date_says_which_days_were_counted_and_which_were_not(applicant, enter):
    resident = applicant("19800000301")
    number = apply(resident, other=True, phone="19800000301")
    expect(resident.locator(".portal-receipt__sheet")).to_contain_text("最迟受理")
    expect(resident.locator(".portal-receipt__sheet")).to_contain_text(ACCEPTED_BY)
    resident.goto(f"/cases/{number}")
    expect(card(resident, "#progress")).to_contain_text(ACCEPTED_BY)
    expect(card(resident, "#limits")).to_contain_text(ACCEPTED_BY)

    clerk = enter("clerk", desk=True)
    act(clerk, number, "受理")
    resident.reload()
    expect(card(resident, "#progress")).to_contain_text("承诺办结")
    expect(card(resident, "#progress")).to_contain_text(DECIDED_BY)
    clerk.goto(f"/desk/cases/{number}")
    expect(card(clerk, "#limits")).to_contain_text(DECIDED_BY)


def test_a_message_comes_to_the_inbox_and_to_the_phone_unless_one_does_not_want_it(
    applicant, enter, stranger
):
    resident = applicant(PHONE)
    number = apply(resident, other=True, phone=PHONE)
    clerk = enter("clerk", desk=True)
    act(clerk, number, "受理")

    resident.goto("/my/messages")
    told = resident.get_by_role("listitem").filter(has_text=number)
    expect(told).to_contain_text("未读")
    told.get_by_role("link", name="高龄津贴申领：已受理").click()
    expect(resident.locator("#main")).to_contain_text(
        f"您的申请 {number} 已受理，工作人员将在承诺时限内办结。"
    )
    resident.get_by_role("link", name="查看办件").click()
    expect(resident).to_have_url(re.compile(f"/cases/{number}$"))
    resident.goto("/my/messages")
    expect(told).not_to_contain_text("未读")

    stranger.goto("/try/messages")
    sms = awaited(stranger, lambda: card_of_sms(stranger, number))
    expect(sms).to_contain_text("【越秀区政务服务网】")
    clerk.goto(f"/desk/cases/{number}")
    expect(awaited(clerk, lambda: delivered(clerk, "短信"))).to_contain_text("未开通短信，已留存")

    resident.goto("/my/channels")
    resident.get_by_label("短信", exact=True).uncheck()
    resident.get_by_role("button", name="保存设置").click()
    expect(resident.get_by_text("接收设置已保存。")).to_be_visible()
    withdraw(resident, number)
    quiet = apply(resident, other=True, phone=PHONE)
    act(clerk, quiet, "受理")
    resident.goto("/my/messages")
    expect(resident.get_by_role("listitem").filter(has_text=quiet)).to_be_visible()
    clerk.goto(f"/desk/cases/{quiet}")
    expect(delivered(clerk, "短信")).to_contain_text("本人已关闭")
    stranger.reload()
    expect(card_of_sms(stranger, quiet)).to_have_count(0)

    resident.goto("/my/channels")
    resident.get_by_label("短信", exact=True).check()
    resident.get_by_role("button", name="保存设置").click()


def withdraw(page: Page, number: str) -> None:
    """Take a case back, so that one can apply anew."""
    page.goto(f"/cases/{number}")
    page.locator("summary", has_text="撤回申请").click()
    page.get_by_role("button", name="确认撤回").click()
    expect(page.get_by_text("申请已撤回。")).to_be_visible()


def card_of_sms(page: Page, number: str):
    return page.locator(".card", has_text=PHONE).filter(has_text=number)


def delivered(page: Page, channel: str):
    return card(page, "#deliveries").get_by_role("listitem").filter(has_text=channel)
