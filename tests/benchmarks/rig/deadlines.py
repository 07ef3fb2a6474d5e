"""What reckoning due dates with their explanations takes 时限重算的用时.

Clocks as a district has them, from a seed: one in four stood still once or twice, one in ten was extended, one in
twenty runs in hours. Each is reckoned as the house does when a year's working days are published, and explained in
sentences. The unit beside it is the plain way: going through the days one by one, without any explanation.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from yizhan.calendar.daytable import ONE_DAY, Table
from yizhan.cases import ends
from yizhan.cases.models import Clock, Span
from yizhan.clock import ZONE

_FIRST, _DAYS = datetime(2024, 1, 2, 9, tzinfo=ZONE), 900
_WALKED = 2_000
_KINDS = (("promised", 10), ("statutory", 20), ("internal", 5), ("delivery", 10), ("promised", 45))


@dataclass(frozen=True)
class Taken:
    """What it took.

    Attributes:
        seconds: of one core, for all of them, sentences included.
        number: how many due dates.
        signs: how many characters of explanation came out, so that nothing was left out.
        ratio: of one explained due date to one that is walked day by day.
    """

    seconds: float
    number: int
    signs: int
    ratio: float


def measure(table: Table, number: int = 100_000, *, seed: int = 45) -> Taken:
    """Reckon and explain so many clocks."""
    cases = list(_clocks(number, random.Random(seed)))
    began = time.process_time()
    signs = 0
    for clock, spans in cases:
        signs += len(ends.reckoned(clock, table, spans).words)
    seconds = time.process_time() - began
    return Taken(seconds, number, signs, (seconds / number) / _walk(table, cases[:_WALKED]))


def _walk(table: Table, cases: list[tuple[Clock, list[Span]]]) -> float:
    """Seconds that one due date takes when one goes through the days, pauses left aside."""
    began = time.process_time()
    for clock, _spans in cases:
        day, left = clock.started_at.date(), clock.budget
        while left:
            day += ONE_DAY
            left -= table.at(day).is_work
    return (time.process_time() - began) / len(cases)


def _clocks(number: int, dice: random.Random) -> Iterator[tuple[Clock, list[Span]]]:
    for place in range(1, number + 1):
        kind, budget = dice.choice(_KINDS)
        in_hours = dice.random() < 0.05
        started = _FIRST + timedelta(days=dice.randrange(_DAYS), minutes=dice.randrange(8 * 60))
        clock = Clock(
            id=place,
            case_id=place,
            kind=kind,
            unit="duty_hours" if in_hours else "working_days",
            budget=budget,
            extended=10 if dice.random() < 0.1 else 0,
            started_at=started,
        )
        yield clock, list(_spans(clock, dice))


def _spans(clock: Clock, dice: random.Random) -> Iterator[Span]:
    if dice.random() >= 0.25:
        return
    since = clock.started_at + timedelta(days=dice.randrange(1, 4), hours=dice.randrange(6))
    for _again in range(dice.randrange(1, 3)):
        until = since + timedelta(days=dice.randrange(3, 40))
        yield Span(
            case_id=clock.case_id,
            clock=clock.id,
            since=since,
            until=until,
            reason="hearing",
            restart=dice.random() < 0.2,
            basis={"law": {"zh": "行政许可法", "en": "Administrative Licensing Law"}},
            document="听证通知 1 号",
        )
        since = until + timedelta(days=dice.randrange(1, 3))
