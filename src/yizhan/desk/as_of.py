"""The day for which a file is asked 按日期查看: what was so then, and perhaps only what the register knew by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.identity.directory import cells
from yizhan.identity.directory.cells import CellRefused


@dataclass(frozen=True)
class AsOf:
    """What was asked; ``day`` is None for the present, also where ``error`` says what is wrong with ``typed``."""

    day: date | None = None
    known: bool = False
    typed: str = ""
    error: str = ""

    @property
    def known_at(self) -> datetime | None:
        """The end of the day, where only what the register knew by then is asked for."""
        if self.day is None or not self.known:
            return None
        return datetime.combine(self.day, time.max, clock.ZONE)


def asked(sent: Mapping[str, str]) -> AsOf:
    """The day that was sent as ``on``, and whether as it was known then."""
    typed, known = sent.get("on", "").strip()[:20], sent.get("known") == "yes"
    try:
        day = cells.day(typed)
    except CellRefused as refused:
        return AsOf(typed=typed, known=known, error=str(refused.words))
    if day is not None and day > clock.today():
        return AsOf(typed=typed, known=known, error=_("日期晚于今天，请改为今天或以前的日期。"))
    return AsOf(day=None if day == clock.today() and not known else day, known=known, typed=typed)
