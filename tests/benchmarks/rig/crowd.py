"""The user names of the benchmarks' staff."""

from __future__ import annotations

MANY_ITEMS = "bench.many"
"""Holds a role for every one of the 580 items."""

ONE_ITEM = "bench.one"
"""Holds a role for one of them."""

CROWD = 60


def member(number: int) -> str:
    """One of the crowd that logs in, counted from 0."""
    return f"bench.crowd{number:02d}"
