"""Limits that stand still in between 中止的时限: what is used, what is left, when they end.

A limit runs, stands still while something is waited for, and goes on. In days, the day on which it comes to
stand still is the last that counts before, and the day on which it goes on is not counted, as the day on which
a limit begins is not (Civil Code art. 201). In hours every minute counts. A standstill that begins the budget
anew lets all of it run from there. What happens after the end of a limit changes nothing.

Everything follows from start, budget and pauses; nothing is added up from day to day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yizhan.calendar import deadlines, duty
from yizhan.calendar.daytable import ONE_DAY, Table
from yizhan.calendar.deadlines import Deadline, Unit, day_of
from yizhan.calendar.duty import ALWAYS, OFFICE, DutyHours, HourDeadline
from yizhan.clock import ZONE
from yizhan.releases.words import Text


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a limit is: an amount in a unit, and what an extension added; duty hours by a roster."""

    amount: int
    unit: Unit = Unit.WORKING_DAYS
    extended: int = 0
    hours: DutyHours = OFFICE

    @property
    def length(self) -> timedelta:
        """The whole of it: a counted day as a day, hours as hours."""
        whole = self.amount + self.extended
        return timedelta(hours=whole) if self.unit.in_hours else timedelta(days=whole)

    @property
    def roster(self) -> DutyHours:
        """The hours that count, of a limit in hours."""
        return ALWAYS if self.unit is Unit.NATURAL_HOURS else self.hours


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a limit stood still: why, on which basis, told by which paper.

    Attributes:
        until: the moment from which it went on; none while it stands still.
        restart: afterwards the whole budget begins anew.
    """

    since: datetime
    until: datetime | None = None
    restart: bool = False
    why: Text | str = ""
    basis: Text | str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Standstill:
    """Pauses that overlap, as one: from the first beginning to the last end."""

    since: datetime
    until: datetime | None
    restart: bool
    pauses: tuple[Pause, ...]
    used: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Run:
    """The course of a limit.

    Attributes:
        start: when it began.
        since: from where its last stretch runs: the start, or the end of the last standstill.
        stands: the standstills that had an effect, each with what was used before it.
        used: what was used before the last stretch, in days as days, in hours as hours.
        end: the end of the last stretch; none while the limit stands still.
    """

    start: datetime
    budget: Budget
    since: datetime
    stands: tuple[Standstill, ...]
    used: timedelta
    end: Deadline | HourDeadline | None

    @property
    def left(self) -> timedelta:
        """What of the budget the last stretch has, or will have once the limit goes on."""
        return self.budget.length - self.used

    @property
    def standing(self) -> bool:
        """Whether it stands still."""
        return self.end is None

    @property
    def due_at(self) -> datetime | None:
        """The first moment after the limit; none while it stands still."""
        if self.end is None:
            return None
        return self.end.due_at if isinstance(self.end, HourDeadline) else self.end.ends_at

    @property
    def last_day(self) -> date | None:
        """The last day of the limit; none while it stands still."""
        if self.end is None:
            return None
        return self.end.due if isinstance(self.end, Deadline) else day_of(self.end.due_at)

    @property
    def provisional_from(self) -> date | None:
        """The first day without a published plan, if the limit reaches there."""
        return self.end.provisional_from if self.end else None

    @property
    def stretches(self) -> Iterator[tuple[datetime, datetime | None]]:
        """The times in which it ran; the last one is open."""
        begins = [self.start, *(stand.until for stand in self.stands if stand.until)]
        ends = [stand.since for stand in self.stands]
        for number, begin in enumerate(begins):
            yield begin, ends[number] if number < len(ends) else None


def run(table: Table, start: date | datetime, budget: Budget, pauses: Iterable[Pause] = ()) -> Run:
    """Reckon a limit with the times in which it stood still.

    Args:
        table: the calendar.
        start: when it began; of a limit in days the day itself is not counted.
        budget: how long it is.
        pauses: when it stood still, in any order; they may overlap.

    Raises:
        ValueError: a negative budget, a pause that ends before it begins, a moment without a time zone.
        BeyondCalendar: the limit reaches over the calendar's end.
    """
    if budget.amount < 0 or budget.extended < 0:
        raise ValueError("a limit has no negative amount")
    begun = _moment(start)
    since, used = begun, timedelta()
    stands: list[Standstill] = []
    for stand in _merged(begun, pauses):
        if _ended(table, since, budget, used, stand.since):
            break
        used += _counted(table, since, stand.since, budget, used)
        stands.append(Standstill(stand.since, stand.until, stand.restart, stand.pauses, used))
        if stand.until is None:
            return Run(begun, budget, since, tuple(stands), used, None)
        used = timedelta() if stand.restart else used
        since = stand.until
    return Run(begun, budget, since, tuple(stands), used, _end(table, since, budget, used))


def so_far(
    table: Table, start: date | datetime, budget: Budget, pauses: Sequence[Pause], now: datetime
) -> Run:
    """The same limit as if it stood still from now on: what is used, what is left. Passed, it is as it ended."""
    known = [pause for pause in pauses if pause.since <= now]
    return run(table, start, budget, [*known, Pause(now)])


def _end(table: Table, since: datetime, budget: Budget, used: timedelta) -> Deadline | HourDeadline:
    left = budget.length - used
    if budget.unit.in_hours:
        return duty.add_hours(table, budget.roster, since, left)
    if budget.unit is Unit.NATURAL_DAYS:
        return deadlines.natural_deadline(table, since, days=left.days)
    return deadlines.deadline(table, since, working_days=left.days)


def _ended(table: Table, since: datetime, budget: Budget, used: timedelta, at: datetime) -> bool:
    """Whether the limit had ended when it should have come to stand still."""
    if budget.unit.in_hours:
        return used + duty.hours_between(table, budget.roster, since, at) >= budget.length
    left = (budget.length - used).days
    if budget.unit is Unit.NATURAL_DAYS:
        return table.next_work(day_of(since) + left * ONE_DAY) < day_of(at)
    return table.due(day_of(since), left) < day_of(at)


def _counted(table: Table, since: datetime, until: datetime, budget: Budget, used: timedelta) -> timedelta:
    """How much counts of a time in which it ran; never more than is left."""
    if budget.unit.in_hours:
        return duty.hours_between(table, budget.roster, since, until)
    first, last = day_of(since), day_of(until)
    days = (
        (last - first).days if budget.unit is Unit.NATURAL_DAYS else table.working_days_between(first, last)
    )
    return min(timedelta(days=days), budget.length - used)


def _merged(begun: datetime, pauses: Iterable[Pause]) -> list[Standstill]:
    """Pauses in order, those that overlap as one, none of it before the limit began."""
    stands: list[Standstill] = []
    for pause in sorted(pauses, key=lambda one: one.since):
        if pause.until is not None and pause.until < pause.since:
            raise ValueError("a pause does not end before it begins")
        if pause.until is not None and pause.until < begun:
            continue
        since = max(pause.since, begun)
        before = stands[-1] if stands else None
        if before is not None and (before.until is None or since < before.until):
            open_ = before.until is None or pause.until is None
            stands[-1] = Standstill(
                before.since,
                None if open_ else max(before.until or since, pause.until or since),
                before.restart or pause.restart,
                (*before.pauses, pause),
            )
        else:
            stands.append(Standstill(since, pause.until, pause.restart, (pause,)))
    return stands


def _moment(start: date | datetime) -> datetime:
    if not isinstance(start, datetime):
        return datetime(start.year, start.month, start.day, tzinfo=ZONE)
    if start.tzinfo is None:
        raise ValueError("a moment without a time zone has no certain date")
    return start
