"""How days and moments are written 日期: in Chinese for Chinese pages, in English for English ones.

A moment is always shown in district time. What is not known is shown as a dash.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.ui.language import in_english

MISSING = "—"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS_ZH = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date | None) -> str:
    """2026年11月20日, or 20 Nov 2026."""
    if value is None:
        return MISSING
    value = _in_district(value)
    if in_english():
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """2026年11月20日 15:40, or 20 Nov 2026, 15:40."""
    if value is None:
        return MISSING
    value = value.astimezone(clock.ZONE)
    return f"{day(value)}{', ' if in_english() else ' '}{value:%H:%M}"


def when_short(value: date | None) -> str:
    """For narrow columns: 今天 15:40, then 11-18 15:40 in this year, then 2025-11-18."""
    if value is None:
        return MISSING
    value, today = _in_district(value), clock.today()
    hour = f" {value:%H:%M}" if isinstance(value, datetime) else ""
    if value.year != today.year:
        return f"{value:%Y-%m-%d}"
    if (value.month, value.day) == (today.month, today.day):
        return _("今天") + hour
    return f"{value:%m-%d}{hour}"


def weekday(value: date) -> str:
    """星期五, or Friday."""
    return (WEEKDAYS_EN if in_english() else WEEKDAYS_ZH)[_in_district(value).weekday()]


def machine_date(value: date) -> str:
    """For the ``datetime`` attribute of ``<time>``."""
    return _in_district(value).isoformat()


def _in_district(value: date) -> date:
    return value.astimezone(clock.ZONE) if isinstance(value, datetime) else value
