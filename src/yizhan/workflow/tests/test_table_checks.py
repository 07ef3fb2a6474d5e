"""A wrong table is told all its faults at once, each at its place."""

import pytest

from yizhan.workflow.tables.checking import problems
from yizhan.workflow.tests.packs import ELIGIBILITY, raw, table
from yizhan.workflow.tests.test_tables import FEES, FIRST, MATERIALS


def told(**changes):
    return {(p.path, p.message): p.suggestion for p in problems(table(**changes)) if p.weight == "error"}


def places(**changes):
    return {path for path, _message in told(**changes)}


def changed(part, number, **values):
    rows = raw(ELIGIBILITY)[part]
    rows[number] = {**rows[number], **values}
    return {part: rows}


def test_the_examples_of_these_tests_are_in_order():
    assert problems(table()) == []
    assert {p.weight for text in (MATERIALS, FEES, FIRST) for p in problems(table(text))} == {"warning"}


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        (changed("rules", 1, when=["70 <", "-", True]), "rules[1].when[0]", "表达式未写完"),
        (changed("rules", 1, when=["-", "-"]), "rules[1].when", "有 2 个单元格，但表有 3 列"),
        (changed("rules", 1, then=[True]), "rules[1].then", "有 1 个单元格，但表有 2 列"),
        (changed("rules", 1, when=['"old"', "-", "-"]), "rules[1].when[0]", "old 不是整数"),
        (changed("rules", 1, when=["70.5", "-", "-"]), "rules[1].when[0]", "70.5 不是整数"),
        (changed("rules", 1, when=["-", "1", "-"]), "rules[1].when[1]", "1 不是是或否"),
        (changed("rules", 1, when=["200", "-", "-"]), "rules[1].when[0]", "200 不在允许的值之中：[0..150]"),
        (changed("rules", 1, then=[True, '"x"']), "rules[1].then[1]", "x 不是数"),
        (changed("rules", 1, then=[True, -5]), "rules[1].then[1]", "-5 不在允许的值之中：[0..1000]"),
        (changed("rules", 1, then=[True, "summ(1)"]), "rules[1].then[1]", "没有函数 summ，是否应为 sum？"),
        (changed("rules", 1, id="young"), "rules[1].id", "young 出现两次"),
        (changed("inputs", 1, name="age"), "inputs[1].name", "age 出现两次"),
        (changed("inputs", 1, name="in"), "inputs[1].name", "in 是表达式的保留字，请换一个名称"),
        (changed("inputs", 0, values="[0.."), "inputs[0].values", "表达式未写完"),
        (changed("outputs", 1, name="eligible"), "outputs[1].name", "eligible 出现两次"),
        (changed("outputs", 1, values='"a"'), "outputs[1].values", "a 不是数"),
        ({"facts": {"local": "boolean"}}, "facts.local", "local 已是输入列的名称"),
        ({"aggregation": "sum"}, "aggregation", "只有命中策略 C 才能汇总"),
        ({"aggregation": "sum", "hit_policy": "C"}, "aggregation", "汇总的表只能有一个结果列"),
        (changed("examples", 0, expect={"monthly": 31}), "examples[0].expect.monthly", "应为 31，实为 30"),
        (changed("examples", 0, expect={"month": 30}), "examples[0].expect.month", "结果里没有 month"),
        (
            changed("examples", 0, verdict="missing"),
            "examples[0]",
            "应得 missing（缺少必需的值），实得 decided（有结论）",
        ),
        (
            changed("examples", 3, verdict="decided"),
            "examples[3]",
            "应得 decided（有结论），实得 missing（缺少必需的值）",
        ),
        (changed("examples", 0, given={"age": 3}), "examples[0].given.age", "表不使用事实 age"),
    ],
)
def test_a_fault_is_told_at_its_place(changes, path, message):
    assert (path, message) in told(**changes)


def test_unknown_names_are_told_with_the_nearest_known_one():
    wrong = changed("inputs", 0, expression="years and months duration(birthdate, today).years")
    assert told(**wrong)["inputs[0].expression", "没有名为 birthdate 的事实"] == "是否应为 birth_date？"


