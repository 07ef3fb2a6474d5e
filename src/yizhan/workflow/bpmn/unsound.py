"""One way in which a process goes wrong 走向问题, and how it comes about: the nodes on the way, by name."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.words import Words

MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Unsound:
    """One way in which a process goes wrong, at a node.

    Attributes:
        complete: false where not everything could be tried.
    """

    node: str
    words: Words
    complete: bool = True


def way_through(graph: Graph, keys: list[str]) -> Words:
    """Nodes one after the other, by name; a long way without its middle."""
    titles = [title(graph, key) for key in dict.fromkeys(keys[:1] + keys[1:])] or [
        Words(zh="开始", en="start")
    ]
    if len(keys) > 1 and keys[0] == keys[-1]:
        titles.append(title(graph, keys[0]))
    if len(titles) > MOST_TOLD:
        titles = [*titles[:3], Words(zh="……", en="…"), *titles[-6:]]
    return Words(zh=" → ".join(one.zh for one in titles), en=" → ".join(one.en for one in titles))


def title(graph: Graph, key: str) -> Words:
    """What a node is called."""
    said = graph.nodes[key].title
    return Words(zh=said.zh, en=said.en)
