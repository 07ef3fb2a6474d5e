"""Decision tables of a model 模型中的决策表: which rules hold, and what the hit policy makes of them.

As with the tables of packs, a condition that cannot be known does not hold, and two rules under ``UNIQUE`` are
a conflict. Where nothing can be decided the value is null with a reason, as the standard wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from yizhan import feel
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.frames import Frame, TableSeen
from yizhan.workflow.dmn.texts import Column
from yizhan.workflow.dmn.tree import LiteralBox, OutputClause, TableBox
from yizhan.workflow.tables.index import places as places_of

_Row: TypeAlias = tuple[feel.Value, ...]


def decided(table: TableBox, frame: Frame) -> feel.Value:
    """The table's value: one result, a context of several, or a list of such.

    Raises:
        DmnFault: a cell is no FEEL.
        feel.LimitFault: it takes too many steps.
    """
    inputs: list[feel.Value] = []
    plan, holding = frame.texts.plan(table, frame.values), (1 << len(table.rules)) - 1
    for column in plan.columns:
        value = _input(column, frame)
        if column.allowed is not None and not column.allowed.ask(value, frame.values, frame.run).holding:
            frame.trail.append(TableSeen(table, None, (), ()))
            return frame.run.null(0, zh="输入的值不在允许范围", en="an input is not an allowed value")
        inputs.append(value)
        holding &= column.when.ask(value, frame.values, frame.run).holding
    if table.policy == "FIRST":
        holding &= -holding
    places = tuple(places_of(holding))
    rows = [plan.rows[place] or _row(table, place, frame) for place in places]
    frame.trail.append(TableSeen(table, tuple(inputs), places, tuple(rows)))
    if not places:
        return _default(table, frame)
    return _POLICIES[table.policy](table, rows, frame)


def _input(column: Column, frame: Frame) -> feel.Value:
    if column.name in frame.values:
        value = frame.values[column.name]
    else:
        value = None if column.expression is None else column.expression.within(frame.run, frame.values)
    if type(value) in column.kinds:
        return value
    return frame.typed(value, column.clause.type, column.clause.place)


def _row(table: TableBox, place: int, frame: Frame) -> _Row:
    cells = zip(table.outputs, table.rules[place].then, strict=True)
    return tuple([frame.typed(frame.literal(cell), column.type, column.place) for column, cell in cells])


def _default(table: TableBox, frame: Frame) -> feel.Value:
    if all(column.default is None for column in table.outputs):
        return frame.run.null(0, zh="没有规则成立", en="no rule holds")
    row = tuple(frame.literal(one.default) if one.default is not None else None for one in table.outputs)
    return _whole(table, row)


def _whole(table: TableBox, row: _Row) -> feel.Value:
    """One result as it is, several as a context."""
    if len(table.outputs) == 1:
        return row[0]
    return {one.name: value for one, value in zip(table.outputs, row, strict=True)}


def _unique(table: TableBox, rows: list[_Row], frame: Frame) -> feel.Value:
    if len(rows) > 1:
        return frame.run.null(0, zh="有多条规则同时成立", en="several rules hold at once")
    return _whole(table, rows[0])


def _any(table: TableBox, rows: list[_Row], frame: Frame) -> feel.Value:
    if any(row != rows[0] for row in rows):
        return frame.run.null(0, zh="成立的规则结果不同", en="rules that hold have different results")
    return _whole(table, rows[0])


def _first(table: TableBox, rows: list[_Row], _frame: Frame) -> feel.Value:
    return _whole(table, rows[0])


def _priority(table: TableBox, rows: list[_Row], frame: Frame) -> feel.Value:
    return _whole(table, _ranked(table, rows, frame)[0])


def _output_order(table: TableBox, rows: list[_Row], frame: Frame) -> feel.Value:
    return tuple(_whole(table, row) for row in _ranked(table, rows, frame))


def _collect(table: TableBox, rows: list[_Row], frame: Frame) -> feel.Value:
    found = tuple(_whole(table, row) for row in rows)
    if not table.aggregation or table.policy != "COLLECT":
        return found
    if len(table.outputs) != 1 and table.aggregation != "COUNT":
        raise DmnFault(
            table.place, zh="汇总的表只能有一个结果列", en="a table that aggregates has one column of results"
        )
    function = feel.expression(f"{table.aggregation.lower()}(list)")
    return function.within(frame.run, {"list": found})


def _ranked(table: TableBox, rows: list[_Row], frame: Frame) -> list[_Row]:
    """The rows by the order in which the columns write their allowed values; equals in the order of rules."""
    orders = [_order(column, frame) for column in table.outputs]

    def rank(row: _Row) -> list[int]:
        return [
            order.index(value) if value in order else len(order)
            for order, value in zip(orders, row, strict=True)
        ]

    return sorted(rows, key=rank)


def _order(column: OutputClause, frame: Frame) -> tuple[feel.Value, ...]:
    text = column.values or frame.texts.types.allowed(column.type)
    listed = frame.literal(LiteralBox(column.place, f"[{text}]"))
    return listed if isinstance(listed, tuple) else ()


_POLICIES: Mapping[str, Callable[[TableBox, list[_Row], Frame], feel.Value]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "OUTPUT ORDER": _output_order,
    "RULE ORDER": _collect,
    "COLLECT": _collect,
}
