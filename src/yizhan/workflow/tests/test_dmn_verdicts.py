"""A decision of a model is asked like a table: a verdict, its outputs, and why."""

from datetime import date
from decimal import Decimal

import pytest

from yizhan.workflow.dmn import DmnFault, decision_of
from yizhan.workflow.tables.decision import Verdict
from yizhan.workflow.tests.dmn import model

X = '<inputData id="{0}" name="{0}"><variable name="{0}" typeRef="{1}"/></inputData>'
NEED = '<informationRequirement><{0} href="#{1}"/></informationRequirement>'


def cell(tag, text):
    return f"<{tag}><text>{text}</text></{tag}>"


def rule(key, when, then, zh="", en=""):
    notes = cell("annotationEntry", zh) + cell("annotationEntry", en) if zh or en else ""
    cells = "".join(cell("inputEntry", one) for one in when) + cell("outputEntry", then)
    return f'<rule id="{key}">{cells}{notes}</rule>'


GROUP = (
    '<decision id="group" name="年龄组"><variable name="年龄组" typeRef="string"/>'
    + NEED.format("requiredInput", "birth_date")
    + '<decisionTable hitPolicy="UNIQUE"><input label="周岁"><inputExpression typeRef="number">'
    "<text>years and months duration(birth_date, today()).years</text></inputExpression></input>"
    '<output typeRef="string"/><annotation name="理由"/><annotation name="en"/>'
    + rule("young", ["&lt; 70"], '"none"', "未满七十周岁", "Under seventy")
    + rule("old", ["[70..90)"], '"old"', "年满七十周岁", "Seventy or older")
    + rule("very_old", ["&gt;= 90"], '"very old"', "年满九十周岁", "Ninety or older")
    + "</decisionTable></decision>"
)
AMOUNT = (
    '<decision id="amount" name="每月金额"><variable name="每月金额" typeRef="tAmount"/>'
    + NEED.format("requiredDecision", "group")
    + NEED.format("requiredInput", "local")
    + '<decisionTable hitPolicy="{policy}"><input><inputExpression><text>年龄组</text></inputExpression></input>'
    "<input><inputExpression><text>local</text></inputExpression></input>"
    '<output name="monthly" typeRef="number"/><output name="paper" typeRef="string"/>'
    "{rules}</decisionTable></decision>"
)
ROWS = (
    '<rule id="yes"><inputEntry><text>"old", "very old"</text></inputEntry><inputEntry><text>true</text></inputEntry>'
    '<outputEntry><text>100</text></outputEntry><outputEntry><text>"granted"</text></outputEntry></rule>'
    '<rule><inputEntry><text>"none"</text></inputEntry><inputEntry><text>-</text></inputEntry>'
    '<outputEntry><text>0</text></outputEntry><outputEntry><text>"refused"</text></outputEntry></rule>'
)
TYPE = (
    '<itemDefinition name="tAmount"><itemComponent name="monthly"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="paper"><typeRef>string</typeRef></itemComponent></itemDefinition>'
)
CHEN = {"birth_date": "1944-05-01", "today": date(2026, 11, 20), "local": True}


def written(policy="UNIQUE", rows=ROWS):
    parts = TYPE + X.format("birth_date", "date") + X.format("local", "boolean")
    return model(parts + GROUP + AMOUNT.format(policy=policy, rules=rows)).decode()


def asked(key="allowance.amount", policy="UNIQUE", rows=ROWS):
    return decision_of({"allowance": written(policy, rows)}, key)


def test_a_decision_says_what_it_needs_and_gives():
    assert asked().facts == {"birth_date": "date", "local": "boolean", "today": "date"}
    assert asked().outputs == {"monthly": "number", "paper": "string"}
    assert asked("allowance.group").outputs == {"value": "string"}
    assert asked("allowance.年龄组").key == "allowance.年龄组"


def test_a_verdict_has_outputs_and_the_rules_of_every_decision_on_the_way():
    decision = asked().decide(CHEN)
    assert decision.verdict is Verdict.DECIDED
    assert decision.outputs == {"monthly": Decimal(100), "paper": "granted"}
    assert [(hit.id, hit.because.zh, hit.because.en) for hit in decision.hits] == [
        ("old", "年满七十周岁", "Seventy or older"),
        ("yes", "每月金额，第 1 条规则", "每月金额, rule 1"),
    ]
    assert decision.hits[0].outputs == {"年龄组": "old"}
    assert [words.zh for words in decision.explain()] == [
        "local：是；birth_date：1944-05-01",
        "依据规则 old：年满七十周岁",
        "依据规则 yes：每月金额，第 1 条规则",
    ]
    assert decision.record()["rules"] == ["old", "yes"]


@pytest.mark.parametrize(
    ("change", "verdict", "words"),
    [
        ({"local": None}, Verdict.MISSING, "缺少local"),
        ({"birth_date": "1944"}, Verdict.MISSING, "值不是日期"),
        ({"local": False}, Verdict.NO_RULE, "没有规则成立"),
    ],
)
def test_what_cannot_be_decided_says_why(change, verdict, words):
    decision = asked().decide({**CHEN, **change})
    assert (decision.verdict, decision.outputs) == (verdict, {})
    assert words in [reason.zh for reason in decision.reasons]


def test_two_rules_at_once_are_a_conflict_and_a_limit_is_a_fault():
    decision = asked(rows=ROWS + ROWS.replace('"yes"', '"again"')).decide(CHEN)
    assert decision.verdict is Verdict.CONFLICT
    assert [hit.id for hit in decision.hits if hit.id != "old"] == ["yes", "again"]
    endless = ROWS.replace("100</text>", "sum(for i in 1..999999 return i)</text>")
    decision = asked(rows=endless).decide(CHEN)
    assert decision.verdict is Verdict.FAULTY
    assert "计算步数超过" in decision.reasons[0].zh


def test_a_decision_that_is_not_there_is_told():
    with pytest.raises(DmnFault, match="模型里没有 nothing"):
        asked("allowance.nothing")
    with pytest.raises(KeyError):
        asked("other.amount")
