"""A new person in the register, entered by hand 新登记人员: checked, doubts told first, nobody entered twice by mistake."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.codes import lists
from yizhan.desk import hand_forms, late, standing
from yizhan.desk.new_person import Doubts, Typed, read
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import by_hand, keeping
from yizhan.registry.by_hand import ByHand
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.keeping import KEEPER

_EMPTY = Typed()


@late.comes_back()
@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def new(request: Known) -> HttpResponse:
    """Ask for the person; tell doubts and who bears the number already; enter what was confirmed."""
    again = late.typed(request)
    sent = again or request.POST
    typed, doubts = _EMPTY, Doubts()
    if request.method == "POST":
        typed = read(sent)
        try:
            how = ByHand(
                by=request.actor, because=sent.get("because", ""), command=hand_forms.command_of(sent)
            )
            if typed.entry is not None:
                doubts = typed.doubts(how)
                if not doubts or sent.get("sure") == "yes":
                    return _entered(request, typed, how)
        except Refused as refused:
            typed.errors["because"] = str(refused)
        except NotHere:
            typed.errors["source"] = _("请选择由本单位负责的数据来源。")
    sources = keeping.sources_of(request.actor)
    context: dict[str, Any] = {
        "sources": [(one.code, str(one)) for one in sources],
        "committees": hand_forms.committees(standing.areas(request)),
        "coded": hand_forms.coded,
        "sent": sent,
        "errors": typed.errors,
        "doubts": doubts,
        "sex": lambda code: lists.name_of("sex", code),
        "command": sent.get("command") or uuid.uuid4(),
        "again": again is not None,
        "typed_by": late.mark(request),
    }
    return render(request, "desk/register/new_person.jinja", context, status=422 if typed.errors else 200)


def _entered(request: Known, typed: Typed, how: ByHand) -> HttpResponse:
    assert typed.entry is not None  # whoever calls has looked
    with transaction.atomic():
        subject = by_hand.register(typed.entry, request.POST.get("source", ""), how=how)
    messages.success(request, _("已登记。请写明事由打开档案，核对登记的内容。"))
    return redirect("desk:person_file", subject.removeprefix("person:"))


new_person_urls = [path("register/persons/new", new, name="person_new")]
