"""Cards of the units within reach 亮牌台账: who has which, since when and why; what was annulled stays in the list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from yizhan.cases import naming
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Card, CardAnnulment, Colour
from yizhan.identity import reaching
from yizhan.identity.actor import Actor
from yizhan.insight.late import SUPERVISORS
from yizhan.releases.models import definition
from yizhan.ui.language import local

PER_PAGE = 50
STATES = ("counts", "annulled")
_NEWEST = 1 << 62


@dataclass(frozen=True)
class Wanted:
    """What the list is filtered by; empty for all."""

    unit: str = ""
    colour: str = ""
    state: str = "counts"
    below: int = _NEWEST


@dataclass(frozen=True)
class Shown:
    """A card in words."""

    row: Card
    unit: str
    item: str
    clock: str
    place: str
    colour: str
    because: str
    annulment: CardAnnulment | None


@dataclass(frozen=True)
class Page:
    """Some cards, newest first; the next page lies below the number ``below``.

    Attributes:
        counted: how many there are of each colour that count, whatever colour is asked for.
        units: the units that have any, by code, with how many.
    """

    cards: list[Shown]
    below: int | None
    counted: dict[str, int]
    units: list[tuple[str, str, int]]


def page(actor: Actor, wanted: Wanted) -> Page:
    """A page of the list: four statements, however many units and cards there are."""
    within = _within(actor)
    of_state = within.filter(annulment__isnull=wanted.state != "annulled")
    of_unit = of_state.filter(unit=wanted.unit) if wanted.unit else of_state
    coloured = of_unit.filter(colour=wanted.colour) if wanted.colour else of_unit
    rows = list(
        coloured.filter(id__lt=wanted.below).select_related("annulment").order_by("-id")[: PER_PAGE + 1]
    )
    names = _names(actor)
    numbers = Counter(dict(of_state.values_list("unit").annotate(n=Count("id"))))
    return Page(
        [_shown(row, names) for row in rows[:PER_PAGE]],
        rows[PER_PAGE - 1].id if len(rows) > PER_PAGE else None,
        dict(of_unit.values_list("colour").annotate(n=Count("id"))),
        [(code, names.get(code, code), number) for code, number in numbers.most_common()],
    )


def one(actor: Actor, number: int) -> Shown | None:
    """A card within reach, or None."""
    row = _within(actor).select_related("annulment").filter(id=number).first()
    return _shown(row, _names(actor)) if row else None


def _within(actor: Actor) -> QuerySet[Card]:
    units = reaching.units(actor, *SUPERVISORS)
    return Card.objects.filter(unit__in=units.values("code"))


def _names(actor: Actor) -> dict[str, str]:
    return {
        unit.code: unit.full_name for unit in reaching.units(actor, *SUPERVISORS).select_related("parent")
    }


def _shown(row: Card, names: dict[str, str]) -> Shown:
    item = definition(row.release, "item", row.item, ItemDefinition)
    return Shown(
        row,
        names.get(row.unit, row.unit),
        str(item.title),
        naming.clock(row.kind),
        naming.title(row.release, item.handling.process, row.node) if row.node else "",
        str(Colour(row.colour).label),
        local(row.because),
        _annulment(row),
    )


def _annulment(row: Any) -> CardAnnulment | None:
    return getattr(row, "annulment", None)


def late_by(card: Card) -> datetime | None:
    """When it was noticed, where that was later than the moment itself."""
    return card.noticed_at if card.noticed_at > card.at else None
