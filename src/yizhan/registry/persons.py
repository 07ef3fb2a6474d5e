"""What happens to persons in the register: they are entered, corrected, they move, they die.

Each verb is one transaction, keeps the earlier state, says which source vouches for the new value, and
tells the house. It takes a scope that may write: a service's, or the area in which the person is.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.registry import events, loading, marriages
from yizhan.registry.changing import hold, save, vouch
from yizhan.registry.correcting import correct, named
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits
from yizhan.registry.models import LifeEvent, Person, Residence
from yizhan.registry.places import Place, address_of
from yizhan.registry.registration import Registration, dates_agree

__all__ = ["correct", "died", "died_not", "moved", "register", "renamed"]


def register(entry: Registration, *, source: str, by: str) -> str:
    """Enter one person; the subject.

    Raises:
        Refused: this record of the source is entered already.
    """
    with transaction.atomic():
        loaded = loading.enter([entry], source=source)
        if not loaded.subjects:
            raise Refused(
                _("来源记录 %(record)s 已经登记过，没有重复登记。") % {"record": entry.source_record}
            )
        subject = loaded.subjects[entry.source_record]
        journal.write("person.registered", subject=subject, actor=by, source=source)
    return subject


def died(subject: str, on: date, *, source: str, source_record: str, by: str, place: str = "") -> None:
    """Enter a death; ``place`` is where, as far as the report says. The same report twice changes nothing.

    Raises:
        NotHere: no such person in the present scope.
        Refused: another day of death is entered already (that is a correction), or the day cannot be.
    """
    with transaction.atomic():
        person = hold(subject)
        if person.died_on == on:
            return
        if person.died_on is not None:
            raise Refused(_("已登记有另一死亡日期，未作改动；如有误请办理更正。"))
        dates_agree(person.born_on, on)
        person.died_on = on
        save(person, ["died_on"], on)
        vouch(person, "died_on", source=source, record=source_record, as_of=clock.today())
        where: dict[str, Any] = {"place": place} if place else {}
        events.note(person, LifeEvent.Kind.DEATH, on, source=source, source_record=source_record, **where)
        marriages.widowed(subject, marriages.Registered(source, source_record, on), by=by)
        journal.write("person.died", subject=subject, actor=by, source=source)


def died_not(subject: str, *, source: str, because: str, by: str) -> None:
    """Take back a death that never was 撤销死亡登记: a correction, which keeps what was said; who was widowed is no more.

    Raises:
        NotHere: no such person, or spouse, in the present scope.
        Refused: no death is entered, or no reason is given.
    """
    with transaction.atomic():
        on = hold(subject).died_on
        if on is None:
            raise Refused(_("登记簿没有此人的死亡登记，未作改动。"))
        correct(subject, "died_on", None, source=source, because=because, by=by)
        events.strike_all(subject, LifeEvent.Kind.DEATH, because=because)
        marriages.widowed_not(subject, on, source=source, because=because, by=by)


def renamed(subject: str, name: str, *, on: date, source: str, source_record: str, by: str) -> None:
    """Enter a change of name 更名; the name until then stays as former name. The same name changes nothing.

    Raises:
        NotHere: no such person in the present scope.
        Refused: the name is empty or cannot be written down, or the day lies in the future.
    """
    fits(Person, "name", name)
    if not name.strip():
        raise Refused(_("姓名为空，未作登记，请填写姓名。"))
    dates_agree(None, on)
    with transaction.atomic():
        person = hold(subject)
        was = person.name
        if was == name.strip():
            return
        save(person, named(person, name, was), on)
        vouch(person, "name", "former_name", source=source, record=source_record, as_of=on)
        events.note(person, LifeEvent.Kind.RENAMED, on, source=source, source_record=source_record, was=was)
        journal.write("person.renamed", subject=subject, actor=by, source=source)


def moved(
    subject: str, to: Place, *, on: date, source: str, source_record: str, by: str, registered: bool = False
) -> None:
    """Enter that a person lives elsewhere from a day on, or is registered elsewhere (户口迁移).

    Raises:
        NotHere: no such person in the present scope.
        Refused: the day lies in the future or not after the present residence began.
    """
    kind = Residence.Kind.REGISTERED if registered else Residence.Kind.LIVING
    with transaction.atomic():
        person = hold(subject)
        dates_agree(None, on)
        current = Residence.objects.filter(person=person, kind=kind, until=None)
        if current.filter(since__gte=on).exists():
            raise Refused(_("迁移日期不晚于现住址的起始日期，未作登记，请核对。"))
        left = current.select_related("address").first()
        current.update(until=on, ended_at=clock.now())
        address = address_of(to)
        Residence.objects.create(person=person, address=address, kind=kind, since=on)
        division = "register_division" if registered else "living_division"
        setattr(person, division, to.division)
        save(person, [division], on)
        vouch(person, kind.value, source=source, record=source_record, as_of=clock.today())
        events.note(
            person, LifeEvent.Kind.MOVED, on, source=source, source_record=source_record,
            residence=kind.value, was=left.address.full_text if left else "", became=to.full_text,
        )  # fmt: skip
        journal.write("person.moved", subject=subject, actor=by, residence=kind.value, source=source)
