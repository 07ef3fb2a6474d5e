"""Who keeps which register 登记簿归口: the office that answers for a source enters, corrects and undoes its data."""

from __future__ import annotations

from django.db.models import QuerySet

from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit
from yizhan.registry.faults import NotHere
from yizhan.registry.models import Import, Source

KEEPER = "platform.register_keeper"


def sources_of(actor: Actor) -> list[Source]:
    """The sources whose office the actor keeps the register for, by their Chinese titles."""
    paths = dict(Unit.objects.open().values_list("code", "path"))
    every = Source.objects.exclude(unit="").order_by("title_zh")
    return [one for one in every if one.unit in paths and actor.may(KEEPER, paths[one.unit])]


def source_of(actor: Actor, code: str) -> Source:
    """One of these by its code.

    Raises:
        NotHere: no such source, or another office's.
    """
    for one in sources_of(actor):
        if one.code == code:
            return one
    raise NotHere(f"source {code}")


def files_of(sources: list[Source]) -> QuerySet[Import]:
    """The files that were entered for these sources, the latest first."""
    return Import.objects.filter(source__in=sources).select_related("source").order_by("-at")
