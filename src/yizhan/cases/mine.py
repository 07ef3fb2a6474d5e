"""A resident's own cases: list, look-up by number, answering a supplement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import HttpRequest

from yizhan.cases import household, naming, processes
from yizhan.cases.application_form import form_of
from yizhan.cases.models import Case, Status
from yizhan.cases.persons import account_of
from yizhan.cases.refusals import Incomplete
from yizhan.forms.faults import Fault
from yizhan.forms.form import Form
from yizhan.forms.paths import Data
from yizhan.forms.prefill import Given, Prefill
from yizhan.forms.reading import Reading
from yizhan.forms.showing import FormSheet
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.registry import entities
from yizhan.releases.words import Text


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


def answers(case: Case) -> FormSheet:
    """What was filed, to be read."""
    filing = case.filings.order_by("-rev")[0]
    form = form_of(case.release_id, case.item_id, filing.form)
    return form.answers_sheet(
        filing.data, facts=_conditions(form, filing.facts), prefill=_prefill(form, filing.facts)
    )


class Answering:
    """A resident answers a supplement: the whole form again, with what was filed."""

    def __init__(self, case: Case) -> None:
        self.filing = case.filings.order_by("-rev")[0]
        self.form = form_of(case.release_id, case.item_id, self.filing.form)
        self.data: Data = self.filing.data
        self._facts = _conditions(self.form, self.filing.facts)
        self._given = _prefill(self.form, self.filing.facts)

    def read(self, request: HttpRequest) -> Reading:
        """Read what was sent; what the registers said stays as it was filed."""
        return self.form.read(request.POST, before=self.data, prefill=self._given, facts=self._facts)

    def faults(self, data: Data, incomplete: Incomplete) -> list[Fault]:
        """The form's faults again, to be shown at their questions."""
        return self.form.validate(data, self._facts) or [Fault(*pair) for pair in incomplete.faults]

    def sheet(self, faults: Iterable[Fault]) -> FormSheet:
        """The whole form on one page."""
        return self.form.sections_sheet(self.data, faults=faults, prefill=self._given, facts=self._facts)


def _conditions(form: Form, filed: dict[str, Any]) -> dict[str, Any]:
    return {wanted.name: filed.get(wanted.fact, {}).get("value") for wanted in form.facts}


def _prefill(form: Form, filed: dict[str, Any]) -> Prefill:
    """The locked answers as they were filed, with their source and day."""
    given: dict[str, Given] = household.prefill(form, household.filed(filed))
    for binding in form.bindings():
        fact = filed.get(binding.fact)
        if binding.mode == "locked" and fact and fact["value"] is not None and fact["source"]:
            given[binding.path] = Given(
                fact["value"],
                Text(**fact["source"]),
                datetime.fromisoformat(fact["as_of"]).date() if fact["as_of"] else None,
                locked=True,
            )
    return given
