"""From a tree to closures 编译: what can be run is built once, and nothing is ever handed to Python's eval.

A closure takes the scope (names to values) and the running evaluation, and gives a value. It never raises
anything but ``LimitFault``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import TypeAlias

from yizhan.feel import arithmetic, comparing, tree
from yizhan.feel.builtins import built_in_function
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.properties import property_of
from yizhan.feel.types import NAMES, conforms
from yizhan.feel.values import IN_CHINESE, Range, Scope, Value, kind

Code: TypeAlias = Callable[[Scope, Evaluation], Value]
ASKED = "?"


@singledispatch
def compiled(node: tree.Node) -> Code:
    """The closure of a node."""
    raise AssertionError(f"no way to compile {type(node).__name__}")


@compiled.register
def _constant(node: tree.Constant) -> Code:
    value = node.value
    return lambda scope, run: value


@compiled.register
def _wrong(node: tree.Wrong) -> Code:
    return lambda scope, run: run.null(node.at, zh=node.zh, en=node.en)


@compiled.register
def _name(node: tree.Name) -> Code:
    name, at = node.name, node.at
    built_in = built_in_function(name)

    def look_up(scope: Scope, run: Evaluation) -> Value:
        if name in scope:
            return scope[name]
        if built_in is not None:
            return built_in
        return run.null(at, zh=f"没有名为 {name} 的事实", en=f"there is no fact named {name}")

    return look_up


@compiled.register
def _asked(node: tree.Asked) -> Code:
    return lambda scope, run: scope.get(ASKED)


@compiled.register
def _list(node: tree.ListOf) -> Code:
    items = [compiled(item) for item in node.items]
    return lambda scope, run: tuple([item(scope, run) for item in items])


@compiled.register
def _context(node: tree.ContextOf) -> Code:
    entries = [(name, compiled(entry)) for name, entry in node.entries]

    def build(scope: Scope, run: Evaluation) -> Value:
        inner, result = dict(scope), {}
        for name, entry in entries:
            inner[name] = result[name] = entry(inner, run)
        return result

    return build


@compiled.register
def _range(node: tree.RangeOf) -> Code:
    low = compiled(node.low) if node.low is not None else None
    high = compiled(node.high) if node.high is not None else None
    at, low_closed, high_closed, sign = node.at, node.low_closed, node.high_closed, node.sign

    def build(scope: Scope, run: Evaluation) -> Value:
        first = low(scope, run) if low else None
        last = high(scope, run) if high else None
        if (low and first is None) or (high and last is None):
            return run.null(at, zh="区间缺少端点", en="an end of the range is missing")
        if low and high and comparing.compare("<=", first, last, run, at) is None:
            return None
        return Range(first, last, low_closed, high_closed, sign)

    if all(isinstance(end, tree.Constant | None) for end in (node.low, node.high)):
        trial = Evaluation()
        known = build({}, trial)
        if not trial.reasons:
            return lambda scope, run: known
    return build


@compiled.register
def _negation(node: tree.Negation) -> Code:
    operand, at = compiled(node.operand), node.at
    return lambda scope, run: arithmetic.negate(operand(scope, run), run, at)


@compiled.register
def _arithmetic(node: tree.Arithmetic) -> Code:
    left, right, sign, at = compiled(node.left), compiled(node.right), node.sign, node.at
    return lambda scope, run: arithmetic.calculate(sign, left(scope, run), right(scope, run), run, at)


@compiled.register
def _comparison(node: tree.Comparison) -> Code:
    left, right, order, at = compiled(node.left), compiled(node.right), node.order, node.at
    return lambda scope, run: comparing.compare(order, left(scope, run), right(scope, run), run, at)


@compiled.register
def _between(node: tree.Between) -> Code:
    value, low, high, at = compiled(node.value), compiled(node.low), compiled(node.high), node.at

    def test(scope: Scope, run: Evaluation) -> Value:
        here = value(scope, run)
        above = comparing.compare(">=", here, low(scope, run), run, at)
        below = comparing.compare("<=", here, high(scope, run), run, at)
        return comparing.every((above, below))

    return test


@compiled.register
def _logic(node: tree.Logic) -> Code:
    parts = [(compiled(part), part.at) for part in node.parts]
    decisive = node.word == "or"  # the answer that settles the matter

    def join(scope: Scope, run: Evaluation) -> Value:
        answer: bool | None = not decisive
        for part, place in parts:
            value = part(scope, run)
            if value is decisive:
                return decisive
            if not isinstance(value, bool):
                answer = None
                if value is not None:
                    run.null(
                        place,
                        zh=f"{IN_CHINESE[kind(value)]}不是真假",
                        en=f"a {kind(value)} is not true or false",
                    )
        return answer

    return join


@compiled.register
def _instance_of(node: tree.InstanceOf) -> Code:
    value, type_, at = compiled(node.value), node.type, node.at

    def test(scope: Scope, run: Evaluation) -> Value:
        here = value(scope, run)
        if type_.name not in NAMES:
            return run.null(at, zh=f"没有类型 {type_.name}", en=f"there is no type {type_.name}")
        return conforms(here, type_)

    return test


@compiled.register
def _if(node: tree.If) -> Code:
    condition, then, otherwise = compiled(node.condition), compiled(node.then), compiled(node.otherwise)
    return lambda scope, run: (then if condition(scope, run) is True else otherwise)(scope, run)


@compiled.register
def _path(node: tree.Path) -> Code:
    source, name, at = compiled(node.source), node.name, node.at
    return lambda scope, run: property_of(source(scope, run), name, run, at)
