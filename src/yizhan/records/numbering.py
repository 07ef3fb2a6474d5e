"""Numbers of papers 文号: one after the other, without a gap.

The row of a series is held until the transaction ends, and a step that is undone gives its number back; so
two papers of one series are never issued at the same moment. Bulk work should commit every few seconds.
"""

from __future__ import annotations

from django.db import connection

from yizhan import clock


def next_number(rule: str, *, pack: str) -> str:
    """The next number by a rule such as ``云民高龄〔{year}〕{serial}号``."""
    of_this_year = rule.replace("{year}", str(clock.today().year))
    return of_this_year.replace("{serial}", str(_next(f"{pack}/{of_this_year}")))


def _next(series: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into records_series (key, last) values (%s, 1)
               on conflict (key) do update set last = records_series.last + 1
               returning last""",
            [series],
        )
        return int(cursor.fetchone()[0])
