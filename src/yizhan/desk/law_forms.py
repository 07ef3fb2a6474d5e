"""The form in which an office enters a law or policy 法规政策登记表单: every column, with what is on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhan.identity.directory.cells import CellRefused
from yizhan.registry import law_words, laws
from yizhan.registry.extracts import laws as extract
from yizhan.registry.keeping_values import plain
from yizhan.registry.models import Law

DAYS = ("issued_on", "in_force_on", "revised_on", "valid_until", "repealed_on")
_COLUMNS = tuple(name for name in laws.COLUMNS if name != "articles")


def present(law: Law | None) -> dict[str, str]:
    """What stands in the form before anything is typed."""
    if law is None:
        return {}
    told = {name: plain(getattr(law, name)) for name in _COLUMNS}
    return {name: str(value) for name, value in told.items() if value is not None} | {
        "verified": "yes" if law.verified else "no"
    }


def read(sent: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed by columns, and what is wrong by the names of fields; an empty answer empties the column."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for column in extract.columns():
        if column.name not in _COLUMNS:
            continue
        try:
            values[column.name] = column.read(sent.get(column.name, "").strip())
        except CellRefused as refused:
            wrong[column.name] = str(refused.words)
    values["verified"] = sent.get("verified") == "yes"
    wrong.pop("verified", None)
    return values, wrong


def title(column: str) -> str:
    """What a field is called."""
    return law_words.column(column)
