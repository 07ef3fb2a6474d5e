"""What residents say afterwards 好差评, and what the bureau does about bad ratings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from yizhan.cases.models import Case
from yizhan.demo import personas, workdays
from yizhan.demo.stories import ANSWER, FOUND, Opinion
from yizhan.demo.timeline import Timeline
from yizhan.identity import scope
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.journal import access
from yizhan.voice import rating, redress
from yizhan.voice.models import Redress


def plan(
    timeline: Timeline,
    dice: Random,
    opinion: Opinion,
    *,
    applied: date,
    by: Account,
    number: Callable[[], str],
) -> None:
    """Rate a case in the evening; the bureau calls back and answers on the working days that follow."""
    rated = workdays.later(applied, opinion.after)
    timeline.at(workdays.in_the_evening(dice, rated), lambda: _rate(number(), opinion, by))
    for step, days in ((_verify, opinion.verified), (_rectify, opinion.answered)):
        if days is not None:
            moment = workdays.in_office_hours(dice, workdays.later(rated, days))
            timeline.at(moment, lambda step=step: _by_the_bureau(number(), step))  # type: ignore[misc]  # bound now


def _rate(number: str, opinion: Opinion, by: Account) -> None:
    with scope.as_account(by) as actor, access.watching(actor.viewer()):
        case = Case.objects.select_related("item").get(number=number)
        rating.rate(case, opinion.grade, by=actor, remarks=opinion.remarks, words=opinion.words)


def _by_the_bureau(number: str, step: Callable[[Redress, Actor], object]) -> None:
    with scope.as_account(personas.account("approver")) as actor, access.watching(actor.viewer()):
        step(Redress.objects.select_related("rating").get(rating__case_number=number), actor)


def _verify(one: Redress, actor: Actor) -> None:
    redress.verify(one, FOUND, by=actor)


def _rectify(one: Redress, actor: Actor) -> None:
    redress.rectify(one, ANSWER, by=actor)
