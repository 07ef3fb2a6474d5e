"""What the proof says about clocks, in words 时限留痕: suspensions, extensions, cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yizhan.calendar.deadlines import day_of
from yizhan.cases import naming
from yizhan.cases.models import Colour
from yizhan.ui.dates import day
from yizhan.ui.language import listed, local


def words(delta: Mapping[str, Any]) -> Iterator[str]:
    """Sentences about what a step did with clocks; none where it did nothing with them."""
    if "suspended" in delta:
        yield from _suspended(delta["suspended"])
    if "resumed" in delta:
        yield from _resumed(delta["resumed"])
    if "extension" in delta:
        yield from _extension(delta["extension"])
    if "card_annulled" in delta:
        yield _annulled(delta["card_annulled"])
    if "card" in delta:
        yield _card(delta["card"])


def _suspended(told: Mapping[str, Any]) -> Iterator[str]:
    clocks = listed(naming.clock(one["kind"]) for one in told["clocks"])
    if told["clocks"]:
        yield _("因%(kind)s中止：%(clocks)s") % {"kind": naming.suspension(told["kind"]), "clocks": clocks}
    if told.get("document"):
        yield _("文书：%(document)s") % {"document": told["document"]}
    if told.get("expected"):
        yield _("预计%(day)s结束") % {"day": day(date.fromisoformat(told["expected"]))}


def _resumed(told: Mapping[str, Any]) -> Iterator[str]:
    for one in told["clocks"]:
        if one["due"]:
            known = {"clock": naming.clock(one["kind"]), "day": last_day(one["due"])}
            yield _("%(clock)s恢复计时，至%(day)s届满") % known
    yield told.get("words", "")


def _extension(told: Mapping[str, Any]) -> Iterator[str]:
    yield told.get("reason", "")
    if "granted" in told:
        yield _("同意延期") if told["granted"] else _("不同意延期")
    for one in told.get("moved", ()):
        known = {
            "clock": naming.clock(one["kind"]),
            "before": last_day(one["was"]),
            "after": last_day(one["due"]),
        }
        yield _("%(clock)s：由 %(before)s 改为 %(after)s") % known


def _card(told: Mapping[str, Any]) -> str:
    known = {
        "colour": Colour(told["colour"]).label,
        "clock": naming.clock(told["clock"]),
        "because": local(told["because"]),
    }
    return _("%(colour)s · %(clock)s：%(because)s") % known


def _annulled(told: Mapping[str, Any]) -> str:
    known = {
        "colour": Colour(told["colour"]).label,
        "clock": naming.clock(told["clock"]),
        "because": told["reason"],
    }
    return _("%(colour)s · %(clock)s：%(because)s") % known


def last_day(moment: str | None) -> str:
    """The last day of a limit that ends at a moment."""
    return day(day_of(datetime.fromisoformat(moment) - timedelta(microseconds=1))) if moment else ""
