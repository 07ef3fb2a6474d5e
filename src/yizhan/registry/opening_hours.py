"""When a facility is open, in words 开放时间."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.registry.models import Facility


def schedule(facility: Facility) -> list[str]:
    """Its hours as lines: days with the same spans together."""
    spans: dict[int, list[str]] = {}
    for day, opens, closes in facility.hours:
        spans.setdefault(day, []).append(f"{opens}–{closes}")
    lines: list[tuple[list[int], str]] = []
    for day in sorted(spans):
        told = " ".join(spans[day])
        if lines and lines[-1][1] == told and lines[-1][0][-1] == day - 1:
            lines[-1][0].append(day)
        else:
            lines.append(([day], told))
    return [f"{_days(days)} {told}" for days, told in lines]


def _days(days: list[int]) -> str:
    names = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
    first, last = names[days[0] - 1], names[days[-1] - 1]
    return first if first == last else _("%(first)s至%(last)s") % {"first": first, "last": last}
