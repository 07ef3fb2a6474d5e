"""The work ``record_licence`` 核发证照: what was granted becomes a licence, which the next form finds in the register."""

from __future__ import annotations

import uuid
from typing import Any

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.cases import works
from yizhan.cases.models import Case
from yizhan.identity.actor import HOUSE
from yizhan.licences import life
from yizhan.licences.life import Wanted
from yizhan.licences.refusals import Refused, UnknownKind
from yizhan.registry.licences import Word
from yizhan.releases.words import Text

UNKNOWN, REFUSED = "unknown_kind", "refused"
_NAMES = uuid.UUID(
    "5b0f4c0e-7f0a-4c35-9c39-6a1c8b8d3e57"
)  # ours; the command follows from the case and the kind


def record(case: Case, arguments: works.Arguments) -> dict[str, Any]:
    """Issue the licence of a case, which brings one of a kind; doing it again finds the same.

    Raises:
        Failed: no pack brings such licences, or this district issues none.
    """
    kind, years = str(arguments["kind"]), arguments.get("years")
    prefix = str(arguments.get("prefix") or "")
    wanted = Wanted(
        unit=str(arguments.get("issuer") or ""),
        number=prefix + "".join(filter(str.isdigit, case.number)) if prefix else "",
        begins=day_of(case.decided_at or clock.now()),
        years=int(years) if years else None,
    )
    command = uuid.uuid5(_NAMES, f"{case.number}/{kind}")
    try:
        licence = life.issue(
            case.subject, kind, word=Word(HOUSE.key, case=case.number, command=command), wanted=wanted
        )
    except UnknownKind as fault:
        raise works.Failed(UNKNOWN) from fault
    except Refused as fault:
        raise works.Failed(REFUSED) from fault
    return {"number": licence.number}


WORK = works.announce(
    works.Work(
        name="record_licence",
        title=Text(zh="核发证照", en="issues a licence"),
        outside=record,
        takes=frozenset({"kind"}),
        may_take=frozenset({"prefix", "years", "issuer"}),
        gives={"number": "string"},
        errors=frozenset({UNKNOWN, REFUSED}),
        at_home=True,
    )
)
