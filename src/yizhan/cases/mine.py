"""A resident's own cases: list, look-up by number, and whether one can still be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from yizhan.cases import naming, processes
from yizhan.cases.models import Case, Status
from yizhan.cases.persons import account_of
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.registry import entities


@dataclass(frozen=True)
class Line:
    """A case in a resident's list; ``company`` names the one it is about, if it is about one."""

    number: str
    title: str
    status: str
    waiting: bool
    opened_at: datetime
    company: str


def cases_of(actor: Actor) -> list[Line]:
    """The cases somebody applied for, or that are about them or a company they act for, the latest first."""
    account = Account.objects.get(id=account_of(actor))
    about = Q(applicant=account.pk) | Q(subject__in=entities.own_subjects())
    if account.document_number:
        about |= Q(document=f"{account.document_type}:{account.document_number}")
    found = Case.objects.filter(about).select_related("item").order_by("-opened_at")[:100]
    return [
        Line(
            case.number,
            str(case.item),
            naming.outcome(case) if case.outcome else naming.status(case),
            case.status == Status.CORRECTING,
            case.opened_at,
            case.subject_name if case.is_company else "",
        )
        for case in found
    ]


def by_number(number: str, tail: str) -> Case | None:
    """A case by its number and the last four of phone or document, for whoever knows both."""
    with connection.cursor() as cursor:
        cursor.execute("select case_open_by_number(%s, %s)", [number, tail])
        if not cursor.fetchone()[0]:
            return None
    return (
        Case.objects.select_related("item", "decision", "acceptance", "closure").filter(number=number).first()
    )


def may_withdraw(case: Case) -> bool:
    """Whether the process still lets the applicant take the case back."""
    if case.status in {Status.DECIDED, Status.CLOSED}:
        return False
    until = processes.graph(case.release_id, case.process).withdrawal
    return until == "before_decision" or (until == "before_acceptance" and case.accepted_at is None)
