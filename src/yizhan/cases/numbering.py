"""Numbers of cases 受理编号与办件流水.

The number people read is ``YX2026-1120-00001`` (prefix, year, month and day, serial of the day). The
national serial is 43 characters: the implementing code (18 of the unit's USCC, 1 level, 12 of the item's
basic code), the day, four digits.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import connection

from yizhan.records import numbering


def next_value(key: str) -> int:
    """The next value of a counter, without gaps: it is given back when the step is undone.

    What takes its numbers apart (:func:`yizhan.records.numbering.apart`) has counters of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into cases_counter as c (key, value) values (%s, 1)
               on conflict (key) do update set value = c.value + 1 returning value""",
            [numbering.mark() + key],
        )
        return int(cursor.fetchone()[0])


def case_number(day: date) -> str:
    """The next number that people read."""
    return f"{settings.CASE_PREFIX}{day:%Y-%m%d}-{numbering.mark()}{next_value(f'case:{day:%Y%m%d}'):05d}"


def case_serial(uscc: str, level: int, basic_code: str | None, day: date) -> str:
    """The next national serial of 43 characters, or an empty text while a code is not known.

    After 9,999 cases of one item on one day the four digits of the standard are used up; the serial then
    stays empty and the number alone identifies the case.
    """
    if len(uscc) != 18 or basic_code is None:
        return ""
    implementing = f"{uscc}{level}{basic_code}"
    running = next_value(f"serial:{implementing}:{day:%Y%m%d}")
    return f"{implementing}{day:%Y%m%d}{running:04d}" if running <= 9999 else ""
