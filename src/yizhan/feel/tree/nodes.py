"""What every part of an expression has 节点, and walking over them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression; ``at`` is the index of the character it begins with."""

    at: int

    def children(self) -> Iterator[Node]:
        """The nodes directly below."""
        for field in dataclasses.fields(self):
            yield from _nodes(getattr(self, field.name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(here.children())


def height(node: Node) -> int:
    """How many nodes stand above one another."""
    highest, waiting = 0, [(node, 1)]
    while waiting:
        here, level = waiting.pop()
        highest = max(highest, level)
        waiting.extend((child, level + 1) for child in here.children())
    return highest
