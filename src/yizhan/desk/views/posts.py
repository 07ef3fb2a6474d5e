"""One post 岗位: who is in it, and which roles it gives."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yizhan.desk import late
from yizhan.desk.administration import posts
from yizhan.desk.administration.acting import asked
from yizhan.desk.standing import ADMINISTRATORS, SECURITY, SYSTEM
from yizhan.identity.doors import recently_authenticated, staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Appointment, Post, Role, RoleGrant

_KEEPS = {"describe": posts.Describe, "appoint": posts.Appoint, "end": posts.EndAppointment}
_GIVES = {"give": posts.Give, "take": posts.TakeBack}


@late.comes_back()
@staff(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def post(request: Known, post: int) -> HttpResponse:
    """A post, its people, past ones too, and its roles."""
    one = _post(post)
    acts = asked(request, _KEEPS if request.actor.holds(SYSTEM) else {}, one)
    if acts.told:
        messages.success(request, acts.told)
        return redirect("desk:post", post)
    appointments = Appointment.objects.filter(post=one).select_related("account").order_by("-since", "-id")
    context = {
        "post": one,
        "appointments": appointments,
        "live": set(Appointment.objects.live().filter(post=one).values_list("id", flat=True)),
        "grants": _grants(one),
        "may_give": request.actor.holds(SECURITY) or request.actor.holds(SYSTEM),
        "acts": acts,
    }
    return render(request, "desk/admin/post.jinja", context, status=acts.status)


@late.comes_back()
@staff(SECURITY, SYSTEM)
@recently_authenticated
@require_http_methods(["GET", "POST"])
def roles(request: Known, post: int) -> HttpResponse:
    """Give roles to a post and take them back; who comes here has just proved who they are.

    The system administrator comes here for the first administrators of a new platform only: the verb sees to it.
    """
    one = _post(post)
    acts = asked(request, _GIVES, one)
    if acts.told:
        messages.success(request, acts.told)
        return redirect("desk:post_roles", post)
    context = {"post": one, "grants": _grants(one), "acts": acts, "none": not Role.objects.exists()}
    return render(request, "desk/admin/post_roles.jinja", context, status=acts.status)


def _post(key: int) -> Post:
    found = Post.objects.select_related("unit").filter(id=key).first()
    if found is None:
        raise Http404
    return found


def _grants(one: Post) -> list[RoleGrant]:
    return list(RoleGrant.objects.live().filter(post=one).select_related("role").order_by("role_id"))
