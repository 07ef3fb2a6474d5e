"""What becomes so in somebody's life is known from its day on, what was so before is still told for its days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yizhan import clock
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.registry import persons
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Particulars, ParticularsHistory, PersonHistory, Provenance
from yizhan.registry.particulars import record
from yizhan.registry.purposes import Own, Reason
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE


@pytest.fixture
def subject(district):
    """A, in the scope of a service that writes."""
    with scope.service():
        yield district.subjects["A"]


def enter(subject, on, _record="M1", **values):
    return record(subject, values, on=on, source=POLICE, source_record=_record, by="account:1")


def own(district, key, **more):
    with district.looking("citizen_a"):
        return facts(district.subjects["A"], [key], purpose=Own(), **more)[key]


def test_what_is_so_from_a_day_on_has_its_source_and_is_news(district, subject):
    changed = enter(subject, date(2026, 10, 8), marital_status="20", married_on=date(2026, 10, 8))
    assert changed == ["marital_status", "married_on"]
    assert own(district, "marriage.status").value == "20"
    fact = own(district, "marriage.date")
    assert (fact.value, fact.source.zh, fact.as_of) == (
        date(2026, 10, 8), "公安机关常住人口登记", date(2026, 10, 8),
    )  # fmt: skip
    told = News.objects.get(kind="person.changed")
    assert (told.subject, told.data) == (subject, {"columns": changed, "source": POLICE})


def test_the_same_again_changes_nothing(subject):
    enter(subject, date(2026, 10, 8), phone="13800007777", children=2)
    assert enter(subject, date(2026, 11, 8), "M2", phone="13800007777", children=2) == []
    assert not Provenance.objects.filter(source_record="M2").exists()
    assert News.objects.filter(kind="person.changed").count() == 1


def test_a_day_tells_what_was_so_and_a_moment_what_was_known(district, subject):
    with clock.standing_at("2026-11-20T09:00"):
        enter(subject, date(2001, 5, 1), employer="云津第一小学", phone="13800005555")
    with clock.standing_at("2026-11-21T09:00"):
        enter(subject, date(2020, 9, 1), "M2", employer="云津第二小学")
        between = clock.now()
    with clock.standing_at("2026-11-22T09:00"):
        persons.correct(
            subject, "employer", "云津第三小学", source=POLICE, because="单位名称登错", by="account:1"
        )
        value = lambda **more: own(district, "employment.employer", **more).value  # noqa: E731
        assert value() == "云津第三小学"
        assert value(known_at=between) == "云津第二小学"
        assert value(on=date(2019, 1, 1)) == "云津第一小学"
        assert value(on=date(2021, 1, 1)) == "云津第三小学", "what was put right never was otherwise"
        assert value(on=date(2019, 1, 1), known_at=between) == "云津第一小学"
        assert own(district, "person.phone", on=date(2001, 4, 30)).value == "13800001234"


def test_a_residence_of_earlier_days_and_what_was_known_of_it(district, subject):
    moved = {"source": POLICE, "source_record": "W1", "by": "account:1"}
    with clock.standing_at("2026-11-23T09:00"):
        before = clock.now()
    with clock.standing_at("2026-11-24T09:00"):
        persons.moved(subject, people.place(people.COMMITTEE_Y), on=date(2026, 11, 1), **moved)
        committee = lambda **more: own(district, "residence.committee", **more).value  # noqa: E731
        assert committee() == people.COMMITTEE_Y
        assert committee(on=date(2026, 10, 31)) == people.COMMITTEE_X
        assert committee(known_at=before) == people.COMMITTEE_X
        assert own(district, "residence.separation").value == "2"


def test_sensitive_particulars_are_masked_for_whoever_only_looks(district, subject):
    enter(
        subject, date(2026, 1, 1), disability_kind="4", school="云津中学", assistance_amount=Decimal("812.5")
    )
    keys = ["health.disability_kind", "education.school", "assistance.amount"]
    with district.looking("clerk_x"):
        seen = facts(subject, keys, purpose=Reason("核对信息"))
    assert [seen[key].value for key in keys] == ["****", "云津中学", "****"]
    assert own(district, "assistance.amount").value == "812.50"


def test_particulars_are_under_the_rule_of_persons(district, subject):
    enter(subject, date(2026, 1, 1), school="云津中学")
    enter(subject, date(2026, 2, 1), school="云津一中")
    for who, sees in (("clerk_x", 1), ("clerk_y", 0), ("citizen_b", 0), ("citizen_a", 1)):
        with district.looking(who):
            assert Particulars.objects.count() == ParticularsHistory.objects.count() == sees, who
            if not sees:
                with pytest.raises(NotHere):
                    facts(subject, ["education.school"], purpose=Reason("核对信息"))


IMPOSSIBLE = (
    {"marital_status": "77"},
    {"school": "长" * 81},
    {"school": "a\x00b"},
    {"married_on": "2026-10-08"},
    {"children": -1},
    {"children": True},
    {"children": 40_000},
    {"shoe_size": 43},
    {"person": "1"},
    {"phone": "1" * 31},
)


@pytest.mark.parametrize("values", IMPOSSIBLE)
def test_what_cannot_be_is_refused_whole(subject, values):
    with pytest.raises(Refused, match=r"[。！]$"):
        enter(subject, date(2026, 1, 1), education="90", **values)
    assert not Particulars.objects.exists()
    assert not PersonHistory.objects.exists()


def test_a_day_in_the_future_is_refused(subject):
    with pytest.raises(Refused, match="晚于今天"):
        enter(subject, date(2027, 1, 1), school="云津中学")


def test_a_load_brings_particulars_along_with_their_source(district):
    new = people.entry(
        "N", "黎小满", sex="2", born_on=date(2000, 11, 2), living=people.place(people.COMMITTEE_X), tenure="2",
        particulars={"education": "21", "graduated_on": date(2022, 6, 30), "assistance_amount": Decimal("10.50")},
    )  # fmt: skip
    with scope.service():
        entered = persons.register(new, source=POLICE, by="account:1")
    keys = ["education.level", "education.graduated", "residence.tenure", "employment.since"]
    with district.looking("clerk_x"):
        said = facts(entered, keys, purpose=Reason("核对信息"))
    assert [said[key].value for key in keys] == ["21", date(2022, 6, 30), "2", None]
    assert [said[key].source is None for key in keys] == [False, False, False, True]
