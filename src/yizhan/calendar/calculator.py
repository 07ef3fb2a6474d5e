"""The calculator 时限计算: what somebody typed, read and checked, and the limit that follows from it.

Everything arrives as texts, from an address that can be sent to others, and everything that is wrong is told at its
field; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from yizhan.calendar import current, law_limits
from yizhan.calendar.daytable import BeyondCalendar, Table
from yizhan.calendar.deadlines import Unit
from yizhan.calendar.duty import OFFICE, ROSTER, DutyHours
from yizhan.calendar.law_limits import Published
from yizhan.calendar.running import Budget, Pause, run
from yizhan.calendar.telling import Explanation, explain
from yizhan.clock import ZONE

MOST_PAUSES = 6
MOST = {Unit.WORKING_DAYS: 400, Unit.NATURAL_DAYS: 730, Unit.DUTY_HOURS: 1000, Unit.NATURAL_HOURS: 1000}
ROSTERS: dict[str, DutyHours] = {"office": OFFICE, "roster": ROSTER}
_LONGEST_WHY = 60
_MORNING = time(9)
_PLACES = ("start", "at", "law", "amount", "unit", "roster", "from", "to")


@dataclass(frozen=True)
class TypedPause:
    """A time in which the limit stood still, as it was typed."""

    since: str = ""
    until: str = ""
    why: str = ""
    restart: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.since or self.until or self.why or self.restart)


@dataclass(frozen=True)
class Typed:
    """All fields as they were typed; ``law`` is the name of a limit of law, and then amount and unit are its own."""

    start: str = ""
    at: str = ""
    law: str = ""
    extended: bool = False
    amount: str = ""
    unit: str = Unit.WORKING_DAYS.value
    roster: str = "office"
    pauses: tuple[TypedPause, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came of it: the explained limit, or what is wrong, as (field, words)."""

    typed: Typed
    law: Published | None = None
    explanation: Explanation | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)


def typed(values: Mapping[str, str]) -> Typed:
    """Read the fields of an address; unknown ones are left alone."""

    def text(name: str) -> str:
        return "".join(sign for sign in values.get(name, "") if sign.isprintable()).strip()[:_LONGEST_WHY]

    pauses = [
        TypedPause(text(f"from{n}"), text(f"to{n}"), text(f"why{n}"), bool(text(f"anew{n}")))
        for n in range(1, MOST_PAUSES + 1)
    ]
    return Typed(
        text("start"),
        text("at"),
        text("law"),
        bool(text("extended")),
        text("amount"),
        text("unit") or Unit.WORKING_DAYS.value,
        text("roster") or "office",
        tuple(one for one in pauses if not one.empty),
    )


def calculate(given: Typed, table: Table | None = None) -> Answer:
    """Reckon what was typed; every fault is named at once."""
    faults: list[tuple[str, str]] = []
    law = law_limits.named(given.law) if given.law else None
    if given.law and law is None:
        faults.append(("law", _("没有这一项法定期限，请重新选择")))
    budget = law.limit.budget(extended=given.extended) if law else _budget(given, faults)
    start = _start(given, budget, faults)
    pauses = [_pause(number, one, start, faults) for number, one in enumerate(given.pauses, start=1)]
    if faults or budget is None or start is None:
        faults.sort(key=lambda fault: _PLACES.index(fault[0].rstrip("123456")))  # as the page asks
        return Answer(given, law, None, faults)
    known = table or current.table()
    try:
        found = run(known, start, budget, [pause for pause in pauses if pause is not None])
    except BeyondCalendar as beyond:
        return Answer(given, law, None, [("start", str(beyond))])
    return Answer(given, law, explain(known, found))


def _budget(given: Typed, faults: list[tuple[str, str]]) -> Budget | None:
    if given.law:
        return None
    if given.unit not in {unit.value for unit in Unit}:
        faults.append(("unit", _("请选择计算单位")))
        return None
    unit = Unit(given.unit)
    if given.roster not in ROSTERS:
        faults.append(("roster", _("请选择工作时段")))
        return None
    if not given.amount:
        faults.append(("amount", _("请填写期限的长度，或者选一项法定期限")))
        return None
    amount = _whole(given.amount)
    if amount is None or amount > MOST[unit]:
        faults.append(("amount", _("期限须是 0 到 %(most)s 之间的整数") % {"most": MOST[unit]}))
        return None
    return Budget(amount, unit, 0, ROSTERS[given.roster])


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def _start(given: Typed, budget: Budget | None, faults: list[tuple[str, str]]) -> datetime | None:
    in_hours = budget is not None and budget.unit.in_hours
    if not given.start:
        faults.append(("start", _("请填写起算日期")))
        return None
    day = _day(given.start)
    if day is None:
        faults.append(("start", _("日期须写成 2026-11-20 的样子")))
        return None
    if not given.at:
        if in_hours:
            faults.append(("at", _("以小时计算的期限，请填写起算时刻")))
            return None
        return datetime.combine(day, _MORNING, ZONE)
    clock = _time(given.at)
    if clock is None:
        faults.append(("at", _("时刻须写成 09:30 的样子")))
        return None
    return datetime.combine(day, clock, ZONE)


def _pause(
    number: int, one: TypedPause, start: datetime | None, faults: list[tuple[str, str]]
) -> Pause | None:
    since, until = _moment(one.since), _moment(one.until)
    if since is None:
        words = _("日期须写成 2026-11-20 的样子") if one.since else _("请填写中止的日期")
        faults.append((f"from{number}", words))
    if until is None and one.until:
        faults.append((f"to{number}", _("日期须写成 2026-11-20 的样子")))
        return None
    if since is None:
        return None
    if start is not None and since.date() < start.date():
        faults.append((f"from{number}", _("中止的日期不能早于起算日期")))
        return None
    if until is not None and until < since:
        faults.append((f"to{number}", _("恢复的日期不能早于中止的日期")))
        return None
    if start is not None:
        since = max(since, start)
        until = max(until, since) if until is not None else None
    return Pause(since, until, one.restart, one.why)


def kind_of(text: str, empty: str = "date") -> str:
    """Which field can hold what was typed: a date, a date with a time, a time; else one for any text."""
    if not text:
        return empty
    if _day(text) is not None:
        return "date"
    if "T" in text and _moment(text) is not None:
        return "datetime-local"
    return "time" if _time(text) is not None else "text"


def _moment(text: str) -> datetime | None:
    """A day, or a day with a time of day."""
    if "T" in text:
        day_text, _t, time_text = text.partition("T")
        day, clock = _day(day_text), _time(time_text)
        return datetime.combine(day, clock, ZONE) if day and clock is not None else None
    day = _day(text)
    return datetime.combine(day, _MORNING, ZONE) if day else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-20") else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    try:
        found = time.fromisoformat(text) if len(text) == len("09:30") else None
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found else None
