"""Ties stand from either side, what cannot be is refused, and nobody learns of relatives whom he may not see."""

from __future__ import annotations

from datetime import date

import pytest

from yizhan import clock
from yizhan.identity import scope
from yizhan.registry import events, marriages, persons, relations, sight
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import LifeEvent, Person, Relation
from yizhan.registry.purposes import Own, Reason
from yizhan.registry.relations import Kind
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE

LOOKING = Reason("核对信息")


@pytest.fixture
def service(district):
    """The scope of a service that writes."""
    with scope.service():
        yield district.subjects


def relate(one, kind, other, since=None):
    return relations.relate(one, kind, other, since=since, source=POLICE, by="account:1")


def registered(record="J1", on=date(2026, 10, 8)):
    return marriages.Registered(
        POLICE, record, on, certificate="J440199-2026-000123", authority="云津区民政局"
    )


def seen(district, who, subject):
    with district.looking(who):
        purpose = Own() if who.startswith("citizen") else LOOKING
        return [
            (one.kind, one.subject, one.name)
            for one in relations.relatives_of(sight.look(subject, purpose=purpose))
        ]


def test_a_tie_is_seen_from_either_side_and_names_are_masked_beyond_ones_areas(district, service):
    mother, son = service["A"], service["S"]
    assert relate(mother, Kind.CHILD, son)
    assert not relate(mother, Kind.CHILD, son)
    assert not relate(son, Kind.PARENT, mother), "the other side was written with the first"
    assert seen(district, "citizen_a", mother) == [("child", None, "李＊＊")]
    assert seen(district, "clerk_y", son) == [("parent", None, "陈＊＊")]
    assert seen(district, "clerk_x", mother) == [("child", son, "李＊＊")], (
        "registered in X: seen, yet masked"
    )
    with pytest.raises(NotHere):
        seen(district, "citizen_b", mother)


def test_what_cannot_be_is_refused_and_nothing_is_written(district, service, enter):
    mother, son = service["A"], service["S"]
    child = enter("C", "李小满", born_on=date(1995, 1, 1))
    relate(mother, Kind.CHILD, son)
    relate(son, Kind.CHILD, child)
    before = Relation.objects.count()
    for one, kind, other in (
        (mother, Kind.SPOUSE, mother),
        (mother, Kind.PARENT, son),
        (son, Kind.PARENT, child),
        (mother, Kind.PARENT, child),
    ):
        with pytest.raises(Refused):
            relate(one, kind, other)
    with pytest.raises(Refused, match="晚于今天"):
        relate(mother, Kind.GUARDIAN, child, date(2027, 1, 1))
    assert Relation.objects.count() == before


def test_a_circle_is_found_where_no_birthday_betrays_it(service, enter):
    one, two, three = (enter(record, "何无期") for record in ("X1", "X2", "X3"))
    relate(one, Kind.CHILD, two)
    relate(two, Kind.CHILD, three)
    with pytest.raises(Refused, match="自己的长辈"):
        relate(three, Kind.CHILD, one)


def test_a_marriage_is_one_record_of_two_persons(district, service):
    one, two = service["A"], service["B"]
    marriages.married(one, two, registered(), by="account:1")
    marriages.married(one, two, registered(), by="account:1")
    assert LifeEvent.objects.filter(kind="marriage").count() == 2
    keys = ["marriage.status", "marriage.spouse_name", "marriage.date", "marriage.certificate"]
    with district.looking("citizen_b"):
        told = facts(two, keys, purpose=Own())
        (wedding,) = events.of(sight.look(two, purpose=Own()))
    assert [told[key].value for key in keys] == ["20", "陈玉兰", date(2026, 10, 8), "J440199-2026-000123"]
    assert (wedding.kind, wedding.on, wedding.other) == ("marriage", date(2026, 10, 8), one)
    with pytest.raises(Refused, match="已登记有配偶"):
        marriages.married(one, service["S"], registered("J2"), by="account:1")


