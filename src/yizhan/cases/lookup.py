"""Finding cases that one may see: by number, or by whom they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yizhan.cases import naming
from yizhan.cases.models import Case, Item
from yizhan.database.rows import Part, made
from yizhan.journal import access

MOST = 20
_SHORTEST = 4
_PARTS = (Part(Case, "c"), Part(Item, "i", without=("card", "search")))
_CASE = f"""
    select {", ".join(part.columns for part in _PARTS)}
    from cases_case c join cases_item i on i.code = c.item_id where c.number = %s
"""  # noqa: S608 (columns of our models)


@dataclass(frozen=True)
class Hit:
    """A case in a list of what was found."""

    number: str
    title: str
    name: str
    status: str
    opened_at: datetime
    subject: str


def exact(number: str) -> Case | None:
    """The case with this number, and its item; plainly, since every page of a case asks."""
    with connection.cursor() as cursor:
        cursor.execute(_CASE, [number])
        row = cursor.fetchone()
    if row is None:
        return None
    case: Case
    case, case.item = made(_PARTS, row)
    return case


def by_number(words: str) -> list[Hit]:
    """Cases whose number is or begins with these words, the latest first.

    Two bounds instead of LIKE: comparison is leakproof, so the index works under the policy.
    """
    number = words.strip().upper()
    if len(number) < _SHORTEST:
        return []
    found = Case.objects.filter(number__gte=number, number__lt=f"{number}~").select_related("item")
    return [_hit(case) for case in found.order_by("-number")[:MOST]]


def by_applicant(name: str, purpose: str) -> list[Hit]:
    """Cases within one's rights that are about somebody of exactly this name, the latest first; noted in the access log.

    Equality is leakproof, so the index works under the policy.
    """
    found = Case.objects.filter(subject_name=name.strip()).select_related("item") if name.strip() else None
    hits = [_hit(case) for case in found.order_by("-opened_at")[:MOST]] if found is not None else []
    access.saw({hit.subject for hit in hits}, ["name"], purpose=purpose, action="search")
    return hits


def of_subjects(subjects: Sequence[str]) -> dict[str, list[Hit]]:
    """The cases about these persons, by person, the latest first; one statement."""
    found: dict[str, list[Hit]] = {}
    cases = Case.objects.filter(subject__in=list(subjects)).select_related("item").order_by("-opened_at")
    for case in cases[: MOST * len(subjects)]:
        found.setdefault(case.subject, []).append(_hit(case))
    return found


def _hit(case: Case) -> Hit:
    status = naming.outcome(case) if case.outcome else naming.status(case)
    return Hit(case.number, str(case.item), case.masked_name, status, case.opened_at, case.subject)
