"""From the simple notation to the graph 编译."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from yizhan.releases.words import Text
from yizhan.workflow.facts import FactType
from yizhan.workflow.processes import graph as g
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.definition import (
    FlowDefinition,
    ParallelDefinition,
    SubflowDefinition,
)
from yizhan.workflow.processes.leaving import arrows
from yizhan.workflow.processes.making import node
from yizhan.workflow.processes.places import Level, levels
from yizhan.workflow.processes.remembering import remembered
from yizhan.workflow.processes.splicing import BETWEEN, spliced
from yizhan.workflow.tables.decision import Askable

FORK = f"{BETWEEN}fork"


def compile(
    definition: FlowDefinition,
    tables: Mapping[str, Askable],
    flows: Mapping[str, FlowDefinition] = MappingProxyType({}),
    drawn: Callable[[str], g.Graph | None] = lambda _key: None,
) -> g.Graph:
    """The graph of a process that was checked.

    Args:
        definition: one that ``checking.problems`` found without errors.
        tables: the decision tables it names, by key.
        flows: the processes in this notation that it calls, by key.
        drawn: gives the graph of one in another notation; none where there is none that can be executed.

    Raises:
        KeyError: a table or process it names is not given, or a state is not there.
        feel.SyntaxFault: an expression is no FEEL; checking tells all such places at once.
    """
    found = _Compiled(definition.title, tables, flows, drawn)
    found.add(definition, "", "")
    for arrow in found.arrows:
        found.nodes[arrow.target]
    return g.Graph(
        key=definition.key,
        title=definition.title,
        nodes=MappingProxyType(found.nodes),
        arrows=tuple(found.arrows),
        facts=MappingProxyType(found.facts),
        remembered=MappingProxyType(found.remembered),
        withdrawal=definition.withdrawal,
        names=MappingProxyType(found.names),
    )


class _Compiled:
    """What was compiled so far, called processes included."""

    def __init__(
        self,
        title: Text,
        tables: Mapping[str, Askable],
        flows: Mapping[str, FlowDefinition],
        drawn: Callable[[str], g.Graph | None],
    ) -> None:
        self.title, self.tables, self.flows, self.drawn = title, tables, flows, drawn
        self.nodes: dict[str, n.AnyNode] = {}
        self.arrows: list[g.Arrow] = []
        self.facts: dict[str, FactType] = {}
        self.remembered: dict[str, Mapping[str, g.Remembered]] = {}
        self.names: dict[str, str] = {}
        self._calling: list[str] = []

    def add(self, definition: FlowDefinition, prefix: str, within: str) -> None:
        """Add a process; a called one under the key of the state that calls it."""
        if definition.key in self._calling:
            raise KeyError(f"{definition.key} calls itself")
        self._calling.append(definition.key)
        self.facts |= definition.facts
        for key, left in remembered(definition, self.tables).items():
            self.remembered[prefix + key] = left
            if prefix:
                self.names[prefix + key] = key
        for level in levels(definition):
            self._level(level, prefix, prefix + level.within if level.within else within)
        self._calling.pop()

    def _level(self, level: Level, prefix: str, within: str) -> None:
        if level.branch:
            fork = within + FORK
            self.arrows.append(g.Arrow(fork, prefix + level.start, by=level.branch, title=level.title))
        else:
            self._start(within, prefix + level.start)
        for key, state in level.states.items():
            self.nodes[prefix + key] = node(prefix + key, state, self.tables, within=within, prefix=prefix)
            self.arrows += arrows(prefix + key, state, prefix)
            if isinstance(state, ParallelDefinition):
                fork = prefix + key + FORK
                self._start(prefix + key, fork)
                self.nodes[fork] = n.Gateway(fork, state.title, "parallel", within=prefix + key)
            if isinstance(state, SubflowDefinition) and state.calls is not None:
                self._call(state.calls, prefix + key)

    def _call(self, called: str, host: str) -> None:
        graph = self.drawn(called) if called not in self.flows else None
        if graph is None:
            self.add(self.flows[called], host + BETWEEN, host)
            return
        found = spliced(graph, host)
        self.nodes |= found.nodes
        self.arrows += found.arrows
        self.remembered |= found.remembered
        self.names |= found.names
        self.facts = {**graph.facts, **self.facts}

    def _start(self, within: str, first: str) -> None:
        key = f"{within}{BETWEEN}{g.START}" if within else g.START
        title = self.nodes[within].title if within else self.title
        self.nodes[key] = n.Start(key, title, within=within)
        self.arrows.append(g.Arrow(key, first))
