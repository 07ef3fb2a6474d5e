"""Application forms: what stands in the PDF, over as many pages as it takes, in one language or both."""

from __future__ import annotations

import json

import pytest

from yizhan import clock
from yizhan.records import fonts
from yizhan.records.tests.reading import characters_drawn_as_boxes, lines_of, opened, pieces_of, text_of
from yizhan.records.typesetting import Sheet, Typesetter

RARE = "昇玥堃喆犇翀𬱖㛃"
LEFT, RIGHT, LOWER = 20, 190, 277


@pytest.fixture(scope="module")
def typesetter():
    made = Typesetter(fonts.files())
    yield made
    made.close()


def words(zh, en="Something"):
    return {"zh": zh, "en": en}


def cell(label, value="", **more):
    plain = {"kind": "text", "widget": "text", "required": True, "half": True, "boxes": [], "squares": 0}
    return {**plain, "hint": None, "when": None, "label": words(label), "value": value, **more}


def table(rows, columns=("姓名", "月收入")):
    return {
        "kind": "table", "half": False, "required": True, "hint": None, "when": None, "notes": [],
        "label": words("家庭成员", "Members"), "row": words("家人", "Member"), "rows": rows,
        "columns": [{"label": words(one), "required": False, "weight": 1, "yes_no": False} for one in columns],
    }  # fmt: skip


def form(*cells, filed=True, materials=(), declared=("以上属实",), when=None):
    at = words("2026年11月20日 09:30", "20 Nov 2026, 09:30")
    how = {"name": "陈玥堃", "at": at, "added": None, "how": words("网上提交", "Online"), "online": True}
    return {
        "item": words("高龄津贴申领", "Elderly allowance"),
        "code": "440111001000", "version": "2026.1", "unit": words("越秀区民政局", "Civil Affairs Bureau"),
        "qr": "", "number": "YX2026-1120-00001" if filed else "", "filed": how if filed else None,
        "parts": [{"title": words("申请人", "Applicant"), "pages": [{"when": when, "cells": list(cells)}]}],
        "materials": list(materials),
        "declared": [{"label": words(one), "when": None, "ticked": filed} for one in declared],
    }  # fmt: skip


@pytest.fixture
def pdf(typesetter):
    def made(data, language="zh", **told):
        paper = {"language": language, "title": data["item"]["zh"]}
        template = '#import "application.typ": *\n#application()\n'
        sheet = Sheet(template, clock.now(), data, paper, told or None)
        assert typesetter.warnings(sheet) == []
        return opened(typesetter.pdf(sheet))

    return made


def said(pdf):
    return "".join(text_of(pdf).split())


def test_a_filled_form_says_what_was_answered(pdf):
    made = pdf(form(cell("姓名", "陈玥堃"), cell("公民身份号码", "440199194503080017")))
    for one in ("高龄津贴申领表", "YX2026-1120-00001", "姓名", "陈玥堃", "440199194503080017", "网上提交"):
        assert one in said(made), one
    assert "填写说明" not in said(made) and "以下由受理窗口填写" not in said(made)
    assert "Applicant" not in said(made)


def test_when_it_was_handed_in_and_when_completed_are_two_days_in_either_language(pdf):
    made = form(cell("姓名", "陈"))
    assert "补正" not in said(pdf(made))
    made["filed"]["added"] = words("2026年11月25日 10:00", "25 Nov 2026, 10:00")
    text = said(pdf(made, "both"))
    assert "提交时间Handedin2026年11月20日09:3020Nov2026,09:30" in text
    assert "补正时间Completed2026年11月25日10:0025Nov2026,10:00" in text
    assert "本表内容由申请人于2026年11月20日09:30在网上提交，于2026年11月25日10:00补正。" in text
    assert "Handedinonlineon20Nov2026,09:30;completedon25Nov2026,10:00." in text


def test_a_blank_form_has_room_for_words_a_signature_and_the_office(pdf):
    made = pdf(form(cell("姓名"), cell("公民身份号码", squares=18, half=False), filed=False))
    for one in ("填写说明", "申请人（签名或者盖章）", "代办人（签名）", "收件日期", "收件人"):
        assert one in said(made), one


def test_the_english_stands_beneath_in_smaller_type(pdf):
    (page,) = pdf(form(cell("姓名", "陈玥堃"), cell("电话", "1")), "both").pages
    sizes = {text.strip(): size for _x, _y, size, _face, text in pieces_of(page)}
    assert sizes["Something"] < sizes["姓名"]
    lines = lines_of(page)
    below = min(y for _x, y, text in lines if "Something" in text)
    assert below > next(y for _x, y, text in lines if "姓名" in text)
    assert "Handed in" in text_of(pdf(form(cell("姓名")), "both"))


