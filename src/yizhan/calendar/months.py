"""A month as a calendar card shows it 月历."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yizhan.calendar.daytable import ONE_DAY, Day, Table


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month; ``nth`` is its number among the month's working days, None for a rest day."""

    day: Day
    nth: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month."""

    year: int
    month: int
    days: tuple[MonthDay, ...]

    @property
    def working_days(self) -> int:
        """How many days are worked."""
        return sum(entry.day.is_work for entry in self.days)

    @property
    def off(self) -> frozenset[date]:
        """The days that rest."""
        return frozenset(entry.day.day for entry in self.days if not entry.day.is_work)

    @property
    def provisional(self) -> bool:
        """Whether the plan of a day is not published yet."""
        return any(entry.day.provisional for entry in self.days)


def month(table: Table, year: int, number: int) -> Month:
    """The month's days with their reasons and numbers.

    Raises:
        ValueError: no such month.
        BeyondCalendar: it is not in the calendar.
    """
    first = date(year, number, 1)
    following = date(year + number // 12, number % 12 + 1, 1)
    before = table.ordinal(first) - table.is_work(first)
    days = table.days(first, following - ONE_DAY)
    return Month(
        year, number, tuple(MonthDay(day, day.ordinal - before if day.is_work else None) for day in days)
    )
