"""How personal data is covered on screen 脱敏. It is for the eye; who may see what is decided elsewhere."""

from __future__ import annotations

from yizhan.ui.dates import MISSING

FULL_WIDTH_STAR = "＊"


def mask_name(name: str | None) -> str:
    """陈＊芳; of two characters the first stays; of longer names the first and the last."""
    if not name:
        return MISSING
    if len(name) <= 2:
        return name[0] + FULL_WIDTH_STAR
    return name[0] + FULL_WIDTH_STAR * (len(name) - 2) + name[-1]


def mask_id(number: str | None) -> str:
    """First six and last four of an 18-character number; first and last two of a shorter one."""
    if not number:
        return MISSING
    first, last = (6, 4) if len(number) >= 15 else (2, 2)
    return _covered(number, first, last)


def mask_phone(number: str | None) -> str:
    """138****1234; of a short number only the last two."""
    if not number:
        return MISSING
    first, last = (3, 4) if len(number) >= 11 else (0, 2)
    return _covered(number, first, last)


def initial(name: str | None) -> str:
    """The one character in the round picture of a person."""
    return name[0].upper() if name else "?"


def _covered(text: str, first: int, last: int) -> str:
    """Too short a text is covered whole."""
    hidden = len(text) - first - last
    if hidden <= 0:
        return "*" * len(text)
    return text[:first] + "*" * hidden + text[-last:]
