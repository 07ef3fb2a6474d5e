"""Unified social credit codes 统一社会信用代码, GB 32100-2015.

1 registering authority · 1 category · 6 division · 9 organisation code (GB 11714) · 1 check
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from yizhan.codes import files, organisation
from yizhan.codes.faults import Fault
from yizhan.codes.typed import cleaned

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")


@dataclass(frozen=True, slots=True)
class Uscc:
    """A code as it was read. It is kept whatever is wrong with it.

    Attributes:
        category: the first two characters, a code of the list ``uscc_category``; so are the parts below
            empty when the shape is wrong.
        division: of the registering authority.
        organisation: the organisation code, 9 characters: the exact key to old registers.
    """

    code: str
    given: str
    category: str
    division: str
    organisation: str
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong with it."""
        return not self.faults


def read(text: str) -> Uscc:
    """Read a code as people type, paste or scan it. Never raises; what is wrong stands in ``faults``."""
    code = cleaned(text)
    if not _SHAPE.fullmatch(code):
        return Uscc(code, text, "", "", "", (Fault.SHAPE,))
    faults = []
    if code[:2] not in _categories():
        faults.append(Fault.CATEGORY)
    if not organisation.read(code[8:17]).ok:
        faults.append(Fault.ORGANISATION)
    if check_character(code[:17]) != code[17]:
        faults.append(Fault.CHECK)
    return Uscc(code, text, code[:2], code[2:8], code[8:17], tuple(faults))


def make(category: str, division: str, body: str) -> str:
    """A code with both checks, for synthetic data: division 440199.

    Args:
        category: two characters, such as 91.
        division: six digits.
        body: the first eight characters of the organisation code.

    Raises:
        ValueError: the parts do not fit into a code.
    """
    start = category + division + organisation.make(body)
    code = start + check_character(start) if set(start) <= set(_ALPHABET) and len(start) == 17 else start
    if not _SHAPE.fullmatch(code):
        raise ValueError(f"no social credit code from {category!r}, {division!r}, {body!r}")
    return code


def check_character(body: str) -> str:
    """The 18th character of 17."""
    total = sum(_VALUES[char] * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


@cache
def _categories() -> frozenset[str]:
    return frozenset(row["code"] for row in files.read("uscc_category"))
