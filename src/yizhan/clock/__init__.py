"""The one clock of the house 时钟.

Everything that asks "what time is it" for business reasons asks here, so that a demo, a journey or
a proof can stand on a chosen day. Sessions and the certificates of connections keep the real time: they guard people.

The offset is set once for a whole process tree by ``YIZHAN_CLOCK`` (an ISO time, read as the moment
the tree started) together with ``YIZHAN_CLOCK_STARTED`` (the real Unix time of that moment). A value
that begins with ``=`` stands still.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_standing: ContextVar[datetime | None] = ContextVar("standing clock", default=None)


def now() -> datetime:
    """The present moment of the district, with its time zone."""
    standing = _standing.get()
    return standing if standing is not None else _of_environment()


def today() -> date:
    """Today's date in the district."""
    return now().date()


@contextmanager
def standing_at(moment: datetime | str) -> Iterator[datetime]:
    """Let the clock stand at ``moment`` (aware, or read as district time) inside the block."""
    at = parse(moment) if isinstance(moment, str) else moment.astimezone(ZONE)
    token = _standing.set(at)
    try:
        yield at
    finally:
        _standing.reset(token)


def parse(text: str) -> datetime:
    """Read an ISO date or time; without a zone it is district time.

    Raises:
        ValueError: the text is no ISO date or time.
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


def _of_environment() -> datetime:
    wanted = os.environ.get("YIZHAN_CLOCK", "")
    if not wanted:
        return datetime.now(ZONE)
    if wanted.startswith("="):
        return _parsed(wanted[1:])
    started = float(os.environ.get("YIZHAN_CLOCK_STARTED") or _IMPORTED)
    return _parsed(wanted) + timedelta(seconds=time.time() - started)


_parsed = lru_cache(maxsize=4)(parse)
_IMPORTED = time.time()