def test_a_choice_is_a_box_with_a_tick_over_it(pdf):
    boxes = [{"label": words("是", "Yes"), "ticked": True}, {"label": words("否", "No"), "ticked": False}]
    made = said(pdf(form(cell("代办", kind="boxes", widget="yes_no", boxes=boxes), declared=())))
    assert made.count("√") == 1
    assert made.index("√") < made.index("是") < made.index("否")


def test_rows_go_over_pages_with_their_head_on_each(pdf):
    made = pdf(form(table([[f"陈{number}", "1,200.00"] for number in range(120)])))
    whole = [page for page in made.pages if "陈" in page.extract_text().replace("陈玥堃", "")]
    assert len(whole) > 2
    for page in whole:
        text = "".join(page.extract_text().split())
        assert "姓名" in text and "月收入" in text and "家庭成员" in text
    assert "陈119" in said(made)


def test_no_rows_are_said_to_be_none(pdf):
    assert "无" in said(pdf(form(table([]))))


@pytest.mark.parametrize("language", ["zh", "both"])
def test_answers_ten_times_too_long_stay_in_their_cells(pdf, language):
    long = "示例路八号" * 400
    address, solid = "x" * 300, "A" * 60
    made = pdf(
        form(
            cell("备注", long, half=False, widget="textarea"), cell("网址", address), cell("姓名", "陈"),
            table([[solid, "9" * 60], [RARE * 40, "1"]]),
        ),
        language,
    )  # fmt: skip
    text = said(made)
    assert text.count("八") == 400, "over the page that it needs"
    assert text.count("x") >= 300 and text.count("A") >= 60 and text.count("9") >= 60
    for page in made.pages:
        for x, y, size, _face, piece in pieces_of(page):
            wide = sum(1 if ord(sign) > 0x2E7F else 0.45 for sign in piece.strip()) * size * 25.4 / 72
            assert y > LOWER or (x >= LEFT - 0.5 and x + wide <= RIGHT + 1), piece


def test_rare_characters_are_drawn(pdf):
    made = pdf(form(cell("姓名", RARE), table([[RARE, "1"]])))
    assert characters_drawn_as_boxes(made) == 0
    assert said(made).count(RARE) == 2


def test_programs_find_what_was_filed(pdf):
    made = pdf(form(cell("姓名", "陈")), answers={"name": "陈"}, number="YX2026-1120-00001")
    (about,) = made.trailer["/Root"]["/AF"]
    told = json.loads(about.get_object()["/EF"]["/F"].get_object().get_data())
    assert told == {"answers": {"name": "陈"}, "number": "YX2026-1120-00001"}


def test_materials_are_listed_with_what_came(pdf):
    one = {"title": words("委托书", "Letter"), "form": words("电子，1 份", "Electronic"), "note": None}
    made = said(pdf(form(cell("姓名", "陈"), materials=[{**one, "need": words("已收1份"), "ticked": True}])))
    assert "收到情况" in made and "委托书" in made and "已收1份" in made


def test_what_not_everybody_is_asked_says_so_and_so_does_what_follows(pdf):
    when = words("“代办”选“是”的填写", "Fill in where “agent” is answered with “Yes”")
    told = form(cell("代办"), cell("姓名", when=when), cell("电话", when=when), cell("备注"), filed=False)
    text = said(pdf(told, "both"))
    assert text.count("“代办”选“是”的填写") == 1 and text.count("以下各项，所有申请人均填写") == 1
    assert (
        text.index("代办")
        < text.index("选“是”")
        < text.index("姓名")
        < text.index("以下各项")
        < text.index("备注")
    )
    assert 'Fillinwhere"agent"isansweredwith"Yes"' in text, "straight marks in English"


def test_the_office_is_never_alone_on_a_page(pdf):
    for many in range(18, 34):
        told = form(*[cell(f"问题{number}", half=False) for number in range(many)], filed=False)
        last = "".join(pdf(told).pages[-1].extract_text().split())
        assert "收件人" in last and "申请人（签名或者盖章）" in last


def records(*rows):
    """Rows with more questions than a page is wide."""
    named = {
        "label": words("门店", "Shops"),
        "row": words("门店", "Shop"),
        "when": words("有门店的填写", "If any"),
    }
    return {
        **named,
        "kind": "records",
        "half": False,
        "required": True,
        "hint": words("逐个填写"),
        "records": [*rows],
    }


@pytest.mark.parametrize("filed", [True, False])
def test_wide_rows_have_their_own_name_and_what_is_said_of_them(pdf, filed):
    text = said(pdf(form(records([cell("字号", "甲")], [cell("字号", "乙")]), filed=filed), "both"))
    assert text.count("有门店的填写") == text.count("逐个填写") == 1
    assert text.index("一、申请人") < text.index("有门店的填写") < text.index("门店1") < text.index("门店2")
    assert ("*门店Shops" in text) is not filed


def test_wide_rows_that_are_none_are_said_to_be_none_under_the_head_of_their_section(pdf):
    text = said(pdf(form(records())))
    assert text.index("一、申请人") < text.index("有门店的填写") < text.index("无")
