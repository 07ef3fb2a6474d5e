"""Filling the calendar from the file that comes with the house, again and again with the same result."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from yizhan.calendar import plan, publishing
from yizhan.calendar.models import NATIONAL, CalendarRelease
from yizhan.calendar.plan import PlannedDay

FILE = Path(__file__).parent / "data/holidays.csv"
BY_THE_HOUSE = "system"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did.

    Attributes:
        published: years that were filled or corrected from the file.
        kept: years of the file that somebody published otherwise here; their plan stays.
    """

    published: tuple[int, ...]
    kept: tuple[int, ...]


def load(file: Path = FILE, calendar: str = NATIONAL) -> Loaded:
    """Publish the years of the file that are not published here, and correct those that came from it.

    A year that a person published is never touched. Call it after migrations; it costs one query when
    there is nothing to do.

    Raises:
        PlanRefused: the file has faults; nothing was changed.
    """
    years = _by_year(plan.read(file.read_text(encoding="utf-8")))
    with transaction.atomic():
        publishing.lock(calendar)
        newest = {
            release.year: release
            for release in CalendarRelease.objects.filter(calendar=calendar).order_by("id")
        }
        same = {year for year, days in years.items() if year in newest and _same(newest[year], days)}
        kept = {year for year in years if _by_a_person(newest, year)} - same
        wanted = sorted(set(years) - same - kept)
        if not newest:
            _fill(calendar, years)
        else:
            for year in wanted:
                publishing.publish(
                    years[year],
                    year=year,
                    source=years[year][0].source,
                    by=BY_THE_HOUSE,
                    amends=year in newest,
                    calendar=calendar,
                )
    return Loaded(tuple(wanted), tuple(sorted(kept)))


def _fill(calendar: str, years: dict[int, list[PlannedDay]]) -> None:
    """The first filling: many years at once, one recount, no news, since nothing stands on it yet."""
    for year, days in sorted(years.items()):
        faults = plan.check(year, days)
        if faults:
            raise plan.PlanRefused(faults)
        publishing.write_year(calendar, year, days, source=days[0].source, by=BY_THE_HOUSE)
    publishing.extend(calendar)
    publishing.recount(calendar)


def _by_year(days: list[PlannedDay]) -> dict[int, list[PlannedDay]]:
    """The file is ordered by date: a moved day in December stands in its own year."""
    years: dict[int, list[PlannedDay]] = defaultdict(list)
    for day in days:
        years[day.day.year].append(day)
    return dict(years)


def _by_a_person(newest: dict[int, CalendarRelease], year: int) -> bool:
    """Also when a person published the year after: its plan may have moved days of this December."""
    return any(y in newest and newest[y].by != BY_THE_HOUSE for y in (year, year + 1))


def _same(release: CalendarRelease, days: list[PlannedDay]) -> bool:
    return release.sha256 == plan.digest(days)
