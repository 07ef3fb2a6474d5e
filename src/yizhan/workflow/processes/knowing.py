"""What conditions of a process may use 可用信息: declared facts, what steps left behind, and whom it is for.

What has not happened yet is null. Within one of several, what its own steps left behind is seen before what was
left outside; a called process sees its own steps, the facts, and what it was given, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhan import feel
from yizhan.workflow.facts import typed
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.situation import Scope, Situation

GIVEN = ""
"""Where a called process keeps what it was given, among what its nodes left behind."""


class Knowledge:
    """What is known in each scope, read once and kept until something changes."""

    def __init__(self, graph: g.Graph, facts: Mapping[str, Any]) -> None:
        self._graph = graph
        declared = graph.facts.items()
        self._facts: feel.Scope = {name: typed(facts.get(name), type_)[0] for name, type_ in declared}
        self._kept: dict[tuple[int, int | None], feel.Scope] = {}

    def forget(self) -> None:
        """Something was left behind: all is read anew when it is asked for."""
        self._kept.clear()

    def keeps(self, scope: Scope) -> bool:
        """Whether what is left behind in a scope stays there."""
        return scope.kind in {"process", "one"} or self._is_call(scope)

    def of(self, situation: Situation, scope: int, index: int | None = None) -> feel.Scope:
        """What is known in a scope; ``index`` for one of several that has no scope of its own."""
        key = scope, index
        if key not in self._kept:
            self._kept[key] = self._read(situation, scope, index)
        return self._kept[key]

    def _read(self, situation: Situation, scope: int, index: int | None) -> feel.Scope:
        seen: list[Scope] = []
        ones: list[tuple[Scope, int]] = []
        owner = ""
        given: Mapping[str, Any] = {}
        for one in situation.around(scope):
            if one.kind == "each" and index is not None:
                ones.append((one, index))
            index = one.index
            if self.keeps(one):
                seen.append(one)
            if self._is_call(one):
                owner, given = one.node, one.data.get(GIVEN, {})
                break
        known = dict(self._facts)
        known |= {name: feel.feel_value(value) for name, value in given.items()}
        for name, node in self._graph.callable_names(owner).items():
            left = next((data.data[node] for data in seen if node in data.data), None)
            how = self._graph.remembered[node]
            known[name] = None if left is None else {key: _read(left.get(key), how[key]) for key in how}
        for each, number in reversed(ones):
            many = self._graph.each(each.node)
            if many is not None:
                known[many.name] = feel.feel_value(each.expected[number])
        return known

    def _is_call(self, scope: Scope) -> bool:
        node = self._graph.nodes.get(scope.node)
        return scope.kind in {"body", "one"} and isinstance(node, n.Body) and node.own


def _read(value: Any, how: g.Remembered) -> feel.Value:
    if not how.many:
        return typed(value, how.type)[0]
    return tuple(typed(item, how.type)[0] for item in value) if isinstance(value, list | tuple) else None
