"""Citizen identity numbers 公民身份号码, GB 11643-1999.

    6 digits division at the first issue · 8 birth date · 3 sequence (odd male, even female) · 1 check

Residents of Hong Kong, Macao and Taiwan bear the divisions 810000, 820000, 830000; foreigners' permanent
residence cards begin with 9 (edition of 2023) and are checked alike, or are three letters and twelve
digits (edition of 2017) without a check known to us. Old numbers of 15 digits lack century and check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from yizhan import clock
from yizhan.codes.faults import Fault
from yizhan.codes.typed import cleaned

DEMO_DIVISION = "440199"
"""Never issued, so a synthetic number can never be a real person's."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_OF_18 = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OF_15 = re.compile(r"[1-8][0-9]{14}")
_FOREIGNER_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
# GB/T 2260, first two digits. County codes are not judged: abolished ones stay in living people's numbers.
_PROVINCES = frozenset(
    str(first * 10 + second)
    for first, count in ((1, 5), (2, 3), (3, 7), (4, 6), (6, 5))
    for second in range(1, count + 1)
) | {"50", "51", "52", "53", "54", "71"}
_RESIDENCE_PERMITS = frozenset({"810000", "820000", "830000"})
_OLDEST = timedelta(days=130 * 365.25)


class Kind(StrEnum):
    """Whose number it is."""

    CITIZEN = "citizen"  # 居民身份证
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证
    FOREIGNER = "foreigner"  # 外国人永久居留身份证
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """Sex after GB/T 2261.1, as the number tells it."""

    MALE = "1"
    FEMALE = "2"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number as it was read. It is kept and shown whatever is wrong with it.

    Attributes:
        number: in its present form: 18 characters, X as a capital; as cleaned when the shape is wrong.
        given: what was read.
        division: the six digits of the first issue; empty when there are none.
        born: None when the number holds no possible date.
        check_ok: None when the number has no check digit (15 digits, cards of 2017).
    """

    number: str
    given: str
    kind: Kind
    division: str
    born: date | None
    sex: Sex | None
    check_ok: bool | None
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong with it."""
        return not self.faults

    @property
    def old_form(self) -> str | None:
        """The 15 digits of before 1999, an alias for linkage; None for people born in other centuries."""
        if _OF_18.fullmatch(self.number) and self.number[6:8] == "19" and self.kind is Kind.CITIZEN:
            return self.number[:6] + self.number[8:17]
        return None


_inventing: ContextVar[bool] = ContextVar("invented numbers hold", default=False)


@contextmanager
def inventing() -> Iterator[None]:
    """Within the block numbers of 440199 hold, also outside of a demo: for invented people of whom nothing stays."""
    token = _inventing.set(True)
    try:
        yield
    finally:
        _inventing.reset(token)


def read(text: str, *, demo: bool | None = None) -> IdentityNumber:
    """Read a number as people type, paste or scan it. Never raises; what is wrong stands in ``faults``.

    Args:
        text: the number; spaces, full-width and small letters do no harm.
        demo: whether 440199 is accepted; without it as ``settings.DEMO`` says, and within ``inventing``.
    """
    number = cleaned(text)
    if _FOREIGNER_2017.fullmatch(number):
        return IdentityNumber(number, text, Kind.FOREIGNER, "", None, None, None, ())
    old = bool(_OF_15.fullmatch(number))
    if old:
        body = number[:6] + "19" + number[6:]
        number = body + check_digit(body)
    if not _OF_18.fullmatch(number):
        return IdentityNumber(number, text, Kind.UNKNOWN, "", None, None, None, (Fault.SHAPE,))
    check_ok = None if old else check_digit(number[:17]) == number[17]
    kind, born = _kind(number), _born(number)
    faults = [*_division_faults(number, kind, demo=demo), *_date_faults(born)]
    return IdentityNumber(
        number=number,
        given=text,
        kind=kind,
        division="" if kind is Kind.FOREIGNER else number[:6],
        born=born,
        sex=Sex.MALE if int(number[16]) % 2 else Sex.FEMALE,
        check_ok=check_ok,
        faults=(*faults, *([Fault.CHECK] if check_ok is False else [])),
    )


def make(division: str, born: date, sequence: int) -> str:
    """A number with its check digit, for synthetic data: division 440199.

    Args:
        division: six digits.
        born: the birth date.
        sequence: 0 to 999; odd for men, even for women.

    Raises:
        ValueError: division or sequence do not fit into a number.
    """
    body = f"{division}{born:%Y%m%d}{sequence:03d}"
    if not re.fullmatch(r"[1-9][0-9]{5}", division) or not re.fullmatch(r"[0-9]{17}", body):
        raise ValueError(f"no identity number from division {division!r} and sequence {sequence}")
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The 18th character of 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def _kind(number: str) -> Kind:
    if number[0] == "9":
        return Kind.FOREIGNER
    return Kind.RESIDENCE_PERMIT if number[:6] in _RESIDENCE_PERMITS else Kind.CITIZEN


def _division_faults(number: str, kind: Kind, *, demo: bool | None) -> list[Fault]:
    if number[:6] == DEMO_DIVISION:
        allowed = bool(settings.DEMO) or _inventing.get() if demo is None else demo
        return [] if allowed else [Fault.DEMO]
    if kind is Kind.CITIZEN and number[:2] not in _PROVINCES:
        return [Fault.DIVISION]
    return []


def _born(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _date_faults(born: date | None) -> list[Fault]:
    if born is None:
        return [Fault.DATE]
    today = clock.today()
    if born > today:
        return [Fault.FUTURE]
    return [Fault.AGE] if today - born > _OLDEST else []
