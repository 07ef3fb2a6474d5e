"""Finding what is nobody's secret: companies as their register publishes them, and places 企业与地址检索.

A company's name, code, kind and state are published by its register, so that everybody with a post may look for them.
By whom it is represented is a search for a person: it takes a purpose and leaves a line in the access log. An address
names a place and nobody in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from yizhan.journal import access
from yizhan.registry.purposes import Purpose

_LONGEST = 60
_SHORTEST = 2


@dataclass(frozen=True)
class Company:
    """A company as its register publishes it; ``until`` is the day on which it was struck off."""

    uscc: str
    name: str
    kind: str
    division: str
    until: date | None


@dataclass(frozen=True)
class PlaceFound:
    """An address, and the code of the division in which it lies."""

    id: int
    division: str
    text: str


def companies(words: str, *, limit: int = 8) -> list[Company]:
    """By part of the name, the beginning of the credit code, or the old organisation code; those still there first."""
    return _companies(words, represented=False, limit=limit)


def represented_by(name: str, *, purpose: Purpose, limit: int = 8) -> list[Company]:
    """By the whole name of the legal representative; for a purpose, and noted."""
    found = _companies(name, represented=True, limit=limit)
    subjects = [f"entity:{one.uscc}" for one in found]
    access.saw(subjects, ["representative"], purpose=str(purpose), action="search")
    return found


def addresses(words: str, *, limit: int = 8) -> list[PlaceFound]:
    """Places whose address holds these words, the shortest first; two characters are needed."""
    wanted = "".join(words[:_LONGEST].split())
    if len(wanted) < _SHORTEST:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ADDRESSES, [wanted, wanted, limit])
        return [PlaceFound(*row) for row in cursor.fetchall()]


def _companies(words: str, *, represented: bool, limit: int) -> list[Company]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select uscc, name, kind, division, until from registry_search_entities(%s, %s, false, %s)",
            [words[:_LONGEST], represented, limit],
        )
        return [Company(*row) for row in cursor.fetchall()]


_ADDRESSES = """
    select one.id, one.division, one.full_text from (
        select id, division, full_text from registry_address
        where registry_pieces(full_text) @> registry_pieces(%s)
          and strpos(registry_plain(full_text), registry_plain(%s)) > 0
        limit 200) one
    order by length(one.full_text), one.full_text, one.division limit %s
"""
