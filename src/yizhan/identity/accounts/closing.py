"""Closing an account 停用."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity import presences
from yizhan.identity.actor import Actor
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account


def deactivate(account: Account, *, by: Actor, reason: str) -> None:
    """Close an account at once: sessions, appointments and received delegations end; nothing is deleted.

    Raises:
        NotAllowed: not the system administrator.
        Refused: one's own account, or no reason.
    """
    by.require("platform.system_admin")
    if by.account_id == account.pk:
        raise Refused(_("不能停用本人的账户"))
    if not reason.strip():
        raise Refused(_("请填写停用事由"))
    with transaction.atomic():
        presences.end_all(account, by=by)
        for appointment in account.appointments.live():
            appointment.end(by=by)
        for delegation in account.received.live():
            delegation.end(by=by)
        account.is_active = False
        account.save(update_fields=["is_active"])
        journal.write("account.closed", subject=account.subject, actor=by.key, reason=reason)
