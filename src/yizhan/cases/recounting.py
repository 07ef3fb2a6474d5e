"""Whom a year's working days touch 放假安排的影响: before it is published as a preview, afterwards as a report.

The preview publishes within a transaction that is undone, so it says what publishing would bring about and nothing
else. Case numbers and dates are told, no names: administrators see no cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yizhan import calendar
from yizhan.calendar import publishing
from yizhan.calendar.models import CalendarRelease
from yizhan.calendar.plan import PlannedDay
from yizhan.calendar.publishing import Published
from yizhan.cases import naming, reckoning
from yizhan.cases.models import Clock, ClockState, Recount, Timer
from yizhan.identity import scope
from yizhan.identity.actor import Actor

SHOWN = 200


@dataclass(frozen=True)
class Moved:
    """A limit whose end moves, or that only becomes certain."""

    number: str
    clock: str
    was: datetime | None
    was_provisional: bool
    due: datetime | None
    provisional: bool

    @property
    def moves(self) -> bool:
        """Whether the day itself changes."""
        return self.was != self.due


@dataclass(frozen=True)
class Touched:
    """Whom a publication touches.

    Attributes:
        changed: the days that change sides.
        limits: how many limits are reckoned anew; ``moving`` of them end on another day.
        cases: in how many cases.
        first: the first of them, those that move before the others.
        waiting: cases that are still to be reckoned; none before it is published.
    """

    changed: list[publishing.Change]
    working_days: int
    limits: int
    moving: int
    cases: int
    first: list[Moved]
    waiting: int = 0


class _Undone(Exception):
    """Ends the transaction of a preview."""


def preview(days: Sequence[PlannedDay], *, year: int, source: str, amends: bool, by: Actor) -> Touched:
    """What publishing a year's plan would bring about; nothing stays of it.

    Raises:
        PlanRefused: the plan has faults.
    """
    found: list[Touched] = []
    try:
        with transaction.atomic():
            done = publishing.publish(days, year=year, source=source, by=by.key, amends=amends)
            found.append(_touched(done))
            raise _Undone
    except _Undone:
        return found[0]


def report(release: CalendarRelease) -> Touched:
    """What publishing it brought about so far."""
    with scope.service():
        rows = Recount.objects.filter(release=release)
        moved = [
            Moved(row.number, naming.clock(row.kind), row.was, row.was_provisional, row.due, row.provisional)
            for row in rows.order_by("id")
        ]
        cases = rows.values("case").distinct().count()
        waiting = Timer.objects.filter(kind=reckoning.KIND, ref=f"calendar:{release.id}").count()
    return _told([], release.working_days, moved, cases, waiting)


def _touched(done: Published) -> Touched:
    table = calendar.table()
    changed = [change.day.isoformat() for change in done.changed]
    with scope.service():
        running = Clock.objects.filter(reckoning.concerned(changed), state=ClockState.RUNNING).select_related(
            "case"
        )
        moved, cases = [], set()
        for one, end in reckoning.ends_of(running, table):
            if reckoning.differs(one, end):
                cases.add(one.case_id)
                moved.append(
                    Moved(
                        one.case.number,
                        naming.clock(one.kind),
                        one.due_at,
                        one.provisional,
                        end.due_at,
                        end.provisional,
                    )
                )
    return _told(list(done.changed), done.release.working_days, moved, len(cases), 0)


def _told(
    changed: list[publishing.Change], working_days: int, moved: list[Moved], cases: int, waiting: int
) -> Touched:
    ordered = sorted(moved, key=lambda one: not one.moves)
    return Touched(
        changed,
        working_days,
        len(moved),
        sum(one.moves for one in moved),
        cases,
        ordered[:SHOWN],
        waiting,
    )
