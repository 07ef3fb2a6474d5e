"""What the registers said when it was filed, beside what they say now 信息比对."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yizhan.cases.models import Case, Filing
from yizhan.codes import divisions, lists
from yizhan.registry.catalogue import CATALOGUE, Entry
from yizhan.registry.facts import Fact, facts
from yizhan.registry.faults import NotHere
from yizhan.registry.purposes import ForCase
from yizhan.ui.dates import day
from yizhan.ui.language import local


@dataclass(frozen=True)
class Compared:
    """One fact, then and now, in words; ``source`` says the present value, as of a day."""

    title: str
    filed: str
    now: str
    source: str
    as_of: date | None
    differs: bool


def compared(case: Case, filing: Filing) -> list[Compared] | None:
    """Every fact that was filed, beside its present value; None where the register shows the person no more.

    One look of the registry, one line in the access log. The transaction must have been admitted to the
    person (``dossier.open_`` does that), or the values come masked.
    """
    keys = [key for key in CATALOGUE if key in filing.facts]
    try:
        live = facts(case.subject, keys, purpose=ForCase(case.number))
    except NotHere:
        return None
    return [_compared(CATALOGUE[key], filing.facts[key], live[key]) for key in keys]


def _compared(entry: Entry, filed: dict[str, Any], now: Fact) -> Compared:
    then, present = _said(entry, filed.get("value")), _said(entry, now.value)
    return Compared(
        title=local(entry.meaning),
        filed=then,
        now=present,
        source=local(now.source) if now.source else "",
        as_of=now.as_of,
        differs=then != present and not now.masked,
    )


def _said(entry: Entry, value: Any) -> str:
    """A value in words; what was filed is JSON, what the register says now may be a date."""
    if value is None or value == "":
        return _("无记载")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if entry.type == "date":
        return day(date.fromisoformat(value) if isinstance(value, str) else value)
    if entry.type == "code":
        return _code(entry.codes, str(value))
    return str(value)


def _code(key: str, code: str) -> str:
    if key == "divisions":
        return divisions.full_name(code) or code
    try:
        return lists.name_of(key, code)
    except lists.UnknownCode:
        return code
