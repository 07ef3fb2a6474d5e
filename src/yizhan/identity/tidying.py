"""Throwing away what logging in leaves behind 清理: codes, spent codes, old locks, sessions long over.

What must be kept stands in the journal. The worker does this once an hour.
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from yizhan.identity.models import Lockout, PhoneCode, Presence, SpentCode
from yizhan.journal import work

_EVERY = 3600.0
_SHORT = timedelta(days=1)
# Half a year and some days: so long people may ask from where an account was used.
_SESSIONS_KEPT = timedelta(days=190)

_last = -_EVERY


@work.round("identity tidying")
def once_an_hour() -> int:
    """Tidy, unless this process did within the hour; how many rows went."""
    global _last  # noqa: PLW0603 (the worker is one process; several would tidy once an hour each)
    if time.monotonic() - _last < _EVERY:
        return 0
    _last = time.monotonic()
    with work.one_transaction():
        return tidy()


def tidy() -> int:
    """Throw away what is old; how many rows went."""
    now = timezone.now()
    old = (
        PhoneCode.objects.filter(issued_at__lt=now - _SHORT),
        SpentCode.objects.filter(spent_at__lt=now - _SHORT),
        Lockout.objects.filter(Q(locked_until=None) | Q(locked_until__lt=now), failed_at__lt=now - _SHORT),
        Presence.objects.filter(lasts_until__lt=now - _SESSIONS_KEPT),
        Session.objects.filter(expire_date__lt=now),
    )
    return sum(rows.delete()[0] for rows in old)
