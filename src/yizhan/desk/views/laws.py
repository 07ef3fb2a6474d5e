"""Laws and policies at the desk 法规政策: found, looked at, entered by the office that answers, and items to be mended."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yizhan.cases import resting
from yizhan.desk import as_of, late, law_forms, standing
from yizhan.desk.as_of import AsOf
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.registry import law_by_hand, law_file, law_finding
from yizhan.registry.by_hand import ByHand
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.keeping import KEEPER
from yizhan.registry.law_asking import asked_by
from yizhan.registry.law_file import LawFile
from yizhan.registry.laws import Amiss
from yizhan.registry.models import Law


@staff()
@require_safe
def index(request: Known) -> HttpResponse:
    """The laws that fit what was asked, and how many items rest on what holds no more."""
    asking = asked_by(request.GET)
    context = {
        **asking.context,
        "rests": resting.many(one.code for one in asking.found),
        "mending": len(resting.to_mend()),
        "keeps": standing.holds(KEEPER)(request),
    }
    return render(request, "desk/laws/index.jinja", context, status=422 if asking.wrong else 200)


@staff()
@require_safe
def mending(request: Known) -> HttpResponse:
    """Items that rest on laws which are repealed, past their validity, or soon will be 依据待修订."""
    return render(request, "desk/laws/mending.jinja", {"found": resting.to_mend()})


@staff()
@require_safe
def show(request: Known, code: str) -> HttpResponse:
    """One law, also as of a day or as it was on record then, with what rests on it and what was said before."""
    at = as_of.asked(request.GET)
    try:
        file = _read(code, at)
        if file is None:
            at = AsOf(typed=at.typed, known=at.known, error=_("那一天登记簿里还没有这份文件。"))
            file = law_file.read(code)
    except NotHere:
        raise Http404 from None
    context = {
        "at": at,
        "file": file,
        "articles": resting.by_article(file.law),
        "ours": bool(law_by_hand.sources_for(file.law, by=request.actor)),
    }
    return render(request, "desk/laws/show.jinja", context, status=422 if at.error else 200)


def _read(code: str, at: AsOf) -> LawFile | None:
    """The law as it was asked for; None where it was not on record by then."""
    try:
        return law_file.read(code, at.day, at.known_at)
    except NotHere:
        if at.known_at is None:
            raise
        return None


@late.comes_back()
@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def new(request: Known) -> HttpResponse:
    """Enter a new law or policy."""
    return _form(request, None)


@late.comes_back()
@staff(KEEPER)
@require_http_methods(["GET", "POST"])
def entry(request: Known, code: str) -> HttpResponse:
    """Enter what is said of a law from now on."""
    try:
        law = law_finding.get(code)
    except NotHere:
        raise Http404 from None
    if not law_by_hand.sources_for(law, by=request.actor):
        raise Http404
    return _form(request, law)


def _form(request: Known, law: Law | None) -> HttpResponse:
    again = late.typed(request)
    sent = again or request.POST
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _entered(request, law)
        if not errors:
            messages.success(request, _("已登记，原来的内容和依据都留在历史记录中。"))
            return redirect("desk:law", law.code if law else sent.get("code", "").strip())
    sources = law_by_hand.sources_for(law, by=request.actor)
    context: dict[str, Any] = {
        "law": law,
        "sources": [(one.code, str(one)) for one in sources],
        "kinds": list(Law.Kind.choices),
        "days": law_forms.DAYS,
        "title_of": law_forms.title,
        "typed": sent if sent else {**law_forms.present(law), "because": ""},
        "errors": errors,
        "command": sent.get("command") or uuid.uuid4(),
        "again": again is not None,
        "typed_by": late.mark(request),
    }
    return render(request, "desk/laws/entry.jinja", context, status=422 if errors else 200)


def _entered(request: Known, law: Law | None) -> dict[str, str]:
    """Carry out what was typed; what is wrong, by the names of fields."""
    sent: QueryDict = request.POST
    values, wrong = law_forms.read(sent)
    if wrong:
        return wrong
    try:
        command = uuid.UUID(sent.get("command", ""))
        how = ByHand(by=request.actor, because=sent.get("because", ""), command=command)
        if law is None:
            law_by_hand.enter(sent.get("code", "").strip(), values, source=sent.get("source", ""), how=how)
        else:
            law_by_hand.change(law, values, how=how)
    except ValueError:
        return {"because": _("页面不完整，请重新打开后再提交。")}
    except NotHere:
        return {"source": _("请选择由本单位负责的数据来源。")}
    except Amiss as amiss:
        return {amiss.column: str(amiss)}
    except Refused as refused:
        return {"because": str(refused)}
    return {}


laws_urls = [
    path("register/laws", index, name="laws"),
    path("register/laws/mending", mending, name="laws_mending"),
    path("register/laws/new", new, name="law_new"),
    path("register/laws/of/<str:code>", show, name="law"),
    path("register/laws/of/<str:code>/enter", entry, name="law_entry"),
]
