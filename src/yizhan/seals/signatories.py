"""Who signs beside a seal 签发人: a person in a post; whether she holds it, and held it at a moment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from yizhan import clock
from yizhan.identity.actor import Actor
from yizhan.identity.models import Appointment, Delegation


def of(actor: Actor) -> Appointment | None:
    """In whose post somebody acts: their own, or that of whoever lets them act for her; None where in none.

    A delegation that the system administrator gave for somebody who cannot lets work go on, and signs nothing with her
    stamp: that takes her own word.
    """
    whose = actor.on_behalf_of.account_id if actor.on_behalf_of else actor.account_id
    live = Appointment.objects.live().filter(account=whose, post=actor.post_id)
    if actor.on_behalf_of is not None:
        hers = Delegation.objects.filter(pk=actor.delegation_id or 0, given_by=f"account:{whose}")
        live = live.filter(Exists(hers.filter(giver=OuterRef("pk"))))
    return live.select_related("account", "post").order_by("-since").first()


def holds(appointment: int) -> bool:
    """Whether an appointment has begun and not ended."""
    return Appointment.objects.live().filter(pk=appointment).exists()


def held(appointment: Appointment, at: datetime) -> bool:
    """Whether its days reach over a moment, and nobody had ended it by then."""
    day = at.astimezone(clock.ZONE).date()
    if appointment.ended_at is not None and appointment.ended_at <= at:
        return False
    return appointment.since <= day and (appointment.until is None or day <= appointment.until)
