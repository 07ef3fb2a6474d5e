"""What a new licence or version says 证照内容: number, identifier, days, and what the register knows of the holder."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.codes import licence_identifier
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.journal import access
from yizhan.licences.refusals import Refused
from yizhan.licences.types import Brought
from yizhan.records import numbering
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere
from yizhan.registry.purposes import ForCase

_NO_PART = re.compile(r"[^0-9A-Z]")
_NAMES = {"person": "person.name", "entity": "entity.name"}


def number_of(brought: Brought, case: str) -> str:
    """The next number by the kind's rule.

    Raises:
        Refused: the rule counts cases and there is none, or the kind has no rule.
    """
    rule = brought.type.number
    if rule is None or ("{case}" in rule and not case):
        raise Refused(_("“%(kind)s”的编号规则要用办件编号，这里没有办件。") % {"kind": brought.type.title})
    rule = rule.replace("{case}", "".join(filter(str.isdigit, case)))
    if "{serial}" in rule:
        return numbering.next_number(rule, pack=f"{brought.pack}/licence")
    return rule.replace("{year}", str(clock.today().year))


def identifier_of(brought: Brought, unit: Unit, number: str, version: int) -> str:
    """The national identifier: the issuer by its credit code on record, or as the pack says; the serial is the number."""
    issued_by = brought.type.issuer
    issuer = unit.uscc or (issued_by.code if issued_by else "")
    serial = _NO_PART.sub("", number.upper())
    if not issuer or not serial:
        return ""
    return licence_identifier.make(brought.type.type_code, issuer, serial, version)


def last_day(begins: date, years: int | None) -> date | None:
    """The day before the same day so many years later; none for a licence without an end."""
    if years is None:
        return None
    try:
        anniversary = begins.replace(year=begins.year + years)
    except ValueError:  # the 29th of February
        anniversary = date(begins.year + years, 3, 1)
    return anniversary - timedelta(days=1)


def name_of(subject: str, *, reason: str) -> str:
    """The holder's name as the register knows it, in the house's scope; empty where it knows no such holder."""
    key = _NAMES[subject.partition(":")[0]]
    try:
        with access.watching(HOUSE.viewer()):
            return str(facts(subject, [key], purpose=ForCase(reason))[key].value or "")
    except NotHere:
        return ""


def known_of(subject: str, brought: Brought, *, reason: str) -> tuple[str, dict[str, Any]]:
    """The holder's name, and what the licence says, as the register knows it; in the house's scope.

    Args:
        subject: the holder.
        brought: the kind.
        reason: the case or licence for which the register is asked.
    """
    name = _NAMES[brought.type.holder]
    wanted = {one.key: one.fact for one in brought.type.shows}
    with access.watching(HOUSE.viewer()):
        known = facts(subject, [name, *wanted.values()], purpose=ForCase(reason))
    said = {key: known[fact].value for key, fact in wanted.items()}
    plain = {key: one.isoformat() if isinstance(one, date) else one for key, one in said.items()}
    return str(known[name].value or ""), {key: one for key, one in plain.items() if one not in (None, "")}
