"""All that is known of one person 一人一档: by category, with source and day, and what was said before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yizhan.registry import masking
from yizhan.registry.catalogue import CATALOGUE, CATEGORIES, CATEGORY_OF, COMES_WITH, Entry
from yizhan.registry.facts import Fact, facts
from yizhan.registry.faults import NotHere
from yizhan.registry.models import ParticularsHistory, PersonHistory, Residence
from yizhan.registry.sight import Look
from yizhan.registry.wording import said
from yizhan.ui.language import local

MOST = 200
_DAYS = ("born_on", "died_on")
_ALIVE = "person.alive"
_DIED = "person.died"
"""None of the 82 fields, but a death that was taken back stays in somebody's past."""


@dataclass(frozen=True)
class Told:
    """One field in words; ``source`` and ``as_of`` where they are known; ``value`` as it is, for programs."""

    key: str
    title: str
    words: str
    source: str
    as_of: date | None
    masked: bool
    value: Any


@dataclass(frozen=True)
class Category:
    """One of the 12 categories: the fields that are known, and how many are not; ``shut`` if some are masked."""

    name: str
    title: str
    fields: tuple[Told, ...]
    unknown: int

    @property
    def shut(self) -> bool:
        """Whether something in it is masked."""
        return any(one.masked for one in self.fields)


@dataclass(frozen=True)
class File:
    """The categories that are there for whoever looks; whether the person is dead, which everybody is told."""

    categories: tuple[Category, ...]
    dead: bool


@dataclass(frozen=True)
class Earlier:
    """What the register said before: until which day it was so (none: it never was), and when it was replaced."""

    title: str
    words: str
    until: date | None
    replaced_at: datetime | None


def read(look: Look, *, on: date | None = None, known_at: datetime | None = None) -> File:
    """The categories of a person that whoever looks may see, of 12, masked as :func:`facts` says; one statement.

    Args:
        look: at the person.
        on: the day for which is asked what was so; today if left out.
        known_at: what the register said at that moment; now if left out.

    Raises:
        NotHere: the register did not know the person at that moment.
    """
    keys = [_ALIVE, *(key for name in look.shown for key in CATEGORIES[name][1])]
    known = facts(look.subject, keys, purpose=look.purpose, on=on, known_at=known_at)
    found = [_category(name, local(CATEGORIES[name][0]), CATEGORIES[name][1], known) for name in look.shown]
    return File(tuple(found), dead=known[_ALIVE].value is False)


def category(look: Look, name: str) -> Category:
    """One of the 12 categories of a person, masked as :func:`facts` says.

    Raises:
        NotHere: the category is not for whoever looks.
    """
    if name not in look.shown:
        raise NotHere(look.subject)
    title, keys = CATEGORIES[name]
    return _category(name, local(title), keys, facts(look.subject, keys, purpose=look.purpose))


def earlier(look: Look) -> list[Earlier]:
    """What was said of a person before, the latest first, at most ``MOST`` changes of each kind; three statements."""
    look.at(["person.history"])
    keys = [key for key, name in CATEGORY_OF.items() if name in look.shown]
    keys += [_DIED] if COMES_WITH[CATALOGUE[_DIED].column] in look.shown else []
    found = []
    for states in (
        PersonHistory.objects.filter(person=look.person).values_list("state", "valid_until", "replaced_at"),
        ParticularsHistory.objects.filter(person=look.person).values_list(
            "was", "valid_until", "replaced_at"
        ),
    ):
        for state, until, replaced_at in states.order_by("-replaced_at", "-id")[:MOST]:
            found += [Earlier(title, words, until, replaced_at) for title, words in _was(state, look, keys)]
    found += _lived(look, keys)
    return sorted(found, key=lambda one: (one.until or date.min, str(one.replaced_at)), reverse=True)


def title_of(key: str) -> str:
    """What a key is called on a page."""
    return str(capfirst(local(CATALOGUE[key].meaning)))


def _category(name: str, title: str, keys: Collection[str], known: Mapping[str, Fact]) -> Category:
    told = [_told(CATALOGUE[key], known[key]) for key in keys if known[key].value not in {None, ""}]
    return Category(name, title, tuple(told), len(keys) - len(told))


def _told(entry: Entry, fact: Fact) -> Told:
    return Told(
        key=entry.key,
        title=title_of(entry.key),
        words=str(fact.value) if fact.masked else said(entry, fact.value),
        source=local(fact.source) if fact.source else "",
        as_of=fact.as_of,
        masked=fact.masked,
        value=fact.value,
    )


def _was(state: Mapping[str, Any], look: Look, keys: Collection[str]) -> Iterator[tuple[str, str]]:
    """Of these keys, those among the columns that changed, in words."""
    days = {name: date.fromisoformat(state[name]) for name in _DAYS if state.get(name)}
    row = defaultdict(lambda: None, {**state, **days})
    for key in keys:
        entry = CATALOGUE[key]
        if entry.column not in state:
            continue
        value = entry.read(row)
        if value in {None, ""}:
            continue
        masked = entry.mask is not None and not look.opens(key)
        words = entry.mask(value) if masked and entry.mask is not None else said(entry, value)
        yield capfirst(local(entry.meaning)), words


def _lived(look: Look, keys: Collection[str]) -> list[Earlier]:
    """Where somebody was registered or lived before."""
    rows = Residence.objects.filter(person=look.person).exclude(until=None).select_related("address")
    found = []
    for row in rows.order_by("-until")[:MOST]:
        registered = row.kind == Residence.Kind.REGISTERED
        key = "household.address" if registered else "residence.address"
        if key not in keys:
            continue
        text = row.address.full_text
        found.append(
            Earlier(
                title=_("户籍地址") if registered else _("居住地址"),
                words=text if look.opens(key) else masking.address(text),
                until=row.until,
                replaced_at=row.ended_at,
            )
        )
    return found
