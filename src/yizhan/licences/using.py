"""Every use of a licence 用证记录: written with the use, told to the holder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yizhan import clock
from yizhan.identity.models import Account, Unit
from yizhan.licences.models import Use
from yizhan.registry import licences
from yizhan.registry.models import Licence

MOST = 100


@dataclass(frozen=True)
class Used:
    """One use in words; ``who`` is empty for whoever had the code or the number."""

    how: str
    at: datetime
    who: str
    purpose: str
    case: str


def note(licence: Licence, how: Use.How, *, by: str, purpose: str = "", case: str = "") -> None:
    """Write a use down; of one case once for each licence."""
    row = Use(
        licence=licence, line=licence.line, how=how, at=clock.now(), by=by, purpose=purpose[:200], case=case
    )
    Use.objects.bulk_create([row], ignore_conflicts=bool(case))


def taken(subject: str, kinds: list[str], *, case: str, purpose: str, by: str) -> None:
    """Write down that an application took what somebody holds of some kinds instead of an upload."""
    for kind in dict.fromkeys(kinds):
        held = licences.in_force(subject, kind)
        if held is not None:
            note(held, Use.How.TAKEN, by=by, purpose=purpose, case=case)


def cases_of(licence: Licence) -> list[str]:
    """The numbers of cases whose application took the licence, whatever version."""
    taken = Use.objects.filter(line=licence.line, how=Use.How.TAKEN).exclude(case="")
    return list(taken.values_list("case", flat=True).distinct())


def of(licence: Licence) -> list[Used]:
    """The uses of a licence, whatever version, the latest first, at most ``MOST``."""
    rows = list(Use.objects.filter(line=licence.line).order_by("-id")[:MOST])
    names = _names({row.by for row in rows})
    return [
        Used(str(Use.How(row.how).label), row.at, names.get(row.by, ""), row.purpose, row.case)
        for row in rows
    ]


def _names(keys: set[str]) -> dict[str, str]:
    """Of units the name; of residents their own, since they acted for the holder; of the house's own acts nothing."""
    accounts = {key.removeprefix("account:") for key in keys if key.startswith("account:")}
    units = {key.removeprefix("unit:") for key in keys if key.startswith("unit:")}
    found = {f"account:{one.pk}": one.name for one in Account.objects.filter(pk__in=accounts, kind="citizen")}
    return found | {f"unit:{one.code}": str(one) for one in Unit.objects.filter(code__in=units)}