def test_a_divorce_ends_the_tie_and_the_marriage_is_still_told_for_its_days(district, service):
    one, two = service["A"], service["B"]
    with pytest.raises(Refused, match="没有双方的婚姻关系"):
        marriages.divorced(one, two, registered("L1"), by="account:1")
    marriages.married(one, two, registered(on=date(2001, 3, 1)), by="account:1")
    with clock.standing_at("2026-11-21T09:00"):
        marriages.divorced(one, two, registered("L1", date(2010, 6, 1)), by="account:1")
        assert seen(district, "citizen_a", one) == []
        with district.looking("citizen_a"):
            now = facts(one, ["marriage.status"], purpose=Own())
            then = facts(one, ["marriage.status"], purpose=Own(), on=date(2005, 1, 1))
        assert (now["marriage.status"].value, then["marriage.status"].value) == ("40", "20")
    marriages.married(one, two, registered("J3", date(2012, 6, 1)), by="account:1")


def test_a_death_leaves_the_spouse_widowed(district, service):
    marriages.married(service["A"], service["B"], registered(on=date(2001, 3, 1)), by="account:1")
    persons.died(service["A"], date(2026, 11, 1), source=POLICE, source_record="D1", by="account:1")
    with district.looking("citizen_b"):
        status = facts(service["B"], ["marriage.status"], purpose=Own())["marriage.status"]
    assert (status.value, status.as_of) == ("30", date(2026, 11, 1))
    assert seen(district, "citizen_b", service["B"]) == []


def test_nobody_marries_the_dead(service):
    persons.died(service["A"], date(2026, 1, 1), source=POLICE, source_record="D1", by="account:1")
    with pytest.raises(Refused, match="登记死亡"):
        marriages.married(service["B"], service["A"], registered(), by="account:1")
    assert not Relation.objects.exists()


def test_a_new_name_keeps_the_old_and_is_found_by_it(district, service):
    renamed = {"on": date(2026, 11, 2), "source": POLICE, "source_record": "N1", "by": "account:1"}
    persons.renamed(service["A"], "陈毓兰", **renamed)
    persons.renamed(service["A"], "陈毓兰", **renamed)
    with district.looking("citizen_a"):
        told = facts(service["A"], ["person.name", "person.former_name"], purpose=Own())
        earlier = facts(service["A"], ["person.name"], purpose=Own(), on=date(2020, 1, 1))
        happened = [(one.kind, one.detail) for one in events.of(sight.look(service["A"], purpose=Own()))]
    assert [fact.value for fact in told.values()] == ["陈毓兰", "陈玉兰"]
    assert earlier["person.name"].value == "陈玉兰"
    assert happened == [("renamed", {"was": "陈玉兰"})]
    for wrong in (" ", "长" * 101):
        with pytest.raises(Refused):
            persons.renamed(service["A"], wrong, **renamed)


def test_a_death_recorded_in_error_is_struck_and_stays(district, service):
    persons.died(service["B"], date(2026, 11, 1), source=POLICE, source_record="D1", by="account:1")
    with pytest.raises(Refused, match="撤销理由"):
        events.strike(service["B"], POLICE, "D1", because=" ")
    events.strike(service["B"], POLICE, "D1", because="同名误报")
    with pytest.raises(NotHere):
        events.strike(service["B"], POLICE, "D1", because="同名误报")
    with district.looking("citizen_b"):
        assert events.of(sight.look(service["B"], purpose=Own())) == []
    assert LifeEvent.objects.get().struck_because == "同名误报"


def test_events_are_under_the_rule_of_persons(district, service):
    to = people.place(people.COMMITTEE_Y, "808房")
    persons.moved(service["A"], to, on=date(2026, 11, 1), source=POLICE, source_record="W1", by="account:1")
    with district.looking("clerk_x"):
        (move,) = events.of(sight.look(service["A"], purpose=LOOKING))
    assert (move.kind, move.detail["became"]) == ("moved", to.full_text)
    with district.looking("citizen_b"), pytest.raises(NotHere):
        events.of(sight.look(service["A"], purpose=Own()))
    with district.scope_of("citizen_b"):
        assert not LifeEvent.objects.exists()
        assert Person.objects.count() == 1
