"""A person's values entered by the office that answers for them 手工登记: changes from a day on, corrections, moves."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.desk import hand_forms, late, standing
from yizhan.desk.hand_forms import Filled
from yizhan.desk.hand_page import Errors, HandPage
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import by_hand, sight
from yizhan.registry.by_hand import ByHand
from yizhan.registry.catalogue import CATEGORIES
from yizhan.registry.keeping import KEEPER
from yizhan.registry.purposes import Purpose
from yizhan.ui.language import local


@late.comes_back()
@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def entry(request: Known, key: uuid.UUID, category: str) -> HttpResponse:
    """One category of a person: what is my office's may be entered, the rest says whose it is. First why, as always."""
    if category not in sight.shown():
        raise Http404

    def enter(subject: str, sent: QueryDict, how: ByHand) -> Errors:
        return _entered(subject, category, sent, how)

    def told(known: Known, subject: str, purpose: Purpose) -> dict[str, Any]:
        return _told(known, subject, category, purpose)

    return HandPage("desk/register/by_hand.jinja", enter, told).answer(request, key)


def _entered(subject: str, category: str, sent: QueryDict, how: ByHand) -> Errors:
    """Values under the command that the page bears, each home under one that follows from it."""
    read = hand_forms.filled(sent, hand_forms.blank(subject, category, by=how.by), sent.getlist("clear"))
    if read.errors:
        return read.errors
    if not read.values and not read.homes:
        return {"act": _("没有填写要登记的内容。")}
    _write(sent, subject, read, how)
    return {}


def _write(sent: QueryDict, subject: str, read: Filled, how: ByHand) -> None:
    if read.values and sent.get("act") == "correction":
        by_hand.put_right(subject, read.values, how=how)
    elif read.values:
        by_hand.change(subject, read.values, on=hand_forms.day_of(sent), how=how)
    for key, place in read.homes.items():
        moving = replace(how, command=uuid.uuid5(how.command, key))
        by_hand.move(subject, key, place, on=hand_forms.day_of(sent), how=moving)


def _told(request: Known, subject: str, category: str, purpose: Purpose) -> dict[str, Any]:
    questions = hand_forms.questions(subject, category, by=request.actor, purpose=purpose)
    moves = any(one.kind == "home" for one in questions)
    return {
        "category": category,
        "title": local(CATEGORIES[category][0]),
        "questions": questions,
        "committees": hand_forms.committees(standing.areas(request)) if moves else [],
    }


by_hand_urls = [
    path("register/persons/<uuid:key>/enter/<slug:category>", entry, name="person_entry"),
]
