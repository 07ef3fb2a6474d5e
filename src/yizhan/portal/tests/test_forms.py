"""Application forms as PDF on the portal: blank for everybody, one's own filled in."""

from __future__ import annotations

import pytest
from django.test import Client

from yizhan.cases import printed_form
from yizhan.identity import scope
from yizhan.portal.tests.pages import text
from yizhan.portal.views import forms
from yizhan.records import fonts, typesetting
from yizhan.records.fonts import FontsMissing
from yizhan.records.press_faults import PressBusy, TemplateBroken, TemplateTooHeavy
from yizhan.records.tests.reading import opened, text_of

BLANK = "/items/elderly_allowance/form.pdf"


pytestmark = pytest.mark.usefixtures("no_form_remembered")


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
    printed_form.shelf.clear()
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


@pytest.mark.parametrize(
    ("fault", "words", "again"),
    [
        (TemplateBroken("unknown variable: x", 3), "生成 PDF 的功能出了故障", None),
        (FontsMissing([fonts.ROLES[0]]), "由管理员处理", None),
        (TemplateTooHeavy("排版超过 20 秒，已停止"), "内容太多", None),
        (PressBusy(), "没有轮到您", "60"),
    ],
)
def test_a_form_that_cannot_be_set_says_what_to_do_and_no_more(town, as_, monkeypatch, fault, words, again):
    number = town.apply("chen")

    def broken(sheet):
        raise fault

    with scope.service():
        monkeypatch.setattr(typesetting.house(), "pdf", broken)
    answer = as_("chen").get(f"/cases/{number}/form.pdf")
    assert answer.status_code == 503
    assert "这份 PDF 没有生成" in text(answer) and words in text(answer)
    assert answer.headers.get("Retry-After") == again
    for inner in ("unknown variable", "YIZHAN_FONTS", "20 秒", "仿宋"):
        assert inner not in text(answer), inner
