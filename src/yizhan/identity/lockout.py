"""Waiting after failures 登录锁定: per name, per second factor, per address; never for ever.

After some failures each further one doubles the wait, up to a quarter of an hour. An address has many
free failures, and every success takes one back: a whole office stands behind one address in the
morning, and most of it types well; who guesses passwords does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan import journal
from yizhan.identity.faults import Refused
from yizhan.identity.models import Lockout

Kind = Literal["name", "factor", "address"]

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class _Patience:
    free: int
    forgets_after: timedelta


_PATIENCE: dict[Kind, _Patience] = {
    "name": _Patience(free=5, forgets_after=timedelta(days=1)),
    "factor": _Patience(free=5, forgets_after=timedelta(days=1)),
    "address": _Patience(free=100, forgets_after=timedelta(hours=1)),
}


class Locked(Refused):
    """Too many failures; ``wait`` says how long the next try must wait."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(_("登录失败次数过多。%(wait)s") % {"wait": _please_wait(wait)})


def check(kind: Kind, key: str) -> None:
    """See that a name, a second factor or an address need not wait.

    Tries of one name or factor are let in one after another until the transaction ends, so that many at
    once do not slip through together.

    Raises:
        Locked: it must wait.
    """
    if kind != "address":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"lockout:{kind}:{key}"])
    now = timezone.now()
    locked = Lockout.objects.filter(subject=f"{kind}:{key}", locked_until__gt=now).first()
    if locked is not None and locked.locked_until is not None:
        raise Locked(locked.locked_until - now)


def failed(kind: Kind, key: str) -> None:
    """Count a failure, and let the next try wait when there were too many."""
    now, patience = timezone.now(), _PATIENCE[kind]
    with transaction.atomic():
        row, _made = Lockout.objects.select_for_update().get_or_create(
            subject=f"{kind}:{key}", defaults={"failed_at": now}
        )
        row.failures = 1 if now - row.failed_at > patience.forgets_after else row.failures + 1
        row.failed_at = now
        if row.failures >= patience.free:
            wait = wait_after(row.failures - patience.free)
            row.locked_until = now + wait
            journal.write(
                "account.locked", subject=f"login:{row.subject}", failures=row.failures, seconds=wait.seconds
            )
        row.save()


def succeeded(kind: Kind, key: str) -> None:
    """Forget the failures of a name or factor; take one of an address back."""
    rows = Lockout.objects.filter(subject=f"{kind}:{key}")
    if kind == "address":
        rows.filter(failures__gt=0).update(failures=F("failures") - 1)
    else:
        rows.delete()


def wait_after(extra: int) -> timedelta:
    """How long to wait after that many failures beyond the free ones: 30 s, 1 min, 2 min … 15 min."""
    return min(FIRST_WAIT * 2.0 ** min(extra, 10), LONGEST_WAIT)


def _please_wait(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 60:
        return ngettext("请等待 %(n)s 秒后再试", "请等待 %(n)s 秒后再试", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("请等待 %(n)s 分钟后再试", "请等待 %(n)s 分钟后再试", minutes) % {"n": minutes}
