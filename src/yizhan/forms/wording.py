"""Values and questions in words 表述: as typed, as read, and what a hint says beside the author's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yizhan.forms.field import Field
from yizhan.forms.prefill import Given
from yizhan.ui import dates, numbers
from yizhan.ui.language import in_english, listed

WIDTHS = {
    "number": "short",
    "money": "short",
    "date": "date",
    "phone": "phone",
    "identity_number": "medium",
    "credit_code": "medium",
    "bank_account": "medium",
    "address": "full",
}


def origin(given: Given) -> str:
    """Who says so, and as of when."""
    if given.as_of is None:
        return _("来自：%(source)s") % {"source": given.source}
    words = {"source": given.source, "day": dates.day(given.as_of)}
    return _("来自：%(source)s，截至 %(day)s") % words


def typed(field: Field, value: Any) -> Any:
    """A value as it stands in its input; what could not be read stands there as it was typed."""
    if value is None:
        return [] if field.sheet.widget in {"checkboxes", "file", "group"} else ""
    if isinstance(value, bool):
        return {True: "yes", False: "no"}[value] if field.sheet.widget == "yes_no" else value
    if isinstance(value, int | float):
        return f"{value:.2f}" if field.sheet.widget == "money" and _is_fen(value) else _digits(value)
    return value


def yes_or_no(value: bool) -> str:
    """The answer to a question that is answered so."""
    return _("是") if value else _("否")


def answer(field: Field, value: Any, files: list[str]) -> str:
    """A value in words; empty for none."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _statement(value) if field.sheet.widget == "statement" else yes_or_no(value)
    if field.sheet.widget == "file":
        return listed(files)
    if field.sheet.widget == "group":
        return _("共 %(n)s 项") % {"n": len(value)}
    if isinstance(value, list):
        return listed([field.label_of(entry) for entry in value])
    if isinstance(value, int | float):
        money = field.sheet.widget == "money" and _is_fen(value)
        return numbers.money(Decimal(str(value))) if money else _digits(value)
    return _day(value) if field.sheet.widget == "date" else field.label_of(value)


def hint(field: Field, given: Given | None, value: Any) -> str:
    """What helps to answer: the author's words, what the input takes, where a suggestion comes from."""
    parts = [str(field.sheet.hint)] if field.sheet.hint else []
    if field.sheet.widget == "date" and not parts:
        parts.append(_("例如 2026-11-20"))
    if field.sheet.widget == "file":
        parts.append(_file_rules(field))
    if (
        given is not None
        and not given.locked
        and value not in ("", [])
        and value == typed(field, given.value)
    ):
        parts.append(_("已按“%(source)s”填好，可以修改") % {"source": given.source})
    return (". " if in_english() else "；").join(part.removesuffix("。").removesuffix(".") for part in parts)


def _file_rules(field: Field) -> str:
    return _("可传 %(kinds)s，每份不超过 %(size)s MB，最多 %(most)s 份") % {
        "kinds": kinds_of_files(field),
        "size": field.largest,
        "most": field.most,
    }


def kinds_of_files(field: Field) -> str:
    """The endings that a question takes, such as PDF、JPG."""
    return listed(ending[1:].upper() for ending in field.endings if ending != ".jpeg")


def _statement(agreed: bool) -> str:
    return _("已确认") if agreed else _("未确认")


def _day(text: Any) -> str:
    try:
        return dates.day(date.fromisoformat(text))
    except (TypeError, ValueError):
        return str(text)


def _is_fen(value: float) -> bool:
    return abs(value) < 10**13 and round(value, 2) == value


def _digits(value: float) -> str:
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
