"""Separation of the three administrators 三员分立.

System, security and audit administrators are three persons: nobody may hold two of these roles on one
day, by whatever posts. The three roles cannot be delegated, so posts are all there is to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.identity.faults import NotAllowed, Separated
from yizhan.identity.models.account import Account
from yizhan.identity.models.post import Appointment, Post
from yizhan.identity.models.role import Role, RoleGrant

if TYPE_CHECKING:
    from yizhan.identity.actor import Actor

Span = tuple[date, date]


def one_at_a_time() -> None:
    """Let appointments and grants change one after another: two at once could each look harmless."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('identity_separation'))")


def check(account: Account) -> None:
    """See that a person never holds two of the three roles.

    Raises:
        Separated: two of the roles would be held on the same day.
    """
    held = _held(account)
    for one, other in combinations(sorted(held), 2):
        if _share_a_day(held[one], held[other]):
            titles = Role.objects.in_bulk([one, other])
            raise Separated(
                _("三员分立：%(name)s 不能同时担任“%(one)s”和“%(other)s”")
                % {"name": account.name, "one": titles[one], "other": titles[other]}
            )


def check_post(post: Post) -> None:
    """See that nobody who is or will be in a post holds two of the three roles.

    Raises:
        Separated: somebody would.
    """
    coming = Appointment.objects.filter(post=post).overlapping(clock.today(), None)
    for account in Account.objects.filter(id__in=coming.values("account")):
        check(account)


def check_giver(by: Actor, role: Role) -> None:
    """Whether somebody may give a role.

    Raises:
        NotAllowed: not the security administrator, and it is not the first of the three roles.
    """
    if role.separated and by.holds("platform.system_admin") and not _anybody_holds(role):
        return
    if not by.holds("platform.security_admin"):
        raise NotAllowed(_("只有安全管理员可以授权"))


def _anybody_holds(role: Role) -> bool:
    posts = RoleGrant.objects.live().filter(role=role).values("post")
    return Appointment.objects.live().filter(post__in=posts, account__is_active=True).exists()


def _held(account: Account) -> dict[str, list[Span]]:
    """By role, the days on which a person holds it: days in the post that are days of the grant."""
    appointments = list(Appointment.objects.filter(account=account).overlapping(clock.today(), None))
    grants = RoleGrant.objects.filter(
        role__separated=True, post__in=[appointment.post_id for appointment in appointments]
    ).overlapping(clock.today(), None)
    found: dict[str, list[Span]] = defaultdict(list)
    for grant in grants:
        for appointment in appointments:
            if appointment.post_id == grant.post_id:
                first = max(appointment.since, grant.since)
                last = min(appointment.until or date.max, grant.until or date.max)
                if first <= last:
                    found[grant.role_id].append((first, last))
    return found


def _share_a_day(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = list(others)
    return any(one[0] <= other[1] and other[0] <= one[1] for one in some for other in others)
