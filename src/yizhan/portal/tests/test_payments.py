"""What is paid to me, on its page."""

from __future__ import annotations

import pytest
from django.test import Client

from yizhan import clock
from yizhan.cases.models import Case
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.journal import access
from yizhan.payments import building, entitling
from yizhan.portal.tests.pages import text


@pytest.fixture
def number(town):
    """陈玥堃 is granted the allowance, and the room of payments has heard of it."""
    granted = town.apply("chen")
    with scope.service(), access.watching(HOUSE.viewer()):
        entitling.begin(Case.objects.get(number=granted))
        while building.build():
            pass
    return granted


def test_months_pay_day_and_a_masked_account(as_, number):
    chen = as_("chen")
    assert 'href="/my/payments"' in text(chen.get("/my"))
    page = text(chen.get("/my/payments"))
    for words in (
        "高龄津贴",
        "下次发放",
        "2026年12月10日",
        "120.00 元",
        "2026年12月",
        "待发放",
        "80 至 89 周岁",
        number,
    ):
        assert words in page, words
    assert "**** 7890" in page and "6222021234567890" not in page
    assert "no-store" in chen.get("/my/payments").headers["Cache-Control"]


def test_in_english_no_chinese_but_names(as_, number):
    chen = as_("chen")
    chen.cookies["django_language"] = "en"
    page = text(chen.get("/my/payments"))
    assert (
        "My benefits" in page and "Elderly allowance" in page and "To be paid" in page and "Dec 2026" in page
    )


def test_whoever_gets_nothing_finds_no_entry_and_a_kind_page(town, as_):
    wang = as_("wang")
    assert "/my/payments" not in text(wang.get("/my"))
    assert "还没有按月发放的待遇" in text(wang.get("/my/payments"))


def test_nobody_elses(as_, number):
    assert number not in text(as_("wang").get("/my/payments"))
    assert Client().get("/my/payments").headers["Location"].startswith("/login")
    assert as_("clerk").get("/my/payments").status_code == 403


def test_a_later_day_shows_what_was_paid(as_, number, town):
    with clock.standing_at("2027-01-20T10:00"):
        page = text(as_("chen").get("/my/payments"))
    assert "待发放" in page, "nobody closed the list, so nothing was paid"
