"""Somebody of the district who fits a journey 库里已有的人: the first whom the registers describe so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.cases import in_the_way
from yizhan.cases.item import ItemDefinition
from yizhan.forms.paths import put
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.facts import facts
from yizhan.registry.models import Entity, Person
from yizhan.registry.models.person import subject_of
from yizhan.registry.purposes import ForCase
from yizhan.rehearsal.definition import Wanted
from yizhan.rehearsal.failure import Failed

MOST = 2000
_PURPOSE = ForCase("rehearsal")


def seek(wanted: Wanted, item: ItemDefinition, path: str) -> str:
    """The subject of the first who fits and has no case of the item in the way; in the house's scope, watched.

    Raises:
        Failed: among as many as are looked at, nobody does.
    """
    condition = feel.expression(wanted.where)
    keys = [key for key in condition.paths if key in CATALOGUE and CATALOGUE[key].of == wanted.of]
    for subject in _all(wanted.of):
        known: dict[str, Any] = {}
        for key, fact in facts(subject, keys, purpose=_PURPOSE).items():
            put(known, key, fact.value)
        if condition.evaluate(known).value is True and in_the_way.earlier(item, subject) is None:
            return subject
    words = _("库里前 %(most)s 个没有符合“%(where)s”的") % {"most": MOST, "where": wanted.where}
    raise Failed(f"{path}.found.where", words)


def _all(of: str) -> Iterator[str]:
    if of == "entity":
        yield from (
            f"entity:{code}" for code in Entity.objects.order_by("uscc").values_list("uscc", flat=True)[:MOST]
        )
        return
    known = Person.objects.exclude(id_number="").order_by("id").values_list("id", flat=True)
    yield from (subject_of(person) for person in known[:MOST])
