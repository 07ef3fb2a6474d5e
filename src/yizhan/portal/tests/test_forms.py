"""Application forms as PDF on the portal: blank for everybody, one's own filled in."""

from __future__ import annotations

import pytest
from django.test import Client

from yizhan.cases import printed_form
from yizhan.identity import scope
from yizhan.portal.tests.pages import text
from yizhan.portal.views import forms
from yizhan.records import typesetting
from yizhan.records.tests.reading import opened, text_of
from yizhan.records.typesetting import CharacterMissing

BLANK = "/items/elderly_allowance/form.pdf"


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    printed_form._kept.clear()
    yield
    printed_form._kept.clear()


def said(answer):
    return "".join(text_of(opened(answer.content)).split())


def test_anybody_takes_a_blank_form_from_the_guide(town):
    guide = text(Client().get("/items/elderly_allowance"))
    assert BLANK in guide and "空白申请表（PDF）" in guide
    answer = Client().get(BLANK)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "高龄津贴申领表" in said(answer) and "Account" not in said(answer)


def test_on_english_pages_the_english_stands_beneath(town):
    browser = Client()
    browser.post("/preferences", {"language": "en"})
    words = said(browser.get(BLANK))
    assert "高龄津贴申领表" in words and "Applicationform" in words


def test_who_has_it_is_told_so(town):
    answer = Client().get(BLANK)
    again = Client().get(BLANK, HTTP_IF_NONE_MATCH=answer.headers["ETag"])
    assert again.status_code == 304 and not again.content


def test_only_what_sets_the_press_going_is_counted(town, monkeypatch):
    monkeypatch.setattr(forms, "_SET_AN_HOUR", 1)
    assert [Client().get(BLANK).status_code for _ in range(3)] == [200, 200, 200]
    printed_form._kept.clear()
    assert Client().get(BLANK).status_code == 429


def test_there_is_none_of_what_nobody_applies_for(town):
    assert Client().get("/items/nothing/form.pdf").status_code == 404


def test_one_s_own_form_is_filled_in_and_nobody_else_s_is_there(town, as_):
    number = town.apply("chen")
    address = f"/cases/{number}/form.pdf"
    assert address in text(as_("chen").get(f"/cases/{number}"))
    answer = as_("chen").get(address)
    assert "6222021234567890" in said(answer) and number in said(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert as_("wang").get(address).status_code == 404
    assert Client().get(address).headers["Location"].startswith("/login")


def test_a_form_that_cannot_be_set_says_why(town, as_, monkeypatch):
    number = town.apply("chen")

    def missing(sheet):
        raise CharacterMissing("𪚥")

    with scope.service():
        monkeypatch.setattr(typesetting.house(), "pdf", missing)
    answer = as_("chen").get(f"/cases/{number}/form.pdf")
    assert answer.status_code == 503
    assert "这份 PDF 没有生成" in text(answer) and "字库中没有“𪚥”字" in text(answer)
