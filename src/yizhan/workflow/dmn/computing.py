"""Computing boxed expressions 计算方框表达式, except decision tables, which have a file of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import singledispatch

from yizhan.feel import Function, Here, Value
from yizhan.workflow.dmn import deciding, tree
from yizhan.workflow.dmn.faults import DmnFault, Place
from yizhan.workflow.dmn.frames import Frame

_OF_A_CALL = 6  # levels of depth


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
def _foreign(box: tree.ForeignBox, frame: Frame) -> Value:
    return frame.run.null(
        0, zh=f"不执行以 {box.language} 编写的函数", en=f"functions in {box.language} are not carried out"
    )


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
        value = frame.typed(value_of(entry.body, frame), entry.variable.type, entry.place)
        found[name] = value
        frame = frame.with_values({name: value})
    return found


@value_of.register
def _list(box: tree.ListBox, frame: Frame) -> Value:
    return tuple(value_of(item, frame) for item in box.items)


@value_of.register
def _relation(box: tree.RelationBox, frame: Frame) -> Value:
    return tuple(
        {column: value_of(cell, frame) for column, cell in zip(box.columns, row, strict=True)}
        for row in box.rows
    )


@value_of.register
def _function(box: tree.FunctionBox, frame: Frame) -> Value:
    return function_of("function", box, frame)


@value_of.register
def _invocation(box: tree.InvocationBox, frame: Frame) -> Value:
    function = frame.literal(tree.LiteralBox(box.place, box.function))
    if not isinstance(function, Function):
        name = box.function
        raise DmnFault(box.place, zh=f"没有可调用的 {name}", en=f"there is no {name} to be called")
    arguments = [value_of(body, frame) for _, body in box.bindings]
    names = tuple(name for name, _ in box.bindings)
    return function.invoke(arguments, names, Here(frame.run, 0, box.function))


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
        inner = frame.with_values({"item": item, **fields})
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
        frame.run.spend(_weight(answers[-1]))
    if box.word == "for":
        return frame.run.measured(tuple(answers))
    if not all(isinstance(answer, bool) for answer in answers):
        return frame.run.null(0, zh="不是每一项都有真假", en="not every entry is true or false")
    return any(answers) if box.word == "some" else all(answers)


def _weight(value: Value) -> int:
    """How many values a value holds, itself included."""
    count, waiting = 0, [value]
    while waiting:
        here = waiting.pop()
        count += 1
        if isinstance(here, tuple | dict):
            waiting.extend(here.values() if isinstance(here, dict) else here)
    return count


def _entries(source: tree.Box, frame: Frame) -> Iterator[Value]:
    value = value_of(source, frame)
    entries = value if isinstance(value, tuple) else () if value is None else (value,)
    frame.run.spend(len(entries))
    return iter(entries)


def function_of(name: str, box: tree.FunctionBox, frame: Frame, type_: str = "") -> Function:
    """The function that a box describes; it sees what its frame sees, and its arguments."""

    def body(arguments: Mapping[str, Value]) -> Value:
        return frame.typed(value_of(box.body, frame.with_values(arguments)), type_, box.place)

    return function(name, box.parameters, body, frame, box.place)


def function(
    name: str,
    parameters: tuple[tree.Named, ...],
    body: Callable[[Mapping[str, Value]], Value],
    frame: Frame,
    place: Place,
) -> Function:
    """A function of FEEL; called with other arguments than its parameters, it gives null and a reason."""
    known = tuple(one.name for one in parameters)

    def invoke(arguments: Sequence[Value], names: tuple[str, ...], here: Here) -> Value:
        keys = names or known
        if len(arguments) != len(known) or set(keys) != set(known):
            return here.null(zh="参数的数目或名称不对", en="wrong number or names of arguments")
        given = dict(zip(keys, arguments, strict=True))
        typed = {one.name: frame.typed(given[one.name], one.type, place) for one in parameters}
        if any(typed[key] is None and given[key] is not None for key in known):
            return None
        here.evaluation.spend(1)
        here.evaluation.enter(_OF_A_CALL)
        value = body(typed)
        here.evaluation.leave(_OF_A_CALL)
        return value

    return Function(name, known, invoke)
