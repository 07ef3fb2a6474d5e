"""A person's values entered by the office that answers for them 手工登记: changes from a day on, corrections, moves."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.desk import hand_forms, late, standing
from yizhan.desk.hand_forms import Filled, Question
from yizhan.desk.purpose import Asked, ask, asked
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import by_hand
from yizhan.registry.by_hand import ByHand
from yizhan.registry.catalogue import CATEGORIES
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models.person import subject_of
from yizhan.ui.language import local


@late.comes_back()
@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def entry(request: Known, key: uuid.UUID, category: str) -> HttpResponse:
    """One category of a person: what is my office's may be entered, the rest says whose it is. First why, as always."""
    if category not in CATEGORIES:
        raise Http404
    subject, again = subject_of(key), late.typed(request)
    if request.method == "GET" and again is None:
        return ask(request, subject, Asked.typed(request.GET), action=request.path)
    sent = again or request.POST
    why = asked(request, subject, sent)
    if why.purpose is None:
        return ask(request, subject, why, again=again is not None, action=request.path)
    page = _Page(subject, category, why, sent, again=again is not None)
    try:
        page.look(request)
        if request.method == "POST" and "act" in sent:
            page.errors = _carried_out(request, subject, page.questions)
            if not page.errors:
                messages.success(request, _("已登记，原来的内容和依据都留在历史记录中。"))
                page.sent = QueryDict()
                page.look(request)
    except NotHere:
        raise Http404 from None
    return _shown(request, page)


@dataclass
class _Page:
    """One category of a person, what was typed, and what is wrong with it by the names of fields."""

    subject: str
    category: str
    why: Asked
    sent: QueryDict
    again: bool
    questions: list[Question] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def look(self, request: Known) -> None:
        """Read what is registered now.

        Raises:
            NotHere: no such person in the present scope.
        """
        assert self.why.purpose is not None  # whoever calls has looked
        self.questions = hand_forms.questions(
            self.subject, self.category, by=request.actor, purpose=self.why.purpose
        )


def _carried_out(request: Known, subject: str, questions: list[Question]) -> dict[str, str]:
    """Enter what was sent; what is wrong with it, by the names of fields."""
    sent = request.POST
    read = hand_forms.filled(sent, questions, sent.getlist("clear"))
    if read.errors:
        return read.errors
    if not read.values and not read.homes:
        return {"act": _("没有填写要登记的内容。")}
    try:
        how = ByHand(by=request.actor, because=sent.get("because", ""), command=_command(sent))
    except Refused as refused:
        return {"because": str(refused)}
    try:
        with transaction.atomic():
            _enter(sent, subject, read, how)
    except CellRefused as refused:
        return {"on": str(refused.words)}
    except Refused as refused:
        return {"act": str(refused)}
    return {}


def _enter(sent: QueryDict, subject: str, read: Filled, how: ByHand) -> None:
    """Values under the command that the page bears, each home under one that follows from it."""
    if read.values and sent.get("act") == "correction":
        by_hand.put_right(subject, read.values, how=how)
    elif read.values:
        by_hand.change(subject, read.values, on=hand_forms.day_of(sent), how=how)
    for key, place in read.homes.items():
        moving = replace(how, command=uuid.uuid5(how.command, key))
        by_hand.move(subject, key, place, on=hand_forms.day_of(sent), how=moving)


def _command(sent: QueryDict) -> uuid.UUID:
    try:
        return uuid.UUID(sent.get("command", ""))
    except ValueError:
        raise Refused(_("页面不完整，请重新打开后再提交。")) from None


def _shown(request: Known, page: _Page) -> HttpResponse:
    moves = any(one.kind == "home" for one in page.questions)
    context: dict[str, Any] = {
        "key": page.subject.removeprefix("person:"),
        "category": page.category,
        "title": local(CATEGORIES[page.category][0]),
        "why": page.why,
        "questions": page.questions,
        "committees": hand_forms.committees(standing.areas(request)) if moves else [],
        "sent": page.sent,
        "cleared": page.sent.getlist("clear"),
        "errors": page.errors,
        "command": page.sent.get("command", "") if page.errors else uuid.uuid4(),
        "again": page.again,
        "typed_by": late.mark(request),
    }
    return render(request, "desk/register/by_hand.jinja", context, status=422 if page.errors else 200)


by_hand_urls = [
    path("register/persons/<uuid:key>/enter/<slug:category>", entry, name="person_entry"),
]
