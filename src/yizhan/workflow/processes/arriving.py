"""Coming to a node 到达环节: resting there, or going on at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from types import MappingProxyType
from typing import Any

from yizhan import feel
from yizhan.workflow.facts import plain
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Ending
from yizhan.workflow.processes.walking import Walk

MOST_MOVES = 500


def follow(walk: Walk, arrow: g.Arrow | None) -> None:
    """Go along an arrow and on through everything that needs nobody.

    Raises:
        NotPossible: the process does not come to rest, or a task's unit cannot be found.
    """
    for _ in range(MOST_MOVES):
        if arrow is None:
            return
        walk.pass_mark(arrow)
        walk.send(arrow.sends)
        walk.note(ef.Enter(arrow.target))
        arrow = arrive(walk.graph.nodes[arrow.target], walk)
    raise NotPossible("endless", zh="流程没有停下来，请联系管理员", en="the process did not come to rest")


@singledispatch
def arrive(node: g.Node, walk: Walk) -> g.Arrow | None:
    """Come to a node; the arrow that leads on at once, or none if the case rests or ends here."""
    raise AssertionError(f"no arrow leads to {type(node).__name__}")


@arrive.register
def _task(node: g.Task, walk: Walk) -> g.Arrow | None:
    unit = _unit(node, walk)
    token = walk.rest(node)
    walk.note(
        ef.OpenTask(
            token=token.id,
            node=node.key,
            title=node.title,
            phase=node.phase,
            role=node.role,
            unit=unit,
            limit=node.limit,
            distinct_from=node.distinct_from,
            form=node.form,
        )
    )
    walk.arm(token)
    return None


def _unit(node: g.Task, walk: Walk) -> ef.UnitChoice:
    """The unit of a task. Rather no step than a person's data at the wrong desk."""
    if node.unit.expression is None:
        return ef.UnitChoice(node.unit.rule, node.unit.code)
    code, reasons = walk.computed(node.unit.expression)
    if not isinstance(code, str) or not code:
        raise NotPossible(
            "unit_unknown",
            zh=f"无法确定“{node.title.zh}”的承办单位，请联系管理员",
            en=f"no unit can be found for “{node.title.en}”; tell the administrator",
            reasons=reasons,
        )
    return ef.UnitChoice(g.UnitRule.EXPRESSION, code)


@arrive.register
def _wait(node: g.Wait, walk: Walk) -> g.Arrow | None:
    token = walk.rest(node)
    walk.note(
        ef.WaitFor(
            token=token.id,
            node=node.key,
            title=node.title,
            phase=node.phase,
            audience=node.audience,
            answers=tuple(node.answers),
            limit=node.limit,
        )
    )
    walk.send(node.sends)
    walk.arm(token)
    return None


@arrive.register
def _decide(node: g.Decide, walk: Walk) -> g.Arrow | None:
    """The first case that is true; ``otherwise`` where none is, or where the table does not decide."""
    otherwise = walk.graph.arrow(node.key, g.Via.OTHERWISE)
    outputs: Mapping[str, feel.Value] = {}
    if node.table is not None:
        decision = node.table.decide({**walk.facts, **walk.known()})
        walk.note(ef.DecideWith(node.key, decision))
        walk.explain(decision.explain())
        outputs = decision.outputs
        left = {name: plain(value) for name, value in outputs.items()}
        walk.remember(node.key, {**left, "verdict": decision.verdict.value})
        if not decision.decided:
            return otherwise
    for arrow in walk.graph.arrows_from(node.key):
        if arrow.condition is not None:
            value, reasons = walk.computed(arrow.condition, outputs)
            if value is True:
                return arrow
            walk.explain(reasons)
    return otherwise


@arrive.register
def _automatic(node: g.Automatic, walk: Walk) -> g.Arrow | None:
    if node.does is not None:
        arguments: dict[str, Any] = {}
        for name, expression in node.arguments.items():
            value, reasons = walk.computed(expression)
            arguments[name] = plain(value)
            walk.explain(reasons)
        walk.note(ef.Perform(node.key, node.does, MappingProxyType(arguments)))
    walk.send(node.sends)
    return walk.graph.arrow(node.key, g.Via.FLOW)


@arrive.register
def _end(node: g.End, walk: Walk) -> g.Arrow | None:
    walk.send(node.sends)
    if not walk.situation.tokens:
        walk.end(Ending("completed", node.outcome))
    return None
