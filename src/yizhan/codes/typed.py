"""Numbers and names as people type, paste and scan them."""

from __future__ import annotations

import unicodedata

# Letters of other scripts and a sign that look like the X at the end of an identity number.
_LOOK_LIKE_X = str.maketrans({"Х": "X", "Χ": "X", "×": "X"})
# An apostrophe from a spreadsheet, dashes between groups.
_BETWEEN = "'’-‐–"


def cleaned(text: str) -> str:
    """Full-width and small letters as plain capitals, without spaces, invisible marks and dashes."""
    if text.isascii() and text.isalnum():  # nearly always, and millions of them when a register is loaded
        return text.upper()
    plain = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_LIKE_X)
    return "".join(c for c in plain if not (c.isspace() or unicodedata.category(c) == "Cf" or c in _BETWEEN))


def shown(text: str) -> str:
    """A name without what nobody sees: controls, zero-width characters, marks that turn the direction of writing.

    Variation selectors stay: they choose the shape of a rare character.
    """
    if text.isprintable():  # nearly always: nothing of these is among what can be printed
        return text.strip()
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"}).strip()
