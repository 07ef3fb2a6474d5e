"""A resident of 81 applies on her phone; the registers agree, and it is decided on the spot."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.product]


def apply(page: Page, *, other: bool = False) -> str:
    """Fill in the application from the guide to the receipt; the number of the case."""
    page.goto("/items/elderly_allowance")
    page.get_by_role("link", name="在线办理").click()
    expect(page.get_by_text("来自：公安常住人口登记").first).to_be_visible()
    page.get_by_label("联系电话").fill("19900000001")
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_label("开户银行").fill("示例银行越秀支行")
    page.get_by_label("银行账号").fill("6222 0212 3456 7890")
    page.get_by_role("button", name="保存并继续").click()
    if (
        page.get_by_text(re.compile("确认")).locator("visible=true").count()
        and page.locator("[name$='~sure']").count()
    ):
        page.locator("[name$='~sure']").check()
        page.get_by_role("button", name="保存并继续").click()
    page.get_by_label("否").check()
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_label("是" if other else "否").check()
    page.get_by_label(re.compile("以上内容属实")).check()
    page.get_by_role("button", name="保存并继续").click()
    if other:
        page.get_by_label("在哪里领取？").fill("示例市")
        page.get_by_role("button", name="保存并继续").click()
    page.get_by_role("button", name="确认提交").click()
    number = page.get_by_text(re.compile(r"YX\d{4}-\d{4}-\d{5}")).first.inner_text()
    found = re.search(r"YX\d{4}-\d{4}-\d{5}", number)
    assert found
    return found.group()


def test_on_the_phone_by_herself(enter, stranger, district):
    page = enter("chen")
    number = apply(page)
    expect(page.get_by_text("当场办结")).to_be_visible()

    page.goto(f"/cases/{number}")
    expect(page.get_by_text("年满 70 周岁、具有本区户籍")).to_be_visible()
    with page.expect_download() as papers:
        for _ in range(40):
            link = page.get_by_role("link", name=re.compile("准予发放决定书"))
            if link.count():
                link.first.click()
                break
            page.wait_for_timeout(500)
            page.reload()
    assert papers.value.suggested_filename.endswith(".pdf")
    assert papers.value.path().read_bytes().startswith(b"%PDF")

    stranger.goto("/progress")
    stranger.get_by_label("受理编号").fill(number)
    stranger.get_by_label("手机号或证件号码的后四位").fill("0000")
    stranger.get_by_role("button", name="查询").click()
    expect(stranger.get_by_text("没有查到").first).to_be_visible()
    stranger.get_by_label("手机号或证件号码的后四位").fill("0001")
    stranger.get_by_role("button", name="查询").click()
    expect(stranger.locator("#found")).to_contain_text("陈＊珍")
    stranger.goto(f"/cases/{number}")
    expect(stranger).to_have_url(re.compile("/login"))


def test_another_residents_case_does_not_exist(enter):
    number = apply(enter("chen"))
    answer = enter("huang").goto(f"/cases/{number}")
    assert answer
    assert answer.status == 404
