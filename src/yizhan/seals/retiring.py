"""Signature stamps of those who have left their post 离任销章: destroyed, and their certificates revoked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Appointment
from yizhan.journal import work
from yizhan.keys.revoking import Reason
from yizhan.seals import holding
from yizhan.seals.faults import WrongState
from yizhan.seals.models import Seal, Spell

_GONE = (Spell.State.REPLACED, Spell.State.DESTROYED)


@journal.reads("appointment.ended", reader="seals")
def left(_event: Any) -> None:
    """Somebody has left a post, or will: what has ended by now is destroyed, the rest on its day."""
    retire()


def retire() -> int:
    """Destroy the stamps whose appointment has ended; how many. From its end on they cannot be used in any case.

    One that cannot be destroyed now, since no list can be signed, is logged and tried again; it stops no other.
    """
    latest = Spell.of_each().values("state")[:1]
    stamps = Seal.objects.filter(appointment__isnull=False).alias(now=Subquery(latest))
    ended = stamps.exclude(Q(now__in=_GONE)).exclude(appointment__in=Appointment.objects.live().values("pk"))
    with translation.override("zh-hans"):
        why = _("任职已结束")
    return sum(_destroyed(one, why) for one in ended.order_by("made_at"))


def _destroyed(stamp: Seal, why: str) -> bool:
    try:
        with transaction.atomic():
            holding.change(
                stamp, Spell.State.DESTROYED, by=HOUSE.key, why=why, reason=Reason.AFFILIATION_CHANGED
            )
    except WrongState:  # somebody replaced or destroyed it meanwhile
        return False
    except Exception:
        work.log.exception("the signature stamp %s was not destroyed; tried again in an hour", stamp.pk)
        return False
    return True
