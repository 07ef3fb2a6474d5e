"""A department's extract of its register as a file 数据导入: look first, then enter all of it or nothing; undo it later.

Which registers there are stands in :mod:`extracts`. One row is one record; a known record is brought up to date, and what
the file leaves empty stays. A wrong number or code is entered and marked, as everywhere in the registers.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.directory.report import Report
from yizhan.registry import import_reading, outside
from yizhan.registry.extracts import REGISTERS
from yizhan.registry.extracts.register import Loading
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.fitting import ground
from yizhan.registry.models import Import, Source

__all__ = ["REGISTERS", "Loading", "load", "preview", "template", "undo"]


def template(kind: str = "persons") -> bytes:
    """An empty file with the headings of a register, to be filled in.

    Raises:
        NotHere: no such register.
    """
    if kind not in REGISTERS:
        raise NotHere(f"register {kind}")
    return import_reading.template(REGISTERS[kind])


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
        how: from which source, by whom, into which register.

    Raises:
        FileRefused: the file as a whole cannot be read.
        Refused: the register refuses the whole of it.
        Source.DoesNotExist: nobody declared the source.
    """
    source, register = Source.objects.get(code=how.source), REGISTERS[how.kind]
    report, entries = import_reading.read(data, register, source)
    if report.rejects:
        return report
    not_ours = _("文件中有的内容不在您的辖区内，没有导入任何内容。")
    with outside.refused(not_ours), transaction.atomic():
        file = Import.objects.create(
            source=source, kind=how.kind, file_name=how.name[:200], sha256=hashlib.sha256(data).hexdigest(),
            rows=report.rows, by=how.by, at=_moment(),
        )  # fmt: skip
        done = register.enter(entries, file, how)
        file.fresh, file.changed = done.fresh, done.changed
        file.save(update_fields=["fresh", "changed"])
        report.new, report.changed, report.loaded = done.fresh, done.changed, True
        report.same = len(entries) - done.fresh - done.changed
        if done.fresh or done.changed:
            journal.write(
                "register.loaded", subject=f"source:{how.source}", actor=how.by, file=file.pk,
                changed=done.changed, **{how.kind: done.fresh},
            )  # fmt: skip
    return report


def undo(file: int, *, because: str, by: str, actor: Actor = HOUSE) -> Import:
    """Undo a file 撤销导入: what came with it leaves the register, what it changed is as it was. Wholly or not at all.

    Raises:
        NotHere: no such file, or it is undone already.
        Refused: no reason is given, or something of the file has changed since.
    """
    said = ground(because)
    not_ours = _("文件中有的内容不在您的辖区内，没有撤销。")
    with outside.refused(not_ours), transaction.atomic():
        found = Import.objects.filter(id=file, undone_at=None).first()
        if found is None:
            raise NotHere(f"import {file}")
        register = REGISTERS[found.kind]
        if later := register.changed_since(found):
            raise Refused(
                _("有 %(n)s %(unit)s在导入之后又有变动，没有撤销；请逐一更正。")
                % {"n": later, "unit": register.unit}
            )
        register.undo(found, actor)
        found.undone_at, found.undone_by, found.undone_because = clock.now(), by, said
        found.save(update_fields=["undone_at", "undone_by", "undone_because"])
        journal.write("register.unloaded", subject=f"source:{found.source.code}", actor=by, file=file)
    return found


def _moment() -> datetime:
    """A moment that no other file's changes bear, and nobody else's either: what the file did is found by it."""
    last: datetime | None = Import.objects.aggregate(last=Max("at"))["last"]
    return max(clock.now(), last or clock.now()) + timedelta(microseconds=1)
