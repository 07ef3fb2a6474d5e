"""All rows of a case in one look: the same rows as one by one, and none for whom the case is not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan.cases import one_look
from yizhan.cases.models import (
    Card,
    CardAnnulment,
    Case,
    Clock,
    Event,
    Extension,
    ExtensionAnswer,
    Filing,
    Lapse,
    Passage,
    Scope,
    Span,
    Suspension,
    Task,
    Token,
)

PARTS = {
    "filings": Filing,
    "tokens": Token,
    "scopes": Scope,
    "passages": Passage,
    "clocks": Clock,
    "tasks": Task,
    "events": Event,
    "lapses": Lapse,
    "suspensions": Suspension,
    "spans": Span,
    "extensions": Extension,
    "extensionanswers": ExtensionAnswer,
    "cards": Card,
    "cardannulments": CardAnnulment,
}


@pytest.fixture
def granted(town):
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    town.do("clerk", number, "agree")
    town.do("approver", number, "grant")
    return number


def values(rows) -> list[dict[str, object]]:
    names = [field.attname for field in rows[0]._meta.concrete_fields] if rows else []
    return sorted(({name: getattr(row, name) for name in names} for row in rows), key=str)


def test_they_are_the_rows_that_are_there_and_cost_one_statement(town, granted):
    case_id = town.case(granted).id
    with town.acting("approver"):
        case = Case.objects.get(id=case_id)
        with CaptureQueriesContext(connection) as told:
            one_look.take(case)
            seen = {name: values(list(getattr(case, name).all())) for name in PARTS}
            queues = {task.queue.role for task in case.tasks.all() if task.queue}
            decision, accepted = case.decision, case.acceptance
            assert case.supplement is None
        assert len(told) == 1
        for name, model in PARTS.items():
            assert seen[name] == values(list(model.objects.filter(case_id=case_id))), name
        fresh = Case.objects.get(id=case_id)
        assert (decision.at, decision.reasons) == (fresh.decision.at, fresh.decision.reasons)
        assert accepted.by == fresh.acceptance.by
    assert queues == {"elderly_allowance.clerk", "elderly_allowance.approver"}
    assert seen["events"], "a case that was handled has events"


def test_who_may_not_see_the_case_gets_none_of_it(town, granted):
    case_id = town.case(granted).id
    with town.acting("stranger"), connection.cursor() as cursor:
        cursor.execute("select case_rows(%s)", [case_id])
        assert cursor.fetchone() == (None,)
    with town.acting("chen"), connection.cursor() as cursor:
        cursor.execute("select case_rows(%s) is not null", [case_id])
        assert cursor.fetchone() == (True,), "the applicant sees her own"


def test_without_a_scope_there_is_nothing(town, granted):
    case_id = town.case(granted).id
    with connection.cursor() as cursor:
        cursor.execute("select case_rows(%s)", [case_id])
        assert cursor.fetchone() == (None,)
