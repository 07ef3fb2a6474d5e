"""The calendar in memory: immutable arrays, every question answered by one look.

A table is a plain value. It is made from rows once, shared by all threads, and replaced, never changed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from yizhan.releases.words import Text

WEEKEND = Text(zh="周末", en="weekend")
_FIRST_REST_WEEKDAY = 5
ONE_DAY = timedelta(days=1)


class Row(NamedTuple):
    """What a table is made from; see :class:`yizhan.calendar.models.WorkDay`."""

    day: date
    is_work: bool
    ordinal: int
    name: str = ""
    name_en: str = ""
    provisional: bool = False


class DayKind(StrEnum):
    """Why a day is as it is."""

    WORK = "work"  # 工作日
    WEEKEND = "weekend"  # 周末
    HOLIDAY = "holiday"  # 放假
    MADE_UP = "made_up"  # 调休上班: a Saturday or Sunday that is worked


@dataclass(frozen=True, slots=True)
class Day:
    """One day and why it is worked or not."""

    day: date
    kind: DayKind
    ordinal: int
    why: Text | None
    provisional: bool

    @property
    def is_work(self) -> bool:
        """Whether it is a working day."""
        return self.kind in {DayKind.WORK, DayKind.MADE_UP}


def _usually(first: date, offset: int) -> bool:
    return (first.weekday() + offset) % 7 < _FIRST_REST_WEEKDAY


class BeyondCalendar(LookupError):
    """A question reaches over the first or last day of the calendar; nothing was guessed."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A calendar's days.

    Attributes:
        first: the first day; the others follow without a gap.
        provisional_from: the first day without a published plan.
    """

    calendar: str
    first: date
    provisional_from: date | None
    _work: bytes = field(repr=False)
    _ordinals: array[int] = field(repr=False)
    _working: array[int] = field(repr=False)
    _names: Mapping[int, Text] = field(repr=False)
    _unusual: list[Day] = field(repr=False)
    _unusual_at: array[int] = field(repr=False)

    @classmethod
    def of(cls, calendar: str, rows: Iterable[Row]) -> Table:
        """Make a table from rows in the order of their days.

        Raises:
            ValueError: there are no rows, a day is missing, or an ordinal is not the running count.
        """
        work, ordinals, working, names = bytearray(), array("i"), array("i"), {}
        first: date | None = None
        provisional_from: date | None = None
        known: dict[tuple[str, str], Text] = {}
        for offset, row in enumerate(rows):
            first = first or row.day
            ordinals.append(len(working) + row.is_work)
            if row.day != first + offset * ONE_DAY or row.ordinal != ordinals[offset]:
                raise ValueError(f"calendar {calendar}: {row.day} is out of order or wrongly counted")
            work.append(row.is_work)
            if row.is_work:
                working.append(offset)
            if row.name:
                pair = (row.name, row.name_en)
                names[offset] = known.setdefault(pair, Text(zh=row.name, en=row.name_en or row.name))
            if row.provisional and provisional_from is None:
                provisional_from = row.day
        if first is None:
            raise ValueError(f"calendar {calendar} has no days")
        at = array("i", (n for n, on in enumerate(work) if not on or not _usually(first, n)))
        made = cls(calendar, first, provisional_from, bytes(work), ordinals, working, names, [], at)
        made._unusual.extend(made.at(first + offset * ONE_DAY) for offset in at)
        return made

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + (len(self._work) - 1) * ONE_DAY

    def is_work(self, day: date) -> bool:
        """Whether the day is worked.

        Raises:
            BeyondCalendar: the day is not in the calendar; so do all other questions.
        """
        return bool(self._work[self._offset(day)])

    def is_provisional(self, day: date) -> bool:
        """Whether no plan is published for the day, so that only weekends are known to rest."""
        return self.provisional_from is not None and day >= self.provisional_from

    def ordinal(self, day: date) -> int:
        """The running count of working days up to and including the day."""
        return self._ordinals[self._offset(day)]

    def due(self, start: date, working_days: int) -> date:
        """The working day that is so many working days after ``start``; ``start`` is not counted.

        With none, ``start`` itself or the next working day after it.

        Raises:
            ValueError: a negative number of days.
        """
        if working_days < 0:
            raise ValueError("a limit has no negative number of days")
        offset = self._offset(start)
        if working_days == 0:
            working_days = 0 if self._work[offset] else 1
        number = self._ordinals[offset] + working_days
        if number > len(self._working):
            raise self._beyond()
        return start if number == 0 else self.first + self._working[number - 1] * ONE_DAY

    def next_work(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        return self.due(day, 0)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        return self.ordinal(end) - self.ordinal(start)

    def at(self, day: date) -> Day:
        """A day with its reason."""
        offset = self._offset(day)
        on_weekend = day.weekday() >= _FIRST_REST_WEEKDAY
        name = self._names.get(offset)
        if self._work[offset]:
            kind, why = (DayKind.MADE_UP if on_weekend else DayKind.WORK), name
        else:
            kind, why = (DayKind.HOLIDAY, name) if name else (DayKind.WEEKEND, WEEKEND)
        return Day(day, kind, self._ordinals[offset], why, self.is_provisional(day))

    def days(self, start: date, end: date) -> Iterable[Day]:
        """All days from ``start`` to ``end``, both included."""
        for offset in range(self._offset(start), self._offset(end) + 1):
            yield self.at(self.first + offset * ONE_DAY)

    def unusual(self, start: date, end: date) -> list[Day]:
        """The days from ``start`` to ``end``, both included, that rest, and the weekends that are worked."""
        begin = bisect_left(self._unusual_at, self._offset(start))
        return self._unusual[begin : bisect_right(self._unusual_at, self._offset(end))]

    def _offset(self, day: date) -> int:
        offset = (day - self.first).days
        if not 0 <= offset < len(self._work):
            raise self._beyond()
        return offset

    def _beyond(self) -> BeyondCalendar:
        return BeyondCalendar(
            _("工作日历只编到%(first)s至%(last)s，无法推算此范围以外的日期。")
            % {"first": self.first.isoformat(), "last": self.last.isoformat()}
        )
