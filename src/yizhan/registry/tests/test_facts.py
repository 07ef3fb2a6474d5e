"""Asking the register: values, origins, days, and the line in the access log."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yizhan import clock
from yizhan.identity import scope
from yizhan.journal import access
from yizhan.journal.models import Access
from yizhan.registry import persons, sources
from yizhan.registry.catalogue import CATALOGUE, CATEGORIES, COLUMNS, keys_of
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, Refused, UnknownKey
from yizhan.registry.purposes import ForCase, Own, Reason
from yizhan.registry.tests import people


def asked(district, who, *keys, purpose=None, record="A", **more):
    with district.looking(who):
        return facts(district.subjects[record], keys, purpose=purpose or Own(), **more)


def value(district, key, **more):
    return asked(district, "citizen_a", key, **more)[key].value


def test_the_register_tells_a_person_all_it_knows_of_her(district):
    told = {key: fact.value for key, fact in asked(district, "citizen_a", *keys_of("person")).items()}
    assert isinstance(told.pop("residence.place"), int)
    assert {key: value for key, value in told.items() if value is not None} == {
        "person.name": "陈玉兰",
        "person.sex": "2",
        "person.born": date(1941, 3, 5),
        "person.age": 85,
        "person.ethnic_group": "01",
        "person.id_type": "111",
        "person.id_number": people.NUMBER_A,
        "person.id_number_ok": True,
        "person.phone": "13800001234",
        "person.alive": True,
        "household.book_number": "440199001-0001",
        "household.kind": "家庭户",
        "household.relation": "02",
        "household.address": "榕荫街12号之一2栋301房",
        "household.registered_division": "440199001001",
        "household.registered_subdistrict": "440199001000",
        "household.registered_in_district": True,
        "household.registered_since": date(1999, 5, 1),
        "residence.address": "榕荫街12号之一2栋301房",
        "residence.subdistrict": "440199001000",
        "residence.committee": "440199001001",
        "residence.separation": "1",
        "residence.since": date(1999, 5, 1),
    }


def test_every_value_has_its_source_and_day(district):
    fact = asked(district, "citizen_a", "person.born")["person.born"]
    assert (fact.source.zh, fact.source.en) == ("公安机关常住人口登记", "Household register of the police")
    assert fact.as_of == people.TODAY
    assert asked(district, "citizen_a", "person.former_name")["person.former_name"].source is None
    assert asked(district, "citizen_a", "person.alive")["person.alive"].source == fact.source


def test_a_masked_value_tells_no_more_than_it_should(district):
    masked = asked(district, "clerk_x", *keys_of("person"), purpose=Reason("核对信息"))
    shown = {key: fact.value for key, fact in masked.items() if fact.masked}
    assert shown == {
        "person.name": "陈＊＊",
        "person.born": "1941-**-**",
        "person.ethnic_group": "****",
        "person.id_number": f"440199********{people.NUMBER_A[-4:]}",
        "person.phone": "138****1234",
        "household.book_number": "************01",
        "household.relation": "****",
        "household.address": "榕荫街****",
        "residence.address": "榕荫街****",
        "residence.place": "****",
    }


def test_contact_and_sensitive_values_always_have_a_mask():
    assert [e.key for e in CATALOGUE.values() if e.group != "basic" and e.mask is None] == []


def test_every_column_has_a_number_of_its_own_and_entries_name_known_ones():
    assert len(set(COLUMNS.values())) == len(COLUMNS)
    assert {entry.column for entry in CATALOGUE.values() if entry.of == "person"} <= set(COLUMNS)


def test_the_register_has_82_fields_in_12_categories():
    """The founding papers give the counts."""
    fields = [key for _title, keys in CATEGORIES.values() for key in keys]
    assert (len(CATEGORIES), len(fields), len(set(fields))) == (12, 82, 82)
    assert {len(keys) for _title, keys in CATEGORIES.values()} == {4, 5, 6, 7, 8, 9, 10}
    assert set(fields) <= CATALOGUE.keys()


def test_a_request_leaves_one_line_with_whom_what_and_why(district):
    account = district.accounts["clerk_x"]
    keys = ["person.name", "person.age"]
    with district.looking("clerk_x"):
        facts(district.subjects["A"], keys, purpose=ForCase("440199-0007"))
        facts(district.subjects["S"], keys, purpose=ForCase("440199-0007"))
    (line,) = Access.objects.filter(action="view")
    assert line.account == account.subject
    assert line.purpose == "case:440199-0007"
    assert line.subjects == [district.subjects["A"], district.subjects["S"]]
    assert line.fields == keys


def test_what_cannot_be_logged_cannot_be_read(district):
    with scope.service(), pytest.raises(access.NobodyLooks):
        facts(district.subjects["A"], ["person.name"], purpose=ForCase("440199-0007"))


def test_one_statement_reads_and_one_writes_the_line_whatever_is_asked(district):
    subject = district.subjects["A"]
    with scope.service():
        for keys in (["person.name"], keys_of("person")):
            with CaptureQueriesContext(connection) as seen, access.watching(access.Viewer("house")):
                facts(subject, keys, purpose=ForCase("440199-0007"))
            assert len(seen) == 2


def test_the_day_decides_on_age_and_life_and_home(district):
    subject = district.subjects["A"]
    with scope.service():
        persons.died(subject, date(2026, 11, 1), source="police.household", source_record="D1", by="house")
    assert value(district, "person.age", on=date(2025, 3, 4)) == 83
    assert value(district, "person.age", on=date(2025, 3, 5)) == 84
    assert value(district, "person.age") == 85
    assert value(district, "person.alive", on=date(2026, 10, 31)) is True
    assert value(district, "person.alive", on=date(2026, 11, 1)) is False
    assert value(district, "residence.committee", on=date(1999, 4, 30)) is None
    assert value(district, "person.age", on=date(1941, 3, 4)) is None


def test_what_was_said_at_a_moment_is_still_known_after_a_correction(district):
    subject = district.subjects["A"]
    sources.declare("police.check", zh="公安核查", en="Check by the police", unit="440199-psb")
    before = clock.now()
    with clock.standing_at("2026-11-21T10:00"), scope.service():
        persons.correct(
            subject, "born_on", date(1940, 3, 5), source="police.check", because="原登记有误", by="account:1"
        )
    with clock.standing_at("2026-11-22T10:00"):
        now = asked(district, "citizen_a", "person.born")["person.born"]
        then = asked(district, "citizen_a", "person.born", known_at=before)["person.born"]
        name = asked(district, "citizen_a", "person.name", known_at=before)["person.name"]
    assert (now.value, now.source.zh, now.as_of) == (date(1940, 3, 5), "公安核查", date(2026, 11, 21))
    assert (then.value, then.source) == (date(1941, 3, 5), None)
    assert name.source.zh == "公安机关常住人口登记"


def test_before_the_register_knew_a_person_there_is_nobody(district):
    with pytest.raises(NotHere):
        asked(district, "citizen_a", "person.name", known_at=clock.parse("2020-01-01"))


@pytest.mark.parametrize("subject", ["person:1", "case:1", "", "person:019ab0c2-0000-7000-8000-000000000000"])
def test_a_subject_that_is_no_person_is_nobody(district, subject):
    with district.looking("supervisor"), pytest.raises(NotHere):
        facts(subject, ["person.name"], purpose=Reason("核对信息"))


def test_an_unknown_key_is_named_with_the_nearest(district):
    with pytest.raises(UnknownKey, match=r"person\.bron.*did you mean person\.born"):
        asked(district, "citizen_a", "person.bron")


@pytest.mark.parametrize("words", ["", "   ", "看看", "长" * 181])
def test_a_reason_is_said_in_words(words):
    with pytest.raises(Refused, match="查询事由"):
        Reason(words)
