"""zen-engine, in the environment of the peers: its compiled unary expressions, and its table in both ways to load it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import questions
import turns
import zen


def works() -> dict[str, turns.Work]:
    """All works by name."""
    found: dict[str, turns.Work] = {}
    for question in questions.UNARY:
        compiled = zen.compile_unary_expression(question.zen)
        found[question.name] = _evaluate(compiled), question.inputs
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"amounts": _model()}}})
    found["table, first"] = (
        lambda case: engine.evaluate("amounts", case)["result"].get("amount"),
        questions.CASES,
    )
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(_model())))
    found["decision, first"] = lambda case: decision.evaluate(case)["result"].get("amount"), questions.CASES
    return found


def _evaluate(compiled: Any) -> Callable[[Any], Any]:
    return lambda value: compiled.evaluate({"$": value})


def _model() -> dict[str, Any]:
    rules = [
        {
            "_id": str(place),
            **dict(zip(questions.COLUMNS, rule.when, strict=True)),
            "amount": str(rule.amount),
        }
        for place, rule in enumerate(questions.TABLE)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in questions.COLUMNS],
        "outputs": [{"id": "amount", "name": "amount", "field": "amount"}],
        "rules": rules,
    }
    nodes = [("in", "inputNode", None), ("table", "decisionTableNode", table), ("out", "outputNode", None)]
    return {
        "nodes": [
            {
                "id": key,
                "type": kind,
                "name": key,
                "position": {"x": 0, "y": 0},
                **({"content": content} if content else {}),
            }
            for key, kind, content in nodes
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }


if __name__ == "__main__":
    turns.answer(works())
