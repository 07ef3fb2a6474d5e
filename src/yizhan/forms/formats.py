"""Formats of the house 格式: what ``"format": "phone"`` in a schema means, tested by name.

| name | what passes |
|---|---|
| ``identity-number`` | 公民身份号码, GB 11643: 18 characters with the right check character |
| ``phone`` | a mobile number, or a landline with its area code such as 020-83550000 |
| ``bank-account`` | 12 to 32 digits |

Bank accounts are not refused for a check digit: personal debit cards carry one (Luhn, 16 to 19 digits), while
passbooks and company accounts may not. A wrong one is asked about only, see :func:`looks_mistyped`.

Beside these, the standard's own ``date``, ``time``, ``date-time``, ``email``, ``uri`` and ``uuid`` are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

Test = Callable[[object], bool]

_STANDARD = {"date", "time", "date-time", "email", "uri", "uuid"}
_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})-[2-9][0-9]{6,7}(?:-[0-9]{1,6})?")
_ACCOUNT = re.compile(r"[0-9]{12,32}")
_CARD = re.compile(r"[0-9]{16,19}")


def is_identity_number(value: object) -> bool:
    """Whether a text is a citizen's identity number as it should be written, 18 characters with capital X."""
    if not isinstance(value, str):
        return True
    return bool(_IDENTITY.fullmatch(value)) and _is_day(value[6:14]) and value[17] == _check_character(value)


def is_phone(value: object) -> bool:
    """Whether a text is a telephone number that a clerk can dial."""
    return not isinstance(value, str) or bool(_MOBILE.fullmatch(value) or _LANDLINE.fullmatch(value))


def is_bank_account(value: object) -> bool:
    """Whether a text can be an account number."""
    return not isinstance(value, str) or bool(_ACCOUNT.fullmatch(value))


def looks_mistyped(value: object) -> bool:
    """Whether an account is as long as a card's number but fails the card's check (ISO/IEC 7812, Luhn)."""
    if not isinstance(value, str) or not _CARD.fullmatch(value):
        return False
    digits = [int(digit) for digit in reversed(value)]
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 != 0


_TESTS: dict[str, Test] = {
    "identity-number": is_identity_number,
    "phone": is_phone,
    "bank-account": is_bank_account,
}
NAMES = _STANDARD | _TESTS.keys()


def tests() -> dict[str, Test]:
    """The tests that the standard does not bring, by name. What is no text passes, as it wants."""
    return dict(_TESTS)


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _check_character(number: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True)) % 11]
