"""What an expression is made of 语法树: immutable nodes, each with its place in the source."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from yizhan.feel.types import Type
from yizhan.feel.values import Value

Order: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


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


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A value written down."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A fact or a variable, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Asked(Node):
    """``?``: the value that a unary test looks at."""


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """``{a: 1, b: a + 1}``; later entries see earlier ones."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """``[a..b)``; an end that is missing is open to infinity."""

    low: Node | None
    high: Node | None
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """``-a``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``a + b`` and its like."""

    sign: Literal["+", "-", "*", "/", "**"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``a < b`` and its like."""

    order: Order
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``a between b and c``, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """``a in test``."""

    value: Node
    tests: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """``a and b and c`` or ``a or b or c``, in three-valued logic."""

    word: Literal["and", "or"]
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``a instance of date``."""

    value: Node
    type: Type


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


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``list[n]`` or ``list[item > 5]``."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``a.b``."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``f(a, b)``, or ``f(x: a)`` when there are names."""

    function: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """``function(x: number, y) x + y``; a type that is missing is any."""

    parameters: tuple[str, ...]
    types: tuple[Type | None, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Invoke(Node):
    """``library.add(1, 2)``, ``f(1)(2)``: a function that an expression gives, called."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A unary test ``< a``."""

    order: Order
    operand: Node


@dataclass(frozen=True, slots=True)
class Matches(Node):
    """A unary test that is an expression: a value, a range, a list, or a condition with ``?``."""

    expression: Node
    is_condition: bool


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """Unary tests: one of them must hold, or none under ``not(…)``. ``-`` is ``AnyOf`` of nothing."""

    tests: tuple[Node, ...]
    negated: bool


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
