"""Who looked at me 谁看过我的信息: the lines of the access log that name the person of the account in scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yizhan.releases.words import Text


@dataclass(frozen=True)
class Look:
    """One look at my data.

    Unit and post are told, the official's name is not: the unit answers for the look, and an official is not to be
    sought out for it. Whoever objects names the line by its number, and the unit finds the name in its own log.

    Attributes:
        id: the number of the line.
        unit: of whom looked; None for the house itself and for residents.
        post: in which post.
        who: staff, citizen, house, or gone for an account that is no more.
        action: view, search, unmask or export.
        purpose: as the access log keeps it, ``case:…``, ``reason:…`` or ``own``.
        fields: keys of what was looked at.
    """

    id: int
    at: datetime
    unit: Text | None
    post: Text | None
    who: str
    action: str
    purpose: str
    fields: Sequence[str]


_LOOKS = """
    select id, at, unit_zh, unit_en, post_zh, post_en, who, action, purpose, fields
    from registry_looks_at_me(%s, %s)
"""


def looks_at_me(*, below: int | None, most: int) -> list[Look]:
    """Looks at the signed-in resident's data, the newest first; one statement, whatever the log holds.

    Args:
        below: only lines with a smaller number: where the page before ended.
        most: how many, at most 200.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, [below, most])
        return [
            Look(number, at, _text(unit, unit_en), _text(post, post_en), *rest)
            for number, at, unit, unit_en, post, post_en, *rest in cursor.fetchall()
        ]


def _text(zh: str | None, en: str | None) -> Text | None:
    return Text(zh=zh, en=en or zh) if zh else None
