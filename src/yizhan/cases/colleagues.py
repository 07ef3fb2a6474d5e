"""Who else could take a task 可转办人员: the holders of its role whose reach covers its unit, today."""

from __future__ import annotations

from dataclasses import dataclass

from yizhan.cases.models import Queue
from yizhan.identity.actor import Actor, Grant
from yizhan.identity.models import Account, Appointment, RoleGrant
from yizhan.identity.models.unit import division_prefix


@dataclass(frozen=True)
class Colleague:
    """Somebody a task can be handed to."""

    account_id: int
    name: str
    post: str
    unit: str


def who_could_take(queue: Queue, *, but: Actor) -> list[Colleague]:
    """Colleagues by name, without the one who asks; two statements, however many there are."""
    posts = [grant.post_id for grant in _grants(queue) if _reach(grant).covers(queue.unit_path, queue.area)]
    appointments = (
        Appointment.objects.live()
        .filter(post__in=posts, account__is_active=True)
        .exclude(account=but.account_id)
        .select_related("account", "post__unit")
        .order_by("account__name_sort", "account_id", "id")
    )
    found: dict[int, Colleague] = {}
    for one in appointments:
        found.setdefault(
            one.account_id, Colleague(one.account_id, one.account.name, str(one.post), str(one.post.unit))
        )
    return list(found.values())


def colleague(queue: Queue, account: int, *, but: Actor) -> Account | None:
    """The account of a colleague who could take it, or None."""
    could = any(one.account_id == account for one in who_could_take(queue, but=but))
    return Account.objects.get(id=account) if could else None


def _grants(queue: Queue) -> list[RoleGrant]:
    live = RoleGrant.objects.live().filter(role=queue.role, role__withdrawn_on=None)
    return list(live.select_related("post__unit"))


def _reach(grant: RoleGrant) -> Grant:
    unit = grant.post.unit
    return Grant(grant.role_id, grant.reach, unit.path, division_prefix(unit.division))  # type: ignore[arg-type]  # a check holds the reach
