"""The house's own FEEL: cells, a table of a pack, a table of a DMN model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import questions
import turns

from yizhan import feel
from yizhan.workflow.dmn import Evaluator, read
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.table import Table

_POLICIES = {"first": ("F", "FIRST"), "unique": ("U", "UNIQUE")}
_TYPES = {"age": "number", "kind": "string", "years": "number"}


def works() -> dict[str, turns.Work]:
    """All works by name."""
    found: dict[str, turns.Work] = {}
    for question in questions.UNARY:
        days = question.are_days
        inputs = [date.fromisoformat(one) for one in question.inputs] if days else question.inputs
        found[question.name] = _match(question.feel), inputs
    found["day from text"] = _match('date(?) >= date("2026-01-01")'), questions.UNARY[2].inputs
    for name, (short, long) in _POLICIES.items():
        found[f"table, {name}"] = _table(short), questions.CASES
        found[f"DMN table, {name}"] = _model(long), questions.CASES
    return found


def _match(source: str) -> Callable[[Any], Any]:
    tests = feel.compile_tests(source)
    return lambda value: tests.match(value).value


def _table(policy: str) -> Callable[[Any], Any]:
    words = {"zh": "—", "en": "—"}
    table = Table(
        TableDefinition.model_validate(
            {
                "key": "amounts",
                "title": words,
                "hit_policy": policy,
                "inputs": [{"name": name, "label": words, "type": kind} for name, kind in _TYPES.items()],
                "outputs": [{"name": "amount", "label": words, "type": "number"}],
                "rules": [
                    {"id": str(place), "when": list(rule.when), "then": [rule.amount], "because": words}
                    for place, rule in enumerate(questions.TABLE)
                ],
            }
        )
    )
    return lambda case: _plain(table.decide(case).outputs.get("amount"))


def _model(policy: str) -> Callable[[Any], Any]:
    inputs = "".join(
        f'<input><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression></input>'
        for name, kind in _TYPES.items()
    )
    rules = "".join(
        f"<rule>{''.join(_cell('inputEntry', cell) for cell in rule.when)}"
        f"{_cell('outputEntry', str(rule.amount))}</rule>"
        for rule in questions.TABLE
    )
    data = "".join(
        f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in _TYPES.items()
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>' for name in _TYPES
    )
    text = (
        f'<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="amounts">{data}'
        f'<decision id="d" name="amount"><variable name="amount" typeRef="number"/>{needs}'
        f'<decisionTable hitPolicy="{policy}">{inputs}<output typeRef="number"/>{rules}</decisionTable>'
        "</decision></definitions>"
    )
    evaluator = Evaluator(read(text.encode()))
    return lambda case: _plain(evaluator.decide("amount", case).value)


def _cell(tag: str, text: str) -> str:
    return f"<{tag}><text>{escape(text)}</text></{tag}>"


def _plain(value: Any) -> int | None:
    return None if value is None else int(value)


if __name__ == "__main__":
    turns.answer(works())
