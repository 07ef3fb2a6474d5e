"""Verification codes 核验码: 20 random characters, 100 bits, printed in fours.

The alphabet is Crockford's base 32: no I, L, O, U, so nothing looks like something else; whoever types an
O or an l is understood all the same. A code says nothing about the paper or its holder.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
FACTOR_LENGTH = 6
_MEANT = str.maketrans("OIL", "011")


def new() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_factor() -> str:
    """Six digits that stand on the paper and not in its QR code 查验码: who knows them has seen the paper itself."""
    return f"{secrets.randbelow(10**FACTOR_LENGTH):0{FACTOR_LENGTH}d}"


def shown(code: str) -> str:
    """7K3M9QXW2HBV5RTC8NPD → 7K3M-9QXW-2HBV-5RTC-8NPD."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read(typed: str) -> str | None:
    """The code somebody typed, in whatever width, case and grouping; None where it cannot be one."""
    plain = unicodedata.normalize("NFKC", typed[:100]).upper()
    code = "".join(character for character in plain if character.isalnum()).translate(_MEANT)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
