"""Carrying a case over to another graph 改用新版流程: every place where it stands must have its like there.

A place has its like in a node of the same kind, by the same key or by a map of keys. What a case has begun together
with others (branches, departments) must go on meaning the same: a split that was passed may not have gained ways, a
meeting at which some have arrived waits for the same ones, departments that have answered are counted by the same rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from yizhan.workflow.processes import effects as ef
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.beginning import timer
from yizhan.workflow.processes.graph import Arrow, Graph
from yizhan.workflow.processes.situation import Left, Scope, Situation, Token
from yizhan.workflow.processes.splicing import BETWEEN
from yizhan.workflow.processes.walking import Walk
from yizhan.workflow.words import Words

Names = Mapping[str, str]
"""Keys of nodes there, by their keys here; the same key where none is named."""


class CannotStand(Exception):
    """A case cannot be carried over; ``words`` say where it stands and why not, ``node`` is the key there."""

    def __init__(self, node: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.node, self.words = node, Words(zh, en)


def carried(
    old: Graph, new: Graph, situation: Situation, names: Names, passed: Set[str] = frozenset()
) -> Situation:
    """Where the case stands in the other graph.

    Args:
        old: the graph in which it stands.
        new: the one to which it goes.
        names: of nodes that are called otherwise there.
        passed: the nodes of the old graph that it has passed.

    Raises:
        CannotStand: one of its places has no like there.
    """
    for token in situation.tokens:
        _require_place(old, new, token, names)
        _require_company(old, new, situation, token, names)
    if len(situation.tokens) > 1:
        _require_apart(old, new, situation, names)
        _require_same_splits(old, new, passed | _begun(old, situation), names)
    return renamed(old, situation, names)


def renamed(old: Graph, situation: Situation, names: Names) -> Situation:
    """The same with the names of the other graph; whether the case can stand there was asked before."""
    return replace(
        situation,
        tokens=tuple(
            replace(token, node=_name(token.node, names), came=_came(old, token, names))
            for token in situation.tokens
        ),
        scopes=tuple(_scope(scope, names) for scope in situation.scopes),
    )


def whole(old: Graph, names: Names) -> Names:
    """The map of names with what the house itself adds within a node that is called otherwise, such as its split."""
    found = dict(names)
    for key in old.nodes.keys() - names.keys():
        outer, between, inner = key.partition(BETWEEN)
        if between and outer in names:
            found[key] = names[outer] + between + inner
    return found


def times(
    old: Graph, new: Graph, before: Situation, after: Situation, facts: Mapping[str, Any]
) -> list[ef.ArmTimer | ef.DropTimer]:
    """What changes of the timers: those that only the old graph knew are dropped, those that are new are set.

    Raises:
        NotPossible: the moment of a new one cannot be found.
    """
    there, walk = Walk(old, before, facts), Walk(new, after, facts)
    changes: list[ef.ArmTimer | ef.DropTimer] = []
    for token, moved in zip(before.tokens, after.tokens, strict=True):
        known, wanted = dict(there.timers_of(token)), dict(walk.timers_of(moved))
        changes += [ef.DropTimer(ref) for ref in known if ref not in wanted]
        changes += [timer(walk, moved, ref, delay) for ref, delay in wanted.items() if ref not in known]
    return changes


def like(here: n.AnyNode, there: n.AnyNode) -> Words | None:
    """Why a case that stands at one node cannot stand at another; None if it can."""
    if type(here) is not type(there):
        return Words(zh="新版对应的环节不是同一种环节", en="the node there is of another kind")
    match here, there:
        case n.Wait(), n.Wait() if here.audience != there.audience:
            return Words(zh="新版等待的对象不同", en="there it waits for somebody else")
        case n.Automatic(), n.Automatic() if (here.does, here.waits) != (there.does, there.waits):
            return Words(zh="新版自动办理的内容不同", en="there another work is done")
        case n.Gateway(), n.Gateway() if here.kind != there.kind:
            return Words(zh="新版的分支方式不同", en="there ways part or meet by another rule")
        case n.Body(), n.Body() if here.own != there.own:
            return Words(zh="新版由另一种子流程办理", en="there it is a sub-process of another kind")
    if (_each(here) is None) != (_each(there) is None):
        return Words(
            zh="新版由不同数量的单位办理", en="there it is done by one instead of several, or the reverse"
        )
    return None


def _require_place(old: Graph, new: Graph, token: Token, names: Names) -> None:
    here, key = old.nodes[token.node], _name(token.node, names)
    title = here.title
    if key not in new.nodes:
        raise CannotStand(
            token.node,
            zh=f"办件停在“{title.zh}”（{token.node}），新版流程中没有对应的环节",
            en=f"It stands at “{title.en}” ({token.node}), which has no like in the new process",
        )
    there = new.nodes[key]
    why = like(here, there)
    if why is not None:
        raise CannotStand(
            token.node,
            zh=f"办件停在“{title.zh}”（{token.node}），{why.zh}（{key}）",
            en=f"It stands at “{title.en}” ({token.node}): {why.en} ({key})",
        )
    if _name(here.within, names) != there.within:
        raise CannotStand(
            token.node,
            zh=f"办件停在“{title.zh}”（{token.node}），新版把它放在另一个上级环节里",
            en=f"It stands at “{title.en}” ({token.node}), which lies within another node there",
        )


def _require_company(old: Graph, new: Graph, situation: Situation, token: Token, names: Names) -> None:
    """Those who meet here, or act here each for itself, are the same and are counted by the same rule."""
    here, key = old.nodes[token.node], _name(token.node, names)
    if token.came and {_key(arrow, names) for arrow in old.arrows_to(token.node)} != {
        arrow.key for arrow in new.arrows_to(key)
    }:
        raise CannotStand(
            token.node,
            zh=f"“{here.title.zh}”（{token.node}）已有分支到达，而新版在此汇合的分支不同",
            en=f"Some ways have arrived at “{here.title.en}” ({token.node}), and other ways meet there in the new process",
        )
    scope = situation.within(token.id)
    if scope is None:
        return
    before, after = _each(here), _each(new.nodes[key])
    if before and after and scope.done and _rule(before) != _rule(after):
        raise CannotStand(
            token.node,
            zh=f"“{here.title.zh}”（{token.node}）已有 {scope.done} 家单位办理，而新版改变了会办规则",
            en=f"{scope.done} of those asked at “{here.title.en}” ({token.node}) answered already, "
            "and the new process counts otherwise",
        )
    starts = ({_name(one.key, names) for one in old.starts(token.node)}, {one.key for one in new.starts(key)})
    if isinstance(here, n.Body) and not starts[1] <= starts[0]:
        raise CannotStand(
            token.node,
            zh=f"“{here.title.zh}”（{token.node}）已经开始，而新版在其中增加了开始的分支",
            en=f"“{here.title.en}” ({token.node}) has begun, and the new process begins it in more ways",
        )


def _require_apart(old: Graph, new: Graph, situation: Situation, names: Names) -> None:
    """What runs side by side does not come to stand twice at one node: all that follows would be done twice."""
    seen: dict[tuple[int, str], Token] = {}
    for token in situation.tokens:
        key = _name(token.node, names)
        other = seen.setdefault((token.scope, key), token)
        if other.node != token.node:
            one, two, there = old.nodes[other.node].title, old.nodes[token.node].title, new.nodes[key].title
            raise CannotStand(
                token.node,
                zh=f"办件同时停在“{one.zh}”（{other.node}）和“{two.zh}”（{token.node}），"
                f"新版把两处并为一个环节“{there.zh}”（{key}），以后的环节会重复办理；请待其中一处办完再改用",
                en=f"It stands at “{one.en}” ({other.node}) and at “{two.en}” ({token.node}) at once, and both are one node "
                f"“{there.en}” ({key}) in the new process: what follows would be done twice; "
                "it can go when one of them is done",
            )


def _require_same_splits(old: Graph, new: Graph, passed: Set[str], names: Names) -> None:
    """What was split runs side by side: a way that is new at a split behind the case would never be gone."""
    for key in passed:
        here, there = old.nodes.get(key), new.nodes.get(_name(key, names))
        if not isinstance(here, n.Gateway) or not isinstance(there, n.Gateway):
            continue
        before = {_name(arrow.target, names) for arrow in old.arrows_from(key)}
        added = {arrow.target for arrow in new.arrows_from(there.key)} - before
        if added:
            titles = [new.nodes[target].title for target in sorted(added)]
            raise CannotStand(
                key,
                zh=f"各分支正在并行办理，而新版增加了分支“{'、'.join(title.zh for title in titles)}”，本件不会再经过它",
                en=f"Branches run side by side, and the new process has one more that this case would never take: "
                f"{', '.join(title.en for title in titles)}",
            )


def _begun(old: Graph, situation: Situation) -> Set[str]:
    """What follows at once on the beginnings of the bodies in which the case stands."""
    hosts = [token.node for token in situation.tokens if situation.within(token.id)]
    return {arrow.target for host in hosts for one in old.starts(host) for arrow in old.arrows_from(one.key)}


def _each(node: n.AnyNode) -> n.Each | None:
    return node.each if isinstance(node, n.Task | n.Automatic | n.Wait | n.Body) else None


def _rule(each: n.Each) -> tuple[Any, ...]:
    """How the answers of several are counted."""
    one = each.policy
    sources = [part.source if part else None for part in (one.needed, one.lead, one.complete)]
    return (one.name, *sources, one.consents, one.silence, each.sequential)


def _name(key: str, names: Names) -> str:
    return names.get(key, key)


def _key(arrow: Arrow, names: Names) -> str:
    return replace(arrow, source=_name(arrow.source, names)).key


def _came(old: Graph, token: Token, names: Names) -> str:
    """The arrow on which a waiting token came, as it is called in the other graph."""
    found = next((arrow for arrow in old.arrows_to(token.node) if arrow.key == token.came), None)
    return _key(found, names) if found else token.came


def _scope(scope: Scope, names: Names) -> Scope:
    data = scope.data if scope.kind == "each" else _left(scope.data, names)
    return replace(scope, node=_name(scope.node, names) if scope.node else "", data=data)


def _left(data: Left, names: Names) -> Left:
    """What nodes left behind, under the names they have there.

    Where several nodes have become one, its own comes first, then the first by its name; the others keep their names.
    """
    found = {key: left for key, left in data.items() if _name(key, names) == key}
    for key in sorted(data.keys() - found.keys()):
        new = _name(key, names)
        found[key if new in found else new] = data[key]
    return MappingProxyType(found)
