"""Where roles reach 管辖范围: units as a question for the database, where :meth:`Actor.may` asks for one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit


def units(actor: Actor, *roles: str) -> QuerySet[Unit]:
    """The units that an actor's grants of these roles reach, closed ones too; all for the house itself."""
    if actor.kind == "house":
        return Unit.objects.all()
    reach = Q(pk__in=[])
    for role in roles:
        for grant in actor.grants_of(role):
            if grant.reach == "all":
                return Unit.objects.all()
            if grant.reach == "own_unit":
                reach |= Q(path=grant.unit_path)
                continue
            reach |= Q(path__startswith=grant.unit_path)
            if grant.reach == "area" and grant.area:
                reach |= Q(division__startswith=grant.area)
    return Unit.objects.filter(reach)
