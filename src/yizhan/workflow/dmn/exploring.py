"""Gaps and overlaps of the tables of a model 模型决策表的缺漏与重叠."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yizhan import feel
from yizhan.workflow.dmn import tree, wording
from yizhan.workflow.dmn.problems import ModelProblem
from yizhan.workflow.dmn.type_names import item_of
from yizhan.workflow.facts import FactType
from yizhan.workflow.tables.checking import coverage_problem
from yizhan.workflow.tables.coverage import Condition, Finding, findings

FACT_TYPES: Mapping[str, FactType] = {
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "date and time": "date_time",
    "dateTime": "date_time",
    "days and time duration": "duration",
    "dayTimeDuration": "duration",
    "years and months duration": "duration",
    "yearMonthDuration": "duration",
    "duration": "duration",
    "list": "list",
    "context": "context",
}
"""Types of the language as facts have them; others are any."""
_MOST_STEPS = 20


def problems(model: tree.Model, library: tree.Library) -> Iterator[ModelProblem]:
    """The gaps and overlaps of every table, as warnings; the model must be free of errors."""
    names = wording.Names(wording.names_of(model, library))
    for element in model.elements.values():
        for box in boxes_of(element):
            if isinstance(box, tree.TableBox):
                name = "" if isinstance(element, tree.InputData) else element.name
                for finding in _findings(box, model, library, names):
                    told = coverage_problem(name, finding)
                    yield ModelProblem(box.place, name, told.message, weight="warning")


def boxes_of(element: object) -> Iterator[tree.Node]:
    """All boxes in an element, one inside of the other too."""
    waiting: list[object] = [element]
    while waiting:
        here = waiting.pop()
        if isinstance(here, tuple):
            waiting.extend(here)
        elif isinstance(here, tree.Node):
            if here is not element:
                yield here
            waiting.extend(getattr(here, part) for part in here.__dataclass_fields__)


def _findings(
    table: tree.TableBox, model: tree.Model, library: tree.Library, names: wording.Names
) -> list[Finding]:
    """What is told of a table: rules may overlap where their order, or that they agree, decides."""
    if not table.rules:
        return []
    conditions = [_condition(table, place, model, library, names) for place in range(len(table.inputs))]
    rules = [rule.place.id or str(place) for place, rule in enumerate(table.rules, 1)]
    results = dict(zip(rules, ([cell.text for cell in rule.then] for rule in table.rules), strict=True))
    found = findings(
        conditions,
        rules,
        gaps=table.policy not in _COLLECTING and all(one.default is None for one in table.outputs),
        overlaps=table.policy in {"UNIQUE", "ANY"},
    )
    return [
        one
        for one in found
        if one.is_gap
        or table.policy == "UNIQUE"
        or any(results[rule] != results[one.rules[0]] for rule in one.rules)
    ]


_COLLECTING = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})


def _condition(
    table: tree.TableBox, place: int, model: tree.Model, library: tree.Library, names: wording.Names
) -> Condition:
    clause = table.inputs[place]
    type_, values = resolved(_type_of(clause, model), model, library)
    allowed = clause.values or values
    return Condition(
        clause.label or " ".join(clause.expression.text.split()),
        FACT_TYPES.get(type_, "any"),
        [_tests(rule.when[place].text, names) for rule in table.rules],
        _tests(allowed, names) if allowed else None,
        may_be_unknown=False,
    )


def _tests(text: str, names: wording.Names) -> feel.Tests:
    return feel.compile_tests(text or "-", names.known(text, frozenset()), lenient=True)


def _type_of(clause: tree.InputClause, model: tree.Model) -> str:
    """The type that a column says, else that of the input or decision which it looks at."""
    if clause.type:
        return clause.type
    text = " ".join(clause.expression.text.split())
    for element in model.elements.values():
        if isinstance(element, tree.InputData | tree.Decision) and element.variable.name == text:
            return element.variable.type
    return ""


def resolved(type_: str, model: tree.Model, library: tree.Library) -> tuple[str, str]:
    """What a type of the model is made of in the end, and the nearest allowed values on the way."""
    values = ""
    for _step in range(_MOST_STEPS):
        found = item_of(model, library, type_)
        if found is None:
            break
        item = found[1]
        if item.is_list or item.components:
            return ("list" if item.is_list else "context"), ""
        values, type_ = values or item.values, item.base
    return type_, values
