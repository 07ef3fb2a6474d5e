"""Identifiers of electronic licences 电子证照标识, GB/T 36904.

The arc of the standard, then five parts between points: type (the definer's credit code and 3 digits) · issuer (as a rule
its credit code) · serial · version (3 digits) · check, which is ISO 7064 MOD 37,36 over the four parts without points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from yizhan.codes.faults import Fault
from yizhan.codes.typed import cleaned

ARC = "1.2.156.3005.2"
LAST_VERSION = 999
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_PART = r"[0-9A-Z]+"
_SHAPE = re.compile(
    rf"{re.escape(ARC)}\.([0-9A-Z]{{18}}[0-9]{{3}})\.({_PART})\.({_PART})\.([0-9]{{3}})\.([0-9A-Z])"
)


@dataclass(frozen=True, slots=True)
class LicenceIdentifier:
    """An identifier as it was read. It is kept whatever is wrong with it; the parts are empty when the shape is wrong."""

    text: str
    given: str
    type_code: str
    issuer: str
    serial: str
    version: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong with it."""
        return not self.faults


def read(text: str) -> LicenceIdentifier:
    """Read an identifier as people type, paste or scan it. Never raises; what is wrong stands in ``faults``."""
    found = cleaned(text)
    parts = _SHAPE.fullmatch(found)
    if parts is None:
        return LicenceIdentifier(found, text, "", "", "", 0, (Fault.SHAPE,))
    type_code, issuer, serial, version, check = parts.groups()
    wrong = check_character(type_code + issuer + serial + version) != check
    return LicenceIdentifier(
        found, text, type_code, issuer, serial, int(version), (Fault.CHECK,) if wrong else ()
    )


def make(type_code: str, issuer: str, serial: str, version: int) -> str:
    """An identifier with its points and check.

    Args:
        type_code: 21 characters.
        issuer: digits and capital letters.
        serial: likewise.
        version: 1 to 999.

    Raises:
        ValueError: a part is none of that.
    """
    body = f"{type_code}.{issuer}.{serial}.{version:03d}"
    whole = f"{ARC}.{body}.{check_character(body.replace('.', ''))}"
    if not 0 < version <= LAST_VERSION or not read(whole).ok:
        raise ValueError(f"no parts of an identifier: {body}")
    return whole


def check_character(body: str) -> str:
    """The check of ISO 7064 MOD 37,36.

    Raises:
        ValueError: the body has other characters than digits and capital letters.
    """
    if not body or set(body) - set(_ALPHABET):
        raise ValueError("only digits and capital letters are checked")
    carried = 36
    for char in body:
        carried = (carried + _VALUES[char]) % 36 or 36
        carried = carried * 2 % 37
    return _ALPHABET[(37 - carried) % 36]
