"""Why somebody at the desk looks 查询事由: a running case that concerns the person, or a reason in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yizhan.cases import lookup
from yizhan.desk import late
from yizhan.identity.middleware import Known
from yizhan.registry.faults import Refused
from yizhan.registry.models.person import subject_of
from yizhan.registry.purposes import ForCase, Purpose, Reason

_LONGEST = 180


@dataclass(frozen=True)
class Asked:
    """What was typed: a case number and a reason, of which one is enough; ``purpose`` once it is good."""

    case: str = ""
    reason: str = ""
    purpose: Purpose | None = None
    errors: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def typed(sent: Mapping[str, str]) -> Asked:
        """As it was typed, not yet looked at."""
        return Asked(
            case=sent.get("case", "").strip()[:_LONGEST].upper(),
            reason=" ".join(sent.get("reason", "").split())[: _LONGEST + 1],
        )

    def refused(self, words: str) -> Asked:
        """The same, with what speaks against it."""
        return replace(self, purpose=None, errors=(("reason", words),))


def ask(request: Known, subject: str, why: Asked, *, again: bool = False, action: str = "") -> HttpResponse:
    """The page that asks why; ``action`` is the address that the answer is sent to, the person's file if left out."""
    key = subject.removeprefix("person:")
    context = {
        "key": key, "why": why, "again": again, "typed_by": late.mark(request),
        "action": action or reverse("desk:person_file", args=[key]),
    }  # fmt: skip
    return render(request, "desk/register/purpose.jinja", context, status=422 if why.errors else 200)


Reasoned = Callable[..., HttpResponse]


def for_a_reason(view: Reasoned) -> Reasoned:
    """Mark an act on a person's file: it is done only for a good purpose, else why is asked first.

    The view gets the request, the person's subject and why; what the address names besides comes after.
    """

    @wraps(view)
    def answer(request: Known, key: UUID, **more: Any) -> HttpResponse:
        subject = subject_of(key)
        why = asked(request, subject)
        return ask(request, subject, why) if why.purpose is None else view(request, subject, why, **more)

    return answer


def asked(request: Known, subject: str, sent: Mapping[str, str] | None = None) -> Asked:
    """What was sent, looked at anew with every act: the case must run, be seen from this post, and concern the person."""
    why = Asked.typed(request.POST if sent is None else sent)
    if why.case:
        case = lookup.exact(why.case)
        if case is None or case.subject != subject:
            return replace(
                why, errors=(("case", _("没有查到您可以办理的、此人的这一办件，请核对受理编号。")),)
            )
        if case.outcome:
            return replace(why, errors=(("case", _("该办件已经办结，不能再作为查询事由。")),))
        return replace(why, purpose=ForCase(case.number))
    try:
        return replace(why, purpose=Reason(why.reason))
    except Refused as refused:
        return replace(why, errors=(("reason", str(refused)),))
