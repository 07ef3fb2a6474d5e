"""A resident of 81 applies on her phone; the registers agree, and it is decided on the spot."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import apply, awaited, card_of, name_of
from yizhan.ui.masks import mask_name

pytestmark = [pytest.mark.browser, pytest.mark.product]

PHONE = "19800000101"


def test_on_the_phone_by_herself(applicant, stranger, district):
    page = applicant(PHONE)
    number = apply(page)
    expect(page.get_by_text("当场办结")).to_be_visible()

    page.goto(f"/cases/{number}")
    expect(page.get_by_text("年满 70 周岁、具有本区户籍")).to_be_visible()
    paper = awaited(page, lambda: page.get_by_role("link", name=re.compile("准予发放决定书")))
    with page.expect_download() as papers:
        paper.click()
    assert papers.value.suggested_filename.endswith(".pdf")
    assert papers.value.path().read_bytes().startswith(b"%PDF")

    stranger.goto("/progress")
    stranger.get_by_label("受理编号").fill(number)
    stranger.get_by_label("手机号或证件号码的后四位").fill("9999")
    stranger.get_by_role("button", name="查询").click()
    expect(stranger.get_by_text("没有查到").first).to_be_visible()
    stranger.get_by_label("手机号或证件号码的后四位").fill(card_of(district, PHONE)[-4:])
    stranger.get_by_role("button", name="查询").click()
    expect(stranger.locator(".card", has=stranger.locator("#found"))).to_contain_text(
        mask_name(name_of(district, PHONE))
    )
    stranger.goto(f"/cases/{number}")
    expect(stranger).to_have_url(re.compile("/login"))


def test_another_residents_case_does_not_exist(applicant, enter):
    number = apply(applicant("19800000102"))
    answer = enter("huang").goto(f"/cases/{number}")
    assert answer
    assert answer.status == 404
