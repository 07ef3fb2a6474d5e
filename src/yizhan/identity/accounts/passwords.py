"""Choosing a password: the first by a set-up link 开通链接, later ones by oneself."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity import presences
from yizhan.identity.actor import Actor
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account, SetUpLink

LINK_GOOD_FOR = timedelta(days=3)


def make_set_up_link(account: Account, *, by: Actor) -> str:
    """The secret of a link, good once and for three days, with which the person chooses a password.

    An earlier link of the account is void. Only here is the secret ever seen: its hash is kept. The
    page stands at ``/staff/set-up/<secret>``.

    Raises:
        NotAllowed: not the system administrator.
        Refused: not a member of staff's account, or it is closed.
    """
    by.require("platform.system_admin")
    if not account.is_staff_member or not account.is_active:
        raise Refused(_("只能为在用的工作人员账户生成开通链接"))
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        SetUpLink.objects.filter(account=account, used_at=None, expires_at__gt=now).update(expires_at=now)
        SetUpLink.objects.create(
            hash=_hash(secret), account=account, made_by=by.key, expires_at=now + LINK_GOOD_FOR
        )
        journal.write("account.set_up_link_made", subject=account.subject, actor=by.key)
    return secret


def behind_set_up_link(secret: str) -> Account | None:
    """Whose link it is, as long as it is good."""
    link = (
        SetUpLink.objects.select_related("account")
        .filter(hash=_hash(secret), used_at=None, expires_at__gt=timezone.now(), account__is_active=True)
        .first()
    )
    return link.account if link else None


def set_up(secret: str, password: str) -> Account:
    """Choose a password by a set-up link; the link is spent.

    Raises:
        Refused: the link is unknown, spent or too old.
        ValidationError: the password is not accepted.
    """
    with transaction.atomic():
        SetUpLink.objects.select_for_update().filter(hash=_hash(secret)).first()
        account = behind_set_up_link(secret)
        if account is None:
            raise Refused(_("链接无效、已使用或已过期，请联系本单位管理员重新生成"))
        validate_password(password, account)
        SetUpLink.objects.filter(hash=_hash(secret)).update(used_at=timezone.now())
        change_password(account, password)
    return account


def change_password(account: Account, password: str) -> None:
    """Set a password that was accepted before; every session of the account ends."""
    account.set_password(password)
    account.password_changed_at = timezone.now()
    with transaction.atomic():
        account.save(update_fields=["password", "password_changed_at"])
        presences.end_all(account)
        journal.write("account.password_changed", subject=account.subject, actor=account.subject)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
