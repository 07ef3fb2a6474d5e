"""Keeping public look-ups at a human pace 访问频次: so many an hour from one address, or at one number."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from yizhan.identity.sessions import address_of
from yizhan.ui.errors import TooManyRequests

_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=1)


def count(request: HttpRequest, purpose: str, *, most: int, at: str = "") -> None:
    """Count a try; real time, since it guards people.

    Args:
        request: whose address counts.
        purpose: what is tried.
        most: tries an hour.
        at: what is tried at, such as a number; then all addresses count together, so that many of them cannot
            share the guessing.

    Raises:
        TooManyRequests: more than ``most`` in this hour.
    """
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    tries = _counted(f"{purpose}/{at or address_of(request)}"[:120], hour)
    if tries == 1:
        _forget(before=hour - _KEPT)
    if tries > most:
        raise TooManyRequests(int((hour + _HOUR - now).total_seconds()) + 1)


def _counted(key: str, hour: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into portal_tries as t (key, count, hour) values (%s, 1, %s)
               on conflict (key) do update set count = case when t.hour = excluded.hour then t.count + 1 else 1 end,
                                               hour = excluded.hour
               returning count""",
            [key, hour],
        )
        return int(cursor.fetchone()[0])


def _forget(*, before: datetime) -> None:
    """Addresses are personal data and are not kept; rows that somebody else holds are left for the next time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """delete from portal_tries where key in
               (select key from portal_tries where hour < %s limit 1000 for update skip locked)""",
            [before],
        )
