"""Many persons at once: once each, whatever is in them, and found by the index of their area."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.registry import loading, sources
from yizhan.registry.faults import Refused
from yizhan.registry.models import (
    Address,
    Household,
    Identifier,
    Membership,
    Person,
    Provenance,
    Residence,
    Source,
)
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE

TABLES = (Person, Identifier, Household, Membership, Address, Residence, Provenance)


def counted():
    return [model.objects.count() for model in TABLES]


def families(size):
    """Households of four persons, four at an address, over 18 sub-districts of 12 committees."""
    for serial in range(size):
        house = serial // 16
        home = people.place(f"440199{house % 18 + 1:03d}{house // 18 % 12 + 1:03d}", f"{house}房")
        yield people.entry(
            f"F{serial}",
            "张伟",
            id_number=people.number_of(date(1950, 1, 1), serial % 999),
            book_number=f"F{serial // 4}",
            relation="20" if serial % 4 else "02",
            registered=home,
            living=home,
        )


def test_a_load_makes_persons_households_and_addresses_and_says_so_once(district):
    with scope.service():
        before = counted()
        loaded = loading.load(families(64), source=POLICE, by="account:1")
        assert (len(loaded.subjects), loaded.known) == (64, 0)
        grown = [now - then for now, then in zip(counted(), before, strict=True)]
    assert grown == [64, 64, 16, 64, 4, 128, 64]
    news = News.objects.filter(kind="register.loaded").last()
    assert (news.subject, news.actor, news.data) == (f"source:{POLICE}", "account:1", {"persons": 64})


def test_a_load_that_is_repeated_changes_nothing_and_adds_what_is_new(district):
    with scope.service():
        first = loading.load(families(32), source=POLICE)
        before = counted()
        again = loading.load(families(32), source=POLICE)
        assert (again.subjects, again.known, counted()) == ({}, 32, before)
        more = loading.load(families(48), source=POLICE)
    assert (len(more.subjects), more.known) == (16, 32)
    assert not set(first.subjects) & set(more.subjects)


def test_a_record_that_comes_twice_in_one_load_is_entered_once(district):
    with scope.service():
        loaded = loading.load([people.entry("D", "何小满"), people.entry("D", "何大满")], source=POLICE)
        assert (len(loaded.subjects), loaded.known) == (1, 1)
        assert Person.objects.get(id=loaded.subjects["D"].removeprefix("person:")).name == "何小满"


def test_the_same_record_of_another_source_is_another_record(district):
    with scope.service():
        sources.declare("civil", zh="民政登记", en="Civil affairs register", unit="440199-mz")
        assert len(loading.load([people.grandmother()], source="civil").subjects) == 1


def test_an_undeclared_source_cannot_vouch(district):
    with scope.service(), pytest.raises(Source.DoesNotExist):
        loading.load(families(1), source="nobody")


def test_a_source_declared_again_has_its_new_title(district):
    sources.declare(POLICE, zh="公安人口库", en="Police", unit="440199-psb")
    assert str(Source.objects.get(code=POLICE)) == "公安人口库"


STRANGE = ["\ue123玉", "𠮷野", "O'Brien", "a\\b", "{陈}", 'a"b', "阿卜杜拉·买买提", "NULL", "\\N"]


@pytest.mark.parametrize("name", STRANGE)
def test_names_as_they_are_come_through_copy(district, name):
    with scope.service():
        loaded = loading.load([people.entry("X", name)], source=POLICE)
        assert Person.objects.get(id=loaded.subjects["X"].removeprefix("person:")).name == name


@pytest.mark.parametrize("name", ["陈\x00玉", "陈\n玉", "陈\ud800"])
def test_control_characters_are_refused(name):
    with pytest.raises(Refused, match="控制字符"):
        people.entry("X", name)


def test_a_load_may_only_write_where_its_scope_reaches(district):
    in_y = people.entry("Y", "何小满", living=people.place(people.COMMITTEE_Y))
    in_x = people.entry("X", "何小满", living=people.place(people.COMMITTEE_X))
    with district.scope_of("clerk_x"):
        assert loading.load([in_x], source=POLICE).subjects
        with pytest.raises(Exception, match="row-level security"):
            loading.load([in_y], source=POLICE)


PLANS = {
    "citizen_a": "registry_person_pkey",
    "clerk_x": "registry_person_registered",
    "supervisor": "registry_person_registered",
}


@pytest.mark.parametrize(("who", "index"), PLANS.items())
def test_the_policy_itself_is_answered_by_an_index(district, who, index):
    """Without any filter in the query: one's own row, a sub-district, the whole district."""
    with scope.service():
        loading.load(families(1200), source=POLICE)
    with district.scope_of(who), connection.cursor() as cursor:
        cursor.execute("explain select id from registry_person")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on registry_person" not in plan
    assert index in plan
