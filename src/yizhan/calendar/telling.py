"""A limit that explains itself 期限说明: in sentences, and as data for programs.

One object for pages, papers and programs: what was counted, what was not and why, where it stood still and by
which paper. Sentences are made when they are asked for, in the language that is active then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

from yizhan.calendar import running_words as words
from yizhan.calendar import wording
from yizhan.calendar.daytable import ONE_DAY, WEEKEND, Table
from yizhan.calendar.deadlines import Deadline, Unit, day_of
from yizhan.calendar.running import Run, Standstill
from yizhan.releases.words import Text
from yizhan.ui.language import in_english

DayState = Literal["start", "counted", "rest", "paused", "moved"]


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a limit: counted, or not and why.

    Attributes:
        nth: its number among the counted days, from the last beginning of the budget.
        length: how much of it was counted, of a limit in hours.
        due: it is the last day.
    """

    day: date
    state: DayState
    why: Text | str | None = None
    nth: int | None = None
    length: timedelta | None = None
    due: bool = False


@dataclass(frozen=True)
class Explanation:
    """Why a limit ends when it does."""

    table: Table
    run: Run

    def sentences(self) -> list[str]:
        """Start, what was counted, standstills with basis and paper, what was skipped: in the active language."""
        run = self.run
        if not run.stands and not run.budget.extended and run.end is not None:
            return run.end.explain()
        said = [words.begins(run)]
        for stand in run.stands:
            said.append(words.stood(run, stand))
            said += [words.grounds(pause) for pause in stand.pauses if pause.basis or pause.paper]
        if run.end is not None:
            said.append(words.ends(run))
        skipped, made_up = self._skipped_and_made_up
        said += [
            wording.skipped(skipped),
            wording.made_up(made_up),
            wording.provisional(run.provisional_from),
        ]
        return [sentence for sentence in said if sentence]

    @property
    def words(self) -> str:
        """The sentences one after the other."""
        return (" " if in_english() else "").join(self.sentences())

    def days(self) -> Iterator[CountedDay]:
        """Day by day, from the day on which it began to the last one, or to where it stands still."""
        return _hours(self.table, self.run) if self.run.budget.unit.in_hours else _days(self.table, self.run)

    def data(self, *, daily: bool = False) -> dict[str, Any]:
        """For programs: plain values, dates as ISO texts, lengths as whole days or seconds.

        Args:
            daily: with every single day.
        """
        run, budget = self.run, self.run.budget
        found: dict[str, Any] = {
            "unit": budget.unit.value,
            "amount": budget.amount,
            "extended": budget.extended,
            "start": run.start.isoformat(),
            "state": "suspended" if run.standing else "running",
            "due_at": run.due_at.isoformat() if run.due_at else None,
            "last_day": run.last_day.isoformat() if run.last_day else None,
            "used_before": self._plain(run.used),
            "left_then": self._plain(run.left),
            "standstills": [self._stand(stand) for stand in run.stands],
            "skipped": [
                {"day": day.isoformat(), "why": _said(why)} for day, why in self._skipped_and_made_up[0]
            ],
            "made_up": [
                {"day": day.isoformat(), "why": _said(why)} for day, why in self._skipped_and_made_up[1]
            ],
            "provisional_from": run.provisional_from.isoformat() if run.provisional_from else None,
            "sentences": self.sentences(),
        }
        if daily:
            found["days"] = [_plain_day(day) for day in self.days()]
        return found

    def _plain(self, length: timedelta) -> int:
        return int(length.total_seconds()) if self.run.budget.unit.in_hours else length.days

    def _stand(self, stand: Standstill) -> dict[str, Any]:
        return {
            "since": stand.since.isoformat(),
            "until": stand.until.isoformat() if stand.until else None,
            "used_before": self._plain(stand.used),
            "restart": stand.restart,
            "why": [
                {"why": _said(pause.why), "basis": _said(pause.basis), "paper": pause.paper}
                for pause in stand.pauses
            ],
        }

    @cached_property
    def _skipped_and_made_up(self) -> tuple[list[tuple[date, Text]], list[tuple[date, Text]]]:
        """Rest days of all stretches, and Saturdays and Sundays that were counted."""
        run = self.run
        if run.budget.unit is Unit.NATURAL_DAYS or run.budget.unit.in_hours:
            return [(one.day, one.why) for one in run.end.skipped] if run.end else [], []
        rest: list[tuple[date, Text]] = []
        made_up: list[tuple[date, Text]] = []
        for begin, end in run.stretches:
            last = run.last_day if end is None else day_of(end)
            if last is None or last <= day_of(begin):
                continue
            for day in self.table.unusual(day_of(begin) + ONE_DAY, last):
                if not day.is_work:
                    rest.append((day.day, day.why or WEEKEND))
                else:
                    made_up.append((day.day, day.why or WEEKEND))
        return rest, made_up


