"""How long things hold 有效期, and from when they are renewed."""

from __future__ import annotations

from datetime import datetime, timedelta

ROOT, ISSUING, TIMESTAMPS, UNIT, STAFF = 20, 10, 3, 3, 1
"""Years."""

RENEWED_BEFORE = timedelta(days=60)
"""Certificates of units and of the timestamps are renewed when they have less than this left."""

LIST_IS_FRESH = timedelta(days=1)
"""A list of revoked certificates is published anew when it is older."""
LIST_HOLDS = timedelta(days=7)
"""Readers reject it after that: so long may this house be down without harm to what it sealed."""


def years_of(holder: str) -> int:
    """For how many years a certificate of a holder is issued."""
    known = {"root": ROOT, "issuing": ISSUING, "tsa": TIMESTAMPS, "staff": STAFF}
    return known.get(holder.partition(":")[0], UNIT)


def later(moment: datetime, years: int) -> datetime:
    """The same day so many years later; of 29 February the 28th."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, day=28)


def renewed_before(holder: str) -> timedelta:
    """How long before its end a certificate is due.

    An issuing one early: what it issues must not be cut short by its own end.
    """
    return RENEWED_BEFORE + (timedelta(days=366 * UNIT) if holder == "issuing" else timedelta())
