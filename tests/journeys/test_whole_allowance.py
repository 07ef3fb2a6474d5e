"""The elderly allowance from the first log-in to the month in which it is paid, and what follows a bad rating."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.steps import (
    MISSING,
    Card,
    act,
    apply,
    ask_for_the_letter,
    awaited,
    log_in,
    prove_who_one_is,
)
from tests.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.product]

PHONE = "19900000005"
ANSWER = "已改为线上补交委托书，不用再跑。"
CODE = re.compile(r"(?:[0-9A-Z]{4}[ -]){4}[0-9A-Z]{4}")
PROVISIONAL = "2027年起的放假安排尚未公布，暂按周六、周日休息推算，公布后将重新计算。"

END_OF_THE_YEAR = "2026-12-28T09:30"  # a Monday; the days off of 2027 are not published


def her_card(district: Product) -> Card:
    """What stands on her identity card."""
    return Card(
        *district.rows(
            """select name, id_number from registry_person person
               join registry_provenance on person_id = person.id where source_record = 'persona-new'"""
        )[0]
    )


def answer_with_a_photo(page: Page, number: str, photo: FilePayload) -> None:
    page.goto(f"/cases/{number}")
    page.get_by_role("link", name="现在补正").click()
    page.get_by_role("link", name=MISSING).click()
    page.get_by_label("委托书").set_input_files(photo)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("委托书.png")).to_be_visible()
    page.get_by_role("button", name="提交补正").click()
    expect(page.get_by_text("补正内容已提交，受理期限重新计算。")).to_be_visible()


def downloaded(page: Page, title: str) -> bytes:
    """The paper of a case page, once the worker has printed it."""
    link = awaited(page, lambda: page.get_by_role("link", name=title))
    with page.expect_download() as paper:
        link.click()
    assert title in paper.value.suggested_filename
    return paper.value.path().read_bytes()


def code_in(paper: bytes) -> str:
    """The verification code that is printed on a paper."""
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)
    found = CODE.search(words)
    assert found, words
    return found.group()


def verify(stranger: Page, paper: bytes, masked: str) -> None:
    """Somebody who was handed the paper asks whether it is real."""
    stranger.goto("/verify")
    stranger.get_by_label("核验码").fill("0000-0000-0000-0000-0000")
    stranger.get_by_role("button", name="核验").click()
    expect(stranger.get_by_text("查不到这份文书")).to_be_visible()
    stranger.goto("/verify")
    stranger.get_by_label("核验码").fill(code_in(paper))
    stranger.get_by_role("button", name="核验").click()
    expect(stranger.get_by_text("文书真实有效")).to_be_visible()
    expect(stranger.locator("#main")).to_contain_text(masked)
    for content, words in ((paper, "与签发的文件一字不差"), (paper + b" ", "与签发的文件不一致")):
        stranger.get_by_label("手中的 PDF 文件").set_input_files(
            {"name": "决定书.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        stranger.get_by_role("button", name="核对", exact=True).click()
        expect(stranger.locator(".task-list")).to_contain_text(words)


def test_from_the_first_log_in_to_the_month_in_which_it_is_paid(
    enter, arrive, stranger, district, photo, later
):
    resident = arrive()
    log_in(resident, stranger, PHONE)
    prove_who_one_is(resident, her_card(district))
    number = apply(resident, other=True, agent=True)
    expect(resident.get_by_role("heading", name="申请已提交")).to_be_visible()

    clerk = enter("clerk", desk=True)
    ask_for_the_letter(clerk, number)
    answer_with_a_photo(resident, number, photo)
    clerk.goto(f"/desk/cases/{number}")
    expect(clerk.locator("summary", has_text="要求补正")).to_have_count(0)
    expect(clerk.get_by_role("link", name="委托书.png")).to_be_visible()
    act(clerk, number, "受理")
    act(clerk, number, "拟同意", reason="电话核实，未在外地领取。")
    act(enter("approver", desk=True), number, "准予发放")

    resident.goto(f"/cases/{number}")
    paper = downloaded(resident, "高龄津贴准予发放决定书")
    assert paper.startswith(b"%PDF")
    verify(stranger, paper, "何＊＊")

    rate_badly(resident, number)
    put_right(enter("leader", desk=True), number)
    resident.goto(f"/cases/{number}/rating")
    expect(resident.locator("#main")).to_contain_text(ANSWER)
    resident.goto("/my/messages")
    expect(awaited(resident, lambda: resident.get_by_role("link", name="您的评价已有答复"))).to_be_visible()

    later(END_OF_THE_YEAR)
    is_in_the_lists(enter("payer", desk=True), number)


def rate_badly(page: Page, number: str) -> None:
    """One star, and why."""
    page.goto(f"/cases/{number}")
    page.get_by_role("link", name="评价这次服务").click()
    page.get_by_text("非常不满意", exact=True).click()
    page.get_by_label("多次跑动").check()
    page.get_by_label("想对我们说的话").fill("为了一张委托书跑了两趟。")
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_role("heading", name="我的评价")).to_be_visible()
    expect(page.locator("#main")).to_contain_text("工作人员会电话联系您")


def put_right(page: Page, number: str) -> None:
    """The unit calls back, notes what it heard, and answers."""
    page.goto("/desk/redress")
    page.locator("tr", has_text=number).get_by_role("link").first.click()
    expect(page.locator("#main")).to_contain_text("为了一张委托书跑了两趟。")
    page.get_by_role("button", name="登记核实情况").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("核实情况").fill("电话核实，情况属实。")
    page.get_by_role("button", name="登记核实情况").click()
    page.get_by_label("答复内容").fill(ANSWER)
    page.get_by_role("button", name="提交答复").click()
    expect(page.get_by_label("答复内容")).to_have_count(0)


def is_in_the_lists(page: Page, number: str) -> None:
    """December and January are paid once each, in whatever list: one that was closed already leaves arrears."""
    months = []
    page.goto("/desk/payments/elderly_allowance/2027-01")
    awaited(page, lambda: page.locator("tr", has_text=number))
    for month in ("2026-12", "2027-01"):
        page.goto(f"/desk/payments/elderly_allowance/{month}")
        for row in page.locator("tr", has_text=number).all():
            for words in ("何＊英", "50.00", "示例银行越秀支行"):
                expect(row).to_contain_text(words)
            expect(row).not_to_contain_text("6222021234567890")
            months += re.findall(r"20\d\d年\d+月", row.inner_text())
    assert months == ["2026年12月", "2027年1月"]


def test_a_date_in_a_year_not_yet_published_says_that_it_may_change(enter, applicant, later):
    later(END_OF_THE_YEAR)
    resident = applicant("19800000511")
    number = apply(resident, other=True)
    receipt = resident.locator(".portal-receipt__sheet")
    for words in ("最迟受理", "2027年1月4日", PROVISIONAL):
        expect(receipt).to_contain_text(words)
    act(enter("clerk", desk=True), number, "受理")
    resident.goto(f"/cases/{number}")
    for place in ("#progress", "#limits"):
        card = resident.locator(".card", has=resident.locator(place))
        for words in ("2027年1月11日", PROVISIONAL):
            expect(card).to_contain_text(words)
