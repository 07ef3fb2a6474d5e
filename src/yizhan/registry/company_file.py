"""One company on one page 一企一档: all that is known, when, and from whom, as far as whoever looks may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.journal import access
from yizhan.registry import credit, entity_facts, licences
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.credit import Score
from yizhan.registry.entries import Entry
from yizhan.registry.facts import Fact, facts
from yizhan.registry.models import Address, EntityName, EntityRecord, Licence, Shareholder
from yizhan.registry.purposes import Purpose, Reason
from yizhan.registry.wording import said
from yizhan.releases.words import Text
from yizhan.ui.language import local

_SHOWN = (
    "name", "uscc", "organisation_code", "kind", "state", "representative", "established", "term_from", "term_until",
    "struck_off", "capital", "currency", "industry", "scope", "parent", "address", "standard_address", "division",
    "phone",
)  # fmt: skip
_KEYS = tuple(f"entity.{name}" for name in _SHOWN)
_BY_COLUMN = {one.column.removeprefix("entity."): one for key, one in CATALOGUE.items() if key in _KEYS}
_MOST = 100


@dataclass(frozen=True)
class Field:
    """A value with its name, and who says so as of when."""

    title: str
    value: str
    source: Text | None
    as_of: date | None
    masked: bool


@dataclass(frozen=True)
class Replaced:
    """A value that was replaced: until which day it had been so (None: it never was), and when that was written."""

    title: str
    value: str
    until: date | None
    at: datetime


@dataclass(frozen=True)
class Branch:
    """A branch; ``until`` is the day on which it was struck off."""

    uscc: str
    name: str
    address: str
    until: date | None


@dataclass(frozen=True)
class Line:
    """A company in a list of what was found."""

    uscc: str
    name: str
    representative: str
    address: str
    kind: str
    state: str
    until: date | None


@dataclass(frozen=True, kw_only=True)
class CompanyFile:
    """All that the present scope may see of a company."""

    subject: str
    uscc: str
    name: str
    code_ok: bool
    became: str
    in_operation: bool
    fields: list[Field]
    former_names: list[EntityName]
    shareholders: list[Shareholder]
    branches: list[Branch]
    records: list[EntityRecord]
    licences: list[Licence]
    score: Score
    replaced: list[Replaced]
    seat: int | None
    """The number of the standard address of its seat."""


def public() -> Purpose:
    """The purpose of staff who look at what the law makes public of companies anyway."""
    return Reason(_("查阅企业公示信息"))


def search(words: str, *, most: int = 50) -> list[Line]:
    """Companies of one's areas by the beginning of their code or a part of their name; all without words."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select uscc, name, representative, address, kind, state, until
               from registry_search_entities(%s, false, true, %s)""",
            [words.strip(), most],
        )
        found = [Line(*row) for row in cursor.fetchall()]
    access.saw(
        [f"entity:{one.uscc}" for one in found], list(_KEYS[:2]), purpose=str(public()), action="search"
    )
    return found


def read(
    subject: str, *, purpose: Purpose, on: date | None = None, known_at: datetime | None = None
) -> CompanyFile:
    """One company, as it is or as it was on a day; branches and what was replaced are told of the present only.

    Raises:
        NotHere: no such company, not one that the present scope sees, or not known yet at that moment.
    """
    told = facts(subject, _KEYS, purpose=purpose, on=on, known_at=known_at)
    today = on or clock.today()
    row = entity_facts.row(subject, today, known_at)
    replaced = [] if on else list(_replaced(subject))
    told_already = {one.value for one in replaced}
    code, closely = row["uscc"], row["own"] or row["admitted"] or row["service"]
    return CompanyFile(
        subject=subject,
        uscc=code,
        name=row["name"],
        code_ok=row["code_ok"],
        became=row["became"],
        in_operation=bool(CATALOGUE["entity.in_operation"].read(row)),
        fields=[_field(CATALOGUE[key], fact) for key, fact in told.items() if fact.value not in (None, "")],
        former_names=[] if on else [one for one in _former_names(code) if one.name not in told_already],
        shareholders=list(_shareholders(code, on)[:_MOST]),
        branches=[] if on else _branches(code),
        records=list(_records(code, today, closely=closely)[:_MOST]),
        licences=[] if on else licences.held(subject, purpose=purpose),
        score=credit.score(row),
        replaced=replaced,
        seat=_seat(row["division"], row["standard_address"]),
    )


def _field(entry: Entry, fact: Fact) -> Field:
    value = str(fact.value) if fact.masked else said(entry, fact.value)
    return Field(_title(entry), value, fact.source, fact.as_of, fact.masked)


def _title(entry: Entry) -> str:
    return str(capfirst(local(entry.meaning)))


def _seat(division: str, text: str | None) -> int | None:
    found = Address.objects.filter(division__startswith=division[:9], full_text=text) if text else None
    return found.values_list("id", flat=True).first() if found is not None else None


def _shareholders(code: str, on: date | None) -> QuerySet[Shareholder]:
    """Who holds a share now, or held one on a day."""
    found = Shareholder.objects.filter(entity_id=code).order_by("-share", "id")
    if on is None:
        return found.filter(until=None)
    return found.filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gt=on))


def _former_names(code: str) -> QuerySet[EntityName]:
    return EntityName.objects.filter(entity_id=code).order_by("-until", "-id")[:_MOST]


def _branches(code: str) -> list[Branch]:
    with connection.cursor() as cursor:
        cursor.execute("select * from registry_branches_of(%s)", [code])
        return [Branch(*row) for row in cursor.fetchall()]


def _records(code: str, today: date, *, closely: bool) -> QuerySet[EntityRecord]:
    """The decisions that hold; for whoever sees the company by its division, in their publicity term."""
    found = EntityRecord.objects.filter(entity_id=code, struck_at=None, decided_on__lte=today)
    found = found.order_by("-decided_on", "-id")
    public = found.filter(Q(public_until=None) | Q(public_until__gte=today), public=True)
    return found if closely else public


def _replaced(subject: str) -> Iterator[Replaced]:
    for one in entity_facts.past(subject):
        for column, value in one.values.items():
            if entry := _BY_COLUMN.get(column):
                yield Replaced(_title(entry), said(entry, _plain(value)), one.until, one.replaced_at)


def _plain(value: Any) -> Any:
    return f"{value:.2f}" if isinstance(value, float) else value
