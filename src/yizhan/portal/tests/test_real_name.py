"""Proving who one is."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yizhan.codes import identity_number
from yizhan.identity import scope
from yizhan.identity.models import Account
from yizhan.identity.tests.browsers import signed_in
from yizhan.portal.tests.conftest import NAME, NUMBER
from yizhan.portal.tests.pages import text
from yizhan.registry.links import person_of

OTHER = identity_number.make("440199", date(1945, 3, 8), 1)  # of 陈玥堃, who has an account


@pytest.fixture
def browser(newcomer: Account) -> Client:
    return signed_in(Client(), newcomer)


def test_applying_leads_to_the_real_name_and_back(browser, newcomer):
    assert (
        browser.get("/items/elderly_allowance/apply").headers["Location"] == "/my/real-name/elderly_allowance"
    )
    answer = browser.post("/my/real-name/elderly_allowance", {"name": NAME, "number": NUMBER})
    assert answer.headers["Location"] == "/items/elderly_allowance/apply"
    assert (
        "/pages/person" in browser.post("/items/elderly_allowance/apply", follow=True).redirect_chain[-1][0]
    )
    with scope.as_account(newcomer):
        assert person_of(newcomer) is not None


def test_without_a_wish_one_comes_back_to_ones_own_page(browser):
    answer = browser.post("/my/real-name", {"name": NAME, "number": NUMBER})
    assert answer.headers["Location"] == "/my"
    assert "已实名" in text(browser.get("/my"))
    assert "您已完成实名核验" in text(browser.get("/my/real-name"))


@pytest.mark.parametrize(
    ("name", "number", "words"),
    [
        ("", "", "请填写姓名"),
        (NAME, "", "请填写 18 位公民身份号码"),
        (NAME, NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "公民身份号码有误"),
        (NAME, "12345", "公民身份号码有误"),
        (NAME, "４４０１９９", "公民身份号码有误"),
        (f"{NAME}\0", "\0", "请填写 18 位公民身份号码"),
        ("<script>alert(1)</script>", "<script>alert(2)</script>", "公民身份号码有误"),
    ],
)
def test_slips_are_told_beside_the_field_and_nothing_is_lost(browser, name, number, words):
    answer = browser.post("/my/real-name", {"name": name, "number": number})
    page = text(answer)
    assert answer.status_code == 422
    assert page.count(words) == 2  # in the summary, and beside the field
    assert "<script>alert" not in page
    if name == NAME:
        assert f'value="{name}"' in page


def test_another_name_or_number_is_not_told_apart(browser):
    for name, number in (("何秀瑛", NUMBER), (NAME, OTHER)):
        answer = browser.post("/my/real-name", {"name": name, "number": number})
        assert answer.status_code == 422
        assert "没有查到姓名和证件号码都相符的人员" in text(answer)


def test_a_nul_in_the_name_is_only_a_wrong_name(browser):
    answer = browser.post("/my/real-name", {"name": f"何\0{NAME[1:]}", "number": NUMBER})
    assert answer.status_code in {302, 422}


def test_a_person_who_has_another_account_is_led_to_the_window(browser):
    answer = browser.post("/my/real-name", {"name": "陈玥堃", "number": OTHER})
    assert answer.status_code == 422
    assert "窗口" in text(answer)


def test_guessing_ends(browser):
    answers = [text(browser.post("/my/real-name", {"name": "某某", "number": OTHER})) for _try in range(12)]
    assert "今天的查询次数已用完" in answers[-1]
