"""Decision tables: they decide, they say why, and they say so when they cannot."""

from datetime import date
from decimal import Decimal

import pytest

from yizhan import feel
from yizhan.workflow import Table, Verdict
from yizhan.workflow.tests.packs import table

CHEN = {"birth_date": date(1944, 5, 1), "today": date(2026, 11, 20), "local": True, "alive": True}

MATERIALS = """
key: materials
title: {zh: 所需材料, en: Materials}
hit_policy: C
inputs:
  - {name: by_agent, label: {zh: 代办, en: By an agent}, type: boolean}
  - {name: account, label: {zh: 有社保卡, en: Has a social security card}, type: boolean}
outputs:
  - {name: material, label: {zh: 材料, en: Material}, type: string}
rules:
  - {id: id_card, when: ["-", "-"], then: ['"identity_card"'], because: {zh: 核对身份, en: Identity}}
  - {id: mandate, when: [true, "-"], then: ['"mandate"'], because: {zh: 代办须委托, en: Mandate}}
  - {id: account, when: ["-", false], then: ['"bank_account"'], because: {zh: 发放账户, en: Account}}
"""
FEES = """
key: fees
title: {zh: 费用, en: Fees}
hit_policy: C
aggregation: sum
inputs:
  - {name: copies, label: {zh: 份数, en: Copies}, type: integer}
outputs:
  - {name: fee, label: {zh: 费用, en: Fee}, type: number}
rules:
  - {id: base, when: ["-"], then: ["10.50"], because: {zh: 工本费, en: Base}}
  - {id: more, when: ["> 1"], then: ["(copies - 1) * 2"], because: {zh: 加印费, en: Copies}}
"""
FIRST = """
key: priority
title: {zh: 优先次序, en: Priority}
hit_policy: F
inputs:
  - {name: income, label: {zh: 月收入, en: Income}, type: number, required: false}
outputs:
  - {name: level, label: {zh: 级别, en: Level}, type: string, values: '"A", "B", "C"'}
rules:
  - {id: low, when: ["< 1000"], then: ['"A"'], because: {zh: 收入低, en: Low}}
  - {id: unknown, when: ["null"], then: ['"B"'], because: {zh: 收入未知, en: Unknown}}
  - {id: rest, when: ["-"], then: ['"C"'], because: {zh: 其他, en: Others}}
"""


def decide(facts, text=None, **changes):
    return Table(table(text, **changes) if text else table(**changes)).decide(facts)


def test_an_old_lady_gets_what_the_rule_for_her_age_says():
    decision = decide(CHEN)
    assert decision.verdict is Verdict.DECIDED
    assert decision.outputs == {"eligible": True, "monthly": 100}
    assert [hit.id for hit in decision.hits] == ["eighties"]
    assert [str(words.zh) for words in decision.explain()] == [
        "周岁：82；本区户籍：是；健在：是",
        "依据规则 eighties：年满八十周岁",
    ]
    assert [words.en for words in decision.explain()][1] == "rule eighties: Eighty or older"


def test_the_trace_tells_of_every_rule_and_condition():
    trace = {seen.id: (seen.answers, seen.holds) for seen in decide(CHEN).trace}
    assert list(trace) == ["young", "elsewhere", "seventies", "eighties", "nineties", "deceased"]
    assert trace["seventies"] == ((False, True, True), False)
    assert trace["elsewhere"] == ((True, False, True), False)
    assert trace["eighties"] == ((True, True, True), True)


def test_facts_may_come_as_json():
    as_json = {**CHEN, "birth_date": "1944-05-01", "today": "2026-11-20"}
    assert decide(as_json) == decide(CHEN)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"birth_date": None}, "缺少周岁"),
        ({"birth_date": "1944"}, "birth_date：值不是日期"),
        ({"local": None}, "缺少本区户籍"),
        ({"local": "true"}, "local：值不是是或否"),
        ({"local": float("nan")}, "local：不是有限的数"),
    ],
)
def test_a_missing_fact_leaves_the_matter_undecided(change, words):
    decision = decide({**CHEN, **change})
    assert decision.verdict is Verdict.MISSING
    assert not decision.outputs
    assert not decision.trace
    assert words in [reason.zh for reason in decision.reasons]


