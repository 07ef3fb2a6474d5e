"""Closures of unary tests 单元格条件: ``[60..80), >= 90``, ``not("a", "b")``, ``-``, ``? > limit``.

The value that is tested stands in the scope under ``?``.
"""

from __future__ import annotations

from decimal import Decimal

from yizhan.feel import comparing, tree
from yizhan.feel.compile import ASKED, Code, compiled
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.values import IN_CHINESE, Range, Scope, Value, kind


@compiled.register
def _any_of(node: tree.AnyOf) -> Code:
    tests = [compiled(test) for test in node.tests]
    if not tests:
        return lambda scope, run: True
    if len(tests) == 1 and not node.negated:
        return tests[0]
    each = _one_by_one(tests, negated=node.negated)
    known = [constant(test) for test in node.tests]
    kinds = {type(value) for value in known}
    return _one_of(frozenset(known), kinds.pop(), each, negated=node.negated) if kinds in _KINDS else each


_KINDS: list[set[type]] = [{str}, {Decimal}]


def constant(test: tree.Node) -> str | Decimal | None:
    """The text or number that a test compares with, if it is nothing but that."""
    expression = test.expression if isinstance(test, tree.Matches) and not test.is_condition else None
    value = expression.value if isinstance(expression, tree.Constant) else None
    return value if isinstance(value, str | Decimal) else None


def _one_of(known: frozenset[Value], kind_: type, otherwise: Code, *, negated: bool) -> Code:
    """A list of texts or numbers is looked up at once."""

    def test(scope: Scope, run: Evaluation) -> Value:
        value = scope.get(ASKED)
        return (value in known) is not negated if type(value) is kind_ else otherwise(scope, run)

    return test


def _one_by_one(tests: list[Code], *, negated: bool) -> Code:

    def test(scope: Scope, run: Evaluation) -> Value:
        answer: bool | None = False
        for one in tests:
            held = one(scope, run)
            if held is True:
                return not negated
            if held is None:
                answer = None
        return answer if answer is None else negated

    return test


@compiled.register
def _relation(node: tree.Relation) -> Code:
    operand, order, at = compiled(node.operand), node.order, node.at
    holds, plain = comparing.OPERATORS[order], comparing.PLAIN

    def test(scope: Scope, run: Evaluation) -> Value:
        value, other = scope.get(ASKED), operand(scope, run)
        if type(value) is type(other) and type(value) in plain:
            return holds(value, other)
        return comparing.compare(order, value, other, run, at)

    return test


@compiled.register
def _matches(node: tree.Matches) -> Code:
    expression, at = compiled(node.expression), node.at
    if not node.is_condition:

        def matches(scope: Scope, run: Evaluation) -> Value:
            value, wanted = scope.get(ASKED), expression(scope, run)
            if type(wanted) is Range:
                return comparing.within(value, wanted, run, at)
            return comparing.matches(value, wanted, run, at)

        ends = (
            [node.expression.low, node.expression.high] if isinstance(node.expression, tree.RangeOf) else []
        )
        if ends and all(isinstance(end, tree.Constant) for end in ends):
            return _between(expression({}, Evaluation()), matches)
        return matches

    def test(scope: Scope, run: Evaluation) -> Value:
        value = expression(scope, run)
        if value is None or isinstance(value, bool):
            return value
        return run.null(
            at, zh=f"{IN_CHINESE[kind(value)]}不是真假", en=f"a {kind(value)} is not true or false"
        )

    return test


def _between(range_: Value, otherwise: Code) -> Code:
    """A range whose ends are written down, of numbers or the like."""
    if not isinstance(range_, Range) or range_.sign or type(range_.low) not in comparing.PLAIN:
        return otherwise
    low, high, kind_ = range_.low, range_.high, type(range_.low)
    after = comparing.OPERATORS[">=" if range_.low_closed else ">"]
    before = comparing.OPERATORS["<=" if range_.high_closed else "<"]

    def test(scope: Scope, run: Evaluation) -> Value:
        value = scope.get(ASKED)
        if type(value) is kind_:
            return after(value, low) and before(value, high)
        return otherwise(scope, run)

    return test


@compiled.register
def _in(node: tree.In) -> Code:
    value, tests = compiled(node.value), compiled(node.tests)
    return lambda scope, run: tests({**scope, ASKED: value(scope, run)}, run)
