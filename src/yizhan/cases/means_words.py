"""A check of a household's means in words 核对报告, for those who handle the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yizhan.cases.models import Case, MeansCheck
from yizhan.registry.means import KINDS
from yizhan.ui.language import local


@dataclass(frozen=True)
class Recorded:
    """One record: what it is, yuan, who says so; ``aside`` where an income does not count."""

    title: str
    detail: str
    amount: Decimal | None
    source: str
    as_of: date
    counts: bool
    is_income: bool


@dataclass(frozen=True)
class Member:
    """One member of the household: yuan a month declared and recorded, the records, the doubts."""

    name: str
    counted: bool
    declared: Decimal
    recorded: Decimal
    differs: bool
    records: list[Recorded]
    doubts: list[str]


@dataclass(frozen=True)
class Report:
    """The whole check; amounts are yuan a month."""

    persons: int
    declared: Decimal
    recorded: Decimal
    income: Decimal
    at: datetime
    members: list[Member]
    doubts: list[str]


def latest(case: Case) -> Report | None:
    """The last check of a case, if one was made."""
    found = MeansCheck.objects.filter(case=case).order_by("-rev").first()
    return None if found is None else _report(found)


def _report(check: MeansCheck) -> Report:
    return Report(
        persons=check.persons,
        declared=check.declared,
        recorded=check.recorded,
        income=check.income,
        at=check.at,
        members=[_member(one) for one in check.members],
        doubts=[local(one) for one in check.doubts],
    )


def _member(one: dict[str, Any]) -> Member:
    return Member(
        name=one["name"],
        counted=one["counted"],
        declared=Decimal(one["declared"]),
        recorded=Decimal(one["recorded"]),
        differs=one["differs"],
        records=[_recorded(record) for record in one["records"]],
        doubts=[local(words) for words in one["doubts"]],
    )


def _recorded(one: dict[str, Any]) -> Recorded:
    kind = KINDS[one["kind"]]
    return Recorded(
        title=local(kind.title),
        detail=one["detail"],
        amount=None if one["amount"] is None else Decimal(one["amount"]),
        source=local(one["source"]),
        as_of=date.fromisoformat(one["as_of"]),
        counts=one["counts"],
        is_income=kind.income,
    )
