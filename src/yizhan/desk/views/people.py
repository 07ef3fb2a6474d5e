"""Staff and their accounts 人员账户."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yizhan.desk import late
from yizhan.desk.administration import people
from yizhan.desk.administration.acting import Act, asked
from yizhan.desk.standing import ADMINISTRATORS, SECURITY, SYSTEM
from yizhan.identity import accounts, presences
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.faults import Refused
from yizhan.identity.middleware import Known
from yizhan.identity.models import Account, Appointment, SecondFactorReset

_PAGE = 50


@late.comes_back()
@staff(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def index(request: Known) -> HttpResponse:
    """Everybody, by name; new accounts are opened here."""
    acts = asked(request, {"open": people.Open} if request.actor.holds(SYSTEM) else {})
    if acts.told:
        messages.success(request, acts.told)
        opened = acts.forms["open"]
        assert isinstance(opened, people.Open)  # the only act of this page
        return redirect("desk:person", opened.account.pk)
    words, number = request.GET.get("q", "").strip()[:60], request.GET.get("page", "1")
    page = max(int(number), 1) if number.isdecimal() and len(number) < 6 else 1
    found = _found(words, page)
    context = {
        "words": words,
        "people": found[:_PAGE],
        "page": page,
        "more": len(found) > _PAGE,
        "acts": acts,
    }
    return render(request, "desk/admin/people.jinja", context, status=acts.status)


@late.comes_back()
@staff(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def person(request: Known, account: int) -> HttpResponse:
    """One member of staff: posts, sessions, and what can be done with the account."""
    one = _person(account)
    acts = asked(request, _acts(request, one), one)
    if acts.told:
        messages.success(request, acts.told)
        return redirect("desk:person", account)
    return _shown(request, one, {"acts": acts}, acts.status)


@staff(SYSTEM)
@require_POST
@never_cache
@recently_authenticated
def set_up_link(request: Known, account: int) -> HttpResponse:
    """Make the link by which somebody chooses a password; it is shown here once and kept nowhere."""
    one = _person(account)
    try:
        secret = accounts.make_set_up_link(one, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:person", account)
    address = settings.PUBLIC_ADDRESS + reverse("staff_set_up", args=[secret])
    return render(request, "desk/admin/set_up_link.jinja", {"person": one, "address": address})


def _acts(request: Known, one: Account) -> dict[str, type[Act]]:
    acts: dict[str, type[Act]] = {}
    if request.actor.holds(SYSTEM) and one.is_active:
        acts = {"describe": people.Describe, "sessions": people.EndSessions, "reset": people.AskReset}
        acts["deactivate"] = people.Deactivate
    if request.actor.holds(SECURITY) and _waiting(one) is not None:
        acts["confirm"] = people.ConfirmReset
    return acts


def _shown(request: Known, one: Account, more: dict[str, object], status: int) -> HttpResponse:
    context = {
        "person": one,
        "appointments": Appointment.objects.filter(account=one)
        .select_related("post__unit")
        .order_by("-since"),
        "live": set(one.appointments.live().values_list("id", flat=True)),
        "sessions": presences.of(one),
        "waiting": _waiting(one),
        **more,
    }
    return render(request, "desk/admin/person.jinja", context, status=status)


def _waiting(one: Account) -> SecondFactorReset | None:
    return SecondFactorReset.objects.filter(account=one, confirmed_at=None).first()


def _person(account: int) -> Account:
    one = Account.objects.filter(id=account, kind=Account.Kind.STAFF).first()
    if one is None:
        raise Http404
    return one


def _found(words: str, page: int) -> list[Account]:
    """A page of people and one more; with the posts that each holds today."""
    live = Appointment.objects.live().select_related("post__unit")
    found = Account.objects.filter(kind=Account.Kind.STAFF)
    if words:
        named = Q(name__contains=words) | Q(username__startswith=words.lower())
        found = found.filter(named | Q(name_sort__startswith=words.lower()))
    first = (page - 1) * _PAGE
    held = Prefetch("appointments", queryset=live, to_attr="held")
    return list(found.order_by("name_sort", "id").prefetch_related(held)[first : first + _PAGE + 1])
