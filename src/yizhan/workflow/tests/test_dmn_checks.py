"""What is wrong with a model is told before anybody depends on it: all at once, with line and id."""

import pytest

from yizhan.workflow.dmn.checking import problems
from yizhan.workflow.tests.dmn import ALLOWANCE, NEW, decision, literal, model, needs

TEXT = ALLOWANCE.decode()


def told(source, others=None):
    return [(one.path, one.message, one.weight) for one in problems(source, others or {})]


def test_a_model_in_order_has_no_problems():
    assert problems(TEXT, {}) == []


def test_all_faults_come_at_once_with_their_lines():
    source = (
        TEXT.replace("per month * 12", "per moth * 12")
        .replace('typeRef="tNote"', 'typeRef="tNode"')
        .replace('href="#kind"', 'href="#knd"')
        .replace("decisionService", "decisonService")
        .replace("hitPolicy=", "hitpolicy=")
        .replace("&lt; 70", "&lt; seventy")
        .replace('"账户"', "'账户'")
    )
    found = problems(source, {})
    lines = source.splitlines()
    words = {one.message: lines[one.place.line - 1].strip() for one in found}
    assert {(message, "".join(line.split())[:16]) for message, line in words.items()} >= {
        ("没有类型 tNode", '<decisionid="not'),
        ("不认识的元素 decisonService", "<decisonServicei"),
        ("不认识的属性 hitpolicy", "<decisionTablehi"),
        ("所需的 knd 不在模型里", '<decisionid="amo'),
        ("此处看不到 seventy，请检查所需的输入和决策", "<rule><inputEntr"),
    }
    assert any(one.message == "文本请用双引号" and one.path == "Note.Paid to" for one in found)
    assert all(one.weight == "error" for one in found)
    assert [one.place.line for one in found] == sorted(one.place.line for one in found)


def test_a_cell_that_is_no_feel_is_told_with_its_own_line_and_a_mark():
    source = TEXT.replace("&lt; 70", "&lt; 70,\n\n   7 7")
    (found,) = problems(source, {})
    assert found.path == "Kind of allowance.rules[0].when[0]"
    assert "7 7" in source.splitlines()[found.place.line - 1]
    assert found.suggestion == "   7 7\n     ^"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[70..90)", "[71..90)", "没有规则适用于，例如：Age in years = 70"),
        ("[70..90)", "[69..90)", "规则 1, 2 同时适用于，例如：Age in years = 69"),
    ],
)
def test_gaps_and_overlaps_are_warnings(old, new, words):
    found = told(TEXT.replace(old, new))
    assert ("Kind of allowance", words, "warning") in found
    assert all(weight == "warning" for _path, _message, weight in found)


def test_a_default_fills_gaps_and_an_order_settles_overlaps():
    filled = TEXT.replace("[70..90)", "[71..90)").replace(
        "<output/>", '<output><defaultOutputEntry><text>"none"</text></defaultOutputEntry></output>'
    )
    assert told(filled) == []
    assert told(TEXT.replace("[70..90)", "[69..90)").replace("UNIQUE", "FIRST")) == []
    same = TEXT.replace("[70..90)", "[69..90)").replace("UNIQUE", "ANY")
    assert [message for _path, message, _weight in told(same)] == [
        "规则 1, 2 同时适用于，例如：Age in years = 69"
    ]
    assert told(same.replace('"none"', '"old"')) == []


@pytest.mark.parametrize(
    ("inner", "path", "words"),
    [
        (decision(literal("1"), needs=needs("D", what="requiredDecision")), "D", "循环依赖自己"),
        (decision(literal("unheard(1)")), "D", "没有函数 unheard"),
        (decision("<filter><in>" + literal("[1]") + "</in><match/></filter>"), "D", "match 不完整"),
        (
            decision(
                '<for iteratorVariable="i"><in>'
                + literal("[1]")
                + "</in><return>"
                + literal("j")
                + "</return></for>"
            ),
            "D.for",
            "此处看不到 j，请检查所需的输入和决策",
        ),
        (
            '<businessKnowledgeModel id="b" name="b"><encapsulatedLogic kind="Java"/></businessKnowledgeModel>',
            "b",
            "不执行以 Java 编写的函数",
        ),
        (
            f'<import name="o" namespace="urn:o" importType="{NEW}"/>',
            "o",
            "应用包里没有命名空间为 urn:o 的模型",
        ),
    ],
)
def test_each_fault_has_its_words(inner, path, words):
    assert (path, words, "error") in told(model(inner).decode())


def test_what_is_no_model_and_what_reaches_out_is_told():
    assert "不是有效的 XML" in told("<a>")[0][1]
    assert told('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')[0][1].startswith("不接受")
    assert "不是 DMN 1.1 至 1.5 的模型" in told("<definitions xmlns='urn:other'/>")[0][1]


def test_models_of_a_pack_import_each_other():
    lower = model(decision(literal("1"), name="One")).decode()
    lower = lower.replace('name="allowance"', 'name="lower" namespace="urn:lower"')
    upper = f'<import name="low" namespace="urn:lower" importType="{NEW}"/>' + decision(
        literal("low.One + 1"), needs=needs("urn:lower#One", what="requiredDecision")
    )
    assert told(model(upper).decode(), {"lower": lower}) == []
    assert ("D", "所需的 One 不在模型里", "error") in told(model(upper).decode())


def test_extensions_and_drawings_of_other_programs_may_be_there():
    extra = '<extensionElements><x:y xmlns:x="urn:x"/></extensionElements>'
    drawing = '<d:DMNDI xmlns:d="https://www.omg.org/spec/DMN/20230324/DMNDI/"><d:DMNDiagram/></d:DMNDI>'
    inner = (
        decision(literal("1")).replace('name="D"><v', 'name="D" x:vendor="1" xmlns:x="urn:x"><v')
        + extra
        + drawing
    )
    assert told(model(inner).decode()) == []
