"""What is paid 发放: people who get the allowance for some months, lists closed month by month, one still open.

The open list shows what a payer meets: lines that are due, arrears of a decision that came after the list of its
month was closed, a death and a removal that take lines out, and a birthday put right that leaves one held.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from yizhan import clock
from yizhan.calendar.daytable import ONE_DAY
from yizhan.demo import personas, telling, workdays
from yizhan.demo.timeline import Timeline
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account
from yizhan.journal import access
from yizhan.payments import amounts, building, closing, months
from yizhan.payments.models import Benefit, MonthlyList
from yizhan.registry import persons
from yizhan.registry.places import Place

BENEFIT = "elderly_allowance"
STEADY, LATE = 5, 1
RECIPIENTS = STEADY + LATE
_CLOSED_BEFORE = 4  # working days before the month begins
_FAR_AWAY = Place(division="330100000000", road="示例路", door_plate="18号", room="302房")
_BEFORE_DAWN, _AFTERNOON = time(6), time(15, 20)
_TOO_YOUNG = 69  # years


def plan(timeline: Timeline, dice: Random, recipients: list[Account]) -> None:
    """Plan the months up to the one whose list is open."""
    coming = building.near(_benefit(BENEFIT), clock.today())
    last = months.before(coming)
    before = months.before(last)
    first_day = workdays.ago(12, of=before)
    steady = [personas.account("luo"), *recipients[:STEADY]]
    for number, account in enumerate(steady):
        day = workdays.later(first_day, number % 5)
        timeline.at(workdays.in_office_hours(dice, day), partial(telling.apply, account))
    for account in recipients[STEADY:]:
        day = workdays.ago(1, of=last)
        timeline.at(workdays.in_office_hours(dice, day), partial(telling.apply, account))
    close_all(timeline, BENEFIT, since=before)
    _plan_changes(timeline, steady[1:], coming)


def close_all(timeline: Timeline, benefit: str, *, since: date) -> None:
    """The payer closes month after month, until the one whose list is open now; that one is made."""
    coming, month = building.near(_benefit(benefit), clock.today()), since
    while month < coming:
        timeline.at(_closing(month), partial(_close, benefit, month))
        month = months.following(month)
    timeline.at(_made(coming, benefit), _build)


def _plan_changes(timeline: Timeline, steady: list[Account], coming: date) -> None:
    """What the police enters after the coming month's list was made."""
    gone, away, younger, long_gone = (personas.person_of(account) for account in steady[:4])
    before_last = months.before(months.before(coming))
    changes = (
        lambda: _died(gone, clock.today() - ONE_DAY),
        lambda: _moved_away(away),
        lambda: _younger(younger, coming),
        lambda: _died(long_gone, months.last_day(before_last)),
    )
    for days, change in enumerate(changes, start=1):
        timeline.at(_made(coming) + timedelta(days=days, hours=4), partial(_enter, change))


def _enter(change: Callable[[], None]) -> None:
    with scope.service(), access.watching(HOUSE.viewer()):
        change()


def _died(subject: str, on: date) -> None:
    persons.died(subject, on, source=personas.SOURCE, source_record=f"died {subject}", by=HOUSE.key)


def _moved_away(subject: str) -> None:
    persons.moved(
        subject,
        _FAR_AWAY,
        on=clock.today(),
        source=personas.SOURCE,
        source_record=f"moved {subject}",
        by=HOUSE.key,
        registered=True,
    )


def _younger(subject: str, coming: date) -> None:
    """The birthday was entered wrong: not yet seventy in the coming month, for which the table gives no amount."""
    born = months.last_day(coming).replace(year=coming.year - _TOO_YOUNG, day=20)
    because = "户口簿与出生医学证明核对，出生日期录入有误"
    persons.correct(subject, "born_on", born, source=personas.SOURCE, because=because, by=HOUSE.key)


def _build() -> None:
    with scope.service():
        while building.build():
            pass


def _close(benefit: str, month: date) -> None:
    _build()
    with scope.as_account(personas.account("payer")) as actor, access.watching(actor.viewer()):
        still_open = MonthlyList.objects.filter(benefit=_benefit(benefit), month__lte=month, closure=None)
        for roll in still_open.order_by("month"):
            closing.close(roll, by=actor)


def _made(month: date, benefit: str = BENEFIT) -> datetime:
    """When the round makes a month's list: before dawn of the first day on which the month is near."""
    ahead = timedelta(days=amounts.rules(_benefit(benefit).release_id, benefit).prepared_days)
    return datetime.combine(month - ahead, _BEFORE_DAWN, clock.ZONE)


def _closing(month: date) -> datetime:
    return datetime.combine(workdays.ago(_CLOSED_BEFORE, of=month), _AFTERNOON, clock.ZONE)


def _benefit(key: str) -> Benefit:
    return Benefit.objects.get(key=key)
