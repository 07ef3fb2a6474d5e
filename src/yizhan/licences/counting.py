"""How many licences there are 证照统计: by kind, for everybody; numbers alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from yizhan import clock
from yizhan.registry import licence_kinds
from yizhan.releases.words import Text


@dataclass(frozen=True)
class Counted:
    """The licences of a kind: valid today, at rest; issued and taken back since the year began."""

    title: Text
    valid: int
    suspended: int
    issued: int
    revoked: int


def by_kind() -> list[Counted]:
    """Every kind of which there is one, the most first; each licence once, by its latest version."""
    with connection.cursor() as cursor:
        cursor.execute("select * from licences_counted(%s)", [clock.today()])
        rows = cursor.fetchall()
    found = [(licence_kinds.title(kind), numbers) for kind, *numbers in rows]
    counted = [Counted(title, *numbers) for title, numbers in found if title is not None]
    return sorted(counted, key=lambda one: (-one.valid, one.title.zh))
