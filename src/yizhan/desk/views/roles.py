"""Roles and which posts have them 角色与授权."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from yizhan import clock
from yizhan.desk.standing import ADMINISTRATORS
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.identity.models import Role, RoleGrant
from yizhan.registry.catalogue import CATEGORIES
from yizhan.ui.language import listed, local


@staff(*ADMINISTRATORS)
def index(request: Known) -> HttpResponse:
    """All roles in use, with the number of posts that have them."""
    today = clock.today()
    live = Q(grants__ended_at=None, grants__since__lte=today) & (
        Q(grants__until=None) | Q(grants__until__gte=today)
    )
    found = Role.objects.filter(withdrawn_on=None).annotate(posts=Count("grants", filter=live))
    context = {"roles": found.order_by("-separated", "code"), "categories": _categories}
    return render(request, "desk/admin/roles.jinja", context)


def _categories(role: Role) -> str:
    """What a role shows of a person's file, in words; a category that the register has no more is left out."""
    return listed([local(CATEGORIES[name][0]) for name in role.categories if name in CATEGORIES])


@staff(*ADMINISTRATORS)
def role(request: Known, code: str) -> HttpResponse:
    """One role, and every post that has it today."""
    one = Role.objects.filter(code=code).first()
    if one is None:
        raise Http404
    grants = (
        RoleGrant.objects.live().filter(role=one).select_related("post__unit").order_by("post__unit__path")
    )
    return render(request, "desk/admin/role.jinja", {"role": one, "grants": grants})
