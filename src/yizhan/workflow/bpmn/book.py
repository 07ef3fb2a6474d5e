"""A file while it is written 写出中的文件: ids, elements, sequence flows, messages and errors."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yizhan.releases.words import KEY_PATTERN
from yizhan.workflow.bpmn import tags
from yizhan.workflow.bpmn.tags import Ids, Tag, bpmn, named, say
from yizhan.workflow.bpmn.vocabulary import MODEL, TITLES
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Arrow, Graph, Via


class Book:
    """A file while it is written.

    Attributes:
        process: the id of the process.
        elements: the ids of what nodes became, by key.
        flows: the sequence flows: id, element it leaves, element it comes to, arrow.
        attached: boundary events: id, element it is attached to.
        shown: every element that is drawn: id, kind in BPMN, id of the sub-process it stands in.
    """

    def __init__(self, graph: Graph, root: Tag) -> None:
        self.graph, self.root, self.ids = graph, root, Ids()
        self.process = self.ids.new(graph.key)
        self.elements: dict[str, str] = {}
        self.flows: list[tuple[str, str, str, Arrow | None]] = []
        self.attached: list[tuple[str, str]] = []
        self.shown: dict[str, tuple[str, str]] = {}
        self._tags: dict[str, Tag] = {}
        self._named: dict[tuple[str, str], str] = {}
        self._flow_ids: dict[str, str] = {}
        self._later: list[tuple[Tag, Arrow, str]] = []
        for key in graph.nodes:
            self.elements[key] = self.ids.new(key)
        for arrow in graph.arrows:
            self._flow_ids[arrow.key] = self.ids.new(f"from_{arrow.source}_{arrow.by or arrow.via}")

    def element(
        self, space: Tag, kind: str, node: n.Node, id_: str = "", attributes: Mapping[str, str] | None = None
    ) -> Tag:
        """A new element for a node; a second one of the same node has an id of its own."""
        found = bpmn(space, kind, {"id": id_ or self.elements[node.key], **(attributes or {})})
        if not id_:
            named(found, node.title if node.title != TITLES[kind] else None)
            key = node.key if node.key != self.elements[node.key] else None
            say(found, {"key": key, "phase": getattr(node, "phase", None)})
        self._tags[found.get("id", "")] = found
        within = self.elements.get(node.within, "")
        self.shown[found.get("id", "")] = (kind, within)
        return found

    def flow(self, space: Tag, arrow: Arrow, source: str, *, default_of: Tag | None = None) -> str:
        """The sequence flow of an arrow, written after all elements of its space."""
        id_ = self._flow_ids[arrow.key]
        if default_of is not None and arrow.via is Via.OTHERWISE:
            default_of.set("default", id_)
        self._later.append((space, arrow, source))
        return id_

    def flow_id(self, arrow: Arrow) -> str:
        """The id of an arrow's flow."""
        return self._flow_ids[arrow.key]

    def root_element(self, kind: str, name: str) -> str:
        """The id of a message or an error of this name, which stands beside the process."""
        if (kind, name) not in self._named:
            id_ = self.ids.new(f"{kind.capitalize()}_{name}")
            tag = Tag(f"{{{MODEL}}}{kind}", {"id": id_, "name": name})
            if kind == "error":
                tag.set("errorCode", name)
            elif not re.match(KEY_PATTERN, name):
                say(tag, {"key": name})
            self.root.insert(len(self._named), tag)
            self._named[kind, name] = id_
        return self._named[kind, name]

    def close(self, space: Tag) -> None:
        """Write the flows of a space, after all of its elements."""
        for holder, arrow, source in [one for one in self._later if one[0] is space]:
            self._sequence_flow(holder, arrow, source)
        self._later = [one for one in self._later if one[0] is not space]

    def ends(self) -> None:
        """Tell every element which flows come in and go out, as other tools expect it."""
        for id_, source, target, _arrow in self.flows:
            for end, name in ((source, "outgoing"), (target, "incoming")):
                tag = self._tags[end]
                place = sum(1 for child in tag if child.tag in _BEFORE[name])
                mark = Tag(f"{{{MODEL}}}{name}")
                mark.text = id_
                tag.insert(place, mark)

    def _sequence_flow(self, space: Tag, arrow: Arrow, source: str) -> None:
        id_, target = self._flow_ids[arrow.key], self.elements[arrow.target]
        tag = bpmn(space, "sequenceFlow", {"id": id_, "sourceRef": source, "targetRef": target})
        named(tag, arrow.title)
        alone = len([one for one in self.graph.arrows_from(arrow.source) if one.via is Via.FLOW]) == 1
        key = arrow.by if arrow.via is Via.FLOW and arrow.by and (arrow.by != id_ or alone) else None
        say(tag, {"key": key, "marks": arrow.marks, "outcome": arrow.outcome})
        tags.sends(tag, arrow.sends)
        if arrow.condition is not None:
            tags.expression(tag, "conditionExpression", arrow.condition.source)
        self.flows.append((id_, source, target, arrow))

    def join(self, space: Tag, source: str, target: str) -> None:
        """A flow that no arrow stands behind: from a rule task to the gateway that belongs to it."""
        id_ = self.ids.new(f"{source}_{target}")
        bpmn(space, "sequenceFlow", {"id": id_, "sourceRef": source, "targetRef": target})
        self.flows.append((id_, source, target, None))

    def leaving(self, node: n.Node, via: Via, by: str | None = None) -> list[Arrow]:
        """The arrows of one kind that leave a node; with ``by`` only that one."""
        arrows = self.graph.arrows_from(node.key)
        return [arrow for arrow in arrows if arrow.via is via and by in {None, arrow.by}]

    def plain(self, node: n.Node, space: Tag, tag: Tag) -> None:
        """The flows that no action, answer or event takes, the default among them."""
        for arrow in self.graph.arrows_from(node.key):
            if arrow.via in {Via.FLOW, Via.CASE, Via.OTHERWISE}:
                self.flow(space, arrow, tag.get("id", ""), default_of=tag)


_FIRST = {f"{{{MODEL}}}documentation", f"{{{MODEL}}}extensionElements"}
_BEFORE = {
    "incoming": {*_FIRST, f"{{{MODEL}}}incoming"},
    "outgoing": {*_FIRST, f"{{{MODEL}}}incoming", f"{{{MODEL}}}outgoing"},
}
