"""Rows of a form on paper 可增行: a table where its columns fit on the page, else the cells of one row after another's.

Columns for files stand in the list of materials, like other questions for files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yizhan.forms.field import Field
from yizhan.forms.paper_words import Both, text
from yizhan.forms.showing import Question

MOST_BOXES = 12
_MOST_COLUMNS = 8
_BLANK_ROWS, _BLANK_RECORDS = 5, 2
_WEIGHTS = {
    "number": 0.8,
    "money": 1.25,
    "date": 1.2,
    "identity_number": 2.0,
    "credit_code": 2.0,
    "address": 2.2,
}

Cell = dict[str, Any]
Inner = Callable[[Field, Question | None], Cell]


def group(field: Field, question: Question | None, *, when: Both | None, inner: Inner) -> Cell:
    """A question with rows; blank without a question. ``inner`` makes the cell of one question of a row."""
    blank = question is None
    columns = [one for one in field.fields if one.sheet.widget != "file"]
    rows = [{one.field.path: one for one in row} for row in question.rows] if question else []
    told: Cell = {
        "label": text(field.sheet.label),
        "row": text(field.sheet.row or field.sheet.label),
        "required": question.required if question else field.demanded_where_asked,
        "hint": text(field.sheet.hint) if blank and field.sheet.hint else None,
        "when": when,
        "half": False,
    }
    if len(columns) > _MOST_COLUMNS:
        made = [[inner(one, row[one.path]) for one in columns if one.path in row] for row in rows]
        if blank:
            made = [[inner(one, None) for one in columns]] * _BLANK_RECORDS
        return {**told, "kind": "records", "records": made}
    empty = min(field.most, _BLANK_ROWS) if blank else 0
    return {
        **told,
        "kind": "table",
        "columns": [_column(one) for one in columns],
        "rows": [[_answer(row.get(one.path)) for one in columns] for row in rows] or [[]] * empty,
        "notes": [_note(one) for one in columns if blank and one.sheet.options],
    }  # fmt: skip


def _answer(question: Question | None) -> str:
    return question.answer if question else ""


def _column(field: Field) -> Cell:
    return {
        "label": text(field.sheet.label),
        "required": field.demanded_where_asked,
        "weight": _WEIGHTS.get(field.sheet.widget, 1.0),
        "yes_no": field.sheet.widget == "yes_no",
    }


def _note(field: Field) -> Cell:
    """What a narrow column takes, since there is no room in it."""
    options = field.sheet.options[:MOST_BOXES]
    more = len(field.sheet.options) > MOST_BOXES
    return {
        "label": text(field.sheet.label),
        "options": {
            "zh": "、".join(option.label.zh for option in options) + ("……" if more else ""),
            "en": ", ".join(option.label.en for option in options) + ("..." if more else ""),
        },
    }
