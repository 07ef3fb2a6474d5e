"""Formats of the house 格式: what ``"format": "phone"`` in a schema means, tested by name.

| name | what passes |
|---|---|
| ``identity-number`` | 公民身份号码, GB 11643; also residence permits and foreigners' cards |
| ``credit-code`` | 统一社会信用代码, GB 32100 |
| ``phone`` | a mobile number, or a landline with its area code such as 020-83550000 |
| ``bank-account`` | 12 to 32 digits |

Bank accounts are not refused for a check digit: personal debit cards carry one (Luhn, 16 to 19 digits), while
passbooks and company accounts may not. A wrong one is asked about only, see :func:`looks_mistyped`.

Beside these, the standard's own ``date``, ``time``, ``date-time``, ``email``, ``uri`` and ``uuid`` are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from yizhan.codes import identity_number, uscc
from yizhan.codes.faults import Fault

Test = Callable[[object], bool]

_STANDARD = {"date", "time", "date-time", "email", "uri", "uuid"}
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})-[2-9][0-9]{6,7}(?:-[0-9]{1,6})?")
_ACCOUNT = re.compile(r"[0-9]{12,32}")
_CARD = re.compile(r"[0-9]{16,19}")


def is_identity_number(value: object) -> bool:
    """Whether a text is an identity number in its present form: 18 characters, a capital X."""
    if not isinstance(value, str):
        return True
    read = identity_number.read(value)
    return read.ok and read.number == value


def is_credit_code(value: object) -> bool:
    """Whether a text is a unified social credit code in capitals."""
    if not isinstance(value, str):
        return True
    read = uscc.read(value)
    return not read.faults and read.code == value


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
    "credit-code": is_credit_code,
    "phone": is_phone,
    "bank-account": is_bank_account,
}
NAMES = _STANDARD | _TESTS.keys()


def tests() -> dict[str, Test]:
    """The tests that the standard does not bring, by name. What is no text passes, as it wants."""
    return dict(_TESTS)


def reason(name: str, value: object) -> str:
    """Why a number fails its format, in words; empty where nothing more than that is known."""
    if not isinstance(value, str) or name not in _READERS:
        return ""
    return next((fault.words for fault in _READERS[name](value)), "")


_READERS: dict[str, Callable[[str], Iterable[Fault]]] = {
    "identity-number": lambda text: identity_number.read(text).faults,
    "credit-code": lambda text: uscc.read(text).faults,
}
