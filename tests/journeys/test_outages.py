"""A part is killed (kill -9) while somebody is in the middle of something: nothing is lost, nothing comes twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.steps import PATIENCE, act, apply, awaited, begin, cases_of, fill_in, go_on, number_on
from tests.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.product]

DECISION = "高龄津贴准予发放决定书"
ONCE_EACH = """
    select (select count(*) from records_paper where owner = %s and kind = 'approval'),
           (select count(*) from notices_message where subject = %s and template = 'paper_granted'),
           (select count(*) from notices_sunk where text like %s and title = '高龄津贴准予发放')
"""


def back_again(district: Product) -> None:
    """Wait until what was killed has been started again and answers."""
    district.wait_until(district.answers, PATIENCE)


def outage(page: Page) -> None:
    """The page says whose fault it is, what was kept and what to do, and shows nothing of the machine."""
    expect(page.get_by_role("heading", name="系统暂时无法使用")).to_be_visible()
    expect(page.locator("#main")).to_contain_text("没有提交成功的内容没有收下；之前保存的内容都在。")
    for machinery in ("Traceback", "psycopg", "OperationalError", "127.0.0.1:", ".py"):
        expect(page.locator("body")).not_to_contain_text(machinery)


def came_once(page: Page, district: Product, number: str) -> None:
    """The decision has come, and the message in which it is told: both exactly once."""
    page.goto(f"/cases/{number}")
    awaited(page, lambda: page.get_by_role("link", name=DECISION))
    expect(page.get_by_role("link", name=DECISION)).to_have_count(1)
    page.goto("/my/messages")
    told = page.get_by_role("listitem").filter(has_text=number).filter(has_text="高龄津贴准予发放")
    awaited(page, lambda: told)
    expect(told).to_have_count(1)
    district.wait_until(lambda: once_each(district, number)[2] >= 1, PATIENCE)
    assert once_each(district, number) == (1, 1, 1)


def once_each(district: Product, number: str) -> tuple[int, ...]:
    """Papers, messages and SMS of a case, as rows."""
    return district.rows(ONCE_EACH, f"case:{number}", f"case:{number}", f"%{number}%")[0]


def test_the_database_falls_at_the_moment_of_handing_in(applicant, district):
    page = applicant("19800000401")
    before = cases_of(page)
    fill_in(page, phone="19800000401")
    with district.nobody_watches():
        district.kill("database")
        page.get_by_role("button", name="确认提交").click()
        outage(page)
    back_again(district)
    page.go_back()
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("收件回执")).to_be_visible()
    number = number_on(page)
    assert cases_of(page) == before + 1
    came_once(page, district, number)


def test_the_worker_falls_again_and_again_while_paper_and_message_are_on_their_way(applicant, district):
    page = applicant("19800000402")
    district.kill("worker")
    number = apply(page, phone="19800000402")
    for _fall in range(2):
        district.wait_until(lambda: district.stands("worker"), PATIENCE)
        page.wait_for_timeout(400)  # long enough to have begun with something, too short to have finished all
        district.kill("worker")
    came_once(page, district, number)


def test_the_database_falls_at_the_moment_of_the_decision(applicant, enter, district):
    resident = applicant("19800000403")
    number = apply(resident, other=True, phone="19800000403")
    clerk = enter("clerk", desk=True)
    act(clerk, number, "受理")
    act(clerk, number, "拟同意")
    approver = enter("approver", desk=True)
    approver.goto(f"/desk/cases/{number}")
    with district.nobody_watches():
        district.kill("database")
        approver.get_by_role("button", name="准予发放", exact=True).click()
        outage(approver)
    back_again(district)
    approver.go_back()
    approver.get_by_role("button", name="准予发放", exact=True).click()
    expect(approver.get_by_text(f"{number} 已办理：准予发放。")).to_be_visible()
    came_once(resident, district, number)
    approver.goto(f"/desk/cases/{number}")
    expect(approver.locator("#main")).to_contain_text("留痕校验通过")


def test_the_web_server_falls_while_one_types(applicant, enter, district, old_person):
    page = applicant("19800000404")
    page.goto("/items/elderly_allowance/apply")
    begin(page)
    page.goto(f"{page.url.partition('/pages/')[0].removesuffix('/check')}/pages/account")
    page.get_by_label("开户银行").fill("示例银行荔湾支行")
    go_on(page)
    draft = page.url
    clerk = enter("window", desk=True)
    clerk.goto("/station/items/elderly_allowance")
    clerk.get_by_label("公民身份号码").fill(old_person.number)
    clerk.get_by_label("姓名", exact=True).fill(old_person.name)
    clerk.get_by_role("button", name="核对并开始").click()
    clerk.get_by_label("开户银行").fill("示例银行越秀支行")
    expect(clerk.get_by_text(re.compile("已保存 [0-9]"))).to_be_visible()

    with district.nobody_watches():
        district.kill("web", children=True)
        with pytest.raises(Error, match="ERR_"):
            page.goto(draft)
        clerk.get_by_label("联系电话").fill("19900001111")
        expect(clerk.get_by_text("没有存上，正在重试。")).to_be_visible()
    back_again(district)
    expect(clerk.get_by_text(re.compile("已保存 [0-9]"))).to_be_visible(timeout=30_000)
    clerk.reload()
    expect(clerk.get_by_label("开户银行")).to_have_value("示例银行越秀支行")
    expect(clerk.get_by_label("联系电话")).to_have_value("19900001111")
    page.goto(f"{draft.partition('/pages/')[0]}/pages/account")
    expect(page.get_by_label("开户银行")).to_have_value("示例银行荔湾支行")
