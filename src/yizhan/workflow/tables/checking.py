"""Checking a decision table before anybody depends on it: all faults at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.workflow.facts import TITLES, FactType, fits
from yizhan.workflow.problems import Problem, expression_problems, reserved, twice
from yizhan.workflow.tables.coverage import Condition, Finding, findings
from yizhan.workflow.tables.definition import (
    InputDefinition,
    OutputDefinition,
    TableDefinition,
)
from yizhan.workflow.tables.examples import example_problems
from yizhan.workflow.tables.literals import constant, written
from yizhan.workflow.tables.table import Table


def problems(definition: TableDefinition) -> list[Problem]:
    """What is wrong with a table; gaps, overlaps and missing examples are warnings."""
    found = [*_names(definition), *_columns(definition), *_rules(definition), *_policy(definition)]
    if any(problem.weight == "error" for problem in found):
        return found
    return [*found, *_examples(definition), *_coverage(definition)]


def _names(definition: TableDefinition) -> Iterator[Problem]:
    inputs, outputs = [c.name for c in definition.inputs], [c.name for c in definition.outputs]
    yield from twice("inputs[%s].name", inputs)
    yield from twice("outputs[%s].name", outputs)
    yield from twice("rules[%s].id", [rule.id for rule in definition.rules])
    for number, name in enumerate(inputs):
        yield from reserved(f"inputs[{number}].name", name)
        if name in definition.facts:
            yield Problem(f"facts.{name}", _("%(name)s 已是输入列的名称") % {"name": name})
    for name in definition.facts:
        yield from reserved(f"facts.{name}", name)


def _columns(definition: TableDefinition) -> Iterator[Problem]:
    facts = definition.all_facts
    for number, column in enumerate(definition.inputs):
        if column.expression is not None:
            path = f"inputs[{number}].expression"
            yield from expression_problems(path, column.expression, feel.expression, facts)
        if column.values is not None:
            yield from _test_problems(f"inputs[{number}].values", column.values, column.type, set())
    for number, output in enumerate(definition.outputs):
        if output.values is not None:
            yield from _test_problems(f"outputs[{number}].values", output.values, output.type, set())


def _rules(definition: TableDefinition) -> Iterator[Problem]:
    names = {*definition.all_facts, *(column.name for column in definition.inputs)}
    for number, rule in enumerate(definition.rules):
        for part, cells, columns in (
            ("when", rule.when, len(definition.inputs)),
            ("then", rule.then, len(definition.outputs)),
        ):
            if len(cells) != columns:
                counts = {"cells": len(cells), "columns": columns}
                message = _("有 %(cells)s 个单元格，但表有 %(columns)s 列") % counts
                yield Problem(f"rules[{number}].{part}", message)
        for place, (cell, column) in enumerate(zip(rule.when, definition.inputs, strict=False)):
            yield from _cell_problems(f"rules[{number}].when[{place}]", cell, column, names)
        for place, (cell, output) in enumerate(zip(rule.then, definition.outputs, strict=False)):
            yield from _result_problems(f"rules[{number}].then[{place}]", cell, output, names)


def _cell_problems(path: str, cell: str, column: InputDefinition, names: set[str]) -> Iterator[Problem]:
    found = list(_test_problems(path, cell, column.type, names))
    yield from found
    if found:
        return
    said = written(feel.compile_tests(cell))
    if column.required and None in said.values:
        message = _("此列必填，不会是 null，该条件永不成立")
        yield Problem(path, message, _("如允许未知，请写 required: false"), "warning")
    for value in said.singles:
        yield from _not_allowed(path, value, column.values)


def _test_problems(path: str, cell: str, type_: FactType, names: set[str]) -> Iterator[Problem]:
    """What is wrong with tests as such: grammar, names, and values of another type."""
    found = list(expression_problems(path, cell, feel.compile_tests, names))
    yield from (_with_quotes_advised(one, cell, type_) for one in found)
    for value in () if found else written(feel.compile_tests(cell)).values:
        if not fits(value, type_):
            yield _wrong_type(path, value, type_)


def _result_problems(path: str, cell: str, output: OutputDefinition, names: set[str]) -> Iterator[Problem]:
    found = list(expression_problems(path, cell, feel.expression, names))
    yield from (_with_quotes_advised(one, cell, output.type) for one in found)
    if found:
        return
    known, value = constant(feel.expression(cell).tree)
    if known and not fits(value, output.type):
        yield _wrong_type(path, value, output.type)
    elif known:
        yield from _not_allowed(path, value, output.values)


def _with_quotes_advised(problem: Problem, cell: str, type_: FactType) -> Problem:
    """A bare word in a column of texts was most likely meant as a text."""
    if type_ != "string" or not cell.isidentifier():
        return problem
    return Problem(problem.path, problem.message, _("文本请加双引号：'\"%(text)s\"'") % {"text": cell})


def _wrong_type(path: str, value: feel.Value, type_: FactType) -> Problem:
    words = {"value": feel.text_of(value), "type": str(TITLES[type_])}
    return Problem(path, _("%(value)s 不是%(type)s") % words)


def _not_allowed(path: str, value: feel.Value, values: str | None) -> Iterator[Problem]:
    try:
        allowed = None in (value, values) or feel.compile_tests(values or "-").match(value).value is True
    except feel.SyntaxFault:
        return  # told where the values are written
    if not allowed:
        words = {"value": feel.text_of(value), "values": values}
        yield Problem(path, _("%(value)s 不在允许的值之中：%(values)s") % words)


def _policy(definition: TableDefinition) -> Iterator[Problem]:
    if definition.aggregation is None:
        return
    if definition.hit_policy != "C":
        yield Problem("aggregation", _("只有命中策略 C 才能汇总"), "hit_policy: C")
    if len(definition.outputs) != 1:
        yield Problem("aggregation", _("汇总的表只能有一个结果列"))
    elif definition.aggregation == "sum" and definition.outputs[0].type not in {
        "number",
        "integer",
        "duration",
    }:
        yield Problem("outputs[0].type", _("只有数和时长可以求和"))


def _examples(definition: TableDefinition) -> Iterator[Problem]:
    if not definition.examples:
        yield Problem("examples", _("没有示例"), _("请至少写一个已知答案的例子"), "warning")
    table = Table(definition)
    for number, example in enumerate(definition.examples):
        path = f"examples[{number}]"
        for name in sorted(example.given.keys() - table.facts.keys()):
            yield Problem(f"{path}.given.{name}", _("表不使用事实 %(name)s") % {"name": name})
        yield from example_problems(path, example, table.decide(example.given))


def _coverage(definition: TableDefinition) -> Iterator[Problem]:
    conditions = [
        Condition(
            column.name,
            column.type,
            [feel.compile_tests(rule.when[number]) for rule in definition.rules],
            feel.compile_tests(column.values) if column.values else None,
            may_be_unknown=not column.required,
        )
        for number, column in enumerate(definition.inputs)
    ]
    found = findings(
        conditions,
        [rule.id for rule in definition.rules],
        gaps=definition.hit_policy != "C",
        overlaps=definition.hit_policy == "U",
    )
    yield from (coverage_problem("rules", finding) for finding in found)


def coverage_problem(path: str, finding: Finding) -> Problem:
    """A gap or an overlap in words."""
    if finding.is_gap:
        message = _("没有规则适用于，例如：%(inputs)s") % {"inputs": finding.shown}
    else:
        words = {"rules": ", ".join(finding.rules), "inputs": finding.shown}
        message = _("规则 %(rules)s 同时适用于，例如：%(inputs)s") % words
    return Problem(path, message, weight="warning")
