"""The second factor 第二验证因素: used codes, and taking away a lost one by two administrators."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity import presences
from yizhan.identity.actor import Actor
from yizhan.identity.faults import NotAllowed, Refused
from yizhan.identity.models import Account, SecondFactorReset, SpentCode

# A code fits for its 30 seconds, and one step before and after; ten minutes are more than enough.
_REMEMBERED = timedelta(minutes=10)


def spend(account: Account, code: str) -> bool:
    """Note that a one-time code was accepted; False when it was accepted before (RFC 6238, 5.2)."""
    SpentCode.objects.filter(account=account, spent_at__lt=timezone.now() - _REMEMBERED).delete()
    digits = "".join(code.split())
    hashed = salted_hmac("yizhan spent code", f"{account.pk}:{digits}", algorithm="sha256").hexdigest()
    _spent, new = SpentCode.objects.get_or_create(account=account, hash=hashed)
    return new


def ask_reset(account: Account, *, by: Actor, reason: str) -> SecondFactorReset:
    """Ask that a lost second factor be taken away; the security administrator confirms it.

    Raises:
        NotAllowed: not the system administrator.
        Refused: no reason, no second factor, or it was asked already.
    """
    by.require("platform.system_admin")
    if not reason.strip():
        raise Refused(_("请填写重置事由"))
    if not presences.has_second_factor(account):
        raise Refused(_("该账户没有设置第二验证因素"))
    with transaction.atomic():
        if SecondFactorReset.objects.filter(account=account, confirmed_at=None).exists():
            raise Refused(_("该账户已有待确认的重置申请"))
        reset = SecondFactorReset.objects.create(account=account, reason=reason, asked_by=by.key)
        journal.write("second_factor.reset_asked", subject=account.subject, actor=by.key, reason=reason)
    return reset


def confirm_reset(reset: SecondFactorReset, *, by: Actor) -> None:
    """Take the second factor away: sessions end, and the next log-in sets up a new one.

    Raises:
        NotAllowed: not the security administrator, or the same person who asked.
        Refused: it was confirmed already.
    """
    by.require("platform.security_admin")
    with transaction.atomic():
        waiting = SecondFactorReset.objects.select_for_update().get(id=reset.pk)
        if waiting.confirmed_at is not None:
            raise Refused(_("该重置申请已经确认"))
        if by.key == waiting.asked_by and by.kind != "house":
            raise NotAllowed(_("重置须由另一人确认"))
        waiting.confirmed_at, waiting.confirmed_by = timezone.now(), by.key
        waiting.save(update_fields=["confirmed_at", "confirmed_by"])
        Authenticator.objects.filter(user=waiting.account).delete()
        presences.end_all(waiting.account, by=by)
        journal.write("second_factor.reset", subject=waiting.account.subject, actor=by.key)
