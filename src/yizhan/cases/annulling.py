"""Annulling a card 撤牌: a supervisor says with a reason that it no longer counts; the card itself stays."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from yizhan.cases.models import Card, CardAnnulment
from yizhan.cases.refusals import Incomplete, NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit

SUPERVISORS = ("platform.supervisor",)
_LONGEST = 1000


def may(actor: Actor, card: Card) -> bool:
    """Whether the actor supervises the unit that has the card."""
    unit = Unit.objects.filter(code=card.unit).only("path", "division").first()
    return unit is not None and any(actor.may(role, unit.path, unit.division) for role in SUPERVISORS)


def annul(card: Card, *, reason: str, by: Actor, command: uuid.UUID) -> Answer:
    """Say that a card no longer counts; once.

    Raises:
        Incomplete: no reason was given.
        NotYours: the actor does not supervise the unit.
        NotNow: it was annulled already.
    """
    words = reason.strip()
    if not words:
        raise Incomplete([("reason", _("请写明撤牌的理由"))])
    if len(words) > _LONGEST:
        raise Incomplete([("reason", _("理由请控制在 %(n)s 字以内") % {"n": _LONGEST})])

    def do(step: Step) -> None:
        if not may(by, card):
            raise NotYours
        if CardAnnulment.objects.filter(card=card).exists():
            raise NotNow(_("这张牌已经撤销。"))
        CardAnnulment.objects.create(
            card=card, case=step.case, at=step.at, by=step.who, account=by.account_id, reason=words
        )
        step.note(card_annulled={"card": card.id, "colour": card.colour, "clock": card.kind, "reason": words})
        step.news("card.annulled", card=card.id, colour=card.colour, at_unit=card.unit)

    return take(card.case_id, by=by, command=command, kind="card.annulled", do=do)
