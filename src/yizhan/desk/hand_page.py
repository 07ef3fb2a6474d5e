"""A page on which an office enters something of a person by hand 手工登记页: first why, then the act, then the look.

The act is carried out before anything is shown. What is shown then counts as a look at the file, with its marks and its
line in the access log, as the file's own page does.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from yizhan.desk import hand_forms, late
from yizhan.desk.purpose import Asked, ask, asked
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.middleware import Known
from yizhan.registry import acts
from yizhan.registry.by_hand import ByHand
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models.person import subject_of
from yizhan.registry.purposes import Purpose

Errors = dict[str, str]


@dataclass(frozen=True)
class HandPage:
    """One kind of entry.

    Attributes:
        template: of the page.
        enter: carries out what was sent; what is wrong with it by the names of fields, where it can say so.
        told: what the page shows of the person, looked at for a purpose.
    """

    template: str
    enter: Callable[[str, QueryDict, ByHand], Errors]
    told: Callable[[Known, str, Purpose], dict[str, Any]]

    def answer(self, request: Known, key: uuid.UUID) -> HttpResponse:
        """Ask why; carry out what was sent; show the page, with what is wrong."""
        subject, again = subject_of(key), late.typed(request)
        if request.method == "GET" and again is None:
            return ask(request, subject, Asked.typed(request.GET), action=request.path)
        sent = again or request.POST
        why = asked(request, subject, sent)
        if why.purpose is None:
            return ask(request, subject, why, again=again is not None, action=request.path)
        try:
            errors: Errors = {}
            if request.method == "POST" and "act" in sent:
                errors = self._entered(request, subject, sent)
                sent = sent if errors else QueryDict()
            acts.open_file(subject, purpose=why.purpose)
            told = self.told(request, subject, why.purpose)
        except NotHere:
            raise Http404 from None
        except Refused as refused:
            return ask(request, subject, why.refused(str(refused)), action=request.path)
        context: dict[str, Any] = {
            "key": key,
            "why": why,
            "sent": sent,
            "errors": errors,
            "command": sent.get("command", "") if errors else uuid.uuid4(),
            "again": again is not None,
            "typed_by": late.mark(request),
        }
        return render(request, self.template, context | told, status=422 if errors else 200)

    def _entered(self, request: Known, subject: str, sent: QueryDict) -> Errors:
        try:
            how = ByHand(
                by=request.actor, because=sent.get("because", ""), command=hand_forms.command_of(sent)
            )
        except Refused as refused:
            return {"because": str(refused)}
        try:
            with transaction.atomic():
                errors = self.enter(subject, sent, how)
        except CellRefused as refused:
            errors = {"on": str(refused.words)}
        except Refused as refused:
            errors = {"act": str(refused)}
        if not errors:
            messages.success(request, _("已登记，原来的内容和依据都留在历史记录中。"))
        return errors
