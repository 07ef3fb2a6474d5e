"""A closed list is final: closed once, in order, by the payer; what comes later goes into the next one."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from yizhan import clock
from yizhan.identity import scope
from yizhan.identity.faults import NotAllowed
from yizhan.journal import worker
from yizhan.journal.models import News
from yizhan.payments import closing, rolls
from yizhan.payments.models import Line, ListClosure
from yizhan.payments.refusals import Refused

NEAR = "2026-11-25T09:00"


@pytest.fixture
def made(office):
    """The list of December is made, for two."""
    office.grant("chen")
    office.grant("wang")
    with clock.standing_at(NEAR):
        office.build()
        yield office


def test_the_payer_closes_it_and_its_figures_are_kept(made):
    with made.acting("payer") as actor:
        closure = made.close("2026-12", actor)
    assert (closure.people, str(closure.amount), str(closure.arrears), closure.held) == (
        2,
        "360.00",
        "0.00",
        0,
    )
    assert closure.by_name == "苏敏 · 科员"
    assert News.objects.get(kind="payment_list.closed").data["amount"] == "360.00"


@pytest.mark.parametrize("who", ["approver", "clerk", "chen"])
def test_nobody_else_closes_it(made, who):
    with made.acting(who) as actor, pytest.raises(NotAllowed):
        made.close("2026-12", actor)
    assert made.town.people[who]
    with scope.service():
        assert not ListClosure.objects.exists()


def test_it_is_closed_once(made):
    with made.acting("payer") as actor:
        made.close("2026-12", actor)
        with pytest.raises(Refused, match="已由苏敏 · 科员关账"):
            made.close("2026-12", actor)


def test_a_list_still_being_made_is_not_closed(office):
    office.grant()
    with office.acting("payer") as actor, pytest.raises(Refused, match="还在编制"):
        office.close("2026-12", actor)


def test_lists_are_closed_in_their_order(made):
    with clock.standing_at("2026-12-22T09:00"):
        made.build()
        with made.acting("payer") as actor, pytest.raises(Refused, match="请先关账2026年12月"):
            made.close("2027-01", actor)


def test_the_database_itself_refuses_to_change_a_closed_list(made):
    with made.acting("payer") as actor:
        made.close("2026-12", actor)
    with scope.service():
        assert Line.objects.update(amount=1) == 0
        line = Line.objects.first()
        line.pk, line.month = None, line.month.replace(year=2025)
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            line.save(force_insert=True)
        for statement in ("delete from payments_line", "update payments_listclosure set people = 0"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)
        with pytest.raises(rolls.ClosedMeanwhile), transaction.atomic():
            rolls.settle(made.roll("2026-12"), [])


def test_what_is_granted_after_closing_is_paid_with_the_next_list_and_made_up_for(office):
    office.grant("chen")
    with clock.standing_at(NEAR):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
        office.grant("wang")
    assert office.lines("2026-12", "wang") == []
    assert office.lines("2027-01", "wang") == [("2026-12", "due", "240.00"), ("2027-01", "due", "240.00")]
    with clock.standing_at("2026-12-22T09:00"):
        office.build()
        with office.acting("payer") as actor:
            closure = office.close("2027-01", actor)
    assert (closure.people, str(closure.amount), str(closure.arrears)) == (2, "600.00", "240.00")


def test_a_pack_may_begin_with_the_first_open_list_instead(office, changed_pack):
    assert changed_pack("payments/elderly_allowance.yaml", "arrears: true", "arrears: false") == []
    office.grant("chen")
    with clock.standing_at(NEAR):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
        office.grant("wang")
    assert office.lines("2027-01", "wang") == [("2027-01", "due", "240.00")]


def test_of_two_who_close_at_once_one_is_told_so(office_committed):
    office = office_committed
    office.grant()
    with clock.standing_at(NEAR):
        office.build()
    barrier, told = threading.Barrier(2), []

    def closes():
        with clock.standing_at(NEAR), office.acting("payer") as actor:
            barrier.wait(10)
            try:
                told.append(str(office.close("2026-12", actor).amount))
            except Refused as refusal:
                told.append(str(refusal))
        connection.close()

    threads = [threading.Thread(target=closes) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["120.00", "2026年12月的名册已由苏敏 · 科员关账，没有重复关账。"]


def test_a_decision_while_the_list_is_being_closed_loses_no_month(office_committed):
    """The payer has the list in hand when the worker wants to add to it; the worker goes on with the next."""
    office = office_committed
    office.grant("chen")
    with clock.standing_at(NEAR):
        office.build()
    number = office.town.apply("wang")
    closed, may_commit = threading.Event(), threading.Event()

    def closes():
        with clock.standing_at(NEAR), office.acting("payer") as actor:
            closing.close(office.roll("2026-12"), by=actor)
            closed.set()
            may_commit.wait(10)
        connection.close()

    payer = threading.Thread(target=closes)
    payer.start()
    closed.wait(10)

    def reads():
        with clock.standing_at(NEAR):
            worker.drain()
        connection.close()

    reader = threading.Thread(target=reads)
    reader.start()
    may_commit.set()
    payer.join()
    reader.join()
    with clock.standing_at(NEAR):
        office.catch_up()
    assert office.entitlement(number).since.isoformat() == "2026-12-01"
    assert office.lines("2026-12", "wang") == []
    assert office.lines("2027-01", "wang") == [("2026-12", "due", "240.00"), ("2027-01", "due", "240.00")]
