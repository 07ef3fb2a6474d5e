"""What is to be opened after a case 后续立案: armed when it ends so, given up when it goes on after all."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from yizhan import clock
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, FollowUp
from yizhan.releases.models import definition

if TYPE_CHECKING:
    from yizhan.cases.step import Step


def arm(step: Step) -> None:
    """The case has ended: what its item says of such an outcome is to be opened, so many months later.

    What has opened after an earlier end goes on, and arms what follows by itself.
    """
    case = step.case
    wanting = [wanted for wanted in step.item.follow_ups if case.outcome in wanted.outcomes]
    known = FollowUp.objects.filter(case=case, given_up_at=None) if wanting else FollowUp.objects.none()
    there = set(known.values_list("item", flat=True))
    for wanted in wanting:
        if wanted.item not in there:
            day = _later(step.at.astimezone(clock.ZONE).date(), wanted.months)
            due = datetime.combine(day, time(), clock.ZONE)
            FollowUp.objects.create(case=case, origin=origin_of(case) or case, item=wanted.item, due=due)
            step.note(follow_up={"item": wanted.item, "due": day.isoformat()})


def give_up(step: Step) -> None:
    """The case goes on after its end: what was to follow does not."""
    if step.item.follow_ups:
        waiting = FollowUp.objects.filter(case=step.case, opened_as="", given_up_at=None)
        waiting.update(given_up_at=step.at)


def origin_of(case: Case) -> Case | None:
    """The case that granted what is looked at again here; None for whatever was applied for."""
    if case.channel != "house":
        return None
    found = FollowUp.objects.filter(opened_as=case.number).select_related("origin").first()
    return found.origin if found else None


def coming(case: Case) -> FollowUp | None:
    """What will be opened next after a case, if anything; nothing is asked where its item says of none."""
    item = definition(case.release_id, "item", case.item_id, ItemDefinition)
    if case.closed_at is None or not item.follow_ups:
        return None
    return FollowUp.objects.filter(case=case, opened_as="", given_up_at=None).order_by("due").first()


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
