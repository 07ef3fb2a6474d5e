"""A month as a calendar shows it 月历: whole weeks from Monday to Sunday."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

MONDAY = 0


@dataclass(frozen=True)
class Square:
    """One day in the sheet."""

    day: date
    outside: bool
    off: bool
    today: bool
    marked: bool


def weeks(
    shown: date, *, today: date, off: Collection[date] | None = None, marked: Collection[date] = ()
) -> Iterator[list[Square]]:
    """The weeks that touch the month of ``shown``.

    ``off`` are the days without work as the calendar room knows them; without it Saturdays and Sundays are.
    """
    for week in Calendar(MONDAY).monthdatescalendar(shown.year, shown.month):
        yield [
            Square(
                day=day,
                outside=day.month != shown.month,
                off=day.weekday() >= 5 if off is None else day in off,
                today=day == today,
                marked=day in marked,
            )
            for day in week
        ]
