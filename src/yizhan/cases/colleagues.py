"""Who else could take a task 可转办人员: the holders of its role whose reach covers its unit, today."""

from __future__ import annotations

from yizhan.cases.models import Queue
from yizhan.identity.actor import Actor
from yizhan.identity.holders import Holder as Colleague
from yizhan.identity.holders import holders
from yizhan.identity.models import Account

__all__ = ["Colleague", "colleague", "who_could_take"]


def who_could_take(queue: Queue, *, but: Actor) -> list[Colleague]:
    """Colleagues by name, without the one who asks; one statement, however many there are."""
    found = holders(queue.role, queue.unit_path, queue.area)
    return [one for one in found if one.account_id != but.account_id]


def colleague(queue: Queue, account: int, *, but: Actor) -> Account | None:
    """The account of a colleague who could take it, or None."""
    could = any(one.account_id == account for one in who_could_take(queue, but=but))
    return Account.objects.get(id=account) if could else None
