"""Whether a text can be written into a column, said before anything is written."""

from __future__ import annotations

import unicodedata

from django.db import models
from django.utils.translation import gettext as _

from yizhan.registry.faults import Refused

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
