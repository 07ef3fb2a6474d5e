"""The population register as files 人口信息."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy

from yizhan import clock
from yizhan.codes import identity_number
from yizhan.identity.actor import Actor
from yizhan.identity.directory.report import Words
from yizhan.registry import loading, numbers, places
from yizhan.registry.correcting import named
from yizhan.registry.extracts import delivering
from yizhan.registry.extracts.register import Done, Loading, Register
from yizhan.registry.fitting import PARTICULARS
from yizhan.registry.import_columns import columns
from yizhan.registry.models import Import, Person
from yizhan.registry.places import Place, Reader
from yizhan.registry.registration import Registration


class _Maker:
    """Birthday and sex follow from the identity number where the file does not say them."""

    def __init__(self) -> None:
        self._places = Reader()

    def __call__(self, values: dict[str, Any]) -> Registration:
        number = identity_number.read(values["id_number"])
        return Registration(
            source_record=values["record"],
            as_of=values["as_of"],
            name=values["name"],
            sex=values["sex"] or (number.sex.value if number.sex else "0"),
            born_on=values["born_on"] or number.born,
            died_on=values["died_on"],
            id_number=number.number,
            former_name=values["former_name"],
            ethnic_group=values["ethnic_group"],
            phone=values["phone"],
            book_number=values["book_number"],
            relation=values["relation"],
            registered=self._place(values["division"], values["address"]),
            living=self._place(values["living_division"], values["living_address"]),
            tenure=values["tenure"],
            particulars={name: values[name] for name in PARTICULARS if values[name] not in ("", None)},
        )

    def _place(self, division: str, address: str) -> Place | None:
        return self._places.read(division, address) if division or address else None


def _enter(entries: list[Registration], file: Import, how: Loading) -> Done:
    delivered = delivering.as_delivered(_at_known_addresses(entries), file.source)
    loaded = loading.enter(
        delivered,
        source=how.source,
        at=file.at,
        updating=True,
        matching=how.matching or not file.source.delivers(delivering.IDENTITY),
        file=file.pk,
    )
    return Done(len(loaded.subjects), _changed(file.pk, file.at))


def _at_known_addresses(entries: list[Registration]) -> list[Registration]:
    """The same homes, written as the standard addresses that are there write them."""
    known = places.standard(place for one in entries for place in (one.registered, one.living) if place)
    if not known:
        return entries
    return [
        replace(one, registered=_known(known, one.registered), living=_known(known, one.living))
        for one in entries
    ]


def _known(known: Mapping[Place, Place], place: Place | None) -> Place | None:
    return known.get(place, place) if place else None


def _changed(file: int, at: datetime) -> int:
    """How many persons who were known have changed with the file: every change bears its moment."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"file": file, "at": at})
        (many,) = cursor.fetchone() or (0,)
    return int(many)


def _changed_since(file: Import) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select registry_changed_since(%s)", [file.pk])
        (later,) = cursor.fetchone() or (0,)
    return int(later)


def _undo(file: Import, _by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select registry_undo_import(%s, %s, %s)", [file.pk, clock.now(), clock.today()])
        renamed = [person for (person,) in cursor.fetchall()]
    for person in Person.objects.filter(id__in=renamed):
        person.save(update_fields=named(person, person.name, person.former_name))


def _doubts(entries: Iterable[Registration]) -> Iterator[Words]:
    """Numbers that belong to nobody: a demo's, or somebody's test data among the real."""
    many = 0 if settings.DEMO else sum(numbers.is_invented(entry.id_number) for entry in entries)
    if many:
        said = gettext_lazy(
            "有 %(n)s 个公民身份号码的区划 440199 从未编发，只用于演示数据；已照录并标记，请核对来源"
        )
        yield Words.of(said, n=many)


REGISTER: Register[Registration] = Register(
    key="persons",
    title=gettext_lazy("人口信息"),
    unit=gettext_lazy("人"),
    columns=columns,
    maker=_Maker,
    record=lambda entry: entry.source_record,
    key_column="record",
    enter=_enter,
    changed_since=_changed_since,
    undo=_undo,
    doubts=_doubts,
    not_delivered=delivering.refused,
)


_CHANGED = """
    select count(*) from registry_imported one where one.file_id = %(file)s and not one.fresh and (
        exists (select from registry_person p where p.id = one.person_id and p.recorded_at = %(at)s)
        or exists (select from registry_particulars x where x.person_id = one.person_id and x.recorded_at = %(at)s)
        or exists (select from registry_residence r where r.person_id = one.person_id and r.recorded_at = %(at)s)
        or exists (select from registry_membership m where m.person_id = one.person_id and m.recorded_at = %(at)s))
"""
