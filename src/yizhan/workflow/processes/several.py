"""What is done once by each of several 联合办理: opening, answers, when enough have said enough.

The list is found when the node is come to, and frozen. Whoever joins or leaves later does so by a command.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yizhan import feel
from yizhan.workflow.facts import plain
from yizhan.workflow.processes import beginning
from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.judging import Count, judge
from yizhan.workflow.processes.onward import onward
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Scope
from yizhan.workflow.processes.walking import Walk

MOST = 200


def open_(walk: Walk, node: n.Activity, scope: int) -> None:
    """Begin a node for each of several, or for the first of them.

    Raises:
        NotPossible: the list cannot be had, or is too long.
    """
    expected = _listed(walk, node, scope)
    host = walk.rest(node, scope)
    beginning.arm(walk, host)
    each = walk.open_scope("each", scope, node.key, token=host.id, expected=expected)
    if not _finish(walk, each):
        _begin_next(walk, node, each)


def answered(walk: Walk, scope: int, index: int, left: Mapping[str, Any]) -> None:
    """One of several has answered: perhaps that is enough, perhaps the next one begins."""
    each = walk.situation.scope(scope)
    if each is None:
        return
    each = walk.change_scope(
        each, data=MappingProxyType({**each.data, str(index): MappingProxyType(dict(left))})
    )
    if not _finish(walk, each):
        node = walk.graph.nodes[each.node]
        many = walk.graph.each(each.node)
        if many is not None and many.sequential:
            _begin_next(walk, node, each)


def join(walk: Walk, token: int, one: Any) -> None:
    """One more takes part; of those who act in turn, as the last.

    Raises:
        NotPossible: nobody acts together there, or that one takes part already.
    """
    each = _each_of(walk, token)
    present = [other for number, other in enumerate(each.expected) if number not in each.gone]
    if one in present:
        raise NotPossible("there_already", zh="该单位已在会办之列", en="it takes part already")
    if len(present) >= MOST:
        raise _too_many()
    each = walk.change_scope(each, expected=(*each.expected, one))
    many = walk.graph.each(each.node)
    if many is not None and not many.sequential:
        beginning.begin(walk.graph.nodes[each.node], walk, each.id, len(each.expected) - 1)


def leave(walk: Walk, token: int, index: int) -> None:
    """One takes part no longer; what it had to do is cancelled. Perhaps the others have said enough.

    Raises:
        NotPossible: it does not take part, or has answered.
    """
    each = _each_of(walk, token)
    if not 0 <= index < len(each.expected) or index in each.gone:
        raise NotPossible("not_there", zh="该单位不在会办之列", en="it does not take part")
    if str(index) in each.data:
        raise NotPossible("answered_already", zh="该单位已提出意见，不能撤出", en="it has answered already")
    for inner in [one for one in walk.situation.scopes if one.parent == each.id and one.index == index]:
        walk.clear(inner)
        walk.close_scope(inner)
    for own in [one for one in walk.situation.tokens if one.scope == each.id and one.index == index]:
        walk.leave(own, cancelled=True)
    each = walk.change_scope(each, gone=(*each.gone, index))
    if not _finish(walk, each):
        _begin_next(walk, walk.graph.nodes[each.node], each)


def _listed(walk: Walk, node: n.Activity, scope: int) -> tuple[Any, ...]:
    each = node.each
    value: feel.Value = None
    if each is not None and each.table is not None:
        decision = each.table.decide({**walk.facts, **walk.known(scope)})
        walk.note(ef.DecideWith(node.key, decision))
        walk.explain(decision.explain())
        value = decision.outputs.get(each.output)
    elif each is not None and each.of is not None:
        value, reasons = walk.computed(each.of, scope)
        walk.explain(reasons)
    elif each is not None and each.times is not None:
        times, reasons = walk.computed(each.times, scope)
        walk.explain(reasons)
        count = plain(times)
        value = tuple(feel.feel_value(number) for number in range(1, count + 1)) if _whole(count) else None
    if not isinstance(value, tuple):
        raise NotPossible(
            "list_unknown",
            zh=f"无法确定“{node.title.zh}”由哪些单位办理，请联系管理员",
            en=f"who takes part in “{node.title.en}” cannot be found; tell the administrator",
        )
    if len(value) > MOST:
        raise _too_many()
    return tuple(dict.fromkeys(value)) if all(isinstance(v, str) for v in value) else tuple(map(plain, value))


def _whole(count: Any) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST


def _begin_next(walk: Walk, node: n.Node, each: Scope) -> None:
    """Begin all, or the first that has not begun, where one acts after the other."""
    many = walk.graph.each(each.node)
    begun = {token.index for token in walk.situation.tokens if token.scope == each.id}
    begun |= {scope.index for scope in walk.situation.scopes if scope.parent == each.id}
    left = [
        index
        for index in range(len(each.expected))
        if index not in each.gone and str(index) not in each.data and index not in begun
    ]
    if many is not None and many.sequential:
        left = [] if begun else left[:1]
    for index in left:
        beginning.begin(node, walk, each.id, index)


def _finish(walk: Walk, each: Scope) -> bool:
    """End it if enough have answered; whoever has not is no longer asked."""
    node = walk.graph.nodes[each.node]
    host = walk.situation.token(each.token or 0)
    count = Count.of(walk, each)
    outcome = judge(walk, each, count)
    if outcome is None or host is None:
        return False
    walk.clear(each)
    walk.close_scope(each)
    walk.leave(host)
    walk.remember(host.scope, node.key, {**count.plain(), "outcome": outcome})
    onward(walk, node, host.scope)
    return True


def _each_of(walk: Walk, token: int) -> Scope:
    each = walk.situation.within(token)
    if each is None or each.kind != "each":
        raise NotPossible("not_several", zh="此环节不是会办环节", en="nobody acts together there")
    return each


def _too_many() -> NotPossible:
    return NotPossible("too_many", zh=f"会办单位不能超过 {MOST} 个", en=f"at most {MOST} can take part")
