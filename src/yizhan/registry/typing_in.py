"""A value typed by hand 手工填写: read as a file's cell is, by the type of the column, or refused at the place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan import codes
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.directory.report import Words
from yizhan.registry.catalogue import CATALOGUE, Entry
from yizhan.registry.correcting import CORRECTABLE
from yizhan.registry.faults import Refused
from yizhan.registry.import_columns import coded, reads
from yizhan.registry.wording import said

_NOT_TYPED = {"person.id_type", "person.photo"}
"""Keys whose column says something else beside them, or holds no words."""
_MUST_BE = {"name", "sex", "born_on", "id_number"}
_MOST_NAMED = 40
_NONE = gettext_lazy("无记载")
"""What is typed for a value that is to go, in either language."""


def correctable(key: str) -> bool:
    """Whether the value of a key is one column that can be put right by itself.

    Homes, households and what is worked out from other values are not: they are changed by their own verbs.
    """
    one = CATALOGUE[key]
    return one.of == "person" and one.column in CORRECTABLE and key not in _NOT_TYPED


def typed(key: str, words: str) -> Any:
    """The value that words mean for a key: a text, a code, a date, a number; the word for no record empties it.

    Raises:
        Refused: the key is not correctable, or the words are nothing that its column can hold.
    """
    if not correctable(key):
        raise Refused(_("这一项不能在此更正。"))
    one, words = CATALOGUE[key], words.strip()
    none = Words.of(_NONE)
    if words.casefold() in {none.zh, none.en.casefold()}:
        if one.column in _MUST_BE:
            raise Refused(_("这一项不能清空，请填写内容。"))
        words = ""
    elif not words:
        raise Refused(_("请填写内容。"))
    try:
        return (coded(one.codes) if one.codes else reads(one.column))(words)
    except CellRefused as fault:
        raise Refused(str(fault.words)) from None


def told(key: str, value: Any) -> str:
    """A typed value in words, as the register will say it."""
    return said(CATALOGUE[key], f"{value:.2f}" if isinstance(value, Decimal) else value)


def how(key: str) -> str:
    """How the value of a key is typed, in words for whoever types it."""
    one = CATALOGUE[key]
    if one.type == "date":
        return _("日期，例如 2026-11-20")
    if one.type == "code":
        return _names(one)
    if one.type == "integer":
        return _("整数")
    if one.column == "assistance_amount":
        return _("金额（元），最多两位小数")
    return _("文字")


def empties(key: str) -> bool:
    """Whether the value of a key may be taken away without another in its place."""
    return CATALOGUE[key].column not in _MUST_BE


def _names(one: Entry) -> str:
    listed = [str(entry) for entry in codes.entries(one.codes)]
    if len(listed) > _MOST_NAMED:
        return _("代码表中的名称或代码")
    return _("以下名称之一：%(names)s") % {"names": "、".join(listed)}
