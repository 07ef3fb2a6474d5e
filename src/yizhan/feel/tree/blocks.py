"""Parts that run under a condition or many times 语句."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yizhan.feel.tree.nodes import Node


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if a then b else c``; null counts as no."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Each(Node):
    """``x in list``, or ``x in 1..5`` when there is an end."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for x in a, y in b return c``; ``partial`` holds the results so far."""

    iterators: tuple[Each, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some x in a satisfies b``, ``every x in a satisfies b``."""

    word: Literal["some", "every"]
    iterators: tuple[Each, ...]
    condition: Node
