"""The calendar in force: the table in memory, kept fresh, and the verbs on it.

Every call asks for the number of the last publication, one small query. A stale calendar would give a
deadline that no later recount finds again, so nothing is trusted even for a second. Whoever computes many
deadlines takes :func:`table` once.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection

from yizhan.calendar import countdown, deadlines, duty, months
from yizhan.calendar.countdown import Remaining
from yizhan.calendar.daytable import Row, Table
from yizhan.calendar.deadlines import Deadline
from yizhan.calendar.duty import OFFICE, DutyHours, HourDeadline
from yizhan.calendar.models import NATIONAL, WorkDay

_tables: dict[str, tuple[int, Table]] = {}


class NotLoaded(LookupError):
    """The calendar has no days in this database: ``calendar.loading.load()`` was not run."""


def table(calendar: str = NATIONAL, *, last: int | None = None) -> Table:
    """The calendar in force; the same value as long as nothing is published.

    Args:
        calendar: which.
        last: the number of its last publication, if the present statement's reader has just read it with others.

    Raises:
        NotLoaded: the database holds no days of it.
    """
    last = last or _last_release(calendar)
    if last is None:
        raise NotLoaded(f"the calendar {calendar} was never loaded")
    # Any other number is news, also a smaller one: a publication may have been rolled back.
    known = _tables.get(calendar)
    if known is None or known[0] != last:
        known = _tables[calendar] = (last, _read(calendar))
    return known[1]


def deadline(start: date | datetime, *, working_days: int) -> Deadline:
    """The end of a limit in working days; see :func:`yizhan.calendar.deadlines.deadline`."""
    return deadlines.deadline(table(), start, working_days=working_days)


def add_natural_days(start: date | datetime, days: int) -> Deadline:
    """The end of a limit in natural days; see :func:`yizhan.calendar.deadlines.natural_deadline`."""
    return deadlines.natural_deadline(table(), start, days=days)


def working_days_between(start: date | datetime, end: date | datetime) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
    return table().working_days_between(deadlines.day_of(start), deadlines.day_of(end))


def add_hours(start: datetime, hours: float | timedelta, *, hours_of: DutyHours = OFFICE) -> HourDeadline:
    """The end of a limit in duty hours; see :func:`yizhan.calendar.duty.add_hours`."""
    length = hours if isinstance(hours, timedelta) else timedelta(hours=hours)
    return duty.add_hours(table(), hours_of, start, length)


def hours_between(start: datetime, end: datetime, *, hours_of: DutyHours = OFFICE) -> timedelta:
    """Duty time between two moments; see :func:`yizhan.calendar.duty.hours_between`."""
    return duty.hours_between(table(), hours_of, start, end)


def remaining(now: datetime, due: date | datetime, *, hours_of: DutyHours = OFFICE) -> Remaining:
    """What is left of a limit; see :func:`yizhan.calendar.countdown.remaining`."""
    return countdown.remaining(table(), now, due, hours_of)


def month(year: int, number: int) -> months.Month:
    """A month's days; see :func:`yizhan.calendar.months.month`."""
    return months.month(table(), year, number)


def _last_release(calendar: str) -> int | None:
    # Past the ORM, since every verb comes through here.
    with connection.cursor() as cursor:
        cursor.execute("select max(id) from calendar_release where calendar = %s", [calendar])
        row: tuple[int | None] = cursor.fetchone()
    return row[0]


def _read(calendar: str) -> Table:
    rows = (
        WorkDay.objects.filter(calendar=calendar)
        .order_by("day")
        .values_list("day", "is_work", "ordinal", "name", "name_en", "provisional")
    )
    return Table.of(calendar, (Row(*row) for row in rows))
