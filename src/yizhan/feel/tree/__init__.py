"""What an expression is made of 语法树: immutable nodes, each with its place in the source."""

from yizhan.feel.tree.blocks import Each, For, If, Quantified
from yizhan.feel.tree.cells import AnyOf, Matches, Relation
from yizhan.feel.tree.nodes import Node, height, walk
from yizhan.feel.tree.operators import Arithmetic, Between, Comparison, In, InstanceOf, Logic, Negation, Order
from yizhan.feel.tree.terms import (
    Asked,
    Call,
    Constant,
    ContextOf,
    Filter,
    FunctionOf,
    Invoke,
    ListOf,
    Name,
    Path,
    RangeOf,
    Wrong,
)

__all__ = [
    "AnyOf",
    "Arithmetic",
    "Asked",
    "Between",
    "Call",
    "Comparison",
    "Constant",
    "ContextOf",
    "Each",
    "Filter",
    "For",
    "FunctionOf",
    "If",
    "In",
    "InstanceOf",
    "Invoke",
    "ListOf",
    "Logic",
    "Matches",
    "Name",
    "Negation",
    "Node",
    "Order",
    "Path",
    "Quantified",
    "RangeOf",
    "Relation",
    "Wrong",
    "height",
    "walk",
]
