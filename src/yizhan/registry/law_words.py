"""What is said of laws, in words 法规政策用语: columns, states, days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan.registry.models import Law
from yizhan.ui import dates

COLUMNS = {
    "code": gettext_lazy("法规政策代码"),
    "kind": gettext_lazy("类别"),
    "title_zh": gettext_lazy("标题"),
    "title_en": gettext_lazy("英文标题"),
    "issuer": gettext_lazy("制定机关"),
    "number": gettext_lazy("文号"),
    "issued_on": gettext_lazy("公布日期"),
    "in_force_on": gettext_lazy("施行日期"),
    "revised_on": gettext_lazy("最近修订日期"),
    "valid_until": gettext_lazy("有效期至"),
    "repealed_on": gettext_lazy("废止日期"),
    "successor": gettext_lazy("承接文件"),
    "read_at": gettext_lazy("原文核对处"),
    "read_on": gettext_lazy("核对日期"),
    "verified": gettext_lazy("已核实"),
    "articles": gettext_lazy("条款提要"),
}


def column(name: str) -> str:
    """What a column is called."""
    return str(COLUMNS[name])


def value(name: str, kept: Any) -> str:
    """A value of a column as people read it; a dash where there is none."""
    if kept in (None, "", []):
        return "—"
    if name == "kind":
        return str(Law.Kind(kept).label)
    if name == "verified":
        return _("是") if kept else _("否")
    if name == "articles":
        return "、".join(one["article"] for one in kept)
    if name.endswith(("_on", "_until")):
        day = kept if isinstance(kept, date) else date.fromisoformat(kept)
        return dates.day(day)
    return str(kept)
