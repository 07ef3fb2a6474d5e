"""A citizen's mail address 电子邮箱: theirs once the link that was sent to it comes back from their own account."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity.faults import Refused
from yizhan.identity.models import Account

GOOD_FOR = timedelta(hours=24)
LONGEST = 254
_SALT = "yizhan.identity.mailbox"


def claim(account: Account, address: str) -> str:
    """The key that goes to an address; whoever brings it back reads that mail. Nothing is stored.

    Raises:
        Refused: no such address can exist.
    """
    plain = address.strip()
    try:
        validate_email(plain[: LONGEST + 1])
    except ValidationError as fault:
        raise Refused(_("邮箱地址有误，请检查是否写全，例如 name@example.com")) from fault
    return signing.dumps([account.pk, plain], salt=_SALT)


def claimed(account: Account, key: str) -> str:
    """The address a key was sent to.

    Raises:
        Refused: forged, older than a day, or another account's.
    """
    try:
        owner, address = signing.loads(key, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature as fault:
        raise Refused(_("链接已经失效，请重新填写邮箱")) from fault
    if owner != account.pk:
        raise Refused(_("这个链接属于另一个账号，请用填写邮箱时的账号登录后再打开"))
    return str(address)


def confirm(account: Account, key: str) -> None:
    """Take the address a key was sent to as the account's own; the same key again changes nothing.

    Raises:
        Refused: see :func:`claimed`.
    """
    _set(account, claimed(account, key), "account.mail_confirmed")


def give_up(account: Account) -> None:
    """Have no mail sent to this account any more."""
    _set(account, "", "account.mail_given_up")


def _set(account: Account, address: str, news: str) -> None:
    if account.email == address:
        return
    account.email = address
    with transaction.atomic():
        account.save(update_fields=["email"])
        journal.write(news, subject=account.subject, actor=account.subject)
