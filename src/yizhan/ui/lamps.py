"""The words of the time-limit light 时限灯, read aloud with its shape and colour."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEVELS: Final[dict[str, str | Promise]] = {
    "normal": _("时限正常"),
    "soon": _("临期"),
    "late": _("超期"),
    "suspended": _("计时中止"),
    "done": _("已办结"),
}


def level_words(level: str) -> str:
    """What a level is called.

    Raises:
        KeyError: there is no such level.
    """
    return str(LEVELS[level])
