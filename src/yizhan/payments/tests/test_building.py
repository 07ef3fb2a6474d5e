"""The round makes a month's list once the month comes near, in batches, and can be cut off anywhere."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan import clock
from yizhan.identity import scope
from yizhan.journal.models import Access
from yizhan.payments import building, rolls
from yizhan.payments.models import MonthlyList
from yizhan.payments.tests.conftest import day


def test_nothing_runs_nothing_is_made(office):
    assert office.build() == 0
    assert not MonthlyList.objects.exists()


def test_a_list_is_made_twenty_days_before_its_month(office):
    office.grant()
    with clock.standing_at("2026-12-11T23:59"):
        office.build()
        assert not MonthlyList.objects.filter(month=day("2027-01")).exists()
    with clock.standing_at("2026-12-12T00:00"):
        office.build()
        assert office.lines("2027-01") == [("2027-01", "due", "120.00")]
        assert office.roll("2027-01").built_at is not None
        assert office.build() == 0, "a list that is made is left alone"


def test_a_list_is_carried_on_where_it_stood(office, monkeypatch):
    monkeypatch.setattr(building, "BATCH", 1)
    office.grant("chen")
    office.grant("wang")
    with clock.standing_at("2026-12-22T09:00"):
        office.build_one("2026-12")
        assert building.build() == 1
        assert office.lines("2027-01") == [("2027-01", "due", "120.00")]
        assert office.roll("2027-01").built_at is None
        office.build()
    assert office.lines("2027-01") == [("2027-01", "due", "120.00"), ("2027-01", "due", "240.00")]


def test_a_fault_in_one_list_does_not_stop_the_worker(office, monkeypatch, caplog):
    office.grant()

    def broken(*_):
        raise RuntimeError("the register is on fire")

    with clock.standing_at("2026-11-22T09:00"):
        monkeypatch.setattr(rolls, "settle", broken)
        assert building.build() == 0
        assert "the register is on fire" in caplog.text
        monkeypatch.undo()
        assert office.build() == 1


def test_a_month_nobody_made_a_list_for_is_made_up_for(office):
    """The worker stood still all January."""
    office.grant()
    with clock.standing_at("2026-11-22T09:00"):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
    with clock.standing_at("2027-02-05T09:00"):
        office.build()
    assert office.lines("2027-02") == [("2027-01", "due", "120.00"), ("2027-02", "due", "120.00")]


def test_a_batch_looks_at_each_person_once_and_logs_one_line(office):
    for who in ("chen", "wang"):
        office.grant(who)
    with clock.standing_at("2026-12-22T09:00"):
        office.build_one("2026-12")
        before = Access.objects.count()
        with CaptureQueriesContext(connection) as seen:
            building.build()
    statements = [one["sql"] for one in seen if "SAVEPOINT" not in one["sql"]]
    assert sum("registry_facts" in sql for sql in statements) == 2
    assert len(statements) == 16 + 2, "one for each person, and a steady number for the batch"
    (line,) = Access.objects.order_by("id")[before:]
    assert set(line.subjects) == {office.town.subjects[who] for who in ("chen", "wang")}
    assert line.purpose == "reason:编制2027年1月发放名册"
    assert set(line.fields) == {"person.age", "person.alive", "household.registered_in_district"}


def test_the_service_scope_alone_writes_lists(office):
    office.grant()
    with office.acting("payer"):
        roll = office.roll("2026-12")
        assert building.Entitlement.objects.count() == 1
    with scope.service():
        assert not rolls.settle(roll, [])
