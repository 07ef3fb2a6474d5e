"""Seats of companies among the standard addresses 住所: their address is a text, and the text is taken apart.

Follows the news of companies, so that whoever enters a company need not know of buildings.
"""

from __future__ import annotations

from yizhan import journal
from yizhan.journal.reading import Fact
from yizhan.registry.faults import Refused
from yizhan.registry.models import Entity, Premises
from yizhan.registry.places import Reader, address_of


@journal.reads("entity.registered", "entity.corrected", "entity.moved", reader="registry.premises")
def follow(news: Fact) -> None:
    """A company was entered or has changed."""
    entity = Entity.objects.filter(uscc=news.subject.removeprefix("entity:")).first()
    if entity is not None:
        settle(entity)


def settle(entity: Entity) -> None:
    """Find the standard address that a company's text means; none without a division, or where the text is no address."""
    address = None
    if entity.division and entity.address:
        try:
            address = address_of(Reader().read(entity.division, entity.address))
        except Refused:
            address = None
    Premises.objects.update_or_create(entity=entity, defaults={"address": address, "told": entity.address})
