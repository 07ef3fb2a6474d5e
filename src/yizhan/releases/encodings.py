"""What encoding a file seems to be in, so that an author is told what to do about it."""

from __future__ import annotations

import codecs

from django.utils.translation import gettext as _

_MARKS = ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
_MANY_ZEROS = 0.2  # of the bytes; Western text in UTF-16 has every second one


def guess(raw: bytes) -> str:
    """The name of the encoding that bytes which are not UTF-8 are most likely in; empty when none is."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    if has_many_zeros(raw):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return _("GBK（GB 18030）")


def has_many_zeros(raw: bytes) -> bool:
    """Whether every second byte or so is zero, as in UTF-16 without a mark; UTF-8 lets that pass."""
    return raw[:4000].count(0) > _MANY_ZEROS * len(raw[:4000])
