"""Cards of the units within reach 亮牌台账, and annulling one 撤牌."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizhan.cases import annulling, ends
from yizhan.cases.models import Colour
from yizhan.cases.refusals import Incomplete, Refusal
from yizhan.desk import late as late_forms
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.insight import cards, late
from yizhan.insight.cards import Shown, Wanted

_LONGEST = 60
_DIGITS = 18


@staff(*late.SUPERVISORS)
def index(request: Known) -> HttpResponse:
    """The list, filtered by unit, colour and whether they count."""
    asked = request.GET
    state, colour, below = asked.get("state", ""), asked.get("colour", ""), asked.get("below", "")
    wanted = Wanted(
        asked.get("unit", "")[:_LONGEST],
        colour if colour in Colour.values else "",
        state if state in cards.STATES else "counts",
        **({"below": int(below)} if below.isdecimal() and len(below) <= _DIGITS else {}),
    )
    context = {
        "page": cards.page(request.actor, wanted),
        "wanted": wanted,
        "first": not below,
        "colours": [(value, str(label)) for value, label in Colour.choices],
        "late_by": cards.late_by,
    }
    return render(request, "desk/cards/list.jinja", context)


@staff(*late.SUPERVISORS)
def show(request: Known, card: int) -> HttpResponse:
    """One card, whole."""
    return _shown(request, _found(request, card), typed=late_forms.typed(request))


@late_forms.comes_back(shown_at="desk:card")
@staff(*annulling.SUPERVISORS)
@require_POST
def annul(request: Known, card: int) -> HttpResponse:
    """Say with a reason that it no longer counts."""
    found = _found(request, card)
    try:
        command = uuid.UUID(request.POST.get("command", ""))
        annulling.annul(found.row, reason=request.POST.get("reason", ""), by=request.actor, command=command)
    except ValueError as wrong:
        raise Http404 from wrong
    except Refusal as refusal:
        return _shown(request, found, refusal)
    messages.success(request, _("已撤牌，记入留痕。"))
    return redirect("desk:card", card)


def _found(request: Known, number: int) -> Shown:
    found = cards.one(request.actor, number)
    if found is None:
        raise Http404
    return found


def _shown(
    request: Known, one: Shown, refusal: Refusal | None = None, *, typed: QueryDict | None = None
) -> HttpResponse:
    wrong = dict(refusal.faults) if isinstance(refusal, Incomplete) else {}
    context = {
        "one": one,
        "may_annul": one.annulment is None and annulling.may(request.actor, one.row),
        "refusal": refusal,
        "wrong": wrong,
        "typed": request.POST if typed is None else typed,
        "again": typed is not None,
        "typed_by": late_forms.mark(request),
        "command": uuid.uuid4(),
        "late_by": cards.late_by,
        "end_words": ends.end_words,
    }
    status = 200 if refusal is None else 422 if wrong else 409
    return render(request, "desk/cards/one.jinja", context, status=status)
