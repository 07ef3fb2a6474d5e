"""A death entered by the office that keeps the household register, or taken back 死亡登记."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.desk import hand_forms, late
from yizhan.desk.hand_page import Errors, HandPage
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import life_by_hand
from yizhan.registry.by_hand import ByHand
from yizhan.registry.facts import facts
from yizhan.registry.keeping import KEEPER
from yizhan.registry.purposes import Purpose


@late.comes_back()
@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def death(request: Known, key: uuid.UUID) -> HttpResponse:
    """Enter that somebody died: day, place, ground; of somebody who is entered as dead, take it back."""
    return HandPage("desk/register/death.jinja", _entered, _told).answer(request, key)


def _entered(subject: str, sent: QueryDict, how: ByHand) -> Errors:
    if sent.get("act") == "mistaken":
        life_by_hand.died_not(subject, how=how)
        return {}
    if not sent.get("on", "").strip():
        return {"on": _("请填写死亡日期。")}
    life_by_hand.died(subject, on=hand_forms.day_of(sent), place=sent.get("place", ""), how=how)
    return {}


def _told(_request: Known, subject: str, purpose: Purpose) -> dict[str, Any]:
    known = facts(subject, ["person.name", "person.alive", "person.died"], purpose=purpose)
    return {
        "name": known["person.name"].value,
        "dead": not known["person.alive"].value,
        "died": known["person.died"],
    }


death_urls = [path("register/persons/<uuid:key>/death", death, name="person_death")]
