"""Data in the shape of a form 归整: nothing that the form does not ask for, rows that are rows."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from yizhan.forms.field import Field
from yizhan.forms.paths import Data, get, put


def fit(fields: Iterable[Field], data: Any) -> Data:
    """A copy of the data with these questions' answers only."""
    fitted: Data = {}
    for field in fields:
        value = _fitted(field, get(data, field.sheet.path))
        if value not in (None, []):
            put(fitted, field.sheet.path, value)
    return fitted


def answers(fields: Iterable[Field], data: Any, start: str = "") -> Iterable[str]:
    """The paths of all answers in the data, row by row."""
    for field in fields:
        value = get(data, field.sheet.path)
        path = f"{start}{field.sheet.path}"
        if field.fields and isinstance(value, list):
            for number, row in enumerate(value):
                yield from answers(field.fields, row, f"{path}.{number}.")
        elif value is not None:
            yield path


def _fitted(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.sheet.widget == "group":
        rows = value if isinstance(value, list) else []
        return [fit(field.fields, row) for row in rows[: field.most] if isinstance(row, dict)]
    if field.sheet.widget in {"file", "checkboxes"}:
        return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []
    return None if isinstance(value, dict | list) else copy.copy(value)