def test_a_bare_word_in_a_column_of_texts_was_meant_as_a_text():
    rows = raw(FIRST)["rules"]
    rows[0]["then"] = ["A"]
    found = {p.path: p.suggestion for p in problems(table(FIRST, rules=rows))}
    assert found["rules[0].then[0]"] == "文本请加双引号：'\"A\"'"


def test_all_faults_come_at_once():
    rules = raw(ELIGIBILITY)["rules"]
    rules[0]["when"] = ["<", "-", "1"]
    rules[3]["then"] = ["x", "-1"]
    assert places(rules=rules, facts={}) == {
        "inputs[0].expression",
        "rules[0].when[0]",
        "rules[0].when[2]",
        "rules[3].then[0]",
        "rules[3].then[1]",
    }


def warnings(definition):
    return [p.message for p in problems(definition) if p.weight == "warning"]


def test_gaps_and_overlaps_are_warned_about():
    rules = raw(ELIGIBILITY)["rules"]
    rules[2]["when"] = ["[70..80]", True, True]
    del rules[4]
    assert warnings(table(rules=rules)) == [
        "没有规则适用于，例如：age = 90, local = true, alive = true",
        "没有规则适用于，例如：age = 91, local = true, alive = true",
        "没有规则适用于，例如：age = 149, local = true, alive = true",
        "没有规则适用于，例如：age = 150, local = true, alive = true",
        "规则 seventies, eighties 同时适用于，例如：age = 80, local = true, alive = true",
    ]


def test_a_number_that_need_not_be_whole_has_gaps_between():
    rows = [
        {"id": "a", "when": ["<= 69"], "then": ["1"], "because": {"zh": "一", "en": "one"}},
        {"id": "b", "when": [">= 70"], "then": ["2"], "because": {"zh": "二", "en": "two"}},
    ]
    columns = {"name": "x", "label": {"zh": "值", "en": "value"}}
    given = {
        "outputs": [{**columns, "name": "y", "type": "number"}],
        "rules": rows,
        "examples": [],
        "facts": {},
    }
    whole = table(inputs=[{**columns, "type": "integer"}], **given)
    broken = table(inputs=[{**columns, "type": "number"}], **given)
    assert warnings(whole) == ["没有示例"]
    assert warnings(broken) == ["没有示例", "没有规则适用于，例如：x = 69.5"]


def test_enumerated_values_and_days_are_explored_too():
    label = {"zh": "甲", "en": "a"}
    text = {"name": "x", "label": label, "type": "string", "values": '"a", "b", "c"'}
    day = {"name": "d", "label": label, "type": "date"}
    rows = [
        {"id": "1", "when": ['"a", "b"', '< @"2026-01-01"'], "then": ["1"], "because": label},
        {"id": "2", "when": ['not("c")', '>= date("2026-01-01")'], "then": ["1"], "because": label},
    ]
    given = {"outputs": [{"name": "y", "label": label, "type": "number"}], "rules": rows, "facts": {}}
    assert [w for w in warnings(table(inputs=[text, day], examples=[], **given)) if "示例" not in w] == [
        "没有规则适用于，例如：x = c, d = 2025-12-31",
        "没有规则适用于，例如：x = c, d = 2026-01-01",
        "没有规则适用于，例如：x = c, d = 2026-01-02",
    ]


def test_what_may_be_unknown_must_be_provided_for():
    rows = raw(FIRST)["rules"]
    assert "没有规则适用于，例如：income = null" in warnings(
        table(FIRST, rules=[rows[0], {**rows[2], "when": [">= 1000"]}])
    )
    required = raw(FIRST)["inputs"][0] | {"required": True}
    assert "此列必填，不会是 null，该条件永不成立" in warnings(table(FIRST, inputs=[required]))


def test_columns_too_clever_to_explore_are_left_alone():
    rules = raw(ELIGIBILITY)["rules"]
    rules[2]["when"][0] = "? >= 70 and ? < 80"
    rules.pop()
    assert warnings(table(rules=rules)) == []
