"""Whoever has an allowance, or has applied for it, is shown the way to it instead of another form."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from yizhan.cases import lapsing
from yizhan.cases.models import Case, Draft
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.journal import access
from yizhan.payments import entitling
from yizhan.portal.tests.conftest import APPLY, begun, filled_in
from yizhan.portal.tests.pages import sent, text
from yizhan.releases.words import Text

GUIDE = "/items/elderly_allowance"


def drafts() -> int:
    with scope.service():
        return Draft.objects.filter(submitted_as="").count()


def paid(number: str) -> None:
    with scope.service(), access.watching(HOUSE.viewer()):
        entitling.begin(Case.objects.get(number=number))


@pytest.mark.parametrize("address", [GUIDE, APPLY])
def test_what_is_under_way_can_be_followed(town, as_, address):
    number = town.apply("chen", other_allowance=True)
    page = text(as_("chen").get(address))
    assert "您的申请正在办理，不用再次提交" in page
    assert "您已于2026年11月20日提交申请" in page
    assert f'href="/cases/{number}">查看办理进度' in page
    assert "开始填写" not in page and "在线办理" not in page
    assert "在线办理" in text(as_("wang").get(GUIDE)), "somebody else is not concerned"
    assert "在线办理" in text(Client().get(GUIDE))


@pytest.mark.parametrize("address", [GUIDE, APPLY])
def test_what_is_in_force_leads_to_the_case_or_to_what_is_paid(town, as_, address):
    number = town.apply("chen")
    page = text(as_("chen").get(address))
    assert "您的申请已于2026年11月20日准予，目前仍然有效" in page
    assert f'href="/cases/{number}">查看办件' in page
    paid(number)
    assert 'href="/my/payments">查看我的待遇' in text(as_("chen").get(address))


def test_in_english(town, as_):
    town.apply("chen")
    chen = as_("chen")
    chen.cookies["django_language"] = "en"
    assert "You have this already; you need not apply again" in text(chen.get(APPLY))
    assert "granted on 20 Nov 2026" in text(chen.get(GUIDE))


def test_the_button_of_a_page_from_before_begins_nothing(town, as_):
    town.apply("chen")
    assert as_("chen").post(APPLY).headers["Location"] == APPLY
    assert drafts() == 0


def test_what_was_typed_before_is_kept_and_can_be_deleted(town, as_):
    """She filled it in at home; meanwhile another of hers was taken in."""
    chen = as_("chen")
    draft = filled_in(chen)
    form = sent(chen.get(f"{draft}/check"), f"{draft}/submit")
    with scope.service():
        Draft.objects.update(expires_at="2026-11-20T09:00+08:00")
    town.apply("chen")
    with scope.service():
        Draft.objects.filter(submitted_as="").update(expires_at="2026-12-20T09:00+08:00")
    answer = chen.post(f"{draft}/submit", form, follow=True)
    assert answer.redirect_chain[-1][0] == APPLY
    assert "刚才的申请没有提交，填写的内容仍保存在草稿里" in text(answer)
    assert "删除没有填完的申请" in text(answer)
    assert chen.get(draft).headers["Location"] == APPLY
    chen.post(f"{draft}/discard", sent(chen.get(APPLY), f"{draft}/discard"))
    assert drafts() == 0
    with scope.service():
        assert Case.objects.count() == 1


def test_once_it_has_lapsed_one_applies_anew_and_the_case_says_so(town, as_):
    number = town.apply("chen")
    with scope.service():
        why = Text(zh="户籍迁出本区", en="No longer registered in this district")
        lapsing.lapse(number, on=date(2026, 11, 19), why=why, by=HOUSE, command=uuid4())
    assert "自2026年11月19日起失效，原因：户籍迁出本区" in text(as_("chen").get(f"/cases/{number}"))
    assert "在线办理" in text(as_("chen").get(GUIDE))
    assert begun(as_("chen")).startswith("/drafts/")


def test_opening_the_page_keeps_nothing(town, as_):
    """Browsers fetch ahead, and engines follow links: only the button begins an application."""
    chen = as_("chen")
    for _time in range(2):
        page = chen.get(APPLY)
        assert (page.status_code, drafts()) == (200, 0)
    assert chen.head(APPLY).status_code == 200
    first = chen.post(APPLY, sent(page)).headers["Location"]
    assert chen.post(APPLY, sent(page)).headers["Location"] == first, "a second click goes on with the first"
    assert drafts() == 1
    assert chen.get(APPLY).headers["Location"] == first, "and so does coming back"


def test_a_button_pressed_too_late_leads_back_to_its_page(town):
    assert Client().post(APPLY).headers["Location"] == "/login?next=%2Fitems%2Felderly_allowance%2Fapply"
    assert drafts() == 0
