"""How days and moments are written 日期: in Chinese for Chinese pages, in English for English ones.

A moment is always shown in district time. What is not known is shown as a dash.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.ui.language import in_english, in_language

MISSING = "—"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = (
    ("星期一", "Monday"),
    ("星期二", "Tuesday"),
    ("星期三", "Wednesday"),
    ("星期四", "Thursday"),
    ("星期五", "Friday"),
    ("星期六", "Saturday"),
    ("星期日", "Sunday"),
)
MONTH = ("{year}年{month}月", "{name} {year}")
DAY = ("{year}年{month}月{day}日", "{day} {name} {year}")
SHORT = ("{month:02}-{day:02}", "{day} {name}")
MOMENT = ("{day} {hour:%H:%M}", "{day}, {hour:%H:%M}")  # Chinese, English


def month(value: date) -> str:
    """2026年11月, or Nov 2026."""
    return _written(MONTH, value)


def day(value: date | None) -> str:
    """2026年11月20日, or 20 Nov 2026."""
    if value is None:
        return MISSING
    return _written(DAY, value)


def moment(value: datetime | None) -> str:
    """2026年11月20日 15:40, or 20 Nov 2026, 15:40."""
    if value is None:
        return MISSING
    return in_language(MOMENT).format(day=day(value), hour=value.astimezone(clock.ZONE))


def when_short(value: date | None) -> str:
    """For narrow columns: 今天 15:40, then 11-18 15:40 (18 Nov 15:40) in this year, then 2025-11-18 (18 Nov 2025)."""
    if value is None:
        return MISSING
    value, today = _in_district(value), clock.today()
    hour = f" {value:%H:%M}" if isinstance(value, datetime) else ""
    if value.year != today.year:
        return day(value) if in_english() else f"{value:%Y-%m-%d}"
    if (value.month, value.day) == (today.month, today.day):
        return _("今天") + hour
    return _written(SHORT, value) + hour


def weekday(value: date) -> str:
    """星期五, or Friday."""
    return in_language(WEEKDAYS[_in_district(value).weekday()])


def machine_date(value: date) -> str:
    """For the ``datetime`` attribute of ``<time>``."""
    return _in_district(value).isoformat()


def _written(how: tuple[str, str], value: date) -> str:
    at = _in_district(value)
    return in_language(how).format(year=at.year, month=at.month, day=at.day, name=MONTHS[at.month - 1])


def _in_district(value: date) -> date:
    return value.astimezone(clock.ZONE) if isinstance(value, datetime) else value
