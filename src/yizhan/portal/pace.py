"""Keeping public look-ups at a human pace: so many an hour from one address."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from yizhan.identity.sessions import address_of
from yizhan.ui.errors import TooManyRequests


def count(request: HttpRequest, purpose: str, *, most: int) -> None:
    """Count a try; real time, since it guards people.

    Raises:
        TooManyRequests: more than ``most`` in this hour.
    """
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into portal_tries as t (key, count, hour) values (%s, 1, %s)
               on conflict (key) do update set count = case when t.hour = excluded.hour then t.count + 1 else 1 end,
                                               hour = excluded.hour
               returning count""",
            [f"{purpose}/{address_of(request)}"[:120], hour],
        )
        (tries,) = cursor.fetchone()
    if tries > most:
        raise TooManyRequests(int((hour + timedelta(hours=1) - now).total_seconds()) + 1)
