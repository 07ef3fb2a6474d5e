"""A company's values entered by the office that keeps its register 法人手工登记: one form for each thing that happens."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.desk import company_forms, hand_forms, late, standing
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import company_file, entity_by_hand
from yizhan.registry.by_hand import ByHand
from yizhan.registry.entity_by_hand import OwnedColumn
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.keeping import KEEPER
from yizhan.registry.places import Reader


@dataclass
class _Page:
    """A company, what was typed, which act it was, and what is wrong with it by the names of fields."""

    subject: str
    sent: QueryDict
    owned: dict[str, OwnedColumn] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    refused: str = ""


@late.comes_back()
@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def entry(request: Known, uscc: str) -> HttpResponse:
    """What happens to a company: it changes or is put right, moves, changes hands, is struck off."""
    again = late.typed(request)
    page = _Page(f"entity:{uscc}", again or request.POST)
    try:
        company_file.read(page.subject, purpose=company_file.public())
        page.owned = entity_by_hand.columns(page.subject, by=request.actor)
        act = page.sent.get("act", "")
        if request.method == "POST":
            if act not in _ACTS:
                raise Http404
            page.errors = _carried_out(request, page, _ACTS[act])
            if not page.errors:
                messages.success(request, _("已登记，原来的内容和依据都留在历史记录中。"))
                page.sent = QueryDict()
    except NotHere:
        raise Http404 from None
    except Refused as refused:
        page.refused = str(refused)
    return _shown(request, page, again=again is not None)


def _carried_out(request: Known, page: _Page, act: Callable[[_Page, ByHand], None]) -> dict[str, str]:
    try:
        command = hand_forms.command_of(page.sent)
    except Refused as refused:
        return {"because": str(refused)}
    try:
        with transaction.atomic():
            act(page, ByHand(by=request.actor, because=page.sent.get("because", ""), command=command))
    except company_forms.Wrong as wrong:
        return wrong.errors
    except CellRefused as refused:
        return {"on": str(refused.words)}
    except Refused as refused:
        return {"because": str(refused)}
    return {}


def _change(page: _Page, how: ByHand) -> None:
    values = company_forms.values(page.sent, page.owned)
    if page.sent.get("way") == "correction":
        entity_by_hand.put_right(page.subject, values, how=how)
    else:
        entity_by_hand.change(page.subject, values, on=hand_forms.day_of(page.sent), how=how)


def _represented(page: _Page, how: ByHand) -> None:
    name, document = company_forms.representative(page.sent)
    entity_by_hand.represented_by(page.subject, name, document, on=hand_forms.day_of(page.sent), how=how)


def _moved(page: _Page, how: ByHand) -> None:
    to = Reader().read(page.sent.get("division", ""), page.sent.get("address", ""))
    entity_by_hand.moved(page.subject, to, on=hand_forms.day_of(page.sent), how=how)


def _struck_off(page: _Page, how: ByHand) -> None:
    entity_by_hand.struck_off(page.subject, on=hand_forms.day_of(page.sent), how=how)


_ACTS: dict[str, Callable[[_Page, ByHand], None]] = {
    "change": _change,
    "representative": _represented,
    "move": _moved,
    "strike": _struck_off,
}


def _shown(request: Known, page: _Page, *, again: bool) -> HttpResponse:
    try:
        file = company_file.read(page.subject, purpose=company_file.public())
    except NotHere:
        raise Http404 from None
    context: dict[str, Any] = {
        "file": file,
        "questions": company_forms.questions(file, page.owned),
        "others": company_forms.others(page.owned),
        "ours": {name for name, one in page.owned.items() if one.ours},
        "documents": hand_forms.coded("document_type"),
        "committees": hand_forms.committees(standing.areas(request)),
        "act": page.sent.get("act", ""),
        "sent": page.sent,
        "errors": page.errors,
        "refused": page.refused,
        "command": page.sent.get("command", "") if page.errors else uuid.uuid4(),
        "again": again,
        "typed_by": late.mark(request),
    }
    wrong = bool(page.errors or page.refused)
    return render(request, "desk/register/company_entry.jinja", context, status=422 if wrong else 200)


company_entry_urls = [path("register/companies/<str:uscc>/enter", entry, name="company_entry")]
