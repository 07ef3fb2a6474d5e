"""Closures of unary tests 单元格条件: ``[60..80), >= 90``, ``not("a", "b")``, ``-``, ``? > limit``.

The value that is tested stands in the scope under ``?``.
"""

from __future__ import annotations

from yizhan.feel import comparing, tree
from yizhan.feel.compile import ASKED, Code, compiled
from yizhan.feel.evaluation import Evaluation
from yizhan.feel.values import IN_CHINESE, Scope, Value, kind


@compiled.register
def _any_of(node: tree.AnyOf) -> Code:
    tests = [compiled(test) for test in node.tests]
    if not tests:
        return lambda scope, run: True
    if len(tests) == 1 and not node.negated:
        return tests[0]
    negated = node.negated

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
    return lambda scope, run: comparing.compare(order, scope.get(ASKED), operand(scope, run), run, at)


@compiled.register
def _matches(node: tree.Matches) -> Code:
    expression, at = compiled(node.expression), node.at
    if not node.is_condition:
        return lambda scope, run: comparing.matches(scope.get(ASKED), expression(scope, run), run, at)

    def test(scope: Scope, run: Evaluation) -> Value:
        value = expression(scope, run)
        if value is None or isinstance(value, bool):
            return value
        return run.null(
            at, zh=f"{IN_CHINESE[kind(value)]}不是真假", en=f"a {kind(value)} is not true or false"
        )

    return test


@compiled.register
def _in(node: tree.In) -> Code:
    value, tests = compiled(node.value), compiled(node.tests)
    return lambda scope, run: tests({**scope, ASKED: value(scope, run)}, run)
