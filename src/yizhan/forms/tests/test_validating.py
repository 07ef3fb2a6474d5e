"""A whole form is checked: what is missing, what is wrong, in words, one mistake a question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from yizhan.forms.form import Form
from yizhan.forms.paths import put
from yizhan.forms.sheet import Sheet
from yizhan.forms.tests.conftest import LETTER, words

AGE = {"age": 81}
OLD = {"age": 95}


def test_a_good_application_has_no_faults(form, good):
    assert form.validate(good, AGE) == []


def test_an_empty_form_asks_for_everything_demanded_in_order(form):
    assert [(fault.path, fault.words) for fault in form.validate({}, AGE)] == [
        ("applicant.name", "请填写“姓名”"),
        ("applicant.id_number", "请填写“公民身份号码”"),
        ("for_whom", "请回答“您为谁申请？”"),
        ("account.holder", "请填写“开户人”"),
        ("account.number", "请填写“银行账号”"),
        ("declaration.other_allowance", "请回答“老人是否在其他地方领取同类津贴？”"),
        ("declaration.promise", "请阅读并勾选“本人承诺所填内容属实”"),
    ]


def test_mistakes_are_told_in_english_on_english_pages(form, good):
    good["account"] = {"number": "12"}
    with translation.override("en"):
        told = words(form.validate(good, AGE))
    assert told["account.holder"] == "Fill in “Account holder”"
    assert told["account.number"].startswith("“Account number” is not a valid account number. ")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            "applicant.id_number",
            "440199194511200028",
            "“公民身份号码”填写有误。校验码不符，可能有一位输错",
        ),
        ("applicant.born", "2026年2月30日", "“出生日期”不是有效的日期。请按 2026-11-20 的样子填写"),
        ("applicant.phone", "83550000", "“联系电话”不是有效的电话号码。请填写 11 位手机号码"),
        ("applicant.name", "陈", "“姓名”至少 2 个字。现有 1 个字，请补充"),
        ("account.number", "abc", "“银行账号”不是有效的银行账号"),
        ("account.branch_code", "12", "联行号是 12 位数字"),
        ("for_whom", "nobody", "“您为谁申请？”不在可选范围内。请从列出的选项中选择"),
        ("rooms", 99, "“住房间数”不能大于 20"),
        ("rooms", 1.5, "“住房间数”应为整数"),
        ("rooms", "三间", "“住房间数”应为整数"),
        ("remarks", "长" * 21, "“备注”最多 20 个字。现有 21 个字，请删减"),
        ("needs", ["meals", "meals"], "“需要的服务”有重复的内容"),
        ("needs", ["meals", "visits", "bath"], "“需要的服务”最多 2 项。现有 3 项，请删减"),
        ("needs", ["cleaning"], "“需要的服务”不在可选范围内"),
        ("declaration.promise", False, "请阅读并勾选“本人承诺所填内容属实”"),
        ("declaration.other_allowance", "maybe", "请回答“老人是否在其他地方领取同类津贴？”"),
        ("members", [{"name": "李明", "born": "1970-01-01", "income": 1.234}], None),
        ("members", [{"name": "李明"}], None),
    ],
)
def test_each_mistake_has_its_words_at_its_question(form, good, path, value, said):
    put(good, path, value)
    told = words(form.validate(good, AGE))
    if said is None:
        assert told in (
            {"members.0.income": "“家人 1 的月收入”最多两位小数"},
            {"members.0.born": "请填写“家人 1 的出生日期”"},
        )
    else:
        assert list(told) == [path]
        assert told[path].startswith(said)


def test_the_agent_is_asked_only_if_somebody_applies_for_her(form, good):
    good["agent"] = {"name": "x", "letter": ["no document"]}
    assert form.validate(good, AGE) == []
    good["for_whom"] = "other"
    assert set(words(form.validate(good, AGE))) == {"agent.name", "agent.relation", "agent.letter"}
    good["agent"] = {"name": "李明", "relation": "child", "letter": [LETTER]}
    assert form.validate(good, AGE) == []


def test_answers_to_questions_that_are_not_asked_are_not_handed_in(form, good):
    good["agent"] = {"name": "李明", "relation": "other", "relation_words": "邻居", "letter": [LETTER]}
    good["members"] = [{"name": "李明", "born": "1970-01-01", "works": False, "employer": "某公司"}]
    assert "agent" not in form.settled(good, AGE)
    assert form.settled(good, AGE)["members"] == [{"name": "李明", "born": "1970-01-01", "works": False}]
    assert "members" not in form.settled(good, OLD)
    assert good["agent"]["relation_words"] == "邻居", "the draft itself is left as it was"


def test_a_hidden_answer_decides_nothing(form, good):
    good["agent"] = {"name": "李明", "relation": "other", "letter": [LETTER]}
    good["for_whom"] = "other"
    assert set(words(form.validate(good, AGE))) == {"agent.relation_words"}
    good["for_whom"] = "self"
    assert form.validate(good, AGE) == []


def test_a_demand_may_depend_on_another_page(form, good):
    good |= {"for_whom": "other", "agent": {"name": "李明", "relation": "child", "letter": [LETTER]}}
    del good["applicant"]["phone"]
    assert words(form.validate(good, AGE)) == {"agent.phone": "请填写“代办人电话”"}


def test_a_rule_between_answers_speaks_once_both_are_there(form, good):
    good |= {"stay_from": "2026-02-01"}
    assert form.validate(good, AGE) == []
    good |= {"stay_to": "2026-01-01"}
    assert words(form.validate(good, AGE)) == {"stay_to": "退住日期不能早于入住日期"}


def test_another_system_cannot_slip_in_what_the_form_does_not_ask(form, good):
    good |= {"is_admin": True}
    good["account"]["limit"] = 10
    told = words(form.validate(good, AGE))
    assert set(told) == {""}
    assert "is_admin" in told[""] or "account.limit" in told[""]


@pytest.mark.parametrize("value", ["text", 1, [], [1], None, {"name": []}, {"name": {"a": 1}}])
@pytest.mark.parametrize("path", ["applicant", "members", "needs", "agent", "declaration"])
def test_data_of_the_wrong_shape_is_told_not_raised(form, good, path, value):
    good[path] = value
    good["for_whom"] = "other"
    assert form.validate(good, AGE)


def test_what_the_schema_says_of_the_whole_form_is_told_too(schema, sheet, good):
    schema["anyOf"] = [{"required": ["rooms"]}, {"required": ["remarks"]}]
    schema["if"] = {"properties": {"rooms": {"const": 1}}, "required": ["rooms"]}
    schema["then"] = {"required": ["remarks"]}
    form = Form(schema, Sheet.model_validate(sheet))
    assert words(form.validate(good, AGE)) == {"": "填写的内容前后不一致。请核对各项后重新提交"}
    assert words(form.validate(good | {"rooms": 1}, AGE)) == {"remarks": "请填写“备注”"}
    assert form.validate(good | {"rooms": 2}, AGE) == []


def test_nobody_is_stopped_by_a_mistake_in_the_register(form, known, good, caplog):
    """Registers hold numbers with a wrong check character; their bearers apply all the same."""
    known["applicant.name"] = replace(known["applicant.name"], value="陈")
    known["applicant.id_number"] = replace(known["applicant.id_number"], value="440199194511200028")
    assert form.validate(good, AGE, prefill=known) == []
    assert form.settled(good, AGE, prefill=known)["applicant"]["name"] == "陈"
    assert caplog.messages == [
        "the locked value at applicant.name is not what the schema wants",
        "the locked value at applicant.id_number is not what the schema wants",
    ]


def test_locked_values_are_checked_as_the_register_has_them(form, known, good):
    good["applicant"] = {"name": "王五", "phone": "13800138000"}
    assert form.validate(good, AGE, prefill=known) == []
    assert form.settled(good, AGE, prefill=known)["applicant"]["name"] == "陈玉兰"
