"""Who sees what is paid to whom: the bureau, the person, nobody else; and only the house writes it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from yizhan import clock
from yizhan.identity import scope
from yizhan.payments import mine
from yizhan.payments.models import Entitlement, EntitlementEnd, Line, ListClosure

TABLES = ("payments_entitlement", "payments_entitlementend", "payments_line", "payments_listclosure")


@pytest.fixture
def paid(office):
    """Two are entitled, one of them has died, the list is closed."""
    office.grant("chen")
    office.grant("wang")
    office.died("wang", "2026-11-20")
    with clock.standing_at("2026-11-25T09:00"):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
    return office


def seen() -> list[int]:
    with connection.cursor() as cursor:
        counts = []
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            counts.append(cursor.fetchone()[0])
        return counts


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("payer", [2, 1, 2, 1]),
        ("approver", [2, 1, 2, 1]),
        ("clerk", [0, 0, 0, 0]),
        ("chen", [1, 0, 1, 1]),
        ("wang", [1, 1, 1, 1]),
        ("li", [0, 0, 0, 0]),
    ],
)
def test_who_sees_how_many_rows(paid, who, counts):
    with paid.acting(who):
        assert seen() == counts


def test_without_a_scope_there_is_nothing(paid):
    with connection.cursor() as cursor:
        cursor.execute("select set_config('yizhan.scope', '', true)")  # the round left the house's own open
    assert seen() == [0, 0, 0, 0]


def test_a_person_sees_what_is_paid_to_them(paid):
    with paid.acting("chen") as actor:
        (own,) = mine.of(actor)
        assert [(one.month.isoformat(), str(one.amount)) for one in own.months] == [("2026-12-01", "120.00")]
    with paid.acting("li") as actor:
        assert mine.of(actor) == []


@pytest.mark.parametrize("who", ["payer", "chen"])
def test_no_person_writes_entitlements_or_lines(paid, who):
    with scope.service():
        one, line, end = Entitlement.objects.first(), Line.objects.first(), EntitlementEnd.objects.get()
    with paid.acting(who):
        assert Line.objects.update(amount=9999) == 0
        assert EntitlementEnd.objects.update(undone_at=clock.now()) == 0
        one.pk, one.case_number = None, "YX-forged"
        line.pk, end.pk = None, None
        for row in (one, line, end):
            with pytest.raises(Exception, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)


def test_a_resident_closes_no_list(paid):
    with scope.service():
        closure = ListClosure.objects.get()
    closure.pk = None
    with paid.acting("chen"), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        closure.save(force_insert=True)


def test_an_entitlement_is_never_changed(paid):
    with scope.service(), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Entitlement.objects.update(account_number="1")
