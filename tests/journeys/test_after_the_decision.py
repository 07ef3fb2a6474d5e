"""After a decision: it is paid month by month, rated, and a bad rating is answered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.product]


def test_who_gets_the_allowance_sees_months_and_the_next_pay_day(enter):
    page = enter("luo")
    page.goto("/my")
    page.get_by_role("link", name="我的待遇").click()
    expect(page.get_by_role("heading", name="我的待遇")).to_be_visible()
    expect(page.get_by_text("已发放").first).to_be_visible()
    expect(page.get_by_text("下次发放")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\*{4} \d{4}"))).to_be_visible()


def test_the_payer_looks_through_the_open_list_and_closes_it(enter):
    page = enter("payer", desk=True)
    page.get_by_role("link", name="待遇发放").first.click()
    lists = page.locator("#main tbody tr").filter(has_text="高龄津贴")
    expect(lists.filter(has_text="已关账")).to_have_count(2)
    lists.get_by_role("link", name=re.compile("2026年12月发放名册")).click()
    expect(page.get_by_text("补发").first).to_be_visible()
    for state, why in (("暂缓", "核定"), ("停发", "停发")):
        page.get_by_role("link", name=re.compile(f"^{state}")).click()
        expect(page.locator("#main tbody tr").first).to_contain_text(re.compile(why))
    page.get_by_text("关账", exact=True).first.click()
    page.get_by_role("button", name=re.compile("确[定认]|关账")).last.click()
    expect(page.get_by_text(re.compile("名册已关账："))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("导出银行名册"))).to_be_visible()


def test_a_bad_rating_is_called_back_and_answered(enter):
    page = enter("approver", desk=True)
    page.get_by_role("link", name=re.compile("差评办理")).first.click()
    page.locator("#main tbody a").first.click()
    page.get_by_label("核实情况").fill("已电话回访本人，情况属实。")
    page.get_by_role("button", name="登记核实情况").click()
    page.get_by_label("答复内容").fill("您好，页面已经改进，感谢您的意见。")
    page.get_by_role("button", name="提交答复").click()
    expect(page.get_by_text("答复已提交")).to_be_visible()


def test_the_guide_shows_what_people_think(stranger):
    stranger.goto("/items/elderly_allowance")
    expect(stranger.get_by_text("好评率")).to_be_visible()
    expect(stranger.get_by_text(re.compile(r"（\d+ 条评价）"))).to_be_visible()
