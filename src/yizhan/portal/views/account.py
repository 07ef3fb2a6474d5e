"""One's own things: who one is, cases, drafts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.cases import drafts, subjects
from yizhan.cases.mine import cases_of
from yizhan.identity.faults import Refused
from yizhan.identity.middleware import Known
from yizhan.payments import reading
from yizhan.portal import late, words
from yizhan.portal.doors import own
from yizhan.registry import finding
from yizhan.registry.links import person_of
from yizhan.registry.models.person import RESIDENT_ID
from yizhan.registry.numbers import check

_LONGEST = 60


@late.comes_back()
@own
@require_http_methods(["GET", "POST"])
def real_name(request: Known, code: str = "") -> HttpResponse:
    """Say who one is 实名核验: name and number must match the register. ``code`` is the item one came for."""
    sent = late.typed(request) or request.POST
    name, number = (words.plain(sent.get(field, ""), _LONGEST) for field in ("name", "number"))
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        errors = _wrong(name, number) or _unmatched(request, name, number)
        if not errors:
            messages.success(request, _("实名核验成功。"))
            return redirect("portal:begin", code) if code else redirect("portal:mine")
    context = {"name": name, "number": number, "errors": errors, "code": code, "known": _known(request)}
    return render(request, "portal/account/real_name.jinja", context, status=422 if errors else 200)


@own
def mine(request: Known) -> HttpResponse:
    """What is mine: cases, drafts, my details 我的办事."""
    begun = drafts.of(request.actor)
    context = {
        "cases": cases_of(request.actor),
        "drafts": begun,
        "companies": subjects.names(draft.subject for draft in begun),
        "known": _known(request),
        "paid": bool(reading.mine(request.actor)),
    }
    return render(request, "portal/account/mine.jinja", context)


def _known(request: Known) -> bool:
    return person_of(request.user) is not None


def _wrong(name: str, number: str) -> list[tuple[str, str]]:
    """Slips of the pen, told before the register is asked and a look-up is counted."""
    errors = []
    if not name:
        errors.append(("name", _("请填写姓名，与身份证上的一致")))
    if not number:
        errors.append(("number", _("请填写 18 位公民身份号码")))
    elif not check(RESIDENT_ID, number).ok:
        errors.append(("number", _("公民身份号码有误，请对照身份证检查是否多字、少字或写错")))
    return errors


def _unmatched(request: Known, name: str, number: str) -> list[tuple[str, str]]:
    try:
        match = finding.match_real_name(request.user, name, number)
    except Refused as refused:
        return [("name", str(refused))]
    return [] if match else [("name", match.outcome.words)]
