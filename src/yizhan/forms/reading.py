"""What a browser sent, read into data 读取. Only names that the form asks for are looked up.

Beside the answers there are four kinds of names, told apart by a sign that no path can have:

| name | what it says |
|---|---|
| ``members~rows`` | how many rows the page showed |
| ``members~add`` | the button that adds a row |
| ``members.1~remove``, ``proof~remove`` | the button that removes a row, or the file with this id |
| ``account~sure`` | the answer that the person has confirmed |
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from yizhan.forms import limits
from yizhan.forms.faults import Fault
from yizhan.forms.field import Field
from yizhan.forms.fitting import fit
from yizhan.forms.layout import Layout
from yizhan.forms.paths import Data, drop, get, put
from yizhan.forms.placing import Facts, Placement, place
from yizhan.forms.prefill import Prefill, known_rows, with_locked
from yizhan.forms.validating import doubts, of_placement

Uploaded = Mapping[str, Iterable[str]]


class Submitted(Protocol):
    """What a browser sent, such as Django's ``request.POST``."""

    def getlist(self, key: str) -> list[Any]:
        """All values of a name; an empty list for none."""
        ...


@dataclass(frozen=True)
class Reading:
    """What came of it.

    Attributes:
        data: the whole draft, with what was typed even where it is wrong; safe to keep.
        faults: the mistakes on the pages that were read.
        stay: a row or a file was added or removed: show the page again, nothing was judged.
    """

    data: Data
    faults: list[Fault] = field(default_factory=list)
    stay: bool = False

    @property
    def ok(self) -> bool:
        """Whether the person can go on."""
        return not self.faults and not self.stay


def read(
    form: Layout, sent: Sent, *, page: str | None, before: Data, prefill: Prefill, facts: Facts
) -> Reading:
    """Read one page, or all of them, into the draft ``before``."""
    pages = form.pages if page is None else (form.page(page),)
    draft = with_rows(form, fit(form.top.values(), before), prefill)
    sent.known = {path for path, given in prefill.items() if given.locked}
    sent.shown = set(place(form, with_locked(form, draft, prefill), facts).places)
    data = copy.deepcopy(draft)
    for asked in (asked for part in pages for asked in part.fields):
        given = prefill.get(asked.path)
        if given is None or not given.locked:
            _keep(data, asked.path, sent.answer(asked, asked.path, get(draft, asked.path)))
    data = with_locked(form, data, prefill)
    if sent.stay:
        return Reading(data, stay=True)
    excess = limits.look(data)
    if excess:
        return Reading(draft, [excess])
    placed = place(form, data, facts)
    faults = [*of_placement(form, placed, prefill)]
    faults += sent.unsure(placed, data, {fault.path for fault in faults})
    asked_here = {path for path, asked in placed.places.items() if asked.page in {part.key for part in pages}}
    return Reading(data, [f for f in faults if f.path in asked_here or (page is None and not f.path)])


def with_rows(form: Layout, draft: Data, prefill: Prefill) -> Data:
    """The draft with its known rows in their places: what comes next is read row by row."""
    return with_locked(form, draft, prefill) if known_rows(form, prefill) else draft


class Sent:
    """The submission, asked question by question."""

    def __init__(self, submitted: Submitted, uploaded: Uploaded) -> None:
        self.submitted, self.uploaded = submitted, uploaded
        self.shown: set[str] = set()
        self.known: set[str] = set()  # what is locked, never listened to
        self.stay = False

    def answer(self, asked: Field, path: str, before: Any) -> Any:
        """The answer at a path; what was not on the page stays as it was."""
        kind = asked.sheet.widget
        if kind == "group":
            return self._rows(asked, path, before if isinstance(before, list) else [])
        if kind == "file":
            return self._files(path, before if isinstance(before, list) else [])
        if path in self.known or (path not in self.shown and not self.was_sent(path)):
            return before
        typed = self._texts(path)
        if kind == "checkboxes":
            return list(dict.fromkeys(text for text in typed if text))
        if kind == "statement":
            return True if typed else None
        return asked.widget.read(typed[-1]) if typed and asked.widget.read else None

    def was_sent(self, path: str) -> bool:
        """Whether the page had this name."""
        return bool(self._texts(path))

    def unsure(self, placed: Placement, data: Data, wrong: set[str]) -> Iterator[Fault]:
        """Doubts about answers that were sent, but for those confirmed just as they are."""
        for doubt in doubts(placed):
            read = placed.places[doubt.path].field.widget.read
            sure = [read(text) for text in self._texts(f"{doubt.path}~sure")] if read else []
            if doubt.path not in wrong and self.was_sent(doubt.path) and get(data, doubt.path) not in sure:
                yield doubt

    def _texts(self, name: str) -> list[str]:
        return [text for text in self.submitted.getlist(name) if isinstance(text, str)]

    def _rows(self, group: Field, path: str, before: list[Any]) -> list[Data]:
        written = self._texts(f"{path}~rows")
        if not written:
            return before
        count = min(int(written[-1]), group.most) if written[-1].isdecimal() and len(written[-1]) < 5 else 0
        count = max(count, sum(self._is_known(f"{path}.{n}") for n in range(len(before))))
        rows = [self._row(group, f"{path}.{n}", before[n] if n < len(before) else {}) for n in range(count)]
        removed = [
            n for n in range(count) if self._texts(f"{path}.{n}~remove") and not self._is_known(f"{path}.{n}")
        ]
        added = bool(self._texts(f"{path}~add")) and count < group.most
        if removed or added:
            self.stay = True
            return [row for n, row in enumerate(rows) if n not in removed] + [{}] * added
        return [row for row in rows if row]

    def _is_known(self, row: str) -> bool:
        return any(path.startswith(f"{row}.") for path in self.known)

    def _row(self, group: Field, path: str, before: Any) -> Data:
        row: Data = {}
        for asked in group.fields:
            _keep(
                row,
                asked.sheet.path,
                self.answer(asked, f"{path}.{asked.sheet.path}", get(before, asked.sheet.path)),
            )
        return row

    def _files(self, path: str, before: list[str]) -> list[str]:
        """Ids that were there and are not removed, and new ones; an id is never taken from the browser."""
        removed = set(self._texts(f"{path}~remove"))
        self.stay = self.stay or bool(removed & set(before))
        return [name for name in before if name not in removed] + list(self.uploaded.get(path, ()))


def _keep(data: Data, path: str, value: Any) -> None:
    if value in (None, "", []):
        drop(data, path)
    else:
        put(data, path, value)
