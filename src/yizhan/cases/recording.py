"""The works ``record_licence`` 核发证照 and ``change_licence`` 变更证照: what was granted becomes a licence, or a version.

The next form finds it in the register.
"""

from __future__ import annotations

import uuid
from typing import Any

from yizhan import clock
from yizhan.calendar.deadlines import day_of
from yizhan.cases import works
from yizhan.cases.models import Case, Reopening
from yizhan.identity.actor import HOUSE
from yizhan.licences import life
from yizhan.licences.life import Wanted
from yizhan.licences.refusals import NotFromHere, Refused, UnknownKind
from yizhan.registry import licences
from yizhan.registry.licences import Word
from yizhan.releases.words import Text

UNKNOWN, REFUSED, NOT_IN_FORCE = "unknown_kind", "refused", "not_in_force"
_NAMES = uuid.UUID(
    "5b0f4c0e-7f0a-4c35-9c39-6a1c8b8d3e57"
)  # ours; the command follows from the case, the kind and how often it was reopened


def record(case: Case, arguments: works.Arguments) -> dict[str, Any]:
    """Issue the licence of a case, which brings one of a kind; doing it again finds the same, while that stands.

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
    command = _command(case, kind)
    try:
        licence = life.issue(
            case.subject, kind, word=Word(HOUSE.key, case=case.number, command=command), wanted=wanted
        )
    except UnknownKind as fault:
        raise works.Failed(UNKNOWN) from fault
    except Refused as fault:
        raise works.Failed(REFUSED) from fault
    return {"number": licence.number}


def change(case: Case, arguments: works.Arguments) -> dict[str, Any]:
    """Let the licence that the applicant holds say what the register knows now; doing it again finds the same version.

    Raises:
        Failed: none of the kind is in force, no pack brings such licences, or no unit of this district issued it.
    """
    kind = str(arguments["kind"])
    command = _command(case, kind, "change")
    word = Word(HOUSE.key, str(case.item.title_zh), case=case.number, command=command)
    held = licences.answered(command) or licences.in_force(case.subject, kind)
    if held is None:
        raise works.Failed(NOT_IN_FORCE)
    try:
        licence = life.change(held, word=word)
    except UnknownKind as fault:
        raise works.Failed(UNKNOWN) from fault
    except NotFromHere as fault:
        raise works.Failed(NOT_IN_FORCE) from fault
    except Refused as fault:
        raise works.Failed(REFUSED) from fault
    return {"number": licence.number, "version": licence.version}


def _command(case: Case, *what: str) -> uuid.UUID:
    """The command of a work: the same at every try, another one after the case was reopened and decided anew."""
    again = Reopening.objects.filter(case=case).count()
    return uuid.uuid5(_NAMES, "/".join([case.number, *what, *([str(again)] if again else [])]))


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
CHANGE = works.announce(
    works.Work(
        name="change_licence",
        title=Text(zh="变更证照", en="changes a licence"),
        outside=change,
        takes=frozenset({"kind"}),
        gives={"number": "string", "version": "number"},
        errors=frozenset({UNKNOWN, REFUSED, NOT_IN_FORCE}),
        at_home=True,
    )
)
