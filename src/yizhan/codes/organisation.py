"""Organisation codes 组织机构代码, GB 11714-1997: 8 characters and a check. Old registers have only these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yizhan.codes.faults import Fault
from yizhan.codes.typed import cleaned

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY = re.compile(r"[0-9A-Z]{8}")
_SHAPE = re.compile(r"[0-9A-Z]{8}[0-9X]")


@dataclass(frozen=True, slots=True)
class OrganisationCode:
    """A code as it was read: 9 characters, without the dash. It is kept whatever is wrong with it."""

    code: str
    given: str
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong with it."""
        return not self.faults


def read(text: str) -> OrganisationCode:
    """Read a code such as ``D2143569-X``. Never raises; what is wrong stands in ``faults``."""
    code = cleaned(text)
    if not _SHAPE.fullmatch(code):
        return OrganisationCode(code, text, (Fault.SHAPE,))
    return OrganisationCode(code, text, () if check_digit(code[:8]) == code[8] else (Fault.CHECK,))


def make(body: str) -> str:
    """Eight characters with their check.

    Raises:
        ValueError: not eight digits or capitals.
    """
    if not _BODY.fullmatch(body):
        raise ValueError(f"no organisation code from {body!r}")
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The 9th character of eight.

    Letters count from 10 to 35 and the check is modulo 11, so two characters whose values differ by 11
    or 22 or 33 are taken for one another: the standard's weakness, not ours.
    """
    total = sum(int(char, 36) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
