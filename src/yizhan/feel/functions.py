"""Functions that a pack writes 自写函数: ``function(x, y) x + y``, which keep the names that they see.

One that calls itself, or others in a chain, comes to an end: every call takes of the depth that an evaluation has.
"""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.feel import tree
from yizhan.feel.builtins import FUNCTIONS, MOMENTS, Here, call
from yizhan.feel.compile import Code, compiled
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.types import Type, conforms, converted
from yizhan.feel.values import IN_CHINESE, Function, Scope, Value, kind

_CONSTRUCTORS = frozenset({"date", "time", "date and time", "duration"})
_OF_A_CALL = 3  # Python frames besides those of the body


@compiled.register
def _function(node: tree.FunctionOf) -> Code:
    body, cost = compiled(node.body), sum(1 for _ in tree.walk(node.body))
    depth = tree.height(node.body) + _OF_A_CALL
    names, types = node.parameters, node.types

    def make(scope: Scope, run: Evaluation) -> Value:
        seen = dict(scope)

        def invoke(arguments: Sequence[Value], given: tuple[str, ...], here: Here) -> Value:
            bound = _bound(names, types, arguments, given, here)
            if bound is None:
                return None
            now = here.evaluation
            now.spend(cost + len(seen))
            now.enter(depth)
            result = body({**seen, **bound}, now)
            now.leave(depth)
            return result

        return Function("function", names, invoke)

    return make


def _bound(
    names: tuple[str, ...],
    types: tuple[Type | None, ...],
    arguments: Sequence[Value],
    given: tuple[str, ...],
    here: Here,
) -> Scope | None:
    """The parameters with their arguments, or nothing and a reason."""
    keys = given or names
    if len(arguments) != len(names) or set(keys) != set(names):
        here.null(zh="参数的数目或名称不对", en="wrong number or names of arguments")
        return None
    by_name = dict(zip(keys, arguments, strict=True))
    for name, wanted in zip(names, types, strict=True):
        if wanted is None:
            continue
        by_name[name] = converted(by_name[name], wanted)
        if by_name[name] is not None and not conforms(by_name[name], wanted):
            title = IN_CHINESE.get(wanted.name, wanted.name)
            here.null(zh=f"参数 {name} 应为{title}", en=f"the argument {name} must be a {wanted.name}")
            return None
    return by_name


@compiled.register
def _invoke(node: tree.Invoke) -> Code:
    function, names, at = compiled(node.function), node.names, node.at
    arguments = [compiled(argument) for argument in node.arguments]

    def invoke(scope: Scope, run: Evaluation) -> Value:
        called = function(scope, run)
        return _called(called, [one(scope, run) for one in arguments], names, Here(run, at, "function"))

    return invoke


@compiled.register
def _call(node: tree.Call) -> Code:
    arguments = [compiled(argument) for argument in node.arguments]
    function, names, at = node.function, node.names, node.at
    is_built_in = function in FUNCTIONS

    written_out = _written_out(node)

    def known(scope: Scope, run: Evaluation) -> Value:
        own = scope.get(function)
        return invoke(scope, run) if isinstance(own, Function) else written_out

    def invoke(scope: Scope, run: Evaluation) -> Value:
        own = scope.get(function)
        here, values = Here(run, at, function), [one(scope, run) for one in arguments]
        if function in MOMENTS and not isinstance(own, Function):
            return _told(own, function, values, here)
        if isinstance(own, Function) or not is_built_in:
            return _called(own, values, names, here)
        return call(function, values, names, here)

    return invoke if written_out is None else known


def _written_out(node: tree.Call) -> Value:
    """What ``date("2026-11-20")`` and its like always give; nothing for other calls."""
    if node.function not in _CONSTRUCTORS or node.names:
        return None
    values = [part.value for part in node.arguments if isinstance(part, tree.Constant)]
    if len(values) != len(node.arguments):
        return None
    return call(node.function, values, (), Here(Evaluation(), node.at, node.function))


def _told(fact: Value, function: str, arguments: list[Value], here: Here) -> Value:
    """``now()`` and ``today()``: the moment that the caller handed in as a fact of that name."""
    if not arguments and type(fact) is MOMENTS[function]:
        return fact
    return here.null(
        zh=f"应不带参数，并由事实 {function} 给出日期或时间",
        en=f"it takes no arguments, and the fact {function} must give the day or moment",
    )


def _called(called: Value, arguments: list[Value], names: tuple[str, ...], here: Here) -> Value:
    if isinstance(called, Function):
        return called.invoke(arguments, names, here)
    return here.null(
        zh=f"{IN_CHINESE[kind(called)]}不是函数，不能调用", en=f"a {kind(called)} is no function to call"
    )
