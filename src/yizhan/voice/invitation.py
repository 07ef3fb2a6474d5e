"""Rating without logging in 评价凭证: a one-time token on the receipt or in a message.

The token is a code of authentication over the case's number, made with the house's secret key: it is bound to
the case and cannot be forged, and says nothing of the case or the person. The database keeps its hash, checks
it itself, and admits the transaction to rate this one case. Once the case is rated it admits nobody any more.
"""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from yizhan.cases.models import Case
from yizhan.identity.actor import Actor
from yizhan.voice.models import Invitation
from yizhan.voice.refusals import NotEnded, NotYours

GOOD_FOR = timedelta(days=180)
_SALT = "yizhan.voice.invitation"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def token(case: Case) -> str:
    """The token of a case, for its receipt; the same each time, and good from now on for half a year.

    Raises:
        NotYours: neither the case's own people nor the clerk who took it in at a window and hands out the
            receipt. Other staff get no token, so they cannot rate their own work.
    """
    if not _may_invite(case):
        raise NotYours
    mac = salted_hmac(_SALT, case.number, algorithm="sha256").digest()
    made = base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
    Invitation.objects.bulk_create(
        [Invitation(case=case, hash=_hash(made), expires_at=timezone.now() + GOOD_FOR)],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["hash", "expires_at"],
    )
    return made


def admit(token: str, *, by: Actor | None = None) -> Case | None:
    """The case that a token is for, now open to be rated in this transaction.

    None for a token that is forged, too old or spent: nobody is told which.

    Raises:
        NotYours: a member of staff shows it; receipts pass through their hands.
        NotEnded: the token is good and its case goes on. The case stays shut.
    """
    if by is not None and not by.is_citizen:
        raise NotYours
    if _TOKEN.fullmatch(token) is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select number, early from voice_admit(%s)", [token])
        number, early = cursor.fetchone()
    if early:
        raise NotEnded
    return Case.objects.select_related("item").get(number=number) if number else None


def _may_invite(case: Case) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select voice_may_invite(%s)", [case.pk])
        return bool(cursor.fetchone()[0])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
