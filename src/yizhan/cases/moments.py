"""The moment that a process gives for a timer 定时: a date, a date and time, or a duration from now on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.cases.refusals import CannotGoOn
from yizhan.clock import ZONE


def moment_of(text: str, since: datetime) -> datetime:
    """When a timer fires.

    Args:
        text: as FEEL writes a date, a date and time, or a duration.
        since: from when a duration runs; also gives the zone of a time that has none.

    Raises:
        CannotGoOn: it is none of these.
    """
    value = feel.literal(text)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=ZONE)
    if isinstance(value, timedelta):
        return since + value
    if isinstance(value, feel.Months):
        moved = feel.expression("since + months").run({"since": since, "months": value}).value
        if isinstance(moved, datetime):
            return moved
    if isinstance(value, date):
        return datetime.combine(value, time(), ZONE)
    raise CannotGoOn(_("流程给出的时间“%(text)s”无法识别，请联系管理员。") % {"text": text[:60]})
