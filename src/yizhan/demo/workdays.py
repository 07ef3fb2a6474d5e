"""Days and hours of the demo's stories, counted back from today."""

from __future__ import annotations

from datetime import date, datetime, time
from random import Random

from yizhan import calendar, clock
from yizhan.calendar.daytable import ONE_DAY


def ago(days: int, *, of: date | None = None) -> date:
    """The working day so many working days before a day; with none, the day itself or the last one before it."""
    table, day = calendar.table(), of or clock.today()
    while not table.is_work(day):
        day -= ONE_DAY
    for _ in range(days):
        day -= ONE_DAY
        while not table.is_work(day):
            day -= ONE_DAY
    return day


def later(day: date, days: int) -> date:
    """The working day so many working days after a day."""
    for _ in range(days):
        day = calendar.table().next_work(day + ONE_DAY)
    return day


def in_office_hours(dice: Random, day: date) -> datetime:
    """A moment between nine and four."""
    return datetime.combine(day, time(9 + dice.randrange(7), dice.randrange(60)), clock.ZONE)


def in_the_morning(day: date) -> datetime:
    """At ten, where nothing hangs on the hour."""
    return datetime.combine(day, time(10), clock.ZONE)


def in_the_evening(dice: Random, day: date) -> datetime:
    """A moment when people are at home."""
    return datetime.combine(day, time(18 + dice.randrange(3), dice.randrange(60)), clock.ZONE)
