"""The work ``record_licence`` 证照入库: what was granted becomes a fact of the register that the next form uses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.cases import works
from yizhan.cases.models import Case
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.registry import licences
from yizhan.registry.licence_kinds import KINDS
from yizhan.registry.licences import Issued
from yizhan.releases.words import Text

UNKNOWN = "unknown_kind"


def record(case: Case, arguments: works.Arguments) -> dict[str, Any]:
    """Enter the licence of a case: its number follows from the case's, so that doing it again finds the same.

    Raises:
        Failed: the register keeps no such licences.
    """
    kind = str(arguments["kind"])
    if kind not in KINDS:
        raise works.Failed(UNKNOWN)
    unit = Unit.objects.get(code=str(arguments.get("issuer") or case.unit))
    begins = day_of(case.decided_at or clock.now())
    years = arguments.get("years")
    issued = Issued(
        kind=kind,
        number=str(arguments.get("prefix") or "") + "".join(filter(str.isdigit, case.number)),
        issuer=unit.code,
        issued_by=Text(zh=unit.name, en=unit.name_en or unit.name),
        valid_from=begins,
        valid_to=_last_day(begins, int(years)) if years else None,
        case=case.number,
    )
    licence = licences.record(case.subject, issued, by=HOUSE.key)
    return {"number": licence.number}


def _last_day(begins: date, years: int) -> date:
    """The day before the same day so many years later."""
    try:
        anniversary = begins.replace(year=begins.year + years)
    except ValueError:  # the 29th of February
        anniversary = date(begins.year + years, 3, 1)
    return anniversary - timedelta(days=1)


WORK = works.announce(
    works.Work(
        name="record_licence",
        title=Text(zh="证照入库", en="enters a licence in the register"),
        outside=record,
        takes=frozenset({"kind"}),
        may_take=frozenset({"prefix", "years", "issuer"}),
        gives={"number": "string"},
        errors=frozenset({UNKNOWN}),
        at_home=True,
    )
)
