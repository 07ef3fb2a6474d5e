"""What is left of a limit 剩余时限, in parts that pages put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan.calendar import wording
from yizhan.calendar.daytable import Table
from yizhan.calendar.deadlines import day_of
from yizhan.calendar.duty import OFFICE, DutyHours, hours_between


@dataclass(frozen=True, slots=True)
class Remaining:
    """How much of a limit is left, or by how much it is passed.

    Attributes:
        overdue: the limit is passed.
        due_today: it ends today.
        working_days: working days from today to the due day, today not counted; when overdue, working
            days since the due day. Never negative.
        duty_time: duty time to the end, or since it, when the limit ends at a moment; else None.
    """

    overdue: bool
    due_today: bool
    working_days: int
    duty_time: timedelta | None

    def words(self) -> str:
        """One short phrase of the active language, such as 剩余 2 个工作日."""
        if self.duty_time is not None:
            length = {"length": wording.duration(self.duty_time)}
            return (_("已超期%(length)s") if self.overdue else _("剩余%(length)s")) % length
        if not self.overdue and self.due_today:
            return _("今日到期")
        if not self.working_days:
            return _("已超期") if self.overdue else _("下一个工作日前到期")
        said = (
            ngettext("已超期 %(n)s 个工作日", "已超期 %(n)s 个工作日", self.working_days)
            if self.overdue
            else ngettext("剩余 %(n)s 个工作日", "剩余 %(n)s 个工作日", self.working_days)
        )
        return said % {"n": self.working_days}


def remaining(table: Table, now: datetime, due: date | datetime, duty: DutyHours = OFFICE) -> Remaining:
    """What is left until a day (counted in working days) or a moment (counted in duty time).

    Raises:
        ValueError: a moment without a time zone.
        BeyondCalendar: a day is not in the calendar.
    """
    today, last = day_of(now), day_of(due)
    days = abs(table.working_days_between(today, last))
    if isinstance(due, datetime):
        return Remaining(due < now, last == today, days, abs(hours_between(table, duty, now, due)))
    return Remaining(last < today, last == today, days, None)
