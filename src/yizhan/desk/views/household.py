"""What becomes of somebody's household book 户内变动: joining, a household of one's own, leaving, another head."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.desk import hand_forms, household_forms, late
from yizhan.desk.hand_page import Errors, HandPage
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import life_by_hand
from yizhan.registry.by_hand import ByHand
from yizhan.registry.keeping import KEEPER
from yizhan.registry.purposes import Purpose


@late.comes_back()
@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def household(request: Known, key: uuid.UUID) -> HttpResponse:
    """The household somebody is in, and what may be entered of it."""
    return HandPage("desk/register/household.jinja", _entered, _told).answer(request, key)


def _entered(subject: str, sent: QueryDict, how: ByHand) -> Errors:
    act = _ACTS.get(sent.get("act", ""))
    if act is None:
        raise Http404
    return act(subject, sent, how) or {}


def _join(subject: str, sent: QueryDict, how: ByHand) -> Errors | None:
    book = sent.get("book", "").strip()
    if not book:
        return {"book": _("请填写户口簿上的户号。")}
    life_by_hand.joined(subject, book, sent.get("relation", ""), on=hand_forms.day_of(sent), how=how)
    return None


def _found(subject: str, sent: QueryDict, how: ByHand) -> None:
    life_by_hand.founded(subject, sent.get("book", ""), on=hand_forms.day_of(sent), how=how)


def _leave(subject: str, sent: QueryDict, how: ByHand) -> None:
    life_by_hand.left(subject, on=hand_forms.day_of(sent), how=how)


def _head(subject: str, sent: QueryDict, how: ByHand) -> Errors | None:
    relations = household_forms.relations(subject, sent)
    missing = household_forms.not_chosen(relations)
    if missing:
        return dict.fromkeys(missing, _("请选择与新户主的关系。"))
    life_by_hand.headed(subject, relations, on=hand_forms.day_of(sent), how=how)
    return None


_ACTS: dict[str, Callable[[str, QueryDict, ByHand], Errors | None]] = {
    "join": _join,
    "found": _found,
    "leave": _leave,
    "head": _head,
}


def _told(_request: Known, subject: str, purpose: Purpose) -> dict[str, Any]:
    found = household_forms.present(subject, purpose=purpose)
    return {
        "home": found,
        "relations": household_forms.relation_choices(),
        "joining": household_forms.relation_choices(head=True),
    }


household_urls = [path("register/persons/<uuid:key>/book", household, name="person_household")]
