"""The plan of a year 年度放假安排 as the State Council publishes it: which days rest, which are made up.

A plan names only the days that differ from the rule "Monday to Friday work" or belong to a holiday.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

_IN_ORDER = ("date", "kind", "name_zh", "name_en")
_COLUMNS = set(_IN_ORDER)
_FIRST_REST_WEEKDAY = 5
# A plan may move days of the last weeks of the year before, for New Year's Day.
_REACHES_BACK = timedelta(days=14)
# Every year from 2004 to 2026 had 248 to 252 working days; outside of this something was left out.
_FEWEST, _MOST = 240, 256


class PlannedKind(StrEnum):
    """What a plan says of a day."""

    REST = "rest"  # 放假
    WORK = "work"  # 调休上班


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of a plan."""

    day: date
    kind: PlannedKind
    name: str
    name_en: str
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One thing that is wrong with a plan; line 0 speaks of the whole."""

    line: int
    message: str

    def __str__(self) -> str:
        """Line and message."""
        if not self.line:
            return self.message
        return _("第%(line)s行：%(message)s") % {"line": self.line, "message": self.message}


class PlanRefused(ValueError):
    """A plan has faults and was not published; nothing was changed."""

    def __init__(self, faults: Iterable[PlanFault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read(text: str) -> list[PlannedDay]:
    """Read a CSV with the columns date, kind (rest or work), name_zh, name_en and perhaps source.

    Raises:
        PlanRefused: a column is missing, a date or kind cannot be read; all faults at once.
    """
    table = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = _COLUMNS - set(table.fieldnames or ())
    if missing:
        columns = {"columns": ", ".join(sorted(missing))}
        raise PlanRefused([PlanFault(1, _("缺少列：%(columns)s") % columns)])
    days: list[PlannedDay] = []
    faults: list[PlanFault] = []
    for row in table:
        wrong = list(_unreadable(row))
        if wrong:
            faults += [PlanFault(table.line_num, message) for message in wrong]
        else:
            days.append(_day(row, table.line_num))
    if faults:
        raise PlanRefused(faults)
    return days


def check(year: int, days: Sequence[PlannedDay]) -> list[PlanFault]:
    """What is wrong with a year's plan; an empty list when nothing is."""
    faults: list[PlanFault] = []
    seen: set[date] = set()
    for planned in days:
        when = {"day": planned.day.isoformat()}
        if planned.day in seen:
            faults.append(PlanFault(planned.line, _("%(day)s出现了两次") % when))
        seen.add(planned.day)
        if not belongs(planned.day, year):
            said = _("%(day)s不属于%(year)s年的安排") % {**when, "year": year}
            faults.append(PlanFault(planned.line, said))
        if planned.kind is PlannedKind.WORK and planned.day.weekday() < _FIRST_REST_WEEKDAY:
            faults.append(PlanFault(planned.line, _("%(day)s本来就是工作日，不会是调休上班日") % when))
        if not planned.name:
            faults.append(PlanFault(planned.line, _("%(day)s没有写明是哪个节日") % when))
    total = sum(works.values()) if (works := of_year(year, days)) else 0
    if not faults and not _FEWEST <= total <= _MOST:
        said = _("全年工作日为%(n)s天，历年为248至252天，请核对是否漏录") % {"n": total}
        faults.append(PlanFault(0, said))
    return faults


def belongs(day: date, year: int) -> bool:
    """Whether a year's plan may speak of the day: the year and the last two weeks before it."""
    return date(year, 1, 1) - _REACHES_BACK <= day <= date(year, 12, 31)


def of_year(year: int, days: Iterable[PlannedDay]) -> dict[date, bool]:
    """Every day of the year: worked or not, the plan applied to the rule."""
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    works = {day: usually_works(day) for day in (first + timedelta(days=n) for n in range(length))}
    works.update({planned.day: planned.kind is PlannedKind.WORK for planned in days if planned.day in works})
    return works


def usually_works(day: date) -> bool:
    """The rule without a plan: Monday to Friday."""
    return day.weekday() < _FIRST_REST_WEEKDAY


def digest(days: Iterable[PlannedDay]) -> str:
    """SHA-256 of what a plan says, whatever its order."""
    lines = sorted(f"{p.day.isoformat()} {p.kind} {p.name} {p.name_en}" for p in days)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def written(days: Iterable[PlannedDay]) -> str:
    """The days as a CSV that :func:`read` reads again."""
    into = io.StringIO()
    table = csv.writer(into)
    table.writerow(_IN_ORDER)
    table.writerows([day.day.isoformat(), day.kind, day.name, day.name_en] for day in days)
    return into.getvalue()


def _unreadable(row: dict[str, str | None]) -> Iterator[str]:
    """What cannot be read of a line: its date, its kind, or both."""
    day, kind = (row["date"] or "").strip(), (row["kind"] or "").strip()
    try:
        date.fromisoformat(day)
    except ValueError:
        yield _("读不懂日期“%(date)s”，应写成 2027-01-01 的样子") % {"date": day}
    if kind not in set(PlannedKind):
        yield _("读不懂类别“%(kind)s”，应为 rest（放假）或 work（调休上班）") % {"kind": kind}


def _day(row: dict[str, str], line: int) -> PlannedDay:
    return PlannedDay(
        day=date.fromisoformat(row["date"].strip()),
        kind=PlannedKind(row["kind"].strip()),
        name=(row["name_zh"] or "").strip(),
        name_en=(row["name_en"] or "").strip(),
        source=(row.get("source") or "").strip(),
        line=line,
    )
