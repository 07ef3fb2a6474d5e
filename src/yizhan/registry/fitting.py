"""Whether a value can be written into a column, said before anything is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from yizhan import codes
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.faults import Refused
from yizhan.registry.models import Particulars

_LONGEST_GROUND = 300
_NEVER_WRITTEN = frozenset({"Cc", "Cs"})
"""Control characters and halves of characters. Private-use ones stay: old registers have names in them."""


def fits(model: type[models.Model], column: str, value: str) -> None:
    """See that a text has room in its column and holds no control characters.

    Raises:
        Refused: it has not, or does.
    """
    longest = getattr(model._meta.get_field(column), "max_length", None)
    if longest is not None and len(value) > longest:
        raise Refused(_("内容超过 %(most)s 个字，未作登记，请核对后重新填写。") % {"most": longest})
    if not value.isprintable() and any(
        unicodedata.category(character) in _NEVER_WRITTEN for character in value
    ):
        raise Refused(_("内容含有不能登记的控制字符，未作登记，请重新填写。"))


def ground(because: str) -> str:
    """The reason for taking something back, without blanks around it.

    Raises:
        Refused: there is none, or it is longer than is kept.
    """
    said = because.strip()
    if not 0 < len(said) <= _LONGEST_GROUND:
        raise Refused(_("请用 300 字以内说明撤销理由。"))
    return said


_KEPT_BY_THE_HOUSE = {"person", "effective_on", "known_since", "recorded_at"}
_FIELDS = {
    field.name: field for field in Particulars._meta.concrete_fields if field.name not in _KEPT_BY_THE_HOUSE
}

PARTICULARS: Mapping[str, bool] = MappingProxyType(
    {name: isinstance(field, models.CharField) for name, field in _FIELDS.items()}
)
"""The columns of :class:`Particulars` that sources fill, and which of them are text: empty instead of unknown."""

_CODES = {one.column: one.codes for one in CATALOGUE.values() if one.codes and one.column in _FIELDS}


def suits(column: str, value: Any) -> None:
    """See that a value is one that a column of :class:`Particulars` can hold: its type, its length, its codes.

    Raises:
        Refused: it is not, or there is no such column.
    """
    if column not in _FIELDS:
        raise Refused(_("登记簿没有“%(name)s”这一项，未作登记。") % {"name": column})
    if PARTICULARS[column]:
        if not isinstance(value, str):
            raise Refused(_("请填写内容。"))
        fits(Particulars, column, value)
        if value and column in _CODES:
            _is_a_code(_CODES[column], value)
    elif value is not None:
        _is_of_its_type(_FIELDS[column], value)


def _is_a_code(listed: str, value: str) -> None:
    try:
        codes.entry(listed, value)
    except codes.UnknownCode:
        raise Refused(
            _("代码 %(code)s 不在代码集“%(name)s”中，未作登记。") % {"code": value, "name": listed}
        ) from None


def _is_of_its_type(field: models.Field[Any, Any], value: Any) -> None:
    if isinstance(field, models.DateField):
        if not isinstance(value, date):
            raise Refused(_("请填写日期。"))
    elif (
        isinstance(value, bool)
        or not isinstance(value, int | Decimal)
        or not 0 <= value <= _LARGEST[type(field)]
    ):
        raise Refused(_("应为不小于零的数，未作登记，请核对。"))


_LARGEST: Mapping[type, int] = {models.SmallIntegerField: 32_767, models.DecimalField: 99_999_999}
