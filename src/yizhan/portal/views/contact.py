"""How I can be reached 联系方式: phone, mail and address, named by oneself and proved by a code."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yizhan.identity import accounts, phone_code, sessions
from yizhan.identity.faults import Refused
from yizhan.identity.middleware import Known
from yizhan.notices import login_code
from yizhan.portal import late
from yizhan.portal.doors import own
from yizhan.registry import contacts, sight
from yizhan.registry.contacts import Kind
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere
from yizhan.registry.faults import Refused as RegistryRefused
from yizhan.registry.links import person_of
from yizhan.registry.models import OwnContact
from yizhan.registry.purposes import Own

_LONGEST = 301
_LONGEST_CODE = 20
_TYPED = (Kind.PHONE, Kind.ADDRESS)
"""What is typed here; a mail address has its own page, since it is proved by a link."""


@own
def index(request: Known) -> HttpResponse:
    """What is in force, and what was before."""
    subject = person_of(request.user)
    if subject is None:
        return redirect("portal:real_name")
    found = contacts.of(sight.look(subject, purpose=Own()))
    context = {
        "present": contacts.present(found),
        "earlier": [one for one in found if one.until is not None],
        "kinds": list(Kind),
        "registered": facts(subject, ["person.phone"], purpose=Own())["person.phone"],
        "logs_in": request.user.phone,
    }
    return render(request, "portal/contact/index.jinja", context)


@late.comes_back()
@own
@require_http_methods(["GET", "POST"])
def change(request: Known, kind: str) -> HttpResponse:
    """Name another phone or address; a code goes to the new phone, or to the one by which one logs in."""
    subject, of = person_of(request.user), _kind(kind)
    if subject is None:
        return redirect("portal:real_name")
    sent = late.typed(request) or request.POST
    typed, logs_in = sent.get("value", "").strip()[:_LONGEST], of == Kind.PHONE and "logs_in" in sent
    error = ""
    if request.method == "POST":
        try:
            entry = contacts.name(subject, of, typed, by=request.actor.key, logs_in=logs_in)
            for phone in _phones(request, entry):
                login_code.send_code(phone, address=sessions.address_of(request), purpose=phone_code.CONTACT)
        except (Refused, RegistryRefused, login_code.CodeNotSent) as fault:
            error = str(fault)
        else:
            return redirect("portal:contact_code", entry.id)
    context = {"kind": of, "typed": typed, "logs_in": logs_in, "error": error, "phone": request.user.phone}
    return render(request, "portal/contact/change.jinja", context, status=422 if error else 200)


@late.comes_back()
@own
@require_http_methods(["GET", "POST"])
def code(request: Known, entry: int) -> HttpResponse:
    """Type the code, or both where the phone of the log-in changes; then it counts."""
    subject = person_of(request.user)
    if subject is None:
        return redirect("portal:real_name")
    try:
        named = contacts.waiting(subject, entry)
    except NotHere:
        messages.info(request, _("这次变更已经完成或者超过时间，请在这里查看，需要的重新提交。"))
        return redirect("portal:contact")
    phones = _phones(request, named)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        errors = _proved(request, named, phones)
        if not errors:
            contacts.proved(named)
            messages.success(request, _("%(kind)s已变更。") % {"kind": named.get_kind_display()})
            return redirect("portal:contact")
    context = {"named": named, "phones": phones, "errors": errors}
    return render(request, "portal/contact/code.jinja", context, status=422 if errors else 200)


def _proved(request: Known, named: OwnContact, phones: list[str]) -> list[tuple[str, str]]:
    """What is wrong with the codes; with nothing wrong the account logs in by the new phone, where it shall."""
    tries = [
        (phone, request.POST.get(f"code{place}", "")[:_LONGEST_CODE]) for place, phone in enumerate(phones)
    ]
    told = str(phone_code.WrongCode())
    errors = [(f"code{place}", told) for place in phone_code.wrong(tries, purpose=phone_code.CONTACT)]
    if not errors and named.logs_in:
        presence = request.standing.presence
        assert presence is not None  # the door has seen to it
        try:
            accounts.change_own_phone(request.user, named.value, here=presence)
        except Refused as fault:
            errors.append(("code0", str(fault)))
    return errors


def _phones(request: Known, named: OwnContact) -> list[str]:
    """Where codes go: the new phone; besides, or for an address, the phone by which one logs in."""
    if named.kind != Kind.PHONE:
        return [request.user.phone]
    return list(dict.fromkeys([named.value, request.user.phone] if named.logs_in else [named.value]))


def _kind(kind: str) -> OwnContact.Kind:
    found = next((one for one in _TYPED if one.value == kind), None)
    if found is None:
        raise Http404
    return found


contact_urls = [
    path("my/contact", index, name="contact"),
    path("my/contact/code/<int:entry>", code, name="contact_code"),
    path("my/contact/<slug:kind>", change, name="contact_change"),
]
