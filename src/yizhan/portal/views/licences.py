"""A resident's licences 我的证照: the wallet, one licence with its uses, showing it; and what a stranger may ask."""

from __future__ import annotations

import uuid
from datetime import date

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yizhan import clock
from yizhan.identity.doors import public
from yizhan.identity.middleware import Known
from yizhan.licences import asking, authorising, counting, showing, wallet
from yizhan.licences.authorising import Wanted
from yizhan.licences.showing import LIVES
from yizhan.portal import late, pace, words
from yizhan.portal.doors import own, shared
from yizhan.records import serving
from yizhan.registry.links import person_of

_SHOWN_AN_HOUR = 120
_AUTHORISED_AN_HOUR = 30
_READ_AN_HOUR = 60
_ASKED_AN_HOUR = 30
_LONGEST = 80
_POINT = 6


@own
def index(request: Known) -> HttpResponse:
    """All licences of mine and of my companies."""
    context = {"pockets": wallet.of(request.user), "known": person_of(request.user)}
    return render(request, "portal/licences/index.jinja", context)


@own
def card(request: Known, key: uuid.UUID) -> HttpResponse:
    """One licence: what it says, how it came to stand so, who used it and who may."""
    return _card(request, key, late.typed(request))


@late.comes_back(shown_at="portal:licence", by=("key",))
@own
@require_POST
def authorise(request: Known, key: uuid.UUID) -> HttpResponse:
    """Let a unit look at it for a purpose, until a day."""
    licence, sent = wallet.mine(request.user, key), request.POST
    if licence is None:
        raise Http404
    wanted = Wanted(
        sent.get("unit", ""), words.plain(sent.get("purpose", ""), _LONGEST), _day(sent.get("until", ""))
    )
    errors = authorising.faults(wanted)
    if errors:
        return _card(request, key, sent, errors)
    pace.count(request, "licence-authorise", most=_AUTHORISED_AN_HOUR, at=request.user.subject)
    authorising.give(licence, wanted, by=request.actor, command=_command(sent))
    messages.success(request, _("已授权，该单位每次查看都会记入用证记录。"))
    return redirect("portal:licence", key)


@late.comes_back(again="portal:my_licences", by=())
@own
@require_POST
def withdraw(request: Known, authorisation: uuid.UUID) -> HttpResponse:
    """Take an authorisation back."""
    taken = authorising.withdraw(authorisation)
    if taken is None:
        raise Http404
    messages.success(request, _("授权已撤销，立即生效。"))
    return redirect("portal:licence", taken.licence_id)


def _card(
    request: Known, key: uuid.UUID, typed: QueryDict | None, errors: list[tuple[str, str]] | None = None
) -> HttpResponse:
    found = wallet.card(request.user, key)
    if found is None:
        raise Http404
    sent = typed or QueryDict()
    context = {
        "card": found,
        "units": [(one.code, str(one)) for one in authorising.units()],
        "typed": {name: sent.get(name, "") for name in ("unit", "purpose", "until")},
        "errors": errors or [],
        "command": uuid.uuid4(),
    }
    return render(request, "portal/licences/card.jinja", context, status=422 if errors else 200)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _command(sent: QueryDict) -> uuid.UUID:
    try:
        return uuid.UUID(sent.get("command", ""))
    except ValueError:
        return uuid.uuid4()


@late.comes_back(again="portal:licence", by=("key",))
@own
@require_POST
def show(request: Known, key: uuid.UUID) -> HttpResponse:
    """A code to be shown to somebody, for a minute."""
    licence = wallet.mine(request.user, key)
    if licence is None:
        raise Http404
    if not licence.in_force:
        return redirect("portal:licence", key)
    pace.count(request, "licence-show", most=_SHOWN_AN_HOUR, at=request.user.subject)
    code = showing.begin(licence, by=request.actor)
    context = {
        "licence": licence,
        "code": code,
        "until": code.until.astimezone(clock.ZONE).strftime("%H:%M:%S"),
        "picture": segno.make(code.address, error="m").svg_data_uri(scale=_POINT, border=2),
        "seconds": int(LIVES.total_seconds()),
    }
    return render(request, "portal/licences/show.jinja", context)


@own
def paper(request: Known, key: uuid.UUID) -> HttpResponseBase:
    """The paper of a licence that holds."""
    found = wallet.card(request.user, key)
    if found is None or found.paper is None:
        raise Http404
    return serving.response(found.paper)


@public
@never_cache
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """What a code says that somebody shows."""
    pace.count(request, "licence-read", most=_READ_AN_HOUR)
    found = showing.read(words.plain(code, _LONGEST))
    status = 200 if found.told or found.past else 404
    return render(request, "portal/licences/shown.jinja", {"found": found}, status=status)


@public
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a licence by its number and its holder's name."""
    typed = {name: words.plain(request.POST.get(name, ""), _LONGEST) for name in ("number", "holder")}
    errors: list[tuple[str, str]] = []
    found = None
    if request.method == "POST":
        if not typed["number"]:
            errors.append(("number", _("请填写证照编号")))
        if not typed["holder"]:
            errors.append(("holder", _("请填写持证人的姓名或者名称")))
        if not errors:
            pace.count(request, "licence-ask", most=_ASKED_AN_HOUR)
            found = asking.ask(typed["number"], typed["holder"])
    context = {
        "typed": typed,
        "errors": errors,
        "found": found,
        "asked": bool(not errors and typed["number"]),
    }
    return render(request, "portal/licences/ask.jinja", context, status=422 if errors else 200)


@shared
def statistics(request: HttpRequest) -> HttpResponse:
    """How many licences there are, by kind."""
    return render(request, "portal/licences/statistics.jinja", {"counted": counting.by_kind()})


licences_urls = [
    path("my/licences", index, name="my_licences"),
    path("my/licences/<uuid:key>", card, name="licence"),
    path("my/licences/<uuid:key>/show", show, name="licence_show"),
    path("my/licences/<uuid:key>/authorise", authorise, name="licence_authorise"),
    path("my/authorisations/<uuid:authorisation>/end", withdraw, name="licence_authorisation_end"),
    path("my/licences/<uuid:key>/paper", paper, name="licence_paper"),
    path("licences", ask, name="licence_ask"),
    path("licences/statistics", statistics, name="licence_statistics"),
    path("licences/show/<str:code>", shown, name="licence_shown"),
]