def test_a_value_that_is_not_allowed_is_told():
    decision = decide({**CHEN, "birth_date": "2027-01-01"})
    assert decision.verdict is Verdict.DECIDED  # nobody is minus one year old, but not yet born is under one
    decision = decide({**CHEN, "birth_date": "1800-01-01"})
    assert decision.verdict is Verdict.FAULTY
    assert decision.reasons[0].zh == "周岁的值不在允许范围"


def test_two_rules_at_once_are_a_conflict_and_no_rule_is_none():
    rules = table().model_dump()["rules"]
    both = [*rules, {**rules[3], "id": "again"}]
    decision = decide(CHEN, rules=both)
    assert decision.verdict is Verdict.CONFLICT
    assert decision.reasons[0].zh == "有多条规则同时成立：eighties、again"
    assert len(decision.hits) == 2
    decision = decide(CHEN, rules=rules[:3])
    assert (decision.verdict, decision.reasons[0].zh) == (Verdict.NO_RULE, "没有规则成立")


def test_under_first_the_first_rule_decides_and_unknown_can_be_a_case_of_its_own():
    assert decide({"income": 500}, FIRST).outputs == {"level": "A"}
    assert decide({"income": None}, FIRST).outputs == {"level": "B"}
    decision = decide({"income": "1000.00"}, FIRST)
    assert decision.outputs == {"level": "C"}
    assert len(decide({"income": 500}, FIRST).trace) == 1


def test_under_collect_all_results_come_together():
    decision = decide({"by_agent": True, "account": False}, MATERIALS)
    assert decision.outputs == {"material": ("identity_card", "mandate", "bank_account")}
    assert len(decision.hits) == 3


@pytest.mark.parametrize(
    ("aggregation", "fee"), [("sum", Decimal("14.5")), ("min", 4), ("max", Decimal("10.5")), ("count", 2)]
)
def test_collected_numbers_can_become_one(aggregation, fee):
    assert decide({"copies": 3}, FEES, aggregation=aggregation).outputs == {"fee": fee}


def test_collecting_nothing_is_an_empty_list_or_no_rule():
    only_more = [table(FEES).model_dump()["rules"][1]]
    assert decide({"copies": 1}, FEES, rules=only_more).verdict is Verdict.NO_RULE
    assert decide({"copies": 1}, FEES, rules=only_more, aggregation="count").outputs == {"fee": 0}
    assert decide({"copies": 1}, FEES, rules=only_more, aggregation=None).outputs == {"fee": ()}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1 / 0", ["规则 base：费用没有值", "规则 base：结果无法表示（除以零、溢出或时区不同）"]),
        ('"ten"', ["规则 base：费用不是数"]),
        ("sum(for i in 1..1000000 return i)", ["计算步数超过 1000000，请简化表达式"]),
    ],
)
def test_a_result_that_cannot_be_had_is_a_fault_of_the_table(cell, words):
    rules = table(FEES).model_dump()["rules"]
    rules[0]["then"] = [cell]
    decision = decide({"copies": 1}, FEES, rules=rules)
    assert decision.verdict is Verdict.FAULTY
    assert [reason.zh for reason in decision.reasons] == words
    assert not decision.outputs


def test_a_decision_can_be_kept_as_json_and_read_years_later():
    record = decide(CHEN).record()
    assert record["outputs"] == {"eligible": True, "monthly": 100}
    assert record["inputs"] == {"age": 82, "local": True, "alive": True}
    assert record["rules"] == ["eighties"]
    assert record["words"][1]["zh"] == "依据规则 eighties：年满八十周岁"


def test_a_table_that_is_no_feel_is_not_compiled():
    rules = table().model_dump()["rules"]
    rules[0]["when"][0] = "< "
    with pytest.raises(feel.SyntaxFault):
        Table(table(rules=rules))
