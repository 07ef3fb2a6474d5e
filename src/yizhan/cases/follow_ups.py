"""What is to be opened after a case 后续立案: armed when it ends so, given up when it goes on after all."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from yizhan import clock
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, FollowUp, Lapse
from yizhan.releases.models import definition

if TYPE_CHECKING:
    from yizhan.cases.step import Step

TOPIC = "case.follow_ups_end"


def arm(step: Step) -> None:
    """The case has ended: what its item says of such an outcome is to be opened, so many months later.

    What has opened after an earlier end and is still open goes on, and arms what follows by itself. Where the case
    does not grant any more, nothing follows it, and what is open ends.
    """
    case = step.case
    if not step.item.follow_ups:
        return
    wanting = [wanted for wanted in step.item.follow_ups if case.outcome in wanted.outcomes]
    if not wanting:
        end_all(step)
        return
    origin = origin_of(case) or case
    there = {row.item for row in _alive(origin) if row.opened_as != case.number}
    for wanted in wanting:
        if wanted.item not in there:
            _arm(step, origin, wanted.item, _later(step.at.astimezone(clock.ZONE).date(), wanted.months))


def give_up(step: Step) -> None:
    """The case goes on after its end: what was to follow does not."""
    if step.item.follow_ups:
        waiting = FollowUp.objects.filter(case=step.case, opened_as="", given_up_at=None)
        waiting.update(given_up_at=step.at)


def end_all(step: Step) -> None:
    """What follows the case has no ground any more: what waits is given up, what is open is ended by the house."""
    rows = FollowUp.objects.filter(origin=step.case, given_up_at=None)
    rows.filter(opened_as="").update(given_up_at=step.at)
    end_open(step)


def end_open(step: Step) -> None:
    """What has opened after the decision of the case is ended by the house, unless that is in force again by then."""
    rows = FollowUp.objects.filter(origin=step.case, given_up_at=None)
    if rows.exclude(opened_as="").exists():
        step.errand(TOPIC, {}, f"follow-ups-end-{step.rev}")


def again(step: Step) -> None:
    """The decision is in force after all: what was ended for its sake has its turn now."""
    last = FollowUp.objects.filter(origin=step.case).order_by("id").last()
    if last is not None and last.opened_as and last.given_up_at is not None and not _alive(step.case):
        _arm(step, step.case, last.item, step.at.astimezone(clock.ZONE).date())


def grounded(row: FollowUp) -> bool:
    """Whether the case that granted what is looked at again still says so; a lapse is asked for elsewhere."""
    origin = row.origin
    item = definition(origin.release_id, "item", origin.item_id, ItemDefinition)
    return any(origin.outcome in wanted.outcomes for wanted in item.follow_ups)


def _alive(origin: Case) -> list[FollowUp]:
    """What waits to be opened after a case, or is open."""
    rows = list(FollowUp.objects.filter(origin=origin, given_up_at=None))
    numbers = [row.opened_as for row in rows if row.opened_as]
    open_ = set(Case.objects.filter(number__in=numbers, closed_at=None).values_list("number", flat=True))
    return [row for row in rows if not row.opened_as or row.opened_as in open_]


def _arm(step: Step, origin: Case, item: str, day: date) -> None:
    due = datetime.combine(day, time(), clock.ZONE)
    FollowUp.objects.create(case=step.case, origin=origin, item=item, due=due)
    step.note(follow_up={"item": item, "due": day.isoformat()})


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
    waiting = FollowUp.objects.filter(
        case=case, opened_as="", given_up_at=None, origin__closed_at__isnull=False
    )
    lapsed = Lapse.objects.filter(case=OuterRef("origin"), undone_at=None)
    return waiting.exclude(Exists(lapsed)).order_by("due").first()


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
