"""Letting a unit look at a licence 授权用证: the holder says which, what for and until when, and takes it back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit
from yizhan.journal import access
from yizhan.licences import asking, showing
from yizhan.licences.asking import Found
from yizhan.licences.models import Authorisation
from yizhan.registry.models import Licence
from yizhan.registry.purposes import Reason
from yizhan.releases.words import Text

LONGEST = timedelta(days=366)
_SHORTEST_PURPOSE, _LONGEST_PURPOSE = 4, 100


@dataclass(frozen=True)
class Wanted:
    """What a holder typed; ``until`` is None where it is no day."""

    unit: str
    purpose: str
    until: date | None


@dataclass(frozen=True)
class Granted:
    """A licence that a unit in scope may look at: whose, what for, until when."""

    id: uuid.UUID
    title: Text
    holder: str
    purpose: str
    until: date


@dataclass(frozen=True)
class Opened:
    """A licence that was opened: as it stands now, and why the unit may see it."""

    found: Found
    purpose: str
    until: date


def units() -> list[Unit]:
    """Whom one may let look: the departments and sub-districts that are open."""
    kinds = (Unit.Kind.DEPARTMENT, Unit.Kind.SUBDISTRICT)
    return list(Unit.objects.open().filter(kind__in=kinds).order_by("sort", "code"))


def faults(wanted: Wanted) -> list[tuple[str, str]]:
    """What is wrong with what was typed, by place."""
    found, today = [], clock.today()
    if wanted.unit not in {one.code for one in units()}:
        found.append(("unit", _("请选择要授权的单位")))
    if not _SHORTEST_PURPOSE <= len(wanted.purpose.strip()) <= _LONGEST_PURPOSE:
        found.append(("purpose", _("请用 4 至 100 个字写明用途")))
    if wanted.until is None or not today <= wanted.until <= today + LONGEST:
        found.append(("until", _("请填写截止日期，从今天起、一年以内")))
    return found


def give(licence: Licence, wanted: Wanted, *, by: Actor, command: uuid.UUID) -> Authorisation:
    """Let a unit look at a licence; by its holder, or who acts for the company. The same command again gives the same.

    Raises:
        ValueError: what is wanted has faults.
    """
    if faults(wanted) or wanted.until is None or by.account_id is None:
        raise ValueError("what is wanted has faults")
    with transaction.atomic():
        if known := Authorisation.objects.filter(command=command).first():
            return known
        unit = Unit.objects.get(code=wanted.unit)
        return Authorisation.objects.create(
            licence=licence,
            line=licence.line,
            unit=unit.code,
            unit_zh=unit.name,
            unit_en=unit.name_en or unit.name,
            purpose=wanted.purpose.strip(),
            until=wanted.until,
            given_at=clock.now(),
            given_by=by.account_id,
            command=command,
        )


def withdraw(key: uuid.UUID) -> Authorisation | None:
    """Take it back, at once; None where it is nobody's whom the scope stands for. Again changes nothing."""
    Authorisation.objects.filter(id=key, withdrawn_at=None).update(withdrawn_at=clock.now())
    return Authorisation.objects.filter(id=key).first()


def of(licence: Licence) -> list[Authorisation]:
    """What holds today for a licence, whatever version."""
    standing = Authorisation.objects.filter(line=licence.line, withdrawn_at=None, until__gte=clock.today())
    return list(standing.order_by("until", "given_at"))


def granted() -> list[Granted]:
    """What holders let the units in scope look at today."""
    return [
        Granted(
            row["id"],
            Text(zh=row["title_zh"], en=row["title_en"]),
            row["holder"],
            row["purpose"],
            row["until"],
        )
        for row in _rows("select * from licences_granted(%s)", [clock.today()])
    ]


def open_(key: uuid.UUID) -> Opened | None:
    """Look at one of these; the holder sees that the unit did. None where it does not hold any more."""
    rows = _rows("select * from licences_opened(%s, %s, %s)", [key, clock.today(), clock.now()])
    if not rows:
        return None
    row = rows[0]
    why = Reason(_("持证人授权：%(purpose)s") % {"purpose": row["purpose"]})
    access.saw([row["subject"]], ["licences"], purpose=str(why))
    told = showing.told([row[name] for name in showing.COLUMNS])
    says = asking.all_of(row["kind"], row["data"])
    return Opened(Found(told, says), row["purpose"], row["until"])


def _rows(statement: str, given: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
