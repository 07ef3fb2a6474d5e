"""Whether the house can sign 密钥自检: what the doctor asks."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.keys import authority, keeping
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import IssuerGone, KeysFault
from yizhan.keys.models import Certificate


def hindrance(families: Iterable[Family]) -> str:
    """Why nothing can be sealed with these families now, in a sentence; empty where everything signs."""
    return next((wrong for family in families if (wrong := _wrong_with(family))), "")


def fault() -> str:
    """What is wrong, in a sentence; empty when every authority signs and nothing has ended, or none was founded yet."""
    if wrong := hindrance(Family):
        return wrong
    ended = len(authority.due_for_renewal(clock.now()))
    return _("有 %(many)s 张证书已到期，尚未续期。") % {"many": ended} if ended else ""


def _wrong_with(family: Family) -> str:
    """The root signs nothing here: its key is for issuing certificates and lists."""
    if not Certificate.objects.filter(holder="root", family=family).exists():
        return ""
    if authority.current("issuing", family) is None:
        return str(IssuerGone(family))
    for holder in ("issuing", "tsa"):
        found = authority.current(holder, family)
        if found is None:
            return _("%(family)s的时间戳没有有效证书。") % {"family": family.label}
        try:
            keeping.opened(found.key).sign(b"examined")
        except KeysFault as wrong:
            return str(wrong)
    return ""
