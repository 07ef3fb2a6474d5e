"""Sentences that explain a deadline, in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yizhan.calendar.daytable import ONE_DAY, WEEKEND
from yizhan.clock import ZONE
from yizhan.releases.words import Text

_FEW = 2
# Punctuation differs between the languages, and there is nothing in it to translate.
_COMMA = Text(zh="、", en=", ")
_BECAUSE = Text(zh="%(days)s（%(why)s）", en="%(days)s (%(why)s)")


def day(when: date) -> str:
    """A date with its weekday."""
    return _day(when, get_language())


@lru_cache(maxsize=8192)
def _day(when: date, language: str | None) -> str:
    """Kept, since lists of limits name the same days again and again."""
    return dateformat.format(when, _("Y年n月j日（D）"))


def moment(when: datetime) -> str:
    """A date with its weekday and the time of day."""
    return dateformat.format(when.astimezone(ZONE), _("Y年n月j日（D）H:i"))


def duration(length: timedelta) -> str:
    """Hours and minutes, rounded down to the minute."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if hours and minutes:
        said = _("%(hours)s小时%(minutes)s分钟")
    else:
        said = _("%(hours)s小时") if hours else _("%(minutes)s分钟")
    return said % {"hours": hours, "minutes": minutes}


def counted(start: date, due: date, days: int, *, working: bool) -> str:
    """From where, how many, until when."""
    if days == 0:
        return _("当日办结，期限为%(due)s。") % {"due": day(due)}
    said = (
        ngettext(
            "自%(start)s的次日起，计%(n)s个工作日，至%(due)s届满。",
            "自%(start)s的次日起，计%(n)s个工作日，至%(due)s届满。",
            days,
        )
        if working
        else ngettext(
            "自%(start)s的次日起，计%(n)s日，至%(due)s届满。",
            "自%(start)s的次日起，计%(n)s日，至%(due)s届满。",
            days,
        )
    )
    return said % {"start": day(start), "n": days, "due": day(due)}


def moved(start: date, ends: date, due: date, days: int) -> str:
    """A limit whose last day is a rest day."""
    said = ngettext(
        "自%(start)s的次日起，计%(n)s日，最后一日%(ends)s不上班，顺延至%(due)s。",
        "自%(start)s的次日起，计%(n)s日，最后一日%(ends)s不上班，顺延至%(due)s。",
        days,
    )
    return said % {"start": day(start), "n": days, "ends": day(ends), "due": day(due)}


def skipped(days: Sequence[tuple[date, Text]]) -> str:
    """Which days were not counted and why: holidays by name, many weekends as a number."""
    if not days:
        return ""
    weekends = [entry for entry in days if entry[1] is WEEKEND]
    spans = _spans(days if len(weekends) <= _FEW else [entry for entry in days if entry[1] is not WEEKEND])
    listed = [str(_BECAUSE) % {"days": _span(first, last), "why": why} for first, last, why in spans]
    if len(weekends) > _FEW:
        listed.append(ngettext("周末%(n)s天", "周末%(n)s天", len(weekends)) % {"n": len(weekends)})
    return _("其间不计：%(list)s。") % {"list": str(_COMMA).join(listed)}


def made_up(days: Sequence[tuple[date, Text]]) -> str:
    """Which Saturdays and Sundays were counted, and for which holiday they are worked."""
    listed = [_("%(day)s（因%(why)s调休上班）") % {"day": _short(when), "why": why} for when, why in days]
    return _("计入的周末上班日：%(list)s。") % {"list": str(_COMMA).join(listed)} if listed else ""


def provisional(since: date | None) -> str:
    """That a plan yet to come may change the result."""
    if since is None:
        return ""
    return _("%(year)s年起的放假安排尚未公布，暂按周六、周日休息推算，公布后将重新计算。") % {
        "year": since.year
    }


def hours(start: datetime, due_at: datetime, length: timedelta) -> str:
    """From when, how long, until when."""
    return _("自%(start)s起，计办公时间%(length)s，至%(due)s届满。") % {
        "start": moment(start),
        "length": duration(length),
        "due": moment(due_at),
    }


def hours_by_day(days: Sequence[tuple[date, timedelta]]) -> str:
    """How much of each day was counted."""
    if len(days) < _FEW:
        return ""
    listed = [f"{_short(when)} {duration(length)}" for when, length in days]
    return _("逐日计入：%(list)s。") % {"list": str(_COMMA).join(listed)}


def _spans(days: Sequence[tuple[date, Text]]) -> list[tuple[date, date, Text]]:
    """Neighbouring days with one reason as one span."""
    spans: list[tuple[date, date, Text]] = []
    for when, why in days:
        if spans and spans[-1][2] == why and spans[-1][1] + ONE_DAY == when:
            spans[-1] = (spans[-1][0], when, why)
        else:
            spans.append((when, when, why))
    return spans


def _span(first: date, last: date) -> str:
    if first == last:
        return _short(first)
    return _("%(first)s至%(last)s") % {"first": _short(first), "last": _short(last)}


def _short(when: date) -> str:
    return _short_day(when, get_language())


@lru_cache(maxsize=8192)
def _short_day(when: date, language: str | None) -> str:
    return dateformat.format(when, _("n月j日"))
