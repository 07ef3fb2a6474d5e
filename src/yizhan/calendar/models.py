"""Rows of the calendar: every day with its running count, and who published which year."""

from __future__ import annotations

from django.db import models

from yizhan import clock

NATIONAL = "national"


class WorkDay(models.Model):
    """One day of a calendar 日历日.

    ``ordinal`` is the running count of working days up to and including the day, so the working day
    ``n`` after a day is the one whose ordinal is ``n`` larger. A rest day bears the ordinal of the
    working day before it.
    """

    pk = models.CompositePrimaryKey("calendar", "day")
    calendar = models.CharField(max_length=30, default=NATIONAL)
    day = models.DateField()
    is_work = models.BooleanField()
    ordinal = models.PositiveIntegerField()
    name = models.CharField(max_length=60, blank=True, help_text="the holiday that explains the day; Chinese")
    name_en = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=300, blank=True)
    provisional = models.BooleanField(default=False, help_text="no plan is published yet: weekends rest")

    class Meta:
        indexes = [
            # Not unique: a recount passes through states in which two days share a number.
            models.Index(
                fields=["calendar", "ordinal"],
                name="calendar_workday_ordinal",
                condition=models.Q(is_work=True),
            )
        ]

    def __str__(self) -> str:
        """The date."""
        return self.day.isoformat()


class CalendarRelease(models.Model):
    """One publication of a year's plan 年度放假安排. Never changed; the last one of a year is in force."""

    calendar = models.CharField(max_length=30, default=NATIONAL)
    year = models.PositiveSmallIntegerField()
    working_days = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the year's plan, to know a changed one")
    source = models.CharField(max_length=300)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "calendar_release"
        indexes = [models.Index(fields=["calendar", "year", "id"], name="calendar_release_year")]

    def __str__(self) -> str:
        """Calendar and year."""
        return f"{self.calendar} {self.year}"
