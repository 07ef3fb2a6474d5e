"""A day as it was typed at the desk, or why it is none, at its place."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yizhan.cases.refusals import Incomplete


def day(text: str, *, place: str) -> date | None:
    """The day; None where nothing was typed.

    Raises:
        Incomplete: it is no day; ``place`` is the field that says so.
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise Incomplete([(place, _("日期须写成 2026-11-20 的样子"))]) from wrong
