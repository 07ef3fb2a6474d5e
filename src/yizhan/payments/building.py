"""Making lists 编制名册: once a month comes near, its list is made from all that runs, batch by batch."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F

from yizhan import clock
from yizhan.identity.actor import HOUSE
from yizhan.journal import access, work
from yizhan.payments import amounts, months, rolls
from yizhan.payments.models import Benefit, Entitlement, MonthlyList

# About a third of a second each, so that no long transaction holds back the news.
BATCH = 200


@work.round("payment lists")
def build() -> int:
    """Carry one unfinished list a batch further; how many entitlements that were."""
    try:
        with work.one_transaction():
            _open_what_comes_near()
            _renew_old_rates()
            roll = _unfinished()
            return _further(roll) if roll is not None else 0
    except Exception:
        work.log.exception("a payment list could not be carried further; it will be tried again")
        return 0


def near(benefit: Benefit, on: date) -> date:
    """The last month whose list is to be made by a day."""
    ahead = amounts.rules(benefit.release_id, benefit.key).prepared_days
    return months.month_of(on + timedelta(days=ahead))


def _open_what_comes_near() -> None:
    for benefit in Benefit.objects.all():
        month = near(benefit, clock.today())
        if MonthlyList.objects.filter(benefit=benefit, month=month).exists():
            continue
        runs = Entitlement.objects.filter(benefit=benefit, since__lte=month).exists()
        if runs and rolls.first_open_month(benefit, month) == month:
            rolls.open_list(benefit, month)


def _renew_old_rates() -> None:
    """A list still open goes by the rates in force: after a new release it is gone through once more."""
    old = MonthlyList.objects.filter(closure=None).exclude(release=F("benefit__release"))
    for roll in old.select_related("benefit").select_for_update(of=("self",)):
        roll.release_id, roll.built_to, roll.built_at = roll.benefit.release_id, 0, None
        roll.save(update_fields=["release", "built_to", "built_at"])


def _unfinished() -> MonthlyList | None:
    """The earliest list that is due to be made; one that another worker has in hand is passed over."""
    waiting = (
        MonthlyList.objects.filter(closure=None, built_at=None).select_related("benefit").order_by("month")
    )
    for roll in waiting.select_for_update(of=("self",), skip_locked=True):
        if roll.month <= near(roll.benefit, clock.today()):
            return roll
    return None


def _further(roll: MonthlyList) -> int:
    walk = Entitlement.objects.filter(benefit=roll.benefit, id__gt=roll.built_to, since__lte=roll.month)
    batch = list(walk.select_related("benefit").order_by("id")[:BATCH])
    if batch:
        with access.watching(HOUSE.viewer()):
            for ended in rolls.settle(roll, batch):
                rolls.place(ended)
        roll.built_to = batch[-1].pk
    if len(batch) < BATCH:
        roll.built_at = clock.now()
    roll.save(update_fields=["built_to", "built_at"])
    return len(batch)
