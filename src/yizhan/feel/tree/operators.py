"""What signs and words join 运算."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from yizhan.feel.tree.nodes import Node
from yizhan.feel.types import Type

Order: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


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
