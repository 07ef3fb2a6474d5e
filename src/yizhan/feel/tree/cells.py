"""Unary tests 单元格条件."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan.feel.tree.nodes import Node
from yizhan.feel.tree.operators import Order


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
