"""Rows that hold from one day to another, both days included, unless they are ended before."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db import models

from yizhan import clock

Row = TypeVar("Row", bound=models.Model)


class Lasting(models.Model):
    """Something that holds from ``since`` until ``until`` 有效期; without an end it holds on.

    ``ended_at`` is the moment at which somebody ended it at once: from then on it holds no more,
    whatever its days say.
    """

    since = models.DateField(default=clock.today)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def stop(self, on: date | None) -> None:
        """Let it end: after its last day ``on``, or at once when no day is named."""
        if on is not None and on >= max(self.since, clock.today()):
            self.until = on
        else:
            self.ended_at = clock.now()
            self.until = max(self.since, min(self.until or clock.today(), clock.today()))
        self.save(update_fields=["until", "ended_at"])


class LastingQuerySet(models.QuerySet[Row]):
    """Rows by the days on which they hold."""

    def live(self, on: date | None = None) -> Self:
        """Those that hold on a day, today if none is named."""
        day = on or clock.today()
        return self.overlapping(day, day)

    def overlapping(self, since: date, until: date | None) -> Self:
        """Those that share at least one day with a span and were not ended."""
        found = self.filter(models.Q(until=None) | models.Q(until__gte=since), ended_at=None)
        return found if until is None else found.filter(since__lte=until)


class Days(models.Func):
    """The days of a row as a range, for constraints that forbid overlapping."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self) -> None:
        super().__init__("since", "until", RangeBoundary(inclusive_lower=True, inclusive_upper=True))

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, object]]:
        """How a migration writes it."""
        return f"{type(self).__module__}.{type(self).__qualname__}", (), {}


ENDS_AFTER_IT_BEGINS = models.Q(until=None) | models.Q(until__gte=models.F("since"))
NOT_ENDED = models.Q(ended_at=None)
