"""Planted values 埋设值: each stands in one field of one subject and nowhere else; whoever meets it knows whose it is.

A value has a kind, and the rule (``rule.py``) says which kinds of a subject somebody may meet at an address:

``key`` the person's key or the company's code · ``name`` the whole name · ``initial`` what a masked name shows ·
``masked:CATEGORY`` what a masked number shows · ``open:CATEGORY`` fields that are shown to whoever may see the person
and the category · ``closed:CATEGORY`` fields that stay masked until something opens their category · ``address`` ·
``means`` income and property · ``guarded`` why somebody is protected · ``place`` an address that names nobody ·
``public`` what is public of a company · ``listed`` its name and code · ``protected`` its contact and what only its own
see · ``licence``.
"""

from __future__ import annotations

import json
from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Canary:
    """One value: whose, in which field, of which kind, how it is written in an answer; and who else bears it."""

    subject: str
    field: str
    kind: str
    forms: tuple[str, ...]
    shared: tuple[str, ...] = ()

    @property
    def bearers(self) -> tuple[str, ...]:
        """Everybody to whom it belongs: a household's number belongs to all of the household."""
        return self.subject, *self.shared


def text(subject: str, field: str, kind: str, *forms: str) -> Canary:
    """A value that is written as it is."""
    return Canary(subject, field, kind, tuple(form for form in forms if form))


def day(subject: str, field: str, kind: str, value: date) -> Canary:
    """A day: as programs write it, and as pages of both languages do."""
    month = month_name[value.month]
    return Canary(
        subject, field, kind,
        (
            value.isoformat(), f"{value.year}年{value.month}月{value.day}日",
            f"{value.day} {month} {value.year}", f"{month} {value.day}, {value.year}",
            f"{value.day} {month[:3]} {value.year}",
        ),
    )  # fmt: skip


class Book:
    """All that were planted; kept in a file, since those who plant and those who look are two processes."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        self.canaries = list(canaries)
        self._forms = [(form, one) for one in self.canaries for form in one.forms]

    def met(self, *answers: str, besides: str = "") -> list[Canary]:
        """The planted values in what somebody was told; not those that he had said himself (``besides``)."""
        return list(
            dict.fromkeys(
                one
                for form, one in self._forms
                if form not in besides and any(form in answer for answer in answers)
            )
        )

    def of(self, subject: str, field: str) -> Canary:
        """One of them."""
        return next(one for one in self.canaries if (one.subject, one.field) == (subject, field))

    def write(self, file: Path) -> None:
        """Keep them."""
        file.write_text(
            json.dumps([asdict(one) for one in self.canaries], ensure_ascii=False), encoding="utf-8"
        )

    @staticmethod
    def read(told: Sequence[dict[str, object]]) -> Book:
        """As they were kept."""
        return Book(
            Canary(**{**one, "forms": tuple(one["forms"]), "shared": tuple(one["shared"])}) for one in told
        )  # type: ignore[arg-type]
