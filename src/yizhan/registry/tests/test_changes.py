"""What happens to persons: entered, corrected, moved, died; nothing is overwritten without a trace."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from yizhan import clock
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.registry import persons
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import (
    Correction,
    Identifier,
    Membership,
    Person,
    PersonHistory,
    Provenance,
    Residence,
)
from yizhan.registry.tests import people
from yizhan.registry.tests.conftest import POLICE


@pytest.fixture
def subject(district):
    """A, in the scope of a service that writes."""
    with scope.service():
        yield district.subjects["A"]


def the(subject):
    return Person.objects.get(id=subject.removeprefix("person:"))


def correct(subject, column, value, because="原登记有误"):
    persons.correct(subject, column, value, source=POLICE, because=because, by="account:1")


def news(kind):
    return [(fact.subject, fact.actor, fact.data) for fact in News.objects.filter(kind=kind)]


def test_a_person_is_entered_once_for_each_record_of_a_source(subject):
    new = people.entry(
        "N", "黎小满", sex="2", born_on=date(2026, 11, 2), living=people.place(people.COMMITTEE_X)
    )
    entered = persons.register(new, source=POLICE, by="account:1")
    assert the(entered).living_division == people.COMMITTEE_X
    assert news("person.registered") == [(entered, "account:1", {"source": POLICE})]
    with pytest.raises(Refused, match="已经登记过"):
        persons.register(new, source=POLICE, by="account:1")


def test_a_correction_keeps_the_wrong_value_and_says_why(subject):
    recorded_at = the(subject).recorded_at
    with clock.standing_at("2026-11-23T08:00") as now:
        correct(subject, "phone", "13800009999", because="本人来电更正")
    assert the(subject).phone == "13800009999"
    (correction,) = Correction.objects.all()
    assert (correction.column, correction.was, correction.became) == ("phone", "13800001234", "13800009999")
    assert (correction.because, correction.by, correction.at) == ("本人来电更正", "account:1", now)
    (earlier,) = PersonHistory.objects.all()
    assert earlier.state["phone"] == "13800001234"
    assert (earlier.recorded_at, earlier.replaced_at) == (recorded_at, now)
    assert news("person.corrected") == [(subject, "account:1", {"column": "phone", "source": POLICE})]


def test_a_correction_makes_another_source_answer_for_that_value_only(subject):
    correct(subject, "sex", "1")
    rows = {row.source_record: row.columns for row in Provenance.objects.filter(person=the(subject))}
    assert 3 not in rows.pop("A")
    assert list(rows.values()) == [[3]]


def test_history_is_kept_for_statements_that_go_past_the_verbs(subject):
    Person.objects.update(phone="1")
    Person.objects.update(phone="1")
    with connection.cursor() as cursor:
        cursor.execute("update registry_person set sex = '9' where name like '陈%'")
    assert PersonHistory.objects.count() == 3 + 1, "what changed nothing leaves no trace"


def test_a_corrected_name_is_sorted_and_found_anew(subject):
    correct(subject, "name", "陈毓兰")
    person = the(subject)
    assert person.name_sort.startswith("{chen2陈{yu4毓")
    assert set(Identifier.objects.filter(person=person).values_list("name_key", flat=True)) == {"陈毓兰"}
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from registry_person where name_tokens @@ '毓兰'::tsquery")
        assert cursor.fetchone() == (1,)


def test_a_corrected_number_leads_to_the_person_and_the_wrong_one_no_longer(subject):
    right = people.number_of(date(1941, 3, 5), 24)
    correct(subject, "id_number", right.lower())
    numbers = {row.value: row.until for row in Identifier.objects.filter(person=the(subject))}
    assert numbers == {people.NUMBER_A: people.TODAY, right: None}
    assert (the(subject).id_number, the(subject).id_ok) == (right, True)
    correct(subject, "id_number", people.NUMBER_A)
    numbers = {row.value: row.until for row in Identifier.objects.filter(person=the(subject))}
    assert numbers == {people.NUMBER_A: None, right: people.TODAY}


REFUSED = (
    ("living_division", "440199001001", "因"),
    ("phone", "13800001234", "与原值相同"),
    ("phone", "1" * 31, "太长"),
    ("phone", "13800000000", "  "),
    ("phone", None, "空"),
    ("name", " ", "空"),
    ("sex", "3", "代码"),
    ("born_on", None, "空"),
    ("born_on", "1941-03-05", "文字"),
    ("born_on", date(2027, 1, 1), "将来"),
    ("died_on", date(1941, 3, 4), "早于出生"),
)


@pytest.mark.parametrize(("column", "value", "because"), REFUSED)
def test_a_correction_that_cannot_be_changes_nothing(subject, column, value, because):
    with pytest.raises(Refused):
        correct(subject, column, value, because)
    assert not Correction.objects.exists()
    assert not PersonHistory.objects.exists()
    assert not news("person.corrected")


def test_a_death_is_entered_once_and_another_day_is_a_correction(subject):
    died = {"source": POLICE, "by": "account:1"}
    persons.died(subject, date(2026, 11, 18), source_record="D1", **died)
    persons.died(subject, date(2026, 11, 18), source_record="D1", **died)
    assert the(subject).died_on == date(2026, 11, 18)
    assert news("person.died") == [(subject, "account:1", {"source": POLICE})]
    with pytest.raises(Refused, match="另一死亡日期"):
        persons.died(subject, date(2026, 11, 17), source_record="D2", **died)
    correct(subject, "died_on", None, because="误报死亡")
    assert the(subject).died_on is None
    assert Correction.objects.get().was == "2026-11-18"


def test_a_death_in_the_future_or_before_birth_is_refused(subject):
    for day in (date(2026, 11, 21), date(1941, 3, 4)):
        with pytest.raises(Refused):
            persons.died(subject, day, source=POLICE, source_record="D1", by="account:1")


def test_a_record_of_a_source_speaks_of_one_person(district, subject):
    persons.died(subject, people.TODAY, source=POLICE, source_record="D1", by="account:1")
    with pytest.raises(Refused, match="已用于另一人"):
        persons.died(district.subjects["B"], people.TODAY, source=POLICE, source_record="D1", by="account:1")
    assert Person.objects.filter(died_on=None).count() == 2


def test_a_move_closes_the_old_residence_and_opens_the_new(subject):
    to = people.place(people.COMMITTEE_Y, "808房")
    move = {"on": date(2026, 11, 1), "source": POLICE, "source_record": "M1", "by": "account:1"}
    persons.moved(subject, to, **move)
    person = the(subject)
    assert (person.register_division, person.living_division) == (people.COMMITTEE_X, people.COMMITTEE_Y)
    spans = [
        (row.address.division, row.since, row.until)
        for row in Residence.objects.filter(person=person, kind="living").order_by("since")
    ]
    assert spans == [
        (people.COMMITTEE_X, date(1999, 5, 1), date(2026, 11, 1)),
        (people.COMMITTEE_Y, date(2026, 11, 1), None),
    ]
    assert news("person.moved") == [(subject, "account:1", {"residence": "living", "source": POLICE})]
    with pytest.raises(Refused, match="不晚于"):
        persons.moved(subject, to, **{**move, "source_record": "M2"})


def test_who_moves_is_seen_where_they_live_now(district):
    subject = district.subjects["B"]
    to = people.place(people.COMMITTEE_X, "606房")
    with scope.service():
        persons.moved(
            subject, to, on=people.TODAY, source=POLICE, source_record="M1", by="house", registered=True
        )
        persons.moved(subject, to, on=people.TODAY, source=POLICE, source_record="M2", by="house")
    with district.scope_of("clerk_y"):
        assert not Person.objects.filter(name="何永康").exists()
    with district.scope_of("clerk_x"):
        assert Person.objects.filter(name="何永康").exists()


def test_nobody_changes_whom_he_does_not_see(district):
    with district.scope_of("clerk_y"), pytest.raises(NotHere):
        correct(district.subjects["A"], "phone", "1")


def test_an_address_of_nine_thousand_characters_is_refused(subject):
    for element in ("road", "room", "full_text"):
        with pytest.raises(Refused, match="个字，未作登记"):
            people.Place(**{"division": people.COMMITTEE_X, "door_plate": "1号", element: "长" * 9000})
    with pytest.raises(Refused, match="十二位区划代码"):
        people.Place(division="440199", road="榕荫街")
    with pytest.raises(Refused, match="内容为空"):
        people.Place(division=people.COMMITTEE_X)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "长" * 101},
        {"id_number": "1" * 41},
        {"sex": "男"},
        {"born_on": date(2026, 11, 21)},
        {"died_on": date(2026, 11, 21)},
        {"born_on": date(2000, 1, 2), "died_on": date(2000, 1, 1)},
        {"book_number": "1"},
        {"relation": "02"},
        {"other_numbers": (("414", "E" * 41),)},
    ],
)
def test_what_cannot_be_written_down_is_refused_before_anything_is_written(wrong):
    with pytest.raises(Refused):
        people.entry("W", **{"name": "何小满", **wrong})


def test_one_belongs_to_one_household_at_a_time(district):
    assert Membership.objects.count() == 0, "no scope"
    with scope.service():
        assert Membership.objects.filter(until=None).count() == 3
