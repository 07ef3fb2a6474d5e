"""Numbers of documents: one form for each, checked, and kept whatever the check says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yizhan.codes import identity_number
from yizhan.codes.typed import cleaned
from yizhan.registry.models.person import RESIDENT_ID


@dataclass(frozen=True)
class Checked:
    """A number in the form in which it is kept.

    Attributes:
        number: in capitals without blanks; a citizen's number with 18 characters.
        ok: whether nothing is wrong with it; None for documents whose numbers we cannot check.
        old_form: the number as it was given, if that was the one of 15 digits.
    """

    number: str
    ok: bool | None
    old_form: str = ""


def check(kind: str, given: str) -> Checked:
    """Bring a number into its form and check it; a wrong number of a real person is kept, never refused."""
    number = cleaned(given)
    if kind != RESIDENT_ID or not number:
        return Checked(number, None)
    read = identity_number.read(number)
    return Checked(read.number, read.ok, old_form=number if read.number != number else "")


def rows(given: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The columns of :class:`Identifier` for numbers given as (type, number), old forms beside new ones."""
    found: list[dict[str, Any]] = []
    for kind, number in given:
        checked = check(kind, number)
        if checked.number:
            found.append({"type": kind, "value": checked.number, "ok": checked.ok, "alias": False})
        if checked.old_form:
            found.append({"type": kind, "value": checked.old_form, "ok": checked.ok, "alias": True})
    return found
