"""Companies one represents or acts for 我的企业, and the mandates of their agents 经办人授权."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yizhan import clock
from yizhan.identity.faults import Refused as RefusedByIdentity
from yizhan.identity.middleware import Known
from yizhan.portal import late, pace, words
from yizhan.portal.doors import own
from yizhan.registry import company_file, entities, licences
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Entity
from yizhan.registry.purposes import Own

_TRIES_AN_HOUR = 20
_LONGEST = 60
_FIELDS = ("name", "phone", "until")
_A_YEAR = timedelta(days=365)


@own
def index(request: Known) -> HttpResponse:
    """What I represent, and what I may act for."""
    represented, acted_for = entities.represented(request.user), entities.acted_for(request.user)
    context = {
        "represented": represented,
        "acted_for": acted_for,
        "licences": [
            (one, held)
            for one in {
                one.uscc: one for one in (*represented, *(one for _mandate, one in acted_for))
            }.values()
            if (held := licences.held(one.subject, purpose=Own()))
        ],
    }
    return render(request, "portal/companies/index.jinja", context)


@late.comes_back()
@own
@require_http_methods(["GET", "POST"])
def company(request: Known, uscc: str) -> HttpResponse:
    """A company that I represent: its agents, and the form that names another."""
    entity = _mine(request, uscc)
    sent = late.typed(request) or request.POST
    typed = {name: words.plain(sent.get(name, ""), _LONGEST) for name in _FIELDS}
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        pace.count(request, "agent", most=_TRIES_AN_HOUR, at=request.user.subject)
        errors = _missing(typed) or _give(request, entity, typed)
        if not errors:
            messages.success(request, _("已授权，经办人登录后即可看到。"))
            return redirect("portal:company", uscc)
    context = {
        "company": entity,
        "mandates": entities.mandates_of(entity),
        "typed": typed
        if any(typed.values())
        else dict.fromkeys(_FIELDS, "") | {"until": (clock.today() + _A_YEAR).isoformat()},
        "errors": errors,
    }
    return render(request, "portal/companies/company.jinja", context, status=422 if errors else 200)


@own
def file(request: Known, uscc: str) -> HttpResponse:
    """All that the registers know of a company that I represent or act for."""
    subject = f"entity:{uscc}"
    if subject not in entities.own_subjects():
        raise Http404
    context = {"file": company_file.read(subject, purpose=Own())}
    return render(request, "portal/companies/file.jinja", context)


@late.comes_back(again="portal:companies", by=())
@own
@require_POST
def revoke(request: Known, mandate: int) -> HttpResponse:
    """Take a mandate back, or lay down one's own."""
    try:
        ended = entities.revoke_mandate(mandate, by=request.actor)
    except NotHere as missing:
        raise Http404 from missing
    if ended.account_id == request.user.pk:
        messages.success(request, _("您不再是该企业的经办人。"))
        return redirect("portal:companies")
    messages.success(request, _("授权已撤销，立即生效。"))
    return redirect("portal:company", ended.uscc)


def _mine(request: Known, uscc: str) -> Entity:
    try:
        return entities.of_representative(request.user, uscc)
    except NotHere as missing:
        raise Http404 from missing


def _missing(typed: dict[str, str]) -> list[tuple[str, str]]:
    errors = []
    if not typed["name"]:
        errors.append(("name", _("请填写经办人的姓名")))
    if not typed["phone"]:
        errors.append(("phone", _("请填写经办人在本站登录用的手机号")))
    day = _day(typed["until"])
    if day is None:
        errors.append(("until", _("请填写授权的截止日期")))
    elif day < clock.today():
        errors.append(("until", _("截止日期不能早于今天")))
    return errors


def _give(request: Known, entity: Entity, typed: dict[str, str]) -> list[tuple[str, str]]:
    until = _day(typed["until"])
    assert until is not None, "it was looked at before"
    try:
        entities.give_mandate(entity, name=typed["name"], phone=typed["phone"], until=until, by=request.actor)
    except Refused as refused:
        return [("name", str(refused))]
    except RefusedByIdentity as refused:
        return [("phone", str(refused))]
    return []


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


companies_urls = [
    path("my/companies", index, name="companies"),
    path("my/companies/<str:uscc>", company, name="company"),
    path("my/companies/<str:uscc>/file", file, name="company_file"),
    path("my/mandates/<int:mandate>/end", revoke, name="mandate_end"),
]
