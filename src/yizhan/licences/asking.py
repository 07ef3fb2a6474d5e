"""A licence that a stranger asks for 公众查询: number and holder must match, and the holder sees that somebody asked."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import connection

from yizhan import clock
from yizhan.licences import showing, types
from yizhan.licences.showing import Told
from yizhan.releases.words import Text


@dataclass(frozen=True)
class Found:
    """What a stranger is told: the licence, and of what it says so much as its kind allows."""

    licence: Told
    says: tuple[tuple[Text, str], ...]


def ask(number: str, holder: str) -> Found | None:
    """The latest licence with a number whose holder bears a name; None where there is none, whichever differs."""
    with connection.cursor() as cursor:
        cursor.execute("select * from licences_asked(%s, %s, %s)", [number.strip(), holder, clock.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, kind, data = row
    told, says = showing.told(columns), json.loads(data) if isinstance(data, str) else data
    return Found(told, _says(kind, says))


def all_of(kind: str, data: dict[str, object] | str) -> tuple[tuple[Text, str], ...]:
    """Everything that a licence says, with titles; for whom its holder lets look."""
    says = json.loads(data) if isinstance(data, str) else data
    try:
        shows = types.find(kind).type.shows
    except KeyError:
        return ()
    return tuple((one.title, str(says[one.key])) for one in shows if one.key in says)


def _says(kind: str, data: dict[str, object]) -> tuple[tuple[Text, str], ...]:
    try:
        brought = types.find(kind).type
    except KeyError:
        return ()
    return tuple(
        (one.title, str(data[one.key]))
        for one in brought.shows
        if one.key in brought.told and one.key in data
    )
