"""A draft was begun on an older release: nothing is lost in silence, and what is new is said."""

from __future__ import annotations

import copy

import pytest

from yizhan.forms.form import Form
from yizhan.forms.sheet import Sheet
from yizhan.forms.tests.conftest import words

AGE = {"age": 81}


@pytest.fixture
def newer(schema, sheet):
    """The form as it is published next year: no rooms, an e-mail, a stricter remark, other words."""
    schema, sheet = copy.deepcopy(schema), copy.deepcopy(sheet)
    del schema["properties"]["rooms"]
    schema["properties"]["email"] = {"type": "string", "format": "email"}
    schema["properties"]["remarks"]["maxLength"] = 5
    schema["required"].append("email")
    needs = sheet["sections"][3]["pages"][1]["fields"]
    needs[:] = [field for field in needs if field["path"] != "rooms"]
    needs.append({"path": "email", "label": {"zh": "电子邮箱", "en": "E-mail"}})
    sheet["sections"][2]["pages"][0]["fields"][0]["label"] = {"zh": "户名", "en": "Name of the account"}
    return Form(schema, Sheet.model_validate(sheet))


def test_new_changed_and_lost_questions_are_named(form, newer, good):
    found = newer.differences(form, good | {"rooms": 3, "remarks": "请尽快办理"}, AGE)
    assert [field.path for field in found.new] == ["email"]
    assert [field.path for field in found.changed] == ["account.holder", "remarks"]
    assert [field.label for field in found.gone] == ["住房间数"]
    assert found.any


def test_the_draft_is_checked_anew_in_its_new_shape(form, newer, good):
    found = newer.differences(form, good | {"rooms": 3, "remarks": "请尽快为我办理"}, AGE)
    assert "rooms" not in found.data
    assert words(found.faults) == {
        "remarks": "“备注”最多 5 个字。现有 7 个字，请删减",
        "email": "请填写“电子邮箱”",
    }


def test_questions_that_left_without_an_answer_are_not_mentioned(form, newer, good):
    assert newer.differences(form, good, AGE).gone == []


def test_the_same_form_differs_in_nothing(form, good):
    found = form.differences(form, good | {"members": [{"name": "李明", "born": "1970-01-01"}]}, AGE)
    assert not found.any
    assert found.faults == []
    assert found.data["members"] == [{"name": "李明", "born": "1970-01-01"}]


def test_lost_answers_in_rows_are_named_too(form, schema, sheet, good):
    rows = schema["properties"]["members"]["items"]["properties"]
    del rows["income"]
    group = sheet["sections"][3]["pages"][0]["fields"][0]
    group["fields"] = [field for field in group["fields"] if field["path"] != "income"]
    newer = Form(schema, Sheet.model_validate(sheet))
    draft = good | {"members": [{"name": "李明", "born": "1970-01-01", "income": 100}]}
    found = newer.differences(form, draft, AGE)
    assert [field.path for field in found.gone] == ["members[].income"]
    assert found.faults == []
