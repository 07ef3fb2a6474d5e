"""All that is derived of names taken away from everybody, and the time in which it is there again."""

from __future__ import annotations

import time

import psycopg

from yizhan.cli import deriving_anew
from yizhan.cli.cluster import Cluster
from yizhan.cli.cluster_making import SUPERUSER

# Without the triggers that keep history: nothing of it is told or kept.
_SPOILED = "update registry_person set name_sort = '', name_tokens = ''"


def measure(owner: str) -> float:
    """Seconds until everybody is sorted and found as before."""
    with psycopg.connect(Cluster().address(SUPERUSER), autocommit=True) as database:
        database.execute("set session_replication_role = replica")
        database.execute(_SPOILED)
        database.execute("vacuum registry_person")  # as if they had always been so
    began = time.monotonic()
    deriving_anew.derive(owner, lambda *_counts: None)
    return time.monotonic() - began
