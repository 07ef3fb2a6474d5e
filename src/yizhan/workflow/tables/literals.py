"""What a cell says outright 字面值: the values written in it, without running it."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan import feel
from yizhan.feel import tree


@dataclass(frozen=True, slots=True)
class Written:
    """The values written in a cell.

    Attributes:
        values: the values it compares with: single ones and the ends of ranges.
        is_simple: nothing but written values, so the cell's meaning can be explored by trying.
        singles: values that the input must equal.
    """

    values: tuple[feel.Value, ...]
    singles: tuple[feel.Value, ...]
    is_simple: bool


def written(cell: feel.Expression) -> Written:
    """What stands in a cell of tests."""
    values: list[feel.Value] = []
    singles: list[feel.Value] = []
    simple = True
    for test in cell.tree.tests if isinstance(cell.tree, tree.AnyOf) else ():
        operand = test.operand if isinstance(test, tree.Relation) else None
        if isinstance(test, tree.Matches) and not test.is_condition:
            operand = test.expression
        found = _constants(operand)
        if found is None:
            simple = False
            continue
        values += found
        equals = isinstance(test, tree.Matches) or (isinstance(test, tree.Relation) and test.order == "=")
        if equals and not isinstance(operand, tree.RangeOf):
            singles += found
    return Written(tuple(values), tuple(singles), simple)


def constant(node: tree.Node | None) -> tuple[bool, feel.Value]:
    """Whether a node is a value written down, and which."""
    if isinstance(node, tree.Constant):
        return True, node.value
    if isinstance(node, tree.Negation | tree.Call) and not feel.free_names(node):
        try:
            value = feel.Expression("", node).run({}).value  # date("2026-01-01"), -5
        except feel.LimitFault:
            return False, None
        return value is not None, value
    return False, None


def _constants(node: tree.Node | None) -> list[feel.Value] | None:
    """The written values of a node that holds nothing else."""
    if isinstance(node, tree.ListOf):
        parts = [_constants(item) for item in node.items]
        return None if None in parts else [value for part in parts if part for value in part]
    if isinstance(node, tree.RangeOf):
        ends = [constant(end) for end in (node.low, node.high) if end is not None]
    else:
        ends = [constant(node)]
    return [value for _, value in ends] if all(known for known, _ in ends) else None
