"""Acting for another member of staff: delegations 委托."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.identity.faults import Refused
from yizhan.identity.models.lasting import ENDS_AFTER_IT_BEGINS, Lasting, LastingQuerySet
from yizhan.identity.models.post import Appointment
from yizhan.identity.models.role import Role
from yizhan.ui.language import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yizhan.identity.actor import Actor
    from yizhan.identity.models.account import Account


class Delegation(Lasting):
    """A post's work in another's hands for some days 委托.

    It hangs on the giver's appointment and ends with it. The receiver acts on the giver's behalf, for
    all roles of the post or the named ones, and cannot hand them on: only an appointment can be
    delegated. The three administrators' roles never are.
    """

    giver = models.ForeignKey(Appointment, models.PROTECT, related_name="delegations")
    receiver = models.ForeignKey("identity.Account", models.PROTECT, related_name="received", db_index=False)
    roles = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    reason = models.CharField(max_length=400)
    given_by = models.CharField(max_length=120)
    ended_by = models.CharField(max_length=120, default="", blank=True)

    objects = LastingQuerySet["Delegation"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["receiver", "until"], name="identity_delegation_receiver")]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_BEGINS & models.Q(until__isnull=False),
                name="identity_delegation_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        """Giver and receiver."""
        return f"{self.giver} → {self.receiver}"

    @classmethod
    def give(
        cls,
        giver: Appointment,
        receiver: Account,
        *,
        by: Actor,
        since: date,
        until: date,
        reason: str,
        roles: Sequence[str] = (),
    ) -> Delegation:
        """Let somebody act for a post; ``roles`` empty means all of them.

        The giver does this, or the system administrator for a giver who cannot.

        Raises:
            NotAllowed: neither the giver nor the system administrator.
            Refused: to oneself, to no active member of staff, days in the past or reversed, no reason,
                or a role that somebody else acts for in that time.
        """
        if by.account_id != giver.account_id or by.on_behalf_of is not None:
            by.require("platform.system_admin")
        with transaction.atomic():
            Appointment.objects.select_for_update().get(id=giver.id)
            _check(giver, receiver, since, until, reason)
            _check_roles(giver, roles, since, until)
            delegation = cls.objects.create(
                giver=giver,
                receiver=receiver,
                roles=list(roles),
                since=since,
                until=until,
                reason=reason,
                given_by=by.key,
            )
            journal.write(
                "delegation.began",
                subject=f"account:{giver.account_id}",
                actor=by.key,
                receiver=receiver.pk,
                roles=list(roles),
                until=until.isoformat(),
            )
        return delegation

    def end(self, *, by: Actor) -> None:
        """End it at once; giver, receiver or the system administrator may.

        Raises:
            NotAllowed: somebody else asked.
        """
        if by.account_id not in {self.giver.account_id, self.receiver_id}:
            by.require("platform.system_admin")
        with transaction.atomic():
            self.ended_by = by.key
            self.save(update_fields=["ended_by"])
            self.stop(None)
            journal.write("delegation.ended", subject=f"account:{self.giver.account_id}", actor=by.key)


def _check(giver: Appointment, receiver: Account, since: date, until: date, reason: str) -> None:
    if receiver.pk == giver.account_id:
        raise Refused(_("不能委托给本人"))
    if not receiver.is_staff_member or not receiver.is_active:
        raise Refused(_("只能委托给在用的工作人员账户"))
    if until < since or until < clock.today():
        raise Refused(_("委托期限不正确：结束日期不能早于开始日期，也不能早于今天"))
    if not reason.strip():
        raise Refused(_("请填写委托事由"))
    if giver.ended_at is not None or (giver.until is not None and giver.until < since):
        raise Refused(_("该任职已经结束，不能委托"))


def _check_roles(giver: Appointment, roles: Sequence[str], since: date, until: date) -> None:
    if Role.objects.filter(code__in=roles, separated=True).exists():
        raise Refused(_("系统、安全、审计管理员的权限不得委托"))
    unknown = set(roles) - set(giver.post.grants.values_list("role_id", flat=True))
    if unknown:
        raise Refused(_("该岗位没有这些角色：%(roles)s") % {"roles": listed(sorted(unknown))})
    for other in Delegation.objects.filter(giver=giver).overlapping(since, until):
        if not roles or not other.roles or set(roles) & set(other.roles):
            raise Refused(_("此期间已委托给 %(name)s，请先结束该委托") % {"name": other.receiver.name})
