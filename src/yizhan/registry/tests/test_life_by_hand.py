"""A death and what becomes of a household book, entered by hand: by the office that keeps it, once, with past and words."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yizhan import clock
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.journal import access
from yizhan.journal.models import Access, News
from yizhan.registry import life_by_hand, relations, sources
from yizhan.registry.by_hand import ByHand
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.keeping import KEEPER
from yizhan.registry.models import (
    Correction,
    HandEntry,
    Household,
    LifeEvent,
    Membership,
    Particulars,
    Person,
    Relation,
    Source,
)
from yizhan.registry.purposes import Own, Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE

TODAY = people.TODAY
FIRST, SECOND = "440199001-0001", "440199002-0009"
ALIVE = ("person.alive", "person.died", "marriage.status")


@pytest.fixture
def keeper(district):
    """Whoever answers for the household register in the whole district; ``clerk_x`` does so in sub-district X."""
    with scope.service():
        Source.objects.filter(code=POLICE).update(unit="440199-x")
    for who, reach in (("supervisor", "all"), ("clerk_x", "area"), ("clerk_y", "area")):
        post = district.accounts[who].appointments.get().post
        RoleGrant.give(Role.objects.get(code=KEEPER), post, reach, by=HOUSE, reason="测试")
    return "supervisor"


@pytest.fixture
def enter_by_hand(district, keeper):
    def entered(verb, subject, *args, who=keeper, command=None, because="死亡医学证明 D-0045", **more):
        with district.scope_of(who) as actor, access.watching(actor.viewer()):
            how = ByHand(by=actor, because=because, command=command or uuid.uuid4())
            getattr(life_by_hand, verb)(subject, *args, how=how, **more)

    return entered


def said(district, subject, *keys, **when):
    with district.looking("supervisor"):
        found = facts(subject, keys, purpose=Reason("核对信息"), **when)
    return [found[key].value for key in keys]


def books(subject):
    with scope.service():
        rows = Membership.objects.filter(person=subject.removeprefix("person:")).order_by("recorded_at", "id")
        return [(row.household.book_number, row.relation, row.until) for row in rows]


def news(kind):
    return [(fact.subject, fact.data) for fact in News.objects.filter(kind=kind).order_by("id")]


class TestDeath:
    """The state follows, the spouse is widowed, and all of it is taken back where it never was."""

    @pytest.fixture
    def couple(self, district):
        one, two = district.subjects["A"], district.subjects["B"]
        with scope.service():
            relations.relate(one, relations.Kind.SPOUSE, two, since=date(1970, 1, 1), source=POLICE, by="x")
            Particulars.objects.create(person_id=two.removeprefix("person:"), marital_status="20")
        return one, two

    def test_the_state_follows_from_the_day_on(self, district, couple, enter_by_hand):
        dead, widower = couple
        command = uuid.uuid4()
        for _twice in range(2):
            enter_by_hand("died", dead, on=date(2026, 11, 18), place="区人民医院", command=command)
        assert said(district, dead, "person.alive") == [False]
        assert said(district, dead, "person.alive", on=date(2026, 11, 17)) == [True]
        with scope.service():
            event = LifeEvent.objects.get(kind="death")
            assert (event.on, event.detail, event.source.code) == (
                date(2026, 11, 18),
                {"place": "区人民医院"},
                POLICE,
            )
            assert HandEntry.objects.get().act == "death"
            assert Particulars.objects.get(person=widower.removeprefix("person:")).marital_status == "30"
        assert [subject for subject, _data in news("person.died")] == [dead]
        line = Access.objects.filter(action="enter").latest("id")
        assert (line.fields, line.purpose) == (["person.died"], "reason:死亡医学证明 D-0045")

    def test_a_mistaken_death_is_taken_back_and_stays_in_the_past(self, district, couple, enter_by_hand):
        dead, widower = couple
        enter_by_hand("died", dead, on=date(2026, 11, 18), place="")
        before = clock.now()
        with clock.standing_at("2026-11-23T09:00"):
            enter_by_hand("died_not", dead, because="误报，本人到场核实")
            assert said(district, dead, "person.alive") == [True]
            assert said(district, dead, "person.alive", known_at=before) == [False], "as it was known then"
        with scope.service():
            assert Correction.objects.filter(column="died_on").get().was == "2026-11-18"
            assert LifeEvent.objects.get(kind="death").struck_because == "误报，本人到场核实"
            assert Relation.objects.filter(kind="spouse", until=None).count() == 2
            assert Particulars.objects.get(person=widower.removeprefix("person:")).marital_status == "20"
            assert [one.act for one in HandEntry.objects.order_by("at", "act")][-1] == "correction"
        with pytest.raises(Refused, match="没有此人的死亡登记"):
            enter_by_hand("died_not", dead)

    @pytest.mark.parametrize(
        ("on", "told"),
        [(date(1941, 3, 4), "早于出生"), (date(2026, 11, 21), "晚于今天")],
    )
    def test_a_day_that_cannot_be_changes_nothing(self, district, enter_by_hand, on, told):
        with pytest.raises(Refused, match=told):
            enter_by_hand("died", district.subjects["A"], on=on, place="")
        assert said(district, district.subjects["A"], "person.alive") == [True]
        with scope.service():
            assert not HandEntry.objects.exists()

    def test_who_is_dead_dies_no_second_time(self, district, enter_by_hand):
        enter_by_hand("died", district.subjects["A"], on=TODAY, place="")
        with pytest.raises(Refused, match="已登记死亡"):
            enter_by_hand("died", district.subjects["A"], on=TODAY, place="")

    def test_another_office_or_another_area_enters_none(self, district, couple, enter_by_hand):
        dead, _widower = couple
        with pytest.raises(NotHere):
            enter_by_hand("died", district.subjects["B"], on=TODAY, place="", who="clerk_x")
        with pytest.raises(Refused, match="配偶不在您的辖区内"):
            enter_by_hand("died", dead, on=TODAY, place="", who="clerk_x")
        with scope.service():
            Source.objects.filter(code=POLICE).update(unit="440199-y")
        with pytest.raises(Refused, match="不由本单位负责"):
            enter_by_hand("died", dead, on=TODAY, place="", who="clerk_x")
        assert said(district, dead, "person.alive") == [True]

    def test_a_source_of_other_categories_enters_none_where_nobody_vouches(self, district, enter_by_hand):
        with scope.service():
            sources.declare(POLICE, zh="公安", en="Police", unit="440199-x", categories=["marriage"])
            Person.objects.get(name="陈玉兰").provenance.update(columns=[1])
        with pytest.raises(Refused, match="不由本单位负责"):
            enter_by_hand("died", district.subjects["A"], on=TODAY, place="", who="clerk_x")


class TestHouseholds:
    """A: head of FIRST with her son S; B: alone in SECOND."""

    def test_joining_another_ends_the_first_on_the_same_day(self, district, enter_by_hand):
        son, on, command = district.subjects["S"], TODAY, uuid.uuid4()
        for _twice in range(2):
            enter_by_hand("joined", son, SECOND, "28", on=on, command=command)
        assert books(son) == [(FIRST, "20", on), (SECOND, "28", None)]
        assert news("person.household_changed") == [
            (son, {"what": "joined", "columns": ["household"], "source": POLICE})
        ]
        with scope.service():
            assert LifeEvent.objects.get(kind="joined").detail["was"] == FIRST

    def test_a_household_of_ones_own_and_none_at_all(self, district, enter_by_hand):
        son = district.subjects["S"]
        enter_by_hand("founded", son, "440199001-0777", on=TODAY)
        assert books(son)[-1] == ("440199001-0777", "02", None)
        with scope.service():
            assert Household.objects.get(book_number="440199001-0777").address.full_text.startswith("榕荫街")
        enter_by_hand("left", son, on=TODAY)
        assert books(son)[-1] == ("440199001-0777", "02", TODAY)
        with pytest.raises(Refused, match="不在任何一户"):
            enter_by_hand("left", son, on=TODAY)
        with pytest.raises(Refused, match="没有在世的户主"):
            enter_by_hand("joined", son, "440199001-0777", "20", on=TODAY)
        enter_by_hand("joined", son, "440199001-0777", "02", on=TODAY)
        assert books(son)[-1] == ("440199001-0777", "02", None)

    def test_another_head_and_what_the_others_are_to_him(self, district, enter_by_hand):
        mother, son = district.subjects["A"], district.subjects["S"]
        for chosen, told in (
            ({}, "与户主关系"),
            ({mother: "02"}, "只有一个户主"),
            ({mother: "01"}, "与户主关系"),
        ):
            with pytest.raises(Refused, match=told):
                enter_by_hand("headed", son, chosen, on=TODAY)
        enter_by_hand("headed", son, {mother: "52"}, on=TODAY)
        assert books(son)[-1] == (FIRST, "02", None) and books(mother)[-1] == (FIRST, "52", None)
        with district.looking("citizen_a"):
            was, now = (
                facts(mother, ["household.relation"], purpose=Own(), on=on)["household.relation"].value
                for on in (date(2026, 11, 19), TODAY)
            )
        assert (was, now) == ("02", "52")
        with pytest.raises(Refused, match="已是本户户主"):
            enter_by_hand("headed", son, {mother: "52"}, on=TODAY)

    def test_a_head_who_died_leaves_the_book_with_the_next_head(self, district, enter_by_hand):
        mother, son = district.subjects["A"], district.subjects["S"]
        enter_by_hand("died", mother, on=date(2026, 11, 18), place="")
        enter_by_hand("headed", son, {}, on=TODAY)
        assert books(son)[-1] == (FIRST, "02", None)
        assert books(mother) == [(FIRST, "02", max(date(2026, 11, 18), books_since(mother)))]
        with pytest.raises(Refused, match="已登记死亡"):
            enter_by_hand("joined", mother, SECOND, "20", on=TODAY)

    @pytest.mark.parametrize(
        ("verb", "who", "given", "told"),
        [
            ("left", "A", (), "还有其他成员"),
            ("joined", "A", (SECOND, "20"), "还有其他成员"),
            ("joined", "S", (FIRST, "20"), "已在该户"),
            ("joined", "S", (SECOND, "02"), "已有户主"),
            ("joined", "S", (SECOND, "01"), "请选择与户主关系"),
            ("joined", "S", (SECOND, ""), "请选择与户主关系"),
            ("joined", "S", ("440199001-9999", "20"), "没有这个户号"),
            ("founded", "S", (SECOND,), "已有一户"),
            ("founded", "S", (" ",), "请填写户口簿上的户号"),
            ("headed", "A", ({},), "已是本户户主"),
        ],
    )
    def test_what_cannot_be_is_said_and_changes_nothing(
        self, district, enter_by_hand, verb, who, given, told
    ):
        subject = district.subjects[who]
        before = books(subject)
        with pytest.raises(Refused, match=told):
            enter_by_hand(verb, subject, *given, on=TODAY)
        assert books(subject) == before
        with scope.service():
            assert not HandEntry.objects.exists()

    @pytest.mark.parametrize(
        ("on", "told"), [(date(2026, 11, 21), "晚于今天"), (date(1990, 1, 1), "早于在现户")]
    )
    def test_a_day_that_cannot_be(self, district, enter_by_hand, on, told):
        with pytest.raises(Refused, match=told):
            enter_by_hand("joined", district.subjects["S"], SECOND, "20", on=on)

    def test_a_head_out_of_sight_is_a_head_all_the_same(self, district, enter_by_hand):
        """S of X and Y is moved by the keeper of Y into a book of Y whose head lives elsewhere by now."""
        with scope.service():
            Person.objects.filter(name="何永康").update(
                register_division=people.COMMITTEE_X, living_division=people.COMMITTEE_X
            )
            Source.objects.filter(code=POLICE).update(unit="440199-y")
        son = district.subjects["S"]
        with pytest.raises(Refused, match="已有户主"):
            enter_by_hand("joined", son, SECOND, "02", on=TODAY, who="clerk_y")
        enter_by_hand("joined", son, SECOND, "28", on=TODAY, who="clerk_y")
        with pytest.raises(Refused, match="有成员不在您的辖区内"):
            enter_by_hand("headed", son, {}, on=TODAY, who="clerk_y")

    def test_a_book_of_another_area_is_not_known_here(self, district, enter_by_hand):
        with pytest.raises(Refused, match="辖区内没有这个户号"):
            enter_by_hand("joined", district.subjects["S"], SECOND, "28", on=TODAY, who="clerk_x")
        with pytest.raises(Refused, match="已有一户"):
            enter_by_hand("founded", district.subjects["S"], SECOND, on=TODAY, who="clerk_x")


def books_since(subject):
    with scope.service():
        return Membership.objects.filter(person=subject.removeprefix("person:")).earliest("id").since
