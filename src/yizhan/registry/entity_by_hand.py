"""What an office enters of a company by hand 法人手工登记, with the verbs of ``entity_changes``.

Only the office that answers for a value enters it. The owner's function lets the keeper of the register write one company
until the end of the transaction (``registry_keep_entity``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan.identity.actor import Actor
from yizhan.journal import access
from yizhan.registry import entity_changes, keeping
from yizhan.registry.by_hand import Act, ByHand, begun
from yizhan.registry.entity_catalogue import ENTITY_COLUMNS
from yizhan.registry.entity_changes import Word
from yizhan.registry.entity_facts import code_of
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Entity, EntityProvenance, Source
from yizhan.registry.places import Place
from yizhan.registry.purposes import Reason

PLAIN = (
    "name", "kind", "kind_code", "state", "established_on", "registered_capital", "currency", "business_scope",
    "industry", "term_from", "term_until", "phone", "parent",
)  # fmt: skip
"""Columns that are changed or put right as they are; the seat moves, the representative changes, and one is struck off."""


@dataclass(frozen=True)
class OwnedColumn:
    """A column of a company, and the source that answers for it; ``ours`` if that is the actor's office's."""

    column: str
    source: Source
    ours: bool


def columns(subject: str, *, by: Actor) -> dict[str, OwnedColumn]:
    """Whose the columns of a company are; it is the actor's to write from here on.

    Raises:
        NotHere: no such company in the present scope.
        Refused: the actor keeps none of its registers.
    """
    _keep(subject)
    entity = Entity.objects.select_related("source").get(uscc=code_of(subject))
    vouching = {
        number: row.source
        for row in EntityProvenance.objects.filter(entity=entity).exclude(columns=[]).select_related("source")
        for number in row.columns
    }
    mine = keeping.sources_of(by)
    return {
        name: OwnedColumn(name, source, source in mine)
        for name, number in ENTITY_COLUMNS.items()
        for source in [vouching.get(number, entity.source)]
    }


def change(subject: str, values: Mapping[str, Any], *, on: date, how: ByHand) -> None:
    """Enter what is so from a day on, by columns of ``PLAIN``.

    Raises:
        NotHere, Refused: as the verbs do; or a value is another office's.
    """
    with transaction.atomic():
        for word, told in _begin(subject, Act.CHANGE, values, how):
            entity_changes.changed(subject, told, on=on, word=word)


def put_right(subject: str, values: Mapping[str, Any], *, how: ByHand) -> None:
    """Put values right that never were so.

    Raises:
        NotHere, Refused: as with :func:`change`.
    """
    with transaction.atomic():
        for word, told in _begin(subject, Act.CORRECTION, values, how):
            for column, value in told.items():
                entity_changes.corrected(subject, column, value, because=how.because, word=word)


def represented_by(subject: str, name: str, document: str, *, on: date, how: ByHand) -> None:
    """Enter another legal representative.

    Raises:
        NotHere, Refused: as with :func:`change`.
    """
    with transaction.atomic():
        for word, _told in _begin(subject, Act.CHANGE, {"representative": name}, how):
            entity_changes.representative_changed(subject, name, document, on=on, word=word)


def moved(subject: str, to: Place, *, on: date, how: ByHand) -> None:
    """Enter another registered address.

    Raises:
        NotHere, Refused: as with :func:`change`.
    """
    with transaction.atomic():
        for word, _told in _begin(subject, Act.MOVE, {"address": to}, how):
            entity_changes.moved(subject, to, on=on, word=word)


def struck_off(subject: str, *, on: date, how: ByHand) -> None:
    """Enter that it was struck off.

    Raises:
        NotHere, Refused: as with :func:`change`.
    """
    with transaction.atomic():
        for word, _told in _begin(subject, Act.STRIKE, {"until": on}, how):
            entity_changes.struck_off(subject, on, word=word)


def _begin(
    subject: str, act: str, values: Mapping[str, Any], how: ByHand
) -> list[tuple[Word, dict[str, Any]]]:
    """The values by the source on whose word they are entered; none where the command was carried out before."""
    owned = columns(subject, by=how.by)
    by_source: dict[Source, dict[str, Any]] = {}
    for column, value in values.items():
        one = owned.get(column)
        if one is None:
            raise Refused(_("登记簿没有“%(name)s”这一项，未作登记。") % {"name": column})
        if not one.ours:
            raise Refused(_("“%(name)s”不由本单位负责，不能在此登记。") % {"name": column})
        by_source.setdefault(one.source, {})[column] = value
    if not by_source:
        raise Refused(_("没有填写要登记的内容。"))
    if not begun(subject, act, list(values), how, next(iter(by_source))):
        return []
    access.saw(
        [subject], [f"entity.{one}" for one in values], purpose=str(Reason(how.because)), action="enter"
    )
    return [
        (Word(source=source.code, record=f"{how.record}:{source.pk}", by=how.by.key), told)
        for source, told in by_source.items()
    ]


def _keep(subject: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select registry_keep_entity(%s)", [code_of(subject)])
        (state,) = cursor.fetchone() or ("not_here",)
    if state == "not_here":
        raise NotHere(subject)
    if state != "ok":
        raise Refused(_("这家企业的登记不由本单位负责，不能在此登记。"))
