"""Publishing a year's plan 发布年度放假安排: provisional days become certain, the count runs anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.calendar import plan
from yizhan.calendar.models import NATIONAL, CalendarRelease, WorkDay
from yizhan.calendar.plan import PlanFault, PlannedDay, PlannedKind, PlanRefused

PROVISIONAL_YEARS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A day that is worked now and was not, or the other way round."""

    day: date
    is_work: bool
    name: str


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did. Deadlines that run over a changed day must be recomputed.

    Attributes:
        changed: days that changed sides against what was in force (or provisionally assumed) before.
        provisional_from: the first day that still has no published plan.
    """

    release: CalendarRelease
    changed: tuple[Change, ...]
    provisional_from: date


def publish(
    days: Sequence[PlannedDay],
    *,
    year: int,
    source: str,
    by: str,
    amends: bool = False,
    calendar: str = NATIONAL,
) -> Published:
    """Put a year's plan in force, in one transaction.

    Args:
        days: the plan, complete; it may hold days of the last two weeks before the year.
        year: the year it is for, the one after the last published year.
        source: where it was published.
        by: the key of who publishes.
        amends: it replaces a plan that is published already (a holiday moved during the year); days of
            December that the next year's plan moved belong into it too.
        calendar: which calendar.

    Raises:
        PlanRefused: the plan has faults, leaves out a year, or is published already; nothing was changed.
    """
    with transaction.atomic():
        lock(calendar)
        faults = plan.check(year, days) + _order_faults(calendar, year, amends=amends)
        if faults:
            raise PlanRefused(faults)
        before = _state(calendar, year)
        release = write_year(calendar, year, days, source=source, by=by)
        extend(calendar)
        recount(calendar)
        changed = _changes(before, _state(calendar, year))
        done = Published(release, changed, first_provisional(calendar))
        journal.write(
            "calendar.published",
            subject=f"calendar:{calendar}:{year}",
            actor=by,
            year=year,
            release=release.id,
            source=source,
            working_days=release.working_days,
            changed=[change.day.isoformat() for change in changed],
            provisional_from=done.provisional_from.isoformat(),
        )
    return done


def last_published(calendar: str = NATIONAL) -> int | None:
    """The last year with a published plan."""
    return (
        CalendarRelease.objects.filter(calendar=calendar)
        .order_by("-year")
        .values_list("year", flat=True)
        .first()
    )


def sample(calendar: str = NATIONAL) -> tuple[int, list[PlannedDay]]:
    """The last published year and its plan as it is in force: how the next one is to be written."""
    year = last_published(calendar) or 0
    rows = WorkDay.objects.filter(calendar=calendar, day__year=year).exclude(name="").order_by("day")
    kinds = {True: PlannedKind.WORK, False: PlannedKind.REST}
    return year, [PlannedDay(row.day, kinds[row.is_work], row.name, row.name_en, row.source) for row in rows]


def lock(calendar: str) -> None:
    """Let others who write this calendar wait for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('calendar'), hashtext(%s))", [calendar])


def write_year(
    calendar: str, year: int, days: Iterable[PlannedDay], *, source: str, by: str
) -> CalendarRelease:
    """Replace the rows of a year and note the release. The running count must be renewed afterwards."""
    planned = {day.day: day for day in days}
    works = plan.of_year(year, planned.values())
    WorkDay.objects.filter(calendar=calendar, day__year=year).delete()
    WorkDay.objects.bulk_create(
        _row(calendar, day, planned.get(day), is_work=works[day], ordinal=count, source=source)
        for day, count in _counted(works)
    )
    for day in planned.keys() - works.keys():
        WorkDay.objects.filter(calendar=calendar, day=day).update(
            is_work=planned[day].kind is PlannedKind.WORK,
            name=planned[day].name,
            name_en=planned[day].name_en,
            source=planned[day].source or source,
        )
    return CalendarRelease.objects.create(
        calendar=calendar,
        year=year,
        working_days=sum(works.values()),
        sha256=plan.digest(planned.values()),
        source=source,
        by=by,
    )


def extend(calendar: str) -> None:
    """Have the calendar reach three years beyond the last published one, with weekends only."""
    last = last_published(calendar) or 0
    for year in range(last + 1, last + 1 + PROVISIONAL_YEARS):
        if not WorkDay.objects.filter(calendar=calendar, day=date(year, 1, 1)).exists():
            works = plan.of_year(year, ())
            WorkDay.objects.bulk_create(
                WorkDay(calendar=calendar, day=day, is_work=works[day], ordinal=count, provisional=True)
                for day, count in _counted(works)
            )


def recount(calendar: str) -> None:
    """Renew the running count where it changed.

    A change moves all later days by the same number, so stretches are moved and not single days. One
    statement that counts and joins would be shorter; without statistics of a fresh table PostgreSQL
    plans it as a loop in a loop and needs minutes.
    """
    count = 0
    stretches: list[tuple[int, date, date]] = []
    rows = WorkDay.objects.filter(calendar=calendar).order_by("day").values_list("day", "is_work", "ordinal")
    for day, is_work, ordinal in rows:
        count += is_work
        move = count - ordinal
        if stretches and stretches[-1][0] == move:
            stretches[-1] = (move, stretches[-1][1], day)
        else:
            stretches.append((move, day, day))
    for move, first, last in stretches:
        if move:
            WorkDay.objects.filter(calendar=calendar, day__gte=first, day__lte=last).update(
                ordinal=F("ordinal") + move
            )


def first_provisional(calendar: str = NATIONAL) -> date:
    """The first day without a published plan.

    Raises:
        WorkDay.DoesNotExist: the calendar was never loaded.
    """
    return WorkDay.objects.filter(calendar=calendar, provisional=True).earliest("day").day


def _counted(works: dict[date, bool]) -> Iterator[tuple[date, int]]:
    """The days of a year with their count within it; :func:`recount` moves the year to its place."""
    return zip(works, accumulate(map(int, works.values())), strict=True)


def _row(
    calendar: str, day: date, planned: PlannedDay | None, *, is_work: bool, ordinal: int, source: str
) -> WorkDay:
    row = WorkDay(calendar=calendar, day=day, is_work=is_work, ordinal=ordinal, source=source)
    if planned is not None:
        row.name, row.name_en, row.source = planned.name, planned.name_en, planned.source or source
    return row


def _order_faults(calendar: str, year: int, *, amends: bool) -> list[PlanFault]:
    last = last_published(calendar)
    if last is None or year == last + 1:
        return []
    if year > last + 1:
        return [PlanFault(0, _("请先发布%(year)s年的安排") % {"year": last + 1})]
    if not CalendarRelease.objects.filter(calendar=calendar, year=year).exists():
        return [PlanFault(0, _("%(year)s年早于工作日历的起点") % {"year": year})]
    if not amends:
        return [PlanFault(0, _("%(year)s年的安排已经发布；如有调整，请按“调整”重新发布") % {"year": year})]
    return []


def _state(calendar: str, year: int) -> dict[date, tuple[bool, str]]:
    rows = WorkDay.objects.filter(
        calendar=calendar, day__gte=date(year - 1, 12, 1), day__lte=date(year, 12, 31)
    ).values_list("day", "is_work", "name")
    return {day: (is_work, name) for day, is_work, name in rows}


def _changes(before: dict[date, tuple[bool, str]], after: dict[date, tuple[bool, str]]) -> tuple[Change, ...]:
    return tuple(
        Change(day, is_work, name)
        for day, (is_work, name) in sorted(after.items())
        if day in before and before[day][0] != is_work
    )
