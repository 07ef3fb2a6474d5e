"""The payer looks at the lists, closes one and takes it to the bank."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from yizhan import clock
from yizhan.desk.tests.conftest import give
from yizhan.identity import scope
from yizhan.identity.models import Presence
from yizhan.journal import reading
from yizhan.journal.models import Access, News
from yizhan.payments import building

ADDRESS = "/desk/payments/elderly_allowance/2026-12"


@pytest.fixture
def made(town):
    """The list of December is made, for 陈玥堃; the approver is the payer too."""
    give(town, "approver", "elderly_allowance.payer")
    town.apply("chen")
    news = News.objects.get(kind="case.decided")
    fact = reading.Fact(news.id, news.kind, news.subject, news.actor, news.data, news.at, (0, 0, news.id))
    with scope.service():
        reading.readers["payments"].handlers["case.decided"](fact)
    with clock.standing_at("2026-11-25T09:00"):
        while building.build():
            pass
        yield town


def test_lists_and_lines_are_shown_masked(made, as_):
    lists = as_("approver").get("/desk/payments").content.decode()
    assert "高龄津贴 2026年12月发放名册" in lists
    assert "120.00 元" in lists
    page = as_("approver").get(ADDRESS).content.decode()
    assert "陈＊堃" in page and "**** 7890" in page and "80 至 89 周岁" in page
    assert "陈玥堃" not in page and "6222021234567890" not in page


@pytest.mark.parametrize("state", ["due", "held", "withdrawn", "nonsense"])
def test_every_state_has_its_page(made, as_, state):
    assert as_("approver").get(f"{ADDRESS}?state={state}&page=x").status_code == 200


@pytest.mark.parametrize("who", ["clerk", "stranger"])
def test_for_others_there_is_no_list(made, as_, who):
    assert "还没有发放名册" in as_(who).get("/desk/payments").content.decode()
    assert as_(who).get(ADDRESS).status_code == 404
    assert as_(who).post(f"{ADDRESS}/close").status_code == 404
    assert as_(who).get(f"{ADDRESS}/export").status_code == 404


@pytest.mark.parametrize("address", ["2026-13", "2031-01", "x"])
def test_a_month_that_is_none_is_not_found(made, as_, address):
    assert as_("approver").get(f"/desk/payments/elderly_allowance/{address}").status_code == 404


def test_closed_then_exported_and_logged(made, as_):
    browser = as_("approver")
    open_ = browser.get(f"{ADDRESS}/export")
    assert (open_.status_code, open_.url) == (302, ADDRESS)
    closed = browser.post(f"{ADDRESS}/close", follow=True).content.decode()
    assert "名册已关账：1 人，合计 120.00 元" in closed
    again = browser.post(f"{ADDRESS}/close", follow=True).content.decode()
    assert "没有重复关账" in again
    file = browser.get(f"{ADDRESS}/export")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "filename*=UTF-8''" in file["Content-Disposition"]
    assert "no-store" in file["Cache-Control"]
    assert "6222021234567890" in file.content.decode("utf-8-sig")
    assert Access.objects.filter(action="export").count() == 1


def test_whoever_exports_proves_again_who_they_are(made, as_):
    browser = as_("approver")
    browser.post(f"{ADDRESS}/close")
    Presence.objects.update(proved_at=timezone.now() - timedelta(minutes=6))
    answer = browser.get(f"{ADDRESS}/export")
    assert answer.status_code == 302
    assert answer.url.startswith("/staff/")
    assert not Access.objects.filter(action="export").exists()
