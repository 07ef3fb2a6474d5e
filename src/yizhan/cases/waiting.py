"""What of a resident's own is not finished 在办事项: cases under way and drafts, for a first glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Q

from yizhan.cases import drafts, naming
from yizhan.cases.models import Case, Status
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.registry import entities

Kind = Literal["correcting", "draft", "running"]
MOST = 3


@dataclass(frozen=True)
class Matter:
    """One unfinished thing: ``key`` is the number of a case, or the id of a draft.

    ``status`` is a case's, in words; ``since`` is when it was opened or last saved; ``due_on`` the last day to
    answer, where something is asked.
    """

    kind: Kind
    key: str
    title: str
    status: str
    since: datetime
    due_on: date | None = None


def matters_of(account: Account, *, by: Actor) -> list[Matter]:
    """What waits for the resident first, then drafts, then what waits for others; at most three."""
    found = [_case(case) for case in _open_cases(account)]
    found += [Matter("draft", str(draft.id), str(draft.item), "", draft.saved_at) for draft in drafts.of(by)]
    order: list[Kind] = ["correcting", "draft", "running"]
    return sorted(found, key=lambda one: order.index(one.kind))[:MOST]


def _open_cases(account: Account) -> list[Case]:
    """Named by applicant and document, as the indexes want it; the policy looks at each row besides."""
    about = Q(applicant=account.pk) | Q(subject__in=entities.own_subjects())
    if account.document_number:
        about |= Q(document=f"{account.document_type}:{account.document_number}")
    unfinished = Case.objects.filter(about).exclude(status=Status.CLOSED)
    return list(unfinished.select_related("item").prefetch_related("supplements").order_by("-opened_at")[:20])


def _case(case: Case) -> Matter:
    if case.status == Status.CORRECTING:
        return Matter(
            "correcting",
            case.number,
            str(case.item),
            naming.status(case),
            case.opened_at,
            case.supplement.due_on if case.supplement else None,
        )
    return Matter("running", case.number, str(case.item), naming.status(case), case.opened_at)
