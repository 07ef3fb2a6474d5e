"""Presences 在场: who is in the house, in which post, and until when.

The row in ``identity_presence`` is the authority; what Django's session store holds is worth nothing
without it. So any session can be ended from anywhere, at once.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity import rights
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, Presence

if TYPE_CHECKING:
    from django.http import HttpRequest

    from yizhan.identity.actor import Actor

# A session that is busy writes that it was seen at most this often.
_SEEN_EVERY = timedelta(minutes=1)


def begin(
    session_key: str, account: Account, *, address: str | None = None, device: str = "", excused: bool = False
) -> Presence:
    """Enter a presence for a session's key; staff begin in their main post."""
    staff = account.is_staff_member
    choice = rights.default(rights.choices(account.pk)) if staff else None
    with transaction.atomic():
        presence = Presence.objects.create(
            key=key_of(session_key),
            account=account,
            appointment_id=choice.appointment_id if choice else None,
            owes="" if excused or not staff else _owed(account),
            idle=settings.STAFF_IDLE if staff else settings.CITIZEN_IDLE,
            lasts_until=timezone.now() + settings.SESSION_LONGEST,
            address=address,
            device=device[:200],
        )
        journal.write("session.began", subject=account.subject, actor=account.subject)
    return presence


LIVES = """
    p.ended_at is null and a.is_active
    and p.lasts_until > statement_timestamp() and p.seen_at + p.idle > statement_timestamp()
"""
_LIVE = f"""
    select p.*, (select mark from identity_rightsversion) as rights_mark
    from identity_presence p join identity_account a on a.id = p.account_id
    where p.key = %s and {LIVES}
"""  # noqa: S608 (the words above)


def live(session_key: str) -> Presence | None:
    """The presence of a session, if it lives; with the present mark of rights, in one statement."""
    return next(iter(Presence.objects.raw(_LIVE, [key_of(session_key)])), None)


def of_nobody_gone() -> QuerySet[Presence]:
    """All sessions that live."""
    return Presence.objects.filter(
        ended_at=None, lasts_until__gt=Now(), seen_at__gt=Now() - F("idle"), account__is_active=True
    )


def of(account: Account) -> QuerySet[Presence]:
    """The sessions of an account that live, the latest first."""
    return of_nobody_gone().filter(account=account).order_by("-seen_at")


def seen(presence: Presence) -> None:
    """Note that a session is busy, at most once a minute."""
    if timezone.now() - presence.seen_at > _SEEN_EVERY:
        Presence.objects.filter(key=presence.key, ended_at=None).update(seen_at=Now())


def act_as(presence: Presence, *, appointment: int | None = None, delegation: int | None = None) -> Actor:
    """Go on in another post, or for another person, within the same session.

    Raises:
        Refused: the account holds no such post or delegation today.
    """
    for choice in rights.choices(presence.account_id):
        if delegation is None and choice.delegation_id is None and choice.appointment_id == appointment:
            break
        if delegation is not None and choice.delegation_id == delegation:
            break
    else:
        raise Refused(_("您今天没有这个岗位或委托，请刷新页面后再选"))
    presence.appointment_id, presence.delegation_id = choice.appointment_id, choice.delegation_id
    actor = rights.actor(presence.account, choice)
    with transaction.atomic():
        presence.save(update_fields=["appointment", "delegation"])
        journal.write(
            "session.changed_post",
            subject=presence.account.subject,
            actor=actor.key,
            post=choice.post_id,
            delegation=choice.delegation_id,
        )
    return actor


def prove(presence: Presence) -> None:
    """Note that the person has just proved again who they are."""
    presence.proved_at = timezone.now()
    presence.save(update_fields=["proved_at"])


def proved_recently(presence: Presence) -> bool:
    """Whether the last proof is at most five minutes old."""
    return timezone.now() - presence.proved_at <= settings.PROOF_LASTS


def settle(presence: Presence) -> None:
    """See again what the session owes, after a password or a second factor was set."""
    presence.owes = _owed(presence.account)
    presence.save(update_fields=["owes"])


def end(presence: Presence, *, by: Actor | None = None) -> None:
    """End one session."""
    with transaction.atomic():
        if Presence.objects.filter(key=presence.key, ended_at=None).update(ended_at=Now()):
            account = f"account:{presence.account_id}"
            journal.write("session.ended", subject=account, actor=by.key if by else account)


def end_all(account: Account, *, by: Actor | None = None, but: Presence | None = None) -> int:
    """End every session of an account, except one if named; how many there were."""
    found = of(account).exclude(key=but.key if but else "")
    presences = list(found)
    for presence in presences:
        end(presence, by=by)
    return len(presences)


def key_of(session_key: str) -> str:
    """Under which key a session's presence stands."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from, past our own proxies (YIZHAN_TRUSTED_PROXIES)."""
    return cast("str | None", get_client_ip(request))


def _owed(account: Account) -> str:
    if not has_second_factor(account):
        return Presence.Owes.SECOND_FACTOR
    limit: timedelta | None = settings.PASSWORD_MAX_AGE
    changed = account.password_changed_at
    if limit is not None and (changed is None or timezone.now() - changed > limit):
        return Presence.Owes.PASSWORD
    return Presence.Owes.NOTHING


def has_second_factor(account: Account) -> bool:
    """Whether an account has an authenticator; recovery codes alone are none."""
    factors = Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(factors.exists())
