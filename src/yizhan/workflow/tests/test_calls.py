"""Processes of both notations call each other; what cannot be called is told by its name at the call."""

from __future__ import annotations

import pytest
from django.utils import translation

from yizhan.releases.files import plain_yaml
from yizhan.releases.kinds import Kinds
from yizhan.releases.pack import read
from yizhan.workflow import kinds, references
from yizhan.workflow.bpmn.shelf import Shelf
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.events import Started, TaskCompleted
from yizhan.workflow.processes.situation import Situation
from yizhan.workflow.processes.stepping import advance
from yizhan.workflow.references import References
from yizhan.workflow.tests.bpmn import END, START, file, flow, flows, gateway, process, task

OUTER = """key: outer
title: {zh: 外层, en: Outer}
start: sub
facts: {x: number}
states:
  sub:
    kind: subflow
    title: {zh: 核查, en: Inspection}
    phase: review
    calls: CALLED
    with: {amount: x * 2}
    to: last
  last:
    kind: task
    title: {zh: 审定, en: Decision}
    phase: decision
    role: calls.clerk
    actions:
      grant: {title: {zh: 批准, en: Grant}, to: done, when: 'sub.outcome = "end"'}
      again: {title: {zh: 重来, en: Again}, to: sub}
  done: {kind: end, title: {zh: 办结, en: Done}, outcome: granted}
"""
INNER = file(
    process(
        START, gateway("exclusive", "g", attributes='default="g_low"'), task("high"), task("low"), END,
        flow("g -> high", "amount &gt; 10"), flows("start -> g; g -> low; high -> end; low -> end"),
        key="inspection", facts=[("amount", "number")],
    )
).decode().replace("p.clerk", "calls.clerk")  # fmt: skip


def shelf(flows=(), **files):
    written = {
        text["key"]: FlowDefinition.model_validate(text) for text in (plain_yaml(one)[0] for one in flows)
    }
    return Shelf({}, written, files)


def calling(key):
    """A process in BPMN that calls another."""
    call = f'<callActivity id="call" name="复核" calledElement="{key}"/>'
    return file(process(START, call, END, flows("start -> call -> end"), key="drawn")).decode()


def walked(graph, facts, *steps):
    """Where a case stands after these steps: tokens and actions."""
    found = advance(graph, Situation(), Started(), facts)
    for node, action in steps:
        token = next(one.id for one in found.situation.tokens if one.node == node)
        found = advance(graph, found.situation, TaskCompleted(token, action), facts)
    return found.situation


@pytest.mark.parametrize(("x", "inner"), [(6, "sub/high"), (5, "sub/low")])
def test_a_written_process_calls_one_in_bpmn_which_sees_what_it_is_given(x, inner):
    graph = shelf([OUTER.replace("CALLED", "inspection")], inspection=INNER).graph("outer")
    first = walked(graph, {"x": x})
    assert [token.node for token in first.tokens if token.node != "sub"] == [inner]
    done = walked(graph, {"x": x}, (inner, "complete"), ("last", "grant"))
    assert done.ending.outcome == "granted"
    assert done.scopes[0].data["sub"] == {"outcome": "end"}


def test_one_in_bpmn_calls_a_written_one_that_calls_one_in_bpmn():
    files = {"inspection": INNER, "drawn": calling("outer")}
    graph = shelf([OUTER.replace("CALLED", "inspection")], **files).graph("drawn")
    here = walked(graph, {"x": 1}, ("call/sub/low", "complete"), ("call/last", "grant"))
    assert here.ending.outcome == "end"


def test_each_notation_counts_what_the_other_calls():
    found = shelf([OUTER.replace("CALLED", "inspection")], inspection=INNER, drawn=calling("outer"))
    assert found.calls("drawn") == {"drawn", "outer", "inspection"}


@pytest.fixture
def told(tmp_path, monkeypatch):
    """What is said of a pack with the written process and files in BPMN."""
    own, known = Kinds(), References()
    for kind in (kinds.PROCESS, kinds.BPMN, kinds.TABLE, kinds.MODEL):
        own.announce(kind)
    known.announce("role", lambda _pack: ["calls.clerk"])
    monkeypatch.setattr(references, "house", known)
    folder = tmp_path / "calls"
    (folder / "processes").mkdir(parents=True)
    (folder / "pack.yaml").write_text("code: calls\ntitle: {zh: 调用, en: Calls}\nunit: mzj\n", "utf-8")

    def read_with(called, **files):
        texts = {
            "outer.flow.yaml": OUTER.replace("CALLED", called),
            **{f"{k}.bpmn": v for k, v in files.items()},
        }
        for name, text in texts.items():
            (folder / "processes" / name).write_text(text, "utf-8")
        return [str(fault) for fault in read(folder, own).errors]

    return read_with


def test_a_pack_in_which_they_call_each_other_is_in_order(told):
    assert told("inspection", inspection=INNER, drawn=calling("outer")) == []


@pytest.mark.parametrize(
    ("called", "files", "words"),
    [
        ("inspect", {"inspection": INNER},
         "calls: 没有流程 inspect（processes/ 里的 .flow.yaml 或 .bpmn） → 是否应为 inspection？"),
        ("inspection", {"inspection": INNER.replace("g -&gt; high", "").replace('sourceRef="high"', 'sourceRef="gone"')},
         "calls: BPMN 流程 inspection 有错误，不能调用；请先改好它"),
        ("drawn", {"drawn": calling("outer")}, "calls: 流程 drawn 又会调用本流程，没有尽头"),
        ("outer", {}, "calls: 流程 outer 又会调用本流程，没有尽头"),
        ("inspection", {"inspection": INNER.replace('name="amount" type="number"', 'name="x" type="string"')
                        .replace("amount &gt; 10", "x = null")},
         "calls: 事实 x 在流程中是数，在子流程 inspection 中是文本"),
    ],
)  # fmt: skip
def test_what_cannot_be_called_is_told_at_the_call(told, called, files, words):
    found = told(called, **files)
    assert any(f"outer.flow.yaml:10 states.sub.{words}" in fault for fault in found), found


def test_and_in_bpmn_at_its_call(told):
    with translation.override("en"):
        found = told("drawn", drawn=calling("outer"))
        assert any(
            "drawn.bpmn:1 call “复核”: the process outer calls this one again" in fault for fault in found
        ), found
        found = told("inspection", inspection=INNER, drawn=calling("outre"))
    assert any(
        "drawn.bpmn:1 call “复核”: there is no process outre that can be executed" in fault for fault in found
    )
