"""Looking codes up: names for pages, codes for imports. Kept in memory, since lists change once in years."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from yizhan import clock, hanzi
from yizhan.codes.models import Code, Edition
from yizhan.releases.words import Text

# A page shows dozens of names: the database is asked for a newer edition at most this often, in seconds.
# Another process shows the old names that long after a loading, which harms nobody.
_TRUSTED_FOR = 10.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One code with its meaning. ``str()`` gives the name in the active language.

    Attributes:
        verified: it was read in the source that is named; what is not is shown as 待核实.
    """

    code_list: str
    code: str
    name: Text
    parent: str
    valid_from: date | None
    valid_to: date | None
    aliases: tuple[str, ...]
    source: str
    verified: bool

    def __str__(self) -> str:
        """The name in the active language."""
        return str(self.name)

    def in_force(self, day: date) -> bool:
        """Whether the code may be used on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class UnknownCode(LookupError):
    """The list does not exist or has no such code."""


def entry(key: str, code: str, *, on: date | None = None) -> Entry:
    """A code's entry.

    Args:
        key: the list.
        code: the code.
        on: the day on which it must have been in force; without it the newest meaning, also of a code
            that is no longer in use, since old data must stay readable.

    Raises:
        UnknownCode: there is none.
    """
    found = [e for e in _list(key) if e.code == code and (on is None or e.in_force(on))]
    if not found:
        raise UnknownCode(f"{key} {code}" + (f" on {on}" if on else ""))
    return max(found, key=lambda e: e.valid_from or date.min)


def name_of(key: str, code: str, *, on: date | None = None) -> str:
    """A code's name in the active language; see :func:`entry`."""
    return str(entry(key, code, on=on))


def entries(key: str, *, on: date | None = None, parent: str | None = None) -> tuple[Entry, ...]:
    """The codes in force on a day (today without one), in the list's order.

    Args:
        key: the list.
        on: the day.
        parent: only those directly below this code; an empty text for the top level.

    Raises:
        UnknownCode: there is no such list.
    """
    day = on or clock.today()
    return tuple(e for e in _list(key) if e.in_force(day) and parent in {None, e.parent})


def find(key: str, text: str, *, on: date | None = None) -> Entry | None:
    """The entry that a text means: a code, a name or an alias (毛难族 → 36), as imports bring them.

    Raises:
        UnknownCode: there is no such list.
    """
    wanted = hanzi.fold(text).strip()
    for candidate in entries(key, on=on):
        meant = (candidate.code, candidate.name.zh, candidate.name.en, *candidate.aliases)
        if wanted in {hanzi.fold(word) for word in meant}:
            return candidate
    return None


def forget() -> None:
    """Drop what is in memory; the next question reads the database."""
    _memory.clear()


class _Memory:
    """All lists of one edition."""

    def __init__(self) -> None:
        self.edition: int | None = None
        self.checked_at = 0.0
        self.lists: dict[str, tuple[Entry, ...]] = {}

    def clear(self) -> None:
        self.edition, self.checked_at, self.lists = None, 0.0, {}

    def get(self, key: str) -> tuple[Entry, ...]:
        now = time.monotonic()
        if now - self.checked_at > _TRUSTED_FOR or not self.lists:
            newest = Edition.objects.aggregate(newest=Max("id"))["newest"]
            if newest != self.edition or not self.lists:
                self.lists, self.edition = _read_all(), newest
            self.checked_at = now
        return self.lists.get(key, ())


_memory = _Memory()


def _list(key: str) -> tuple[Entry, ...]:
    found = _memory.get(key)
    if not found:
        raise UnknownCode(f"no list {key}")
    return found


def _read_all() -> dict[str, tuple[Entry, ...]]:
    lists: dict[str, list[Entry]] = {}
    for row in Code.objects.order_by("code_list_id", "position", "code", "valid_from"):
        lists.setdefault(row.code_list_id, []).append(
            Entry(
                code_list=row.code_list_id,
                code=row.code,
                name=Text(zh=row.name, en=row.name_en),
                parent=row.parent,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                aliases=tuple(row.aliases),
                source=row.source,
                verified=row.verified,
            )
        )
    return {key: tuple(found) for key, found in lists.items()}
