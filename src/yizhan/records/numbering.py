"""Numbers of papers 文号: one after the other, without a gap.

The row of a series is held until the transaction ends, and a step that is undone gives its number back; so
two papers of one series are never issued at the same moment. Bulk work should commit every few seconds.
What will be undone in any case takes its numbers :func:`apart`, and holds no row that others wait for.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from yizhan import clock

_mark: ContextVar[str] = ContextVar("the mark of numbers apart", default="")


@contextmanager
def apart() -> Iterator[None]:
    """Within the block numbers come from counters of their own and bear a mark: for what will be undone.

    The mark is another one each time. A number that a running transaction has written keeps everybody waiting who
    would write the same, so a counter of one's own is not enough: the numbers must differ as well.
    """
    token = _mark.set(f"T{secrets.token_hex(3).upper()}-")
    try:
        yield
    finally:
        _mark.reset(token)


def mark() -> str:
    """What stands before a serial number: nothing, or within :func:`apart` a letter, six digits and a dash."""
    return _mark.get()


def next_number(rule: str, *, pack: str, mark_of: str = "") -> str:
    """The next number by a rule such as ``云民高龄〔{year}〕{serial}号``; ``mark_of`` stands for its ``{mark}``."""
    of_this_year = rule.replace("{year}", str(clock.today().year)).replace("{mark}", mark_of)
    return of_this_year.replace("{serial}", f"{mark()}{_next(f'{mark()}{pack}/{of_this_year}')}")


def _next(series: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into records_series (key, last) values (%s, 1)
               on conflict (key) do update set last = records_series.last + 1
               returning last""",
            [series],
        )
        return int(cursor.fetchone()[0])
