"""The words for what a value should have been."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def wanted(kind: str, given: str) -> str:
    """“应为整数，实为“five””, where the kind of fault is a wrong type; otherwise empty."""
    type_ = _TYPES.get(kind)
    return _("应为%(wanted)s，实为“%(given)s”") % {"wanted": type_, "given": given} if type_ else ""


def compared(kind: str, context: Mapping[str, Any], given: str) -> str:
    """What is too long, too short, too large, too small, or too many; otherwise empty."""
    found = _LIMITS.get(kind)
    if found is None:
        return ""
    words, bound = found
    return words() % {"given": given, "bound": context.get(bound, "")}


_TYPES = {
    "string_type": gettext_lazy("文字"),
    "int_type": gettext_lazy("整数"),
    "int_parsing": gettext_lazy("整数"),
    "int_from_float": gettext_lazy("整数"),
    "float_type": gettext_lazy("数字"),
    "float_parsing": gettext_lazy("数字"),
    "decimal_type": gettext_lazy("数字"),
    "decimal_parsing": gettext_lazy("数字"),
    "bool_type": gettext_lazy("true 或 false"),
    "bool_parsing": gettext_lazy("true 或 false"),
    "list_type": gettext_lazy("列表"),
    "tuple_type": gettext_lazy("列表"),
    "dict_type": gettext_lazy("键值对"),
    "model_type": gettext_lazy("键值对"),
    "model_attributes_type": gettext_lazy("键值对"),
    "date_type": gettext_lazy("日期（2026-11-20）"),
    "date_parsing": gettext_lazy("日期（2026-11-20）"),
    "date_from_datetime_parsing": gettext_lazy("日期（2026-11-20）"),
    "date_from_datetime_inexact": gettext_lazy("日期（2026-11-20）"),
}
_LIMITS: dict[str, tuple[Callable[[], str], str]] = {
    "string_too_short": (lambda: _("至少写 %(bound)s 个字"), "min_length"),
    "string_too_long": (lambda: _("“%(given)s”太长，最多 %(bound)s 个字"), "max_length"),
    "too_short": (lambda: _("至少写 %(bound)s 项"), "min_length"),
    "too_long": (lambda: _("最多写 %(bound)s 项"), "max_length"),
    "greater_than_equal": (lambda: _("“%(given)s”太小，最小为 %(bound)s"), "ge"),
    "less_than_equal": (lambda: _("“%(given)s”太大，最大为 %(bound)s"), "le"),
    "greater_than": (lambda: _("“%(given)s”太小，应大于 %(bound)s"), "gt"),
    "less_than": (lambda: _("“%(given)s”太大，应小于 %(bound)s"), "lt"),
}
