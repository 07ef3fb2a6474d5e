"""One change at a time: rows of seals are never changed, so there is no row to lock."""

from __future__ import annotations

from django.db import connection


def alone(key: str) -> None:
    """Nobody else changes what happens to this seal or approval until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('seals'), hashtext(%s))", [key])
