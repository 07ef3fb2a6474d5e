"""Months 月份, each named by its first day."""

from __future__ import annotations

from datetime import date, timedelta


def month_of(day: date) -> date:
    """The month in which a day lies."""
    return day.replace(day=1)


def following(month: date) -> date:
    """The next month."""
    return month_of(month + timedelta(days=31))


def before(month: date) -> date:
    """The month before."""
    return month_of(month - timedelta(days=1))


def last_day(month: date) -> date:
    """The last day of a month."""
    return following(month) - timedelta(days=1)
