"""Writing news."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from yizhan.database.rows import new
from yizhan.journal.models import News

_KIND = re.compile(r"[a-z_]+\.[a-z_]+")


def write(kind: str, *, subject: str, actor: str = "", **data: Any) -> None:
    """Record that something happened, in the transaction in which it happens.

    Args:
        kind: room and past tense, such as ``case.decided``.
        subject: the thing it happened to, as ``kind:key``, such as ``case:44010420261120000012``.
        actor: the key of who did it, never a foreign key; empty for the house itself.
        data: what a reader needs to know; plain JSON, no personal data beyond keys.

    Raises:
        ValueError: the kind is no ``room.past_tense``.
    """
    tell(line(kind, subject=subject, actor=actor, data=data))


def tell(told: News) -> None:
    """Write news that were made by :func:`line`, in the transaction in which it happens."""
    given: list[Any] = [told.kind, told.subject, told.actor, Jsonb(told.data), told.at]
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, given)


_TOLD = """
    with told as (
        insert into journal_news (kind, subject, actor, data, at) values (%s, %s, %s, %s, %s) returning id)
    select pg_notify('yizhan_work', '') from told
"""
"""Written and told in one journey: nearly every step of the house ends with it."""


def line(kind: str, *, subject: str, actor: str, data: dict[str, Any]) -> News:
    """News to be written later: by :func:`tell`, or by whoever has more to write and wakes the workers with :data:`WAKE`.

    Raises:
        ValueError: the kind is no ``room.past_tense``.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError(f"news is named room.past_tense, not {kind!r}")
    made: News = new(News, kind=kind, subject=subject, actor=actor, data=data)
    return made


WAKE = "select pg_notify('yizhan_work', '')"
"""Tells the workers, when the transaction commits, that there is something to do."""


def wake() -> None:
    """Tell the workers, when this transaction commits, that there is something to do."""
    with connection.cursor() as cursor:
        cursor.execute(WAKE)
