"""A department's extract of its register as a file 数据导入: look first, then enter all of it or nothing; undo it later.

One row is one record of the source. A known record brings its person up to date; what the file leaves empty stays. Birthday
and sex follow from the identity number where the file does not say them; a wrong number is entered and marked, as
everywhere in the register.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.identity.directory.report import Report
from yizhan.registry import import_reading, loading, places
from yizhan.registry.correcting import named
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.import_reading import template
from yizhan.registry.models import Import, Person, Source
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration

__all__ = ["Loading", "load", "preview", "template", "undo"]


@dataclass(frozen=True, kw_only=True)
class Loading:
    """How a file is entered.

    Attributes:
        source: the code of the source, which is declared.
        by: the key of who enters it; empty for the house itself.
        name: of the file.
        matching: a record that is new to the source is that of whoever bears its number and name, if exactly one does.
    """

    source: str
    by: str = ""
    name: str = ""
    matching: bool = False


def preview(data: bytes, how: Loading) -> Report:
    """What entering a file would do, and what is wrong with it. Nothing is kept.

    Raises:
        FileRefused: the file as a whole cannot be read.
        Source.DoesNotExist: nobody declared the source.
    """
    with transaction.atomic():
        report = load(data, how)
        transaction.set_rollback(True)
    report.loaded = False
    return report


def load(data: bytes, how: Loading) -> Report:
    """Enter a file, if nothing is wrong with any of its rows; otherwise say what is, and change nothing.

    Args:
        data: a CSV in UTF-8 or GB 18030; columns by their names or headings, in any order.
        how: from which source, by whom.

    Raises:
        FileRefused: the file as a whole cannot be read.
        Source.DoesNotExist: nobody declared the source.
    """
    source = Source.objects.get(code=how.source)
    report, entries = import_reading.read(data)
    if report.rejects:
        return report
    with transaction.atomic():
        file = Import.objects.create(
            source=source, file_name=how.name[:200], sha256=hashlib.sha256(data).hexdigest(),
            rows=report.rows, by=how.by, at=_moment(),
        )  # fmt: skip
        loaded = loading.enter(
            _at_known_addresses(entries),
            source=how.source,
            at=file.at,
            updating=True,
            matching=how.matching,
            file=file.id,
        )
        file.fresh, file.changed = len(loaded.subjects), _changed(file.id, file.at)
        file.save(update_fields=["fresh", "changed"])
        report.new, report.changed, report.loaded = file.fresh, file.changed, True
        report.same = len(entries) - file.fresh - file.changed
        if file.fresh or file.changed:
            journal.write(
                "register.loaded", subject=f"source:{how.source}", actor=how.by, persons=file.fresh,
                changed=file.changed, file=file.id,
            )  # fmt: skip
    return report


def undo(file: int, *, because: str, by: str) -> Import:
    """Undo a file 撤销导入: who came with it leaves the register, what it changed is as it was. Wholly or not at all.

    Raises:
        NotHere: no such file, or it is undone already.
        Refused: no reason is given, or somebody of the file has changed since.
    """
    if not 0 < len(because.strip()) <= 300:
        raise Refused(_("请用 300 字以内说明撤销理由。"))
    with transaction.atomic():
        found = Import.objects.filter(id=file, undone_at=None).first()
        if found is None:
            raise NotHere(f"import {file}")
        with connection.cursor() as cursor:
            cursor.execute("select registry_changed_since(%s)", [file])
            (later,) = cursor.fetchone() or (0,)
            if later:
                raise Refused(_("有 %(n)s 人在导入之后又有变动，没有撤销；请逐人更正。") % {"n": later})
            cursor.execute("select registry_undo_import(%s, %s, %s)", [file, clock.now(), clock.today()])
            renamed = [person for (person,) in cursor.fetchall()]
        for person in Person.objects.filter(id__in=renamed):
            person.save(update_fields=named(person, person.name, person.former_name))
        found.undone_at, found.undone_by, found.undone_because = clock.now(), by, because.strip()
        found.save(update_fields=["undone_at", "undone_by", "undone_because"])
        journal.write("register.unloaded", subject=f"source:{found.source.code}", actor=by, file=file)
    return found


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


def _moment() -> datetime:
    """A moment that no other file's changes bear, and nobody else's either: what the file did is found by it."""
    last: datetime | None = Import.objects.aggregate(last=Max("at"))["last"]
    return max(clock.now(), last or clock.now()) + timedelta(microseconds=1)


def _changed(file: int, at: datetime) -> int:
    """How many persons who were known have changed with the file: every change bears its moment."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"file": file, "at": at})
        (many,) = cursor.fetchone() or (0,)
    return int(many)


_CHANGED = """
    select count(*) from registry_imported one where one.file_id = %(file)s and not one.fresh and (
        exists (select from registry_person p where p.id = one.person_id and p.recorded_at = %(at)s)
        or exists (select from registry_particulars x where x.person_id = one.person_id and x.recorded_at = %(at)s)
        or exists (select from registry_residence r where r.person_id = one.person_id and r.recorded_at = %(at)s)
        or exists (select from registry_membership m where m.person_id = one.person_id and m.recorded_at = %(at)s))
"""
