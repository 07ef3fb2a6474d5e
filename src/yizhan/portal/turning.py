"""Turning a page of a form 翻页: what was sent is read, and the page is shown again or left behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from yizhan.forms.faults import Fault
from yizhan.forms.form import Form
from yizhan.forms.paths import Data
from yizhan.forms.reading import Reading, Submitted


@dataclass(frozen=True)
class Turn:
    """What came of a page that was sent.

    Attributes:
        data: the whole form, with what was typed.
        faults: the mistakes to be shown.
        stay: the page is shown again, for a row or file that was added or removed.
        fresh: an answer made the page ask more: it is shown again, and nothing is called a mistake yet.
        again: it was sent too late, and stands here unsaved.
    """

    data: Data
    faults: list[Fault] = field(default_factory=list)
    stay: bool = False
    fresh: bool = False
    again: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether the next page can come."""
        return not (self.faults or self.stay or self.fresh)


def turned(
    form: Form,
    page: str,
    reading: Reading,
    *,
    before: Data,
    sent: Submitted,
    refused: Iterable[Fault],
    facts: dict[str, Any],
) -> Turn:
    """What comes of a reading.

    Args:
        form: the form.
        page: the key of the page that was sent.
        reading: what was read of it.
        before: the data as they were.
        sent: what the browser sent.
        refused: the files that were not taken.
        facts: what the form's conditions may ask of the registers.

    Nobody is told that she forgot a question which the page did not yet ask when she filled it in.
    """
    new = _paths(form, page, reading.data, facts) - _paths(form, page, before, facts)
    new = {path for path in new if not sent.getlist(path)}
    faults = [*(fault for fault in reading.faults if fault.path not in new), *refused]
    return Turn(reading.data, faults, stay=reading.stay, fresh=bool(new))


def _paths(form: Form, page: str, data: Data, facts: dict[str, Any]) -> set[str]:
    """The questions that a page asks; those in rows come and go by buttons of their own."""
    placed = form.placed(data, facts).places.items()
    return {path for path, asked in placed if asked.page == page and asked.row is None}
