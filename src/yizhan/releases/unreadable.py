"""Why a file cannot be read 无法读取: what all readers of a pack's files have in common."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

DEEPEST = 40
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Unreadable(Exception):
    """A file cannot be read as what it should be; the words say why."""

    def __init__(self, message: str, *, line: int | None = None, suggestion: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.suggestion = message, line, suggestion


def storable(value: Any) -> None:
    """Refuse escapes for what the database cannot keep: ``\\u0000`` and halves of characters."""
    if isinstance(value, dict):
        for key, inner in value.items():
            storable(key)
            storable(inner)
    elif isinstance(value, list):
        for inner in value:
            storable(inner)
    elif isinstance(value, str) and _UNSTORABLE.search(value):
        raise Unreadable(_("含有不能保存的字符：%(text)s") % {"text": ascii(value[:40])})
