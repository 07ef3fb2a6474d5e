"""Numbers of documents: one form for each, checked, and kept whatever the check says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yizhan.codes import identity_number
from yizhan.codes.typed import cleaned
from yizhan.identity import scope
from yizhan.registry.models.person import RESIDENT_ID, Identifier


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


def is_invented(number: str) -> bool:
    """Whether a citizen's number has the division that was never issued, as a demo's have."""
    return number.startswith(identity_number.DEMO_DIVISION)


def count_invented() -> str:
    """How many such numbers the register holds, for the command line; in a real district there should be none."""
    first = f"{RESIDENT_ID}:{identity_number.DEMO_DIVISION}"
    after = f"{first[:-1]}{chr(ord(first[-1]) + 1)}"
    with scope.service():
        return str(Identifier.objects.filter(document__gte=first, document__lt=after, until=None).count())


def rows(given: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The columns of :class:`Identifier` for numbers given as (type, number), old forms beside new ones."""
    return [row for kind, number in given for row in rows_of(kind, check(kind, number))]


def rows_of(kind: str, checked: Checked) -> list[dict[str, Any]]:
    """The same for one number that was checked already."""
    forms = ((checked.number, False), (checked.old_form, True))
    return [
        {"type": kind, "value": value, "ok": checked.ok, "alias": alias} for value, alias in forms if value
    ]
