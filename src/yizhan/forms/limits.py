"""How much one form may hold 上限, and what its data may be made of. Looked at before anything else is."""

from __future__ import annotations

import json
import math
from typing import Any

from django.utils.translation import gettext as _

from yizhan.forms.faults import Fault

LARGEST = 2 * 1024 * 1024  # bytes of JSON in UTF-8
MOST_VALUES = 2_000
DEEPEST = 12


def look(data: object) -> Fault | None:
    """Why the data is no form's data at all, or None."""
    if not isinstance(data, dict):
        return Fault("", _("表单数据应为一个 JSON 对象"))
    waiting: list[tuple[Any, int]] = [(data, 1)]
    values = 0
    while waiting:
        here, depth = waiting.pop()
        if depth > DEEPEST:
            return Fault("", _("内容嵌套超过 %(most)s 层") % {"most": DEEPEST})
        inside = _inside(here)
        if inside is None:
            return Fault("", _("内容里有无法保存的字符或数值"), _("请删去后重新填写"))
        values += 0 if isinstance(here, dict | list) else 1
        if values + len(waiting) + len(inside) > 2 * MOST_VALUES or values > MOST_VALUES:
            return Fault("", _("填写的内容超过 %(most)s 项") % {"most": MOST_VALUES}, _("请分次申报"))
        waiting += ((inner, depth + 1) for inner in inside)
    if len(json.dumps(data, ensure_ascii=False).encode()) > LARGEST:
        return Fault("", _("填写的内容超过 2 MB"), _("请精简文字，或改用附件上传"))
    return None


def _inside(here: object) -> list[Any] | None:
    """What a value holds; None for what JSON and the database cannot keep."""
    if isinstance(here, dict):
        return list(here.values()) if all(_plain(key) for key in here) else None
    if isinstance(here, list):
        return here
    if isinstance(here, str):
        return [] if _plain(here) else None
    if isinstance(here, float):
        return [] if math.isfinite(here) else None
    return [] if here is None or isinstance(here, bool | int) else None


def _plain(text: object) -> bool:
    """No NUL, which jsonb refuses, and no half of a surrogate pair, which UTF-8 cannot write."""
    if not isinstance(text, str) or "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
