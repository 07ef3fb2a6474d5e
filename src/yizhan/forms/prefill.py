"""What is known already 预填: values with their source, handed in by whoever asked the registers."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizhan.forms.layout import Layout
from yizhan.forms.paths import Data, get, put
from yizhan.releases.words import Text


@dataclass(frozen=True)
class Given:
    """A value that nobody needs to type.

    Attributes:
        value: as the schema wants it.
        source: who says so, such as 人口库.
        as_of: since when, or up to when, the source says so.
        locked: the person cannot change it, and the browser is not listened to.
    """

    value: Any
    source: Text
    as_of: date | None = None
    locked: bool = False


Prefill = Mapping[str, Given]


def begin(form: Layout, prefill: Prefill) -> Data:
    """The data of a new draft: every given value that has a question."""
    data: Data = {}
    for path, given in prefill.items():
        if path in form.top:
            put(data, path, copy.deepcopy(given.value))
    return with_locked(form, data, prefill)


def with_locked(form: Layout, data: Data, prefill: Prefill) -> Data:
    """The data with every locked value as the source has it, whatever stood there."""
    locked = {path: given for path, given in prefill.items() if given.locked and path in form.top}
    rows = known_rows(form, prefill)
    if not locked and not rows:
        return data
    data = copy.deepcopy(data)
    for path, given in locked.items():
        put(data, path, copy.deepcopy(given.value))
    for path, known in rows.items():
        put(data, path, _laid(known, get(data, path)))
    return data


def known_rows(form: Layout, prefill: Prefill) -> dict[str, list[Data]]:
    """By the path of a group, the rows of which something is known, in their order, with what is known of each."""
    found: dict[str, list[Data]] = {}
    for path, given in prefill.items():
        group, number, column = _row_of(path)
        if given.locked and column and group in form.top:
            rows = found.setdefault(group, [])
            rows.extend({} for _missing in range(number + 1 - len(rows)))
            put(rows[number], column, given.value)
    return found


def _laid(known: list[Data], typed: object) -> list[Data]:
    """The known rows first, each with the answers typed for it; then those that somebody added.

    A row is found again by what is known of it, not by its number: others may have joined or left meanwhile.
    """
    left = [row for row in typed if isinstance(row, dict)] if isinstance(typed, list) else []
    laid = []
    for row in known:
        same = next((one for one in left if one.items() >= row.items()), None)
        if same is not None:
            left.remove(same)
        laid.append({**(same or {}), **copy.deepcopy(row)})
    return laid + left


def _row_of(path: str) -> tuple[str, int, str]:
    """``members.0.name`` as group, number and column; without a column for what stands in no row."""
    parts = path.split(".")
    for place, part in enumerate(parts):
        if part.isdecimal():
            return ".".join(parts[:place]), int(part), ".".join(parts[place + 1 :])
    return path, 0, ""
