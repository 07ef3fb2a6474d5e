"""Values, names, calls and what is built of them 项."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yizhan.feel.tree.nodes import Node
from yizhan.feel.types import Type
from yizhan.feel.values import Value


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
class Wrong(Node):
    """A part that means nothing, such as a call of a function that does not exist: null, and the reason."""

    zh: str
    en: str


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
    """``[a..b)``; an end that is missing is open to infinity. ``(= a)`` has a sign and two ends that are one."""

    low: Node | None
    high: Node | None
    low_closed: bool
    high_closed: bool
    sign: Literal["", "=", "!="] = ""


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
