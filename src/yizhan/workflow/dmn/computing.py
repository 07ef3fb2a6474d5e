"""Computing boxed expressions 计算方框表达式, except decision tables, which have a file of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import singledispatch

from yizhan.feel import Value
from yizhan.workflow.dmn import deciding, tree, wording
from yizhan.workflow.dmn.faults import DmnFault
from yizhan.workflow.dmn.frames import Frame, Function


@singledispatch
def value_of(box: tree.Node, frame: Frame) -> Value:
    """The value of a boxed expression.

    Raises:
        DmnFault: a text is no FEEL, a function or type is unknown.
        feel.LimitFault: it takes too many steps or grows too large.
    """
    raise AssertionError(f"no way to compute {type(box).__name__}")


@value_of.register
def _literal(box: tree.LiteralBox, frame: Frame) -> Value:
    return frame.literal(box)


@value_of.register
def _table(box: tree.TableBox, frame: Frame) -> Value:
    return deciding.decided(box, frame)


@value_of.register
def _context(box: tree.ContextBox, frame: Frame) -> Value:
    found: dict[str, Value] = {}
    for entry in box.entries:
        if entry.variable is None:
            return value_of(entry.body, frame)
        name = entry.variable.name
        if isinstance(entry.body, tree.FunctionBox):
            frame = frame.with_function(name, function_of(entry.body, frame))
            continue
        value = frame.typed(value_of(entry.body, frame), entry.variable.type, entry.place)
        found[wording.word(name)] = value
        frame = frame.with_values({name: value})
    return found


@value_of.register
def _list(box: tree.ListBox, frame: Frame) -> Value:
    return tuple(value_of(item, frame) for item in box.items)


@value_of.register
def _relation(box: tree.RelationBox, frame: Frame) -> Value:
    columns = [wording.word(column) for column in box.columns]
    return tuple(
        {column: value_of(cell, frame) for column, cell in zip(columns, row, strict=True)} for row in box.rows
    )


@value_of.register
def _function(box: tree.FunctionBox, _frame: Frame) -> Value:
    raise DmnFault(box.place, zh="函数不能作为值", en="a function cannot be a value here")


@value_of.register
def _invocation(box: tree.InvocationBox, frame: Frame) -> Value:
    function = frame.functions.get(box.function)
    if function is None:
        name = box.function
        raise DmnFault(box.place, zh=f"没有可调用的 {name}", en=f"there is no {name} to be called")
    return function({name: value_of(body, frame) for name, body in box.bindings})


@value_of.register
def _conditional(box: tree.ConditionalBox, frame: Frame) -> Value:
    condition = value_of(box.condition, frame)
    if condition is not None and not isinstance(condition, bool):
        return frame.run.null(0, zh="条件不是真假", en="the condition is not true or false")
    return value_of(box.then if condition else box.otherwise, frame)


@value_of.register
def _filter(box: tree.FilterBox, frame: Frame) -> Value:
    found: list[Value] = []
    for item in _entries(box.source, frame):
        fields = item if isinstance(item, dict) else {}
        inner = replace(frame, values={**frame.values, "item": item, **fields})
        matched = value_of(box.match, inner)
        if not isinstance(matched, bool):
            return frame.run.null(0, zh="筛选条件不是真假", en="a match is not true or false")
        if matched:
            found.append(item)
    return tuple(found)


@value_of.register
def _iterator(box: tree.IteratorBox, frame: Frame) -> Value:
    answers = []
    for item in _entries(box.source, frame):
        answers.append(value_of(box.body, frame.with_values({box.variable: item})))
        frame.run.spend(1)
    if box.word == "for":
        return tuple(answers)
    if not all(isinstance(answer, bool) for answer in answers):
        return frame.run.null(0, zh="不是每一项都有真假", en="not every entry is true or false")
    return any(answers) if box.word == "some" else all(answers)


def _entries(source: tree.Box, frame: Frame) -> Iterator[Value]:
    value = value_of(source, frame)
    entries = value if isinstance(value, tuple) else () if value is None else (value,)
    frame.run.spend(len(entries))
    return iter(entries)


def function_of(box: tree.FunctionBox, frame: Frame, type_: str = "") -> Function:
    """The function that a box describes; it sees what its frame sees, and its arguments."""

    def call(arguments: Mapping[str, Value]) -> Value:
        unknown = arguments.keys() - {parameter.name for parameter in box.parameters}
        if unknown:
            words = ", ".join(sorted(unknown))
            frame.run.null(0, zh=f"没有参数 {words}", en=f"there is no parameter {words}")
            return None
        given = {
            parameter.name: frame.typed(arguments.get(parameter.name), parameter.type, box.place)
            for parameter in box.parameters
        }
        return frame.typed(value_of(box.body, frame.with_values(given)), type_, box.place)

    return call
