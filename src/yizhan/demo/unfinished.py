"""What is left lying: applications begun and not handed in, at home and at the window; and a delegation."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random

from yizhan import clock
from yizhan.cases import catalogue, drafts
from yizhan.demo import personas, telling, workdays
from yizhan.demo.timeline import Timeline
from yizhan.identity import scope
from yizhan.identity.models import Account, Appointment, Delegation
from yizhan.journal import access
from yizhan.registry import finding
from yizhan.registry.purposes import Reason
from yizhan.registry.registration import Registration

DRAFTS = 3
_DAYS_AWAY = 6


def plan(timeline: Timeline, dice: Random, at_home: list[Account], at_the_window: Registration) -> None:
    """Drafts of the last days, one of them at the window, and the approver's delegation for a training."""
    for days, account in enumerate(at_home, start=1):
        day = workdays.ago(2 * days)
        timeline.at(workdays.in_the_evening(dice, day), partial(telling.begin, account))
    yesterday = workdays.in_office_hours(dice, workdays.ago(1))
    timeline.at(yesterday, partial(_begin_at_the_window, at_the_window))
    timeline.at(yesterday, _delegate)


def _begin_at_the_window(entry: Registration) -> None:
    with scope.as_account(personas.account("window")) as actor, access.watching(actor.viewer()):
        item = catalogue.get(telling.ITEM)
        match = finding.exact(entry.name, entry.id_number, purpose=Reason(f"窗口收件：{item}"))
        if match.subject is None:
            raise RuntimeError(f"{entry.source_record} is not in the register as the seed made it")
        desk = drafts.begin(item, by=actor, subject=match.subject)
        drafts.save(desk, telling.half_typed(desk, entry.phone))


def _delegate() -> None:
    """周慧敏 is away for a training soon; a colleague of her section decides meanwhile."""
    with scope.as_account(personas.account("approver")) as actor:
        colleague = Account.objects.get(username="mz-1.officer")
        held = Appointment.objects.live().get(account=actor.account_id)
        since = clock.today() + timedelta(days=1)
        Delegation.give(
            held,
            colleague,
            by=actor,
            since=since,
            until=since + timedelta(days=_DAYS_AWAY),
            reason="参加全市养老服务业务培训，期间审定工作请代办。",
        )
