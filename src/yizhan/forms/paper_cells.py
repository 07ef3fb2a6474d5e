"""The cells of a form on paper 单元: a label, and an answer, boxes to tick, or room to write."""

from __future__ import annotations

from functools import partial
from typing import Any

from yizhan.forms import paper_rows, wording
from yizhan.forms.field import Field
from yizhan.forms.layout import Layout
from yizhan.forms.paper_rows import MOST_BOXES, Cell
from yizhan.forms.paper_words import Both, both, text, when_asked
from yizhan.forms.showing import Question

_LONG = 20  # characters; a longer answer gets the whole width
_WIDE = frozenset({"textarea", "address", "radios", "checkboxes", "group"})
_SQUARES = {"identity_number": 18, "credit_code": 18}


def cell(form: Layout, field: Field, question: Question | None, *, in_row: bool = False) -> Cell:
    """The cell of a question; blank without one that was answered."""
    blank = question is None
    when = when_asked(field, form) if blank and not in_row else None
    if field.fields:
        return paper_rows.group(field, question, when=when, inner=partial(cell, form, in_row=True))
    value = question.answer if question else ""
    boxes = _boxes(field, question)
    chosen = any(box["ticked"] for box in boxes)
    return {
        "kind": "boxes" if boxes and (blank or chosen or not value) else "text",
        "widget": field.sheet.widget,
        "label": text(field.sheet.label),
        "required": question.required if question else field.demanded_where_asked,
        "half": not _is_wide(field, value, blank=blank),
        "value": value,
        "boxes": boxes,
        "squares": _SQUARES.get(field.sheet.widget, 0),
        "hint": _beneath(field, question),
        "when": when,
    }  # fmt: skip


def _beneath(field: Field, question: Question | None) -> Both | None:
    """What stands beneath an answer: on a blank form the hint, on a filled one who says so where nobody typed it."""
    if question is None:
        return text(field.sheet.hint) if field.sheet.hint else None
    return both(lambda: question.origin) if question.origin else None


def _boxes(field: Field, question: Question | None) -> list[dict[str, Any]]:
    value = question.value if question else None
    picked = value if isinstance(value, list) else [value]
    if field.sheet.widget == "yes_no":
        return [
            {"label": both(partial(wording.yes_or_no, yes)), "ticked": key in picked}
            for key, yes in (("yes", True), ("no", False))
        ]
    if len(field.sheet.options) > MOST_BOXES:
        return []
    return [{"label": text(one.label), "ticked": one.value in picked} for one in field.sheet.options]


def _is_long(field: Field, value: str) -> bool:
    if len(field.sheet.options) > MOST_BOXES:
        return True
    if field.sheet.options:
        return sum(len(option.label.zh) + 2 for option in field.sheet.options) > _LONG
    return sum(1 if ord(sign) > 0x2E7F else 0.5 for sign in value) > _LONG


def _is_wide(field: Field, value: str, *, blank: bool) -> bool:
    """Whether a cell needs the whole width; a blank one also for a square for each digit, or for a long hint."""
    if field.sheet.widget in _WIDE or _is_long(field, value):
        return True
    hint = field.sheet.hint
    return blank and (field.sheet.widget in _SQUARES or (hint is not None and len(hint.zh) > _LONG))
