"""Acting for one another 委托: one's own, and for the system administrator everybody's."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yizhan import clock
from yizhan.desk import late
from yizhan.desk.administration import delegations
from yizhan.desk.administration.acting import Act, asked
from yizhan.desk.standing import ADMINISTRATORS, SYSTEM
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Appointment, Delegation

_MOST = 500


@late.comes_back()
@staff()
@require_http_methods(["GET", "POST"])
def mine(request: Known) -> HttpResponse:
    """What I gave into others' hands, and what was given into mine."""
    account = request.actor.account_id
    held = list(Appointment.objects.live().filter(account=account).select_related("post__unit"))
    kinds: dict[str, type[Act]] = {"end": delegations.End, **({"give": delegations.Give} if held else {})}
    acts = asked(request, kinds, held)
    if acts.told:
        messages.success(request, acts.told)
        return redirect("desk:delegations")
    context = {
        "given": _coming().filter(giver__account=account),
        "received": _coming().filter(receiver=account),
        "acts": acts,
    }
    return render(request, "desk/delegations.jinja", context, status=acts.status)


@late.comes_back()
@staff(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def all_(request: Known) -> HttpResponse:
    """Every delegation that holds or will hold."""
    acts = asked(request, {"end": delegations.End} if request.actor.holds(SYSTEM) else {})
    if acts.told:
        messages.success(request, acts.told)
        return redirect("desk:all_delegations")
    context = {"found": _coming()[:_MOST], "acts": acts}
    return render(request, "desk/admin/delegations.jinja", context, status=acts.status)


def _coming() -> QuerySet[Delegation]:
    found = Delegation.objects.overlapping(clock.today(), None)
    return found.select_related("giver__account", "giver__post__unit", "receiver").order_by("since", "id")
