"""What the registers say, in words 表述."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yizhan.codes import divisions, lists
from yizhan.registry.entries import Entry
from yizhan.ui.dates import day


def said(entry: Entry, value: Any) -> str:
    """A value in words; what was filed is JSON, what the register says now may be a date; masked ones are words already."""
    if value is None or value == "":
        return _("无记载")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if entry.type == "date":
        return _day(value)
    if entry.type == "code":
        return named(entry.codes, str(value))
    return str(value)


def _day(value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    try:
        return day(date.fromisoformat(value))
    except ValueError:  # masked
        return str(value)


def named(key: str, code: str) -> str:
    """The name of a code of a list, or of a division; the code itself where nobody knows it."""
    if key == "divisions":
        return divisions.full_name(code) or code
    try:
        return lists.name_of(key, code)
    except lists.UnknownCode:
        return code
