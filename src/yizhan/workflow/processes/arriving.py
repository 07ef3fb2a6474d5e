"""Coming to a node 到达环节: resting there, or going on at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from yizhan import feel
from yizhan.workflow.facts import plain
from yizhan.workflow.processes import beginning, several
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.meeting import meet
from yizhan.workflow.processes.onward import onward
from yizhan.workflow.processes.situation import Ending
from yizhan.workflow.processes.walking import Walk


@singledispatch
def arrive(node: n.Node, walk: Walk, scope: int, arrow: g.Arrow) -> None:
    """Come to a node on an arrow: rest there, or put the arrows that lead on into the agenda."""
    raise AssertionError(f"no arrow leads to {type(node).__name__}")


@arrive.register(n.Task | n.Wait | n.Automatic | n.Body)
def _activity(node: n.Activity, walk: Walk, scope: int, _arrow: g.Arrow) -> None:
    if node.each is not None:
        several.open_(walk, node, scope)
    else:
        beginning.begin(node, walk, scope)


@arrive.register
def _gateway(node: n.Gateway, walk: Walk, scope: int, arrow: g.Arrow) -> None:
    if meet(walk, node, scope, arrow):
        onward(walk, node, scope)


@arrive.register
def _decide(node: n.Decide, walk: Walk, scope: int, _arrow: g.Arrow) -> None:
    """The first case that is true; ``otherwise`` where none is, or where the table does not decide."""
    outputs: Mapping[str, feel.Value] = {}
    if node.table is not None:
        decision = node.table.decide({**walk.facts, **walk.known(scope)})
        walk.note(ef.DecideWith(node.key, decision))
        walk.explain(decision.explain())
        outputs = decision.outputs
        left = {name: plain(value) for name, value in outputs.items()}
        walk.remember(scope, node.key, {**left, "verdict": decision.verdict.value})
        if not decision.decided:
            onward(walk, node, scope, only=g.Via.OTHERWISE)
            return
    onward(walk, node, scope, more=outputs, first=True)


@arrive.register
def _end(node: n.End, walk: Walk, scope: int, _arrow: g.Arrow) -> None:
    walk.send(node.sends, node.key)
    here = walk.situation.scope(scope)
    if here is None:
        return
    here = walk.change_scope(here, outcome=node.outcome) if here.outcome != node.outcome else here
    if node.kind == "all":
        walk.clear(here)
    elif node.kind == "error":
        walk.clear(here)
        throw(walk, scope, node.error, node.outcome)


def throw(walk: Walk, scope: int, error: str, outcome: str) -> None:
    """An error leaves a scope: the nearest node around it that knows what to do; if none does, the case ends."""
    for around in walk.situation.around(scope):
        host = walk.situation.token(around.token) if around.token else None
        if host is None:
            continue
        for boundary in walk.graph.boundaries(host.node).values():
            if boundary.kind == "error" and boundary.name in {"", error}:
                walk.interrupt(host)
                walk.remember(host.scope, host.node, {"outcome": error})
                walk.send(boundary.sends, host.node)
                walk.go([walk.graph.way(host.node, g.Via.BOUNDARY, boundary.key)], host.scope)
                return
    walk.end(Ending("completed", outcome))
