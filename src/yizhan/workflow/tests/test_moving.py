"""A case carried over to another graph stands there as it stood here, and goes on in the same way; or it is told why not."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from yizhan.workflow import NOT_BEGUN, Message, NotPossible, Started, TaskCompleted, advance, compile
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.moving import CannotStand, carried, like, times, whole
from yizhan.workflow.tests.test_nested_walks import PICKS, flows
from yizhan.workflow.tests.walking import Walked

calm = settings(max_examples=120, deadline=None, database=None)


def renamed(written):
    """The same process with another name for each of its states."""
    return json.loads(re.sub(r"\bs(\d+)\b", r"z\1", json.dumps(written)))


def names_of(graph):
    return {key: re.sub(r"\bs(\d+)\b", r"z\1", key) for key in graph.nodes}


def acted(graph, situation, pick, way):
    """What somebody could do next, if anybody can do anything."""
    hosts = {scope.token for scope in situation.scopes}
    found = [
        (token, graph.nodes[token.node])
        for token in situation.tokens
        if token.id not in hosts and isinstance(graph.nodes[token.node], n.Task | n.Wait)
    ]
    token, node = found[pick % len(found)]
    ways = sorted(node.actions if isinstance(node, n.Task) else node.answers)
    chosen = ways[way % len(ways)]
    return TaskCompleted(token.id, chosen) if isinstance(node, n.Task) else Message(chosen, token=token.id)


@calm
@given(flows(), PICKS)
def test_a_moved_case_goes_on_as_if_it_had_always_been_there(written, picks):
    old, new = (compile(FlowDefinition.model_validate(one), {}) for one in (written, renamed(written)))
    names, passed = names_of(old), set()
    here = advance(old, NOT_BEGUN, Started(), {"x": 5})
    there = advance(new, NOT_BEGUN, Started(), {"x": 5}).situation
    for pick, way, now in picks:
        passed |= {change.node for change in here.of(ef.Enter)}
        moved = carried(old, new, here.situation, names, passed)
        assert moved.plain() == there.plain()
        if not here.situation.is_open:
            break
        event = acted(old, here.situation, pick, way)
        here = advance(old, here.situation, event, {"x": now})
        there = advance(new, moved, event, {"x": now}).situation


@calm
@given(flows(), flows(), PICKS)
def test_nobody_is_left_where_nothing_is(written, other, picks):
    """Between two processes that have nothing to do with each other: whoever goes, stands at nodes of the same kind."""
    old, new = (compile(FlowDefinition.model_validate(one), {}) for one in (written, other))
    situation = advance(old, NOT_BEGUN, Started(), {"x": 5}).situation
    for pick, way, now in picks[:6]:
        try:
            moved = carried(old, new, situation, {})
        except CannotStand as fault:
            assert fault.node in old.nodes
            assert fault.words.zh != fault.words.en
        else:
            assert [token.id for token in moved.tokens] == [token.id for token in situation.tokens]
            for before, after in zip(situation.tokens, moved.tokens, strict=True):
                assert like(old.nodes[before.node], new.nodes[after.node]) is None
        if not situation.is_open:
            break
        situation = advance(old, situation, acted(old, situation, pick, way), {"x": now}).situation


T = {"zh": "甲", "en": "a"}
END = {"kind": "end", "title": T, "outcome": "done"}


def task(to, **more):
    actions = {"go": {"title": T, "to": to}}
    return {"kind": "task", "title": T, "phase": "review", "role": "p.r", "actions": actions, **more}


def graph(start, **states):
    written = {"key": "p", "title": T, "start": start, "states": {**states, "end": END}}
    return compile(FlowDefinition.model_validate(written), {})


def branches(*keys):
    inner = {
        key: {"title": T, "start": f"{key}1", "states": {f"{key}1": task(f"{key}2"), f"{key}2": END}}
        for key in keys
    }
    return {"kind": "parallel", "title": T, "phase": "review", "branches": inner, "to": "end"}


def joint(*units, consents=("go",), **more):
    of = json.dumps(list(units))
    work = {"role": "p.r", "actions": {"go": {"title": T}, "no": {"title": T}}}
    return {"kind": "joint", "title": T, "phase": "review", "departments": {"of": of}, "task": work,
            "consents": list(consents), "to": "end", **more}  # fmt: skip


def words_of(old, new, situation, names=None, passed=frozenset()):
    with pytest.raises(CannotStand) as fault:
        carried(old, new, situation, names or {}, passed)
    return fault.value


def test_a_place_that_is_gone_is_named():
    old, new = graph("a", a=task("end")), graph("b", b=task("end"))
    case = Walked(old)
    fault = words_of(old, new, case.situation)
    assert (fault.node, "没有对应的环节" in fault.words.zh, "no like" in fault.words.en) == ("a", True, True)
    moved = carried(old, new, case.situation, {"a": "b"})
    assert [token.node for token in moved.tokens] == ["b"]


def test_a_place_of_another_kind_is_named():
    wait = {"kind": "wait", "title": T, "phase": "review", "answers": {"yes": {"title": T, "to": "end"}}}
    old, new = graph("a", a=task("end")), graph("a", a=wait)
    assert "不是同一种环节" in words_of(old, new, Walked(old).situation).words.zh


def test_one_who_acts_and_several_who_act_are_not_alike():
    old, new = graph("a", a=task("end")), graph("a", a=joint("u1", "u2"))
    assert "不同数量的单位" in words_of(old, new, Walked(old).situation).words.zh


def test_departments_that_were_asked_stay_those_who_were_asked():
    old, new = graph("j", j=joint("u1", "u2", "u3")), graph("j", j=joint("u1", "u2", "u3", "u4"))
    case = Walked(old).chooses("j", "go", one="u1")
    moved = Walked(new)
    moved.situation = carried(old, new, case.situation, {})
    moved.chooses("j", "go", one="u2").chooses("j", "go", one="u3")
    assert moved.ended == ("completed", "done")


def test_answers_that_were_given_are_not_counted_by_another_rule():
    old, new = graph("j", j=joint("u1", "u2", "u3")), graph("j", j=joint("u1", "u2", "u3", policy="veto"))
    case = Walked(old)
    carried(old, new, case.situation, {})
    case.chooses("j", "go", one="u1")
    fault = words_of(old, new, case.situation)
    assert "已有 1 家单位办理" in fault.words.zh


def test_a_branch_that_would_never_be_gone_is_named():
    old, new = graph("p", p=branches("a", "b")), graph("p", p=branches("a", "b", "c"))
    fault = words_of(old, new, Walked(old).situation)
    assert "增加了分支" in fault.words.zh


def test_two_branches_that_became_one_step_wait_until_one_of_them_is_done():
    old, new = graph("p", p=branches("a", "b")), graph("p", p=branches("a", "b"))
    case, names = Walked(old), {"b1": "a1"}
    fault = words_of(old, new, case.situation, names)
    assert fault.node == "b1"
    assert "同时停在“甲”（a1）和“甲”（b1）" in fault.words.zh
    assert "both are one node “a” (a1)" in fault.words.en


def test_a_renamed_body_takes_what_the_house_added_to_it_along():
    old, new = graph("p", p=branches("a", "b")), graph("q", q=branches("a", "b"))
    case = Walked(old)
    moved = carried(old, new, case.situation, whole(old, {"p": "q"}))
    there = Walked(new)
    assert moved.plain() == there.situation.plain()


def test_times_of_the_old_process_are_dropped_and_those_of_the_new_set():
    late = {"at": 'duration("PT1H")', "to": "end"}
    old = graph("a", a=task("end", on={"nudge": late}))
    new = graph("a", a=task("end", on={"other": late}))
    before = Walked(old).situation
    after = carried(old, new, before, {})
    changes = times(old, new, before, after, {})
    token = before.tokens[0].id
    assert changes == [ef.DropTimer(f"nudge:{token}"), ef.ArmTimer(f"other:{token}", token, None, "PT1H")]
    assert times(new, new, after, after, {}) == []


def test_a_moved_case_refuses_what_the_new_process_does_not_know():
    old = graph("a", a=task("end"))
    new = graph("a", a={**task("end"), "actions": {"leave": {"title": T, "to": "end"}}})
    moved = carried(old, new, Walked(old).situation, {})
    with pytest.raises(NotPossible):
        advance(new, moved, TaskCompleted(moved.tokens[0].id, "go"), {})


def test_steps_that_became_one_leave_what_they_left_whatever_the_order():
    old = graph("a", a=task("b"), b=task("c"), c=task("end"))
    new = graph("one", one=task("c"), c=task("end"))
    case = Walked(old).chooses("a", "go").chooses("b", "go")
    names = {"a": "one", "b": "one"}
    scope = case.situation.scopes[0]
    assert list(scope.data) == ["a", "b"]
    turned = replace(scope, data=dict(reversed(scope.data.items())))
    other = replace(case.situation, scopes=(turned,))
    moved = carried(old, new, case.situation, names).plain()
    assert carried(old, new, other, names).plain() == moved
    assert set(moved["scopes"][0]["data"]) == {"one", "b"}
