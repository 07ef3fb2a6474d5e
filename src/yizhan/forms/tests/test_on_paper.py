"""A form on paper: every question in a cell in both languages, boxes to tick, rows, what is declared."""

from __future__ import annotations

import copy

import pytest
from django.utils import translation

from yizhan.forms import on_paper
from yizhan.forms.form import Form
from yizhan.forms.sheet import Sheet
from yizhan.forms.tests.conftest import LETTER
from yizhan.forms.tests.test_showing import AGE


def cells(parts):
    return {cell["label"]["zh"]: cell for part in parts for page in part["pages"] for cell in page["cells"]}


@pytest.fixture
def blank(form):
    return on_paper.parts(form)


@pytest.fixture
def filled(form, full):
    return on_paper.parts(form, form.print_sheet(full, facts=AGE))


def test_a_blank_form_asks_everything_in_the_order_of_the_sheet(form, blank):
    assert [part["title"]["zh"] for part in blank][:2] == ["老人信息", "收款账户"]
    there = set(cells(blank))
    asked = {one.label for one in form.top.values() if one.sheet.widget not in {"file", "statement"}}
    assert there == asked, "files stand in the list of materials, declarations at the end"


def test_both_languages_stand_there_whatever_the_page(form, blank):
    with translation.override("en"):
        assert on_paper.parts(form) == blank
    assert cells(blank)["银行账号"]["label"]["en"] != "银行账号"


def test_choices_are_boxes_and_the_chosen_one_is_ticked(blank, filled, full):
    boxes = cells(blank)["您为谁申请？"]["boxes"]
    assert len(boxes) > 1
    assert not any(box["ticked"] for box in boxes)
    assert [box["ticked"] for box in cells(filled)["您为谁申请？"]["boxes"]].count(True) == 1


def test_a_blank_form_says_when_something_is_asked(blank):
    said = [page["when"] for part in blank for page in part["pages"] if page["when"]]
    said += [cell["when"] for cell in cells(blank).values() if cell.get("when")]
    assert {
        "zh": "“您为谁申请？”选“为他人代办”的填写",
        "en": "Fill in where “For whom do you apply?” is answered with “For somebody else”",
    } in said
    assert {"zh": "有此情形的填写", "en": "Fill in where this applies"} in said, "her age is no question"


def test_a_filled_form_says_only_what_was_asked(blank, filled):
    assert set(cells(filled)) <= set(cells(blank))
    assert not any(page["when"] for part in filled for page in part["pages"])
    assert not any(cell.get("hint") for cell in cells(filled).values())


def test_rows_are_a_table_with_a_column_for_each_question(blank, filled, full):
    empty, there = cells(blank)["同住家人"], cells(filled)["同住家人"]
    assert empty["kind"] == there["kind"] == "table"
    assert len(empty["rows"]) == 5 and empty["rows"][0] == []
    assert len(there["rows"]) == len(full["members"])
    assert all(len(row) == len(there["columns"]) for row in there["rows"])
    assert full["members"][0]["name"] in there["rows"][0]


def group_of(sheet):
    """The one group of rows on the sheet."""
    return next(
        field
        for section in sheet["sections"]
        for page in section["pages"]
        for field in page["fields"]
        if field.get("widget") == "group"
    )


def test_rows_with_more_questions_than_a_page_is_wide_stand_below_each_other(schema, sheet, full):
    group = group_of(sheet)
    inner = schema["properties"]["members"]["items"]
    for number in range(9):
        inner["properties"][f"more{number}"] = {"type": "string"}
        text = {"zh": f"另一项{number}", "en": f"Another {number}"}
        group["fields"].append({"path": f"more{number}", "label": text})
    form = Form(schema, Sheet.model_validate(sheet))
    empty = cells(on_paper.parts(form))["同住家人"]
    there = cells(on_paper.parts(form, form.print_sheet(full, facts=AGE)))["同住家人"]
    assert (empty["kind"], len(empty["records"])) == ("records", 2)
    assert len(there["records"]) == len(full["members"])
    assert "另一项8" in {cell["label"]["zh"] for cell in there["records"][0]}


def test_files_of_rows_stand_in_the_list_of_materials_with_all_that_came(schema, sheet, full):
    group = group_of(sheet)
    card = {"type": "array", "maxItems": 2, "items": {"type": "string", "format": "uuid"}}
    schema["properties"]["members"]["items"]["properties"]["card"] = card
    group["fields"].append({"path": "card", "label": {"zh": "证件", "en": "Card"}, "widget": "file"})
    form = Form(schema, Sheet.model_validate(sheet))
    empty = {one.path: one for one in on_paper.uploads(form)}["members[].card"]
    assert empty.label == {
        "zh": "证件（同住家人，每行分别提供）",
        "en": "Card (Members of the household, for each row)",
    }
    assert (empty.demanded, empty.came) == (False, 0)
    for row in full["members"]:
        row["card"] = [LETTER, LETTER]
    filled = form.print_sheet(full, facts=AGE)
    (there,) = [one for one in on_paper.uploads(form, filled) if one.path == "members[].card"]
    assert there.came == 2 * len(full["members"]) > 0
    assert "证件" not in str(on_paper.parts(form, filled)), "no column of a table"


def test_no_rows_are_no_rows(form, full):
    full["members"] = []
    there = cells(on_paper.parts(form, form.print_sheet(full, facts=AGE)))["同住家人"]
    assert there["rows"] == []


def test_what_is_declared_is_ticked_where_it_was(form, full):
    (declared,) = on_paper.declared(form)
    assert not declared["ticked"]
    (declared,) = on_paper.declared(form, form.print_sheet(full, facts=AGE))
    assert declared["ticked"]


def test_a_long_answer_takes_the_whole_width(form, full):
    short = copy.deepcopy(full)
    short["agent"]["relation_words"], full["agent"]["relation_words"] = "邻居", "住在同一楼的老邻居" * 20
    shown = [cells(on_paper.parts(form, form.print_sheet(one, facts=AGE))) for one in (short, full)]
    assert [one["请说明是什么关系"]["half"] for one in shown] == [True, False]


def test_what_a_register_says_has_its_source_beneath(form, full, known):
    shown = cells(on_paper.parts(form, form.print_sheet(full, facts=AGE, prefill=known)))
    assert shown["姓名"]["hint"]["zh"] == "来自：人口库，截至 2026年11月1日"
    assert shown["姓名"]["hint"]["en"].startswith("From: Population register")
    assert shown["联系电话"]["hint"] is None
