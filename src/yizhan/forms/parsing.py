"""What people type, read kindly 输入识别: full-width digits, Chinese dates, grouped thousands, stray blanks.

Every reader gives the value the schema wants, ``None`` for nothing, or the tidied text itself where it cannot
be read: it is shown again as typed, and the schema refuses it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from yizhan.codes import identity_number as identity_numbers
from yizhan.codes import uscc
from yizhan.codes.typed import cleaned

_DATES = (
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
    re.compile(r"([0-9]{4})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})"),
    # 2026 年 11 月 20 日 or 号
    re.compile(r"([0-9]{4})\s*\u5e74\s*([0-9]{1,2})\s*\u6708\s*([0-9]{1,2})\s*[\u65e5\u53f7]?"),
)
_CURRENCY = re.compile(r"^[¥￥]|\u5143$")  # ¥ before, 元 after
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
    r"\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f"  # marks that turn the direction of writing, and invisible ones
    r"\U000e0000-\U000e007f]"  # tags, which no screen shows
)
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_COUNTRY = re.compile(r"(?:\+|00)86-?|86-")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([2-9][0-9]{6,7})(?:-([0-9]{1,6}))?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
LONGEST_NUMBER = 15  # digits that a JSON number carries unchanged everywhere (IEEE 754 double)


def line(typed: str) -> str | None:
    """One line of text: trimmed, breaks and tabs become blanks, invisible control characters go."""
    return _BLANKS.sub(" ", _visible(typed)).strip() or None


def lines(typed: str) -> str | None:
    """Several lines of text, trimmed as a whole."""
    text = _visible(typed.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip("\n\t \u3000\u00a0\ufeff") or None


def number(typed: str) -> int | float | str | None:
    """``1,200.50``, ``１２００``, ``1200元``, ``¥1,200``. Commas only group thousands: ``1,5`` is not 15."""
    text = line(typed)
    if text is None:
        return None
    plain = _half_width(text).replace(" ", "")
    plain = _CURRENCY.sub("", plain)
    digits = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain) or sum(map(str.isdigit, digits)) > LONGEST_NUMBER:
        return text
    return float(digits) if "." in digits else int(digits)


def day(typed: str) -> str | None:
    """``2026-11-20``, ``2026/11/20``, ``20261120``, ``2026年11月20日``, as ``2026-11-20``."""
    text = line(typed)
    if text is None:
        return None
    plain = _half_width(text)
    for pattern in _DATES:
        match = pattern.fullmatch(plain)
        if match:
            try:
                return date(*map(int, match.groups())).isoformat()
            except ValueError:
                return text
    return text


def identity_number(typed: str) -> str | None:
    """In its present form: half-width, no blanks, capital X; 15 digits get century and check."""
    text = line(typed)
    return None if text is None else identity_numbers.read(text).number


def credit_code(typed: str) -> str | None:
    """Half-width capitals without blanks."""
    text = line(typed)
    return None if text is None else uscc.read(text).code


def phone(typed: str) -> str | None:
    """A mobile number as eleven digits; a landline as ``020-83550000``, with ``-1234`` for an extension."""
    text = line(typed)
    if text is None:
        return None
    plain = _half_width(text).replace(" ", "").replace("(", "").replace(")", "-")
    country = _COUNTRY.match(plain)
    plain = plain[country.end() :] if country else plain
    bare = plain.replace("-", "")
    if len(bare) == 11 and bare.startswith("1") and bare.isdigit():
        return bare
    landline = _LANDLINE.fullmatch(plain)
    return "-".join(part for part in landline.groups() if part) if landline else plain


def bank_account(typed: str) -> str | None:
    """Digits without the blanks and hyphens that cards and passbooks print between them."""
    text = line(typed)
    return None if text is None else cleaned(text)


def yes_no(typed: str) -> bool | str | None:
    """``yes`` and ``no`` as the radios send them."""
    return {"yes": True, "no": False, "": None}.get(typed, typed)


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def _visible(text: str) -> str:
    """Without what no form means and PostgreSQL's jsonb refuses: NUL, other controls, lone surrogates; and
    without what lets a name be read as another one.

    Characters that Unicode assigned lately or left private stay: rare names are written with them.
    """
    return _UNWANTED.sub("", text)
