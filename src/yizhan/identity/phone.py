"""Phone numbers in one form 手机号: 11 digits for the mainland, E.164 for elsewhere."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from yizhan.identity.faults import Refused

_MAINLAND = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_ELSEWHERE = re.compile(r"\+(?!86)[1-9]\d{6,14}")


def normal(text: str) -> str:
    """The number as it is kept: ``+86 139 0000 0000`` → ``13900000000``.

    Raises:
        Refused: it is no mobile number of the mainland, and no number with + and country code.
    """
    plain = re.sub(r"[\s()\-‐-―.]", "", unicodedata.normalize("NFKC", text))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    mainland = _MAINLAND.fullmatch(plain)
    if mainland:
        return mainland[1]
    if _ELSEWHERE.fullmatch(plain):
        return plain
    raise Refused(_("请输入 11 位手机号；境外号码请以 + 和国家（地区）代码开头"))
