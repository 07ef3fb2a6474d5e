"""Beginning what a node is for 环节开始: a task, a wait, a work, a body; once, or for one of several."""

from __future__ import annotations

from functools import singledispatch
from types import MappingProxyType
from typing import Any

from yizhan.workflow.facts import plain
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.knowing import GIVEN
from yizhan.workflow.processes.onward import onward
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import EMPTY, Token
from yizhan.workflow.processes.walking import Walk


@singledispatch
def begin(node: n.Node, walk: Walk, scope: int, index: int | None = None) -> None:
    """Begin what is to be done at a node.

    Args:
        node: a task, wait, work or body.
        walk: the step.
        scope: in which scope.
        index: for which of several; then the scope is that of all of them.
    """
    raise AssertionError(f"nothing is done at {type(node).__name__}")


@begin.register
def _task(node: n.Task, walk: Walk, scope: int, index: int | None = None) -> None:
    unit = _unit(node, walk, scope, index)
    token = walk.rest(node, scope, index)
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
            one=_one(walk, scope, index),
        )
    )
    arm(walk, token)


def _one(walk: Walk, scope: int, index: int | None) -> Any:
    """For whom or what something is done, where each of several has it done: the nearest of them around a scope."""
    for around in walk.situation.around(scope):
        if around.kind == "each" and index is not None:
            return around.expected[index]
        index = around.index
    return None


@begin.register
def _wait(node: n.Wait, walk: Walk, scope: int, index: int | None = None) -> None:
    token = walk.rest(node, scope, index)
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
    walk.send(node.sends, node.key)
    arm(walk, token)


@begin.register
def _automatic(node: n.Automatic, walk: Walk, scope: int, index: int | None = None) -> None:
    token = walk.rest(node, scope, index) if node.waits else None
    if node.does is not None:
        arguments: dict[str, Any] = {}
        for name, expression in node.arguments.items():
            value, reasons = walk.computed(expression, scope, index)
            arguments[name] = plain(value)
            walk.explain(reasons)
        asked = MappingProxyType(arguments)
        walk.note(ef.Perform(node.key, node.does, asked, token.id if token else None))
    walk.send(node.sends, node.key)
    if token is not None:
        arm(walk, token)
    elif index is not None:
        walk.answers.append((scope, index, {}))
    else:
        onward(walk, node, scope)


@begin.register
def _body(node: n.Body, walk: Walk, scope: int, index: int | None = None) -> None:
    given: dict[str, Any] = {}
    for name, expression in node.given.items():
        value, reasons = walk.computed(expression, scope, index)
        given[name] = plain(value)
        walk.explain(reasons)
    data = MappingProxyType({GIVEN: MappingProxyType(given)}) if given else EMPTY
    if index is None:
        token = walk.rest(node, scope)
        inner = walk.open_scope("body", scope, node.key, token=token.id, data=data)
        arm(walk, token)
    else:
        inner = walk.open_scope("one", scope, node.key, index=index, data=data)
    for start in walk.graph.starts(node.key):
        walk.go(walk.graph.arrows_from(start.key), inner.id)


def arm(walk: Walk, token: Token) -> None:
    """Set the timers of a token."""
    for ref, delay in walk.timers_of(token):
        walk.note(timer(walk, token, ref, delay))


def timer(walk: Walk, token: Token, ref: str, delay: n.Delay) -> ef.ArmTimer:
    """One timer of a token, with the moment that the process gives where it has no limit.

    Raises:
        NotPossible: ``moment_unknown``.
    """
    if delay.moment is None:
        return ef.ArmTimer(ref, token.id, delay.limit)
    value, reasons = walk.computed(delay.moment, token.scope, token.index)
    moment = plain(value)
    if not isinstance(moment, str) or not moment:
        raise NotPossible(
            "moment_unknown",
            zh=f"无法确定“{walk.graph.nodes[token.node].title.zh}”的时间，请联系管理员",
            en=f"the time of “{walk.graph.nodes[token.node].title.en}” cannot be found; tell the administrator",
            reasons=reasons,
        )
    return ef.ArmTimer(ref, token.id, None, moment)


def _unit(node: n.Task, walk: Walk, scope: int, index: int | None) -> ef.UnitChoice:
    """The unit of a task. Rather no step than a person's data at the wrong desk."""
    if node.unit.expression is None:
        return ef.UnitChoice(node.unit.rule, node.unit.code)
    code, reasons = walk.computed(node.unit.expression, scope, index)
    if not isinstance(code, str) or not code:
        raise NotPossible(
            "unit_unknown",
            zh=f"无法确定“{node.title.zh}”的承办单位，请联系管理员",
            en=f"no unit can be found for “{node.title.en}”; tell the administrator",
            reasons=reasons,
        )
    return ef.UnitChoice(n.UnitRule.EXPRESSION, code)
