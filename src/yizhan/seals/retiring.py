"""Signature stamps of those who have left their post 离任销章: destroyed, and their certificates revoked."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Appointment
from yizhan.keys.revoking import Reason
from yizhan.seals import holding
from yizhan.seals.models import Seal, Spell

_GONE = (Spell.State.REPLACED, Spell.State.DESTROYED)


@journal.reads("appointment.ended", reader="seals")
def left(_event: Any) -> None:
    """Somebody has left a post, or will: what has ended by now is destroyed, the rest on its day."""
    retire()


def retire() -> int:
    """Destroy the stamps whose appointment has ended; how many. From its end on they cannot be used in any case."""
    latest = Spell.objects.filter(seal=OuterRef("pk")).order_by("-since", "-id").values("state")[:1]
    stamps = Seal.objects.filter(kind=Seal.Kind.SIGNATURE).alias(now=Subquery(latest))
    ended = stamps.exclude(Q(now__in=_GONE)).exclude(appointment__in=Appointment.objects.live().values("pk"))
    found = list(ended.order_by("made_at"))
    with translation.override("zh-hans"):
        why = _("任职已结束")
    for one in found:
        holding.change(one, Spell.State.DESTROYED, by=HOUSE.key, why=why, reason=Reason.AFFILIATION_CHANGED)
    return len(found)
