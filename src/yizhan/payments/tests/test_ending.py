"""Payment ends with the month in which somebody dies or moves away; what the register takes back goes on."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from yizhan import clock
from yizhan.cases.models import Lapse
from yizhan.cases.refusals import AlreadyThere
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.payments import ending, reading
from yizhan.payments.models import EntitlementEnd
from yizhan.payments.tests.conftest import INSIDE, OUTSIDE, day

LATE_DECEMBER = "2026-12-22T09:00"


def test_a_death_before_the_month_takes_the_line_out(office):
    number = office.grant()
    office.died("chen", "2026-11-20")
    assert office.lines("2026-12") == [("2026-12", "withdrawn", "")]
    with scope.service():
        end = office.entitlement(number).ends.get()
    assert (end.kind, str(end.on), end.last_month) == ("died", "2026-11-20", day("2026-11"))


@pytest.mark.parametrize("on", ["2026-12-01", "2026-12-22"])
def test_the_month_of_death_is_paid_and_no_later_one(office, on):
    office.grant()
    with clock.standing_at(LATE_DECEMBER):
        office.build()
        assert office.lines("2027-01") == [("2027-01", "due", "120.00")]
        office.died("chen", on)
        assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
        assert office.lines("2027-01") == [("2027-01", "withdrawn", "")]
    with clock.standing_at("2027-01-25T09:00"):
        office.build()
    assert office.lines("2027-02") == []


def test_a_death_that_no_news_told_is_found_while_the_list_is_made(office):
    office.grant()
    told = office.tell
    office.tell = lambda: None
    office.died("chen", "2026-11-20")
    office.tell = told
    with clock.standing_at(LATE_DECEMBER):
        office.build()
    assert office.lines("2026-12") == [("2026-12", "withdrawn", "")]
    assert office.lines("2027-01") == []


def test_the_same_news_twice_ends_it_once(office):
    office.grant()
    office.died("chen", "2026-11-20")
    office.tell_again("person.died")
    assert News.objects.filter(kind="entitlement.ended").count() == 1


def test_a_death_entered_by_mistake_is_taken_back_and_nothing_is_lost(office):
    number = office.grant()
    office.died("chen", "2026-11-20")
    with clock.standing_at("2026-11-25T09:00"):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
    with clock.standing_at(LATE_DECEMBER):
        office.corrected("chen", "died_on", None)
        office.build()
        assert office.lines("2027-01") == [("2026-12", "due", "120.00"), ("2027-01", "due", "120.00")]
    with scope.service():
        one = office.entitlement(number)
        assert ending.live([one]) == {}
        assert EntitlementEnd.objects.get().undone_at is not None
    assert News.objects.filter(kind="entitlement.resumed").count() == 1


def test_what_was_paid_before_a_death_became_known_is_shown(office):
    office.grant()
    with clock.standing_at("2026-11-25T09:00"):
        office.build()
        with office.acting("payer") as actor:
            office.close("2026-12", actor)
        office.died("chen", "2026-11-21")
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")], "a closed list stays as it is"
    with office.acting("payer"):
        (found,) = reading.overpaid(office.roll("2026-12"))
    assert (found.name, found.month, str(found.amount), found.why) == (
        "陈＊堃",
        day("2026-12"),
        "120.00",
        "去世",
    )


def test_whoever_is_registered_outside_the_district_is_paid_no_longer(office):
    office.grant()
    with clock.standing_at(LATE_DECEMBER):
        office.moved("chen", INSIDE, "2026-12-01")
        office.build()
        assert office.lines("2027-01") == [("2027-01", "due", "120.00")]
        office.moved("chen", OUTSIDE, "2026-12-15")
        assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
        assert office.lines("2027-01") == [("2027-01", "withdrawn", "")]


def test_news_about_somebody_else_costs_one_statement(office, django_assert_num_queries):
    office.grant()
    office.died("wang", "2026-11-20")
    fact = office.fact("person.died")
    with scope.service(), django_assert_num_queries(1):
        office.handler("person.died")(fact)


def test_with_the_allowance_the_decision_is_in_force_no_longer(office):
    """Whoever moved away and came back applies anew; without that nothing can be applied for."""
    number = office.grant()
    with pytest.raises(AlreadyThere):
        office.town.apply("chen")
    office.moved("chen", OUTSIDE, "2026-11-20")
    with scope.service():
        lapse = Lapse.objects.get(case__number=number)
    assert (str(lapse.on), lapse.why["zh"], lapse.undone_at) == ("2026-11-20", "户籍迁出本区", None)
    assert office.town.intact(number)
    with clock.standing_at("2026-11-25T09:00"):
        office.moved("chen", INSIDE, "2026-11-24")
        with pytest.raises(AlreadyThere):
            office.town.apply("chen")
    with scope.service():
        assert Lapse.objects.get().undone_at is not None
    assert office.town.intact(number)


def test_an_end_taken_back_after_a_new_grant_pays_every_month_once(office):
    """A removal entered by mistake: she applied anew meanwhile, so the old one is paid until the new one begins."""
    office.employ("bureau", "何敏", "440104-mz", "elderly_allowance.clerk")
    first = office.grant()
    office.moved("chen", OUTSIDE, "2026-11-20")
    with clock.standing_at("2027-01-06T10:00"):
        second = office.town.apply("chen")
        for who, action in (("bureau", "accept"), ("bureau", "agree"), ("approver", "grant")):
            office.town.do(who, second, action)
        office.tell()
        assert office.entitlement(second).since == day("2027-02")
        office.moved("chen", INSIDE, "2027-01-05")
        with scope.service():
            (end,) = ending.live([office.entitlement(first)]).values()
            assert (end.kind, end.last_month) == ("duplicate", day("2027-01"))
            assert ending.live([office.entitlement(second)]) == {}
            assert Lapse.objects.get(undone_at=None).case.number == first
        office.build()
    lines = [line for month in ("2026-12", "2027-02") for line in office.lines(month)]
    assert [(month, state) for month, state, _yuan in lines] == [
        ("2026-12", "due"),
        ("2027-01", "due"),
        ("2027-02", "due"),
    ]


def test_what_ended_before_there_were_lapses_has_one_after_the_migration(office):
    number = office.grant()
    office.grant("wang")
    office.moved("chen", OUTSIDE, "2026-11-20")
    carried = import_module("yizhan.payments.migrations.0004_ended_before").CARRIED
    with scope.service():
        Lapse.objects.update(undone_at=clock.now())
        with connection.cursor() as cursor:
            cursor.execute(carried)
        lapse = Lapse.objects.get(undone_at=None)
        assert (lapse.case.number, str(lapse.on)) == (number, "2026-11-20")
        assert lapse.why == ending.WHY["moved_away"].model_dump()
