"""A state of a process asks a decision of a model as it asks a table."""

from yizhan.workflow import compile
from yizhan.workflow.dmn import decisions_of
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes.checking import problems
from yizhan.workflow.tests.packs import flow
from yizhan.workflow.tests.test_dmn_verdicts import CHEN, written
from yizhan.workflow.tests.walking import Walked

PROCESS = """
key: asking
title: {zh: 判定, en: Asking}
start: amount
states:
  amount:
    kind: decision
    title: {zh: 金额, en: Amount}
    phase: review
    table: allowance.amount
    cases: [{when: monthly >= 100, to: granted}]
    otherwise: refused
  granted: {kind: end, title: {zh: 准予, en: Granted}, outcome: granted}
  refused: {kind: end, title: {zh: 不予, en: Refused}, outcome: refused}
"""


def tables():
    return decisions_of({"allowance": written()})


def test_it_goes_where_the_decision_leads_and_says_why():
    graph = compile(flow(PROCESS), tables())
    assert set(graph.all_facts) == {"birth_date", "local", "today"}
    case = Walked(graph, CHEN)
    assert case.ended == ("completed", "granted")
    assert case.left("amount") == {"monthly": 100, "paper": "granted", "verdict": "decided"}
    (decision,) = case.step.of(ef.DecideWith)
    assert decision.decision.hits


def test_by_the_name_of_the_decision_too():
    case = Walked(compile(flow(PROCESS.replace("allowance.amount", "allowance.每月金额")), tables()), CHEN)
    assert case.ended == ("completed", "granted")


def test_one_that_is_not_there_is_told_with_the_nearest():
    wrong = PROCESS.replace("allowance.amount", "allowance.amuont")
    (found,) = [one for one in problems(flow(wrong), tables(), {}) if one.weight == "error"]
    assert (found.path, "allowance.amount" in found.suggestion) == ("states.amount.table", True)
    assert not problems(flow(PROCESS), tables(), {})


def test_a_model_that_cannot_be_read_has_no_decisions():
    assert not decisions_of({"broken": "<definitions"})
