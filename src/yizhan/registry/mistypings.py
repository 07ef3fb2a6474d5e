"""The identity numbers that somebody may have meant: one digit wrong, two neighbours swapped, one too few or too many."""

from __future__ import annotations

from itertools import pairwise

_DIGITS = "0123456789"
_LENGTH = 18


def mistyped(number: str) -> list[str]:
    """All numbers of 18 characters that are one slip away from the one that was typed, itself left out."""
    if len(number) == _LENGTH:
        found = [*_changed(number), *_swapped(number)]
    elif len(number) == _LENGTH - 1:
        found = [number[:at] + digit + number[at:] for at in range(_LENGTH) for digit in _choices(at)]
    elif len(number) == _LENGTH + 1:
        found = [number[:at] + number[at + 1 :] for at in range(_LENGTH + 1)]
    else:
        found = []
    return [one for one in dict.fromkeys(found) if one != number]


def _changed(number: str) -> list[str]:
    return [number[:at] + digit + number[at + 1 :] for at in range(_LENGTH) for digit in _choices(at)]


def _swapped(number: str) -> list[str]:
    return [
        number[:at] + second + first + number[at + 2 :] for at, (first, second) in enumerate(pairwise(number))
    ]


def _choices(at: int) -> str:
    return _DIGITS + "X" if at == _LENGTH - 1 else _DIGITS