def explain(table: Table, run: Run) -> Explanation:
    """The explanation of a run by the calendar it was reckoned with."""
    return Explanation(table, run)


def _days(table: Table, run: Run) -> Iterator[CountedDay]:
    yield CountedDay(day_of(run.start), "start", due=run.last_day == day_of(run.start))
    stands = [(day_of(stand.since), stand) for stand in run.stands]
    anew = {day_of(stand.until) for stand in run.stands if stand.restart and stand.until}
    nth, day, natural = 0, day_of(run.start), run.budget.unit is Unit.NATURAL_DAYS
    last, whole = run.last_day or stands[-1][0], run.budget.length.days
    while day < last:
        day += ONE_DAY
        paused = next(
            (s for since, s in stands if since < day <= (day_of(s.until) if s.until else day)), None
        )
        if paused is not None and day != run.last_day:
            yield CountedDay(day, "paused", words.whys(paused))
            nth = 0 if day in anew else nth
            continue
        known = table.at(day)
        if not natural and not known.is_work:
            yield CountedDay(day, "rest", known.why)
        elif natural and isinstance(run.end, Deadline) and run.end.moved_from and day >= run.end.moved_from:
            nth += day == run.end.moved_from
            moved = day != run.end.moved_from
            yield CountedDay(
                day, "moved" if moved else "counted", known.why, None if moved else nth, due=day == last
            )
        else:
            nth += 1
            yield CountedDay(
                day, "counted", known.why, nth if nth <= whole else None, due=day == run.last_day
            )
        nth = 0 if day in anew else nth


def _hours(table: Table, run: Run) -> Iterator[CountedDay]:
    last = run.last_day or day_of(run.stands[-1].since)
    roster, due_at = run.budget.roster, run.due_at
    for known in table.days(day_of(run.start), last):
        length, paused = timedelta(), None
        for opens, closes in roster.openings(known.day, is_work=known.is_work):
            for begin, end in run.stretches:
                until = end or due_at
                if until is not None:
                    length += max(min(closes, until) - max(opens, begin), timedelta())
        for stand in run.stands:
            if day_of(stand.since) <= known.day <= day_of(stand.until or stand.since):
                paused = stand
        ends = due_at is not None and known.day == day_of(due_at)
        if length:
            yield CountedDay(
                known.day, "counted", words.whys(paused) if paused else known.why, None, length, ends
            )
        elif paused is not None:
            yield CountedDay(known.day, "paused", words.whys(paused), due=ends)
        elif known.day == day_of(run.start):
            yield CountedDay(known.day, "start", known.why, due=ends)
        else:
            yield CountedDay(known.day, "rest", known.why, due=ends)


def _plain_day(day: CountedDay) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "state": day.state,
        "why": _said(day.why) if day.why else "",
        "nth": day.nth,
        "seconds": int(day.length.total_seconds()) if day.length is not None else None,
        "due": day.due,
    }


def _said(text: Text | str | None) -> str:
    return str(text) if text else ""
