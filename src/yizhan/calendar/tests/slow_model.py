"""The slow model that everything is compared with, and a table made from it without a database."""

from __future__ import annotations

from datetime import date, timedelta

from yizhan.calendar import loading, plan
from yizhan.calendar.daytable import Row, Table

FIRST, LAST, LAST_PUBLISHED = date(2004, 1, 1), date(2029, 12, 31), date(2026, 12, 31)
PLAN = plan.read(loading.FILE.read_text(encoding="utf-8"))
PLANNED = {planned.day: planned for planned in PLAN}
ONE_DAY = timedelta(days=1)


def is_work(day):
    """The slow model's only knowledge: the file, and the rule without it."""
    return PLANNED[day].kind == "work" if day in PLANNED else day.weekday() < 5


def all_days():
    return [FIRST + n * ONE_DAY for n in range((LAST - FIRST).days + 1)]


def make_table():
    rows, count = [], 0
    for day in all_days():
        count += is_work(day)
        planned = PLANNED.get(day)
        name, name_en = (planned.name, planned.name_en) if planned else ("", "")
        rows.append(Row(day, is_work(day), count, name, name_en, day > LAST_PUBLISHED))
    return Table.of("test", rows)


TABLE = make_table()
