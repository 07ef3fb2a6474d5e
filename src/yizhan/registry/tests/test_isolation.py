"""Who sees whom: the same answer from plain selects, from facts and from look-ups."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from yizhan.identity import scope
from yizhan.registry import finding
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere
from yizhan.registry.finding import Outcome
from yizhan.registry.models import (
    AccountLink,
    Address,
    Household,
    Identifier,
    Membership,
    Person,
    Provenance,
    Residence,
)
from yizhan.registry.purposes import ForCase, Own, Reason
from yizhan.registry.reaching import persons_seen
from yizhan.registry.tests import people

# A is in X; her son S is registered in X and lives in Y; B is in Y.
SEES = {
    "nobody": "",
    "stranger": "",
    "admin": "",
    "citizen_a": "A",
    "citizen_b": "B",
    "clerk_x": "AS",
    "clerk_y": "BS",
    "supervisor": "ABS",
    "service": "ABS",
}
HANGING_ON_A_PERSON = (Identifier, Membership, Residence, Provenance)


@pytest.mark.parametrize(("who", "seen"), SEES.items())
def test_a_select_shows_the_persons_of_the_scope_and_what_hangs_on_them(district, who, seen):
    wanted = {district.subjects[record] for record in seen}
    with district.scope_of(who):
        assert {person.subject for person in Person.objects.all()} == wanted
        for model in HANGING_ON_A_PERSON:
            rows = model.objects.all()
            assert {f"person:{row.person_id}" for row in rows} == wanted, model
        books = set(Household.objects.values_list("book_number", flat=True))
    assert books == {f"44019900{'1-0001' if record in 'AS' else '2-0009'}" for record in seen}


@pytest.mark.parametrize(("who", "seen"), SEES.items())
@pytest.mark.parametrize("record", ["A", "B", "S"])
def test_facts_answer_for_the_persons_of_the_scope_and_no_other(district, who, seen, record):
    with district.looking(who):
        if record in seen:
            assert facts(district.subjects[record], ["person.sex"], purpose=Reason("核对信息"))
        else:
            with pytest.raises(NotHere):
                facts(district.subjects[record], ["person.sex"], purpose=Reason("核对信息"))


@pytest.mark.parametrize(("who", "seen"), SEES.items())
def test_the_rule_in_a_query_is_that_of_the_policy(district, who, seen):
    """Asked in somebody's scope, and put to rows that no policy holds back."""
    with district.scope_of(who):
        condition = persons_seen()
    with scope.service():
        found = {f"person:{row.person_id}" for row in Residence.objects.filter(condition)}
    assert found == {district.subjects[record] for record in seen}


OPENED = {
    ("citizen_a", "own"): True,
    ("citizen_a", "case"): True,
    ("clerk_x", "case"): False,  # in her area, but nobody admitted her to the subject of a case
    ("clerk_x", "reason"): False,
    ("supervisor", "case"): False,
    ("service", "case"): True,
    ("service", "reason"): False,
}
PURPOSES = {"own": Own(), "case": ForCase("440199-0001"), "reason": Reason("核对信息")}


@pytest.mark.parametrize(("look", "opened"), OPENED.items())
def test_values_are_masked_unless_own_or_for_a_case_one_was_admitted_to(district, look, opened):
    who, purpose = look
    with district.looking(who):
        number = facts(district.subjects["A"], ["person.id_number"], purpose=PURPOSES[purpose])[
            "person.id_number"
        ]
    assert number.masked is not opened
    assert number.value == (people.NUMBER_A if opened else f"440199********{people.NUMBER_A[-4:]}")


@pytest.mark.parametrize("who", ["clerk_x", "supervisor", "service"])
def test_own_is_no_purpose_for_somebody_else(district, who):
    with district.looking(who), pytest.raises(NotHere):
        facts(district.subjects["A"], ["person.name"], purpose=Own())


LOOK_UPS = {
    "clerk_x": Outcome.FOUND,
    "clerk_y": Outcome.FOUND,  # a window serves whoever comes with number and name, from any area
    "supervisor": Outcome.FOUND,
    "admin": Outcome.NOT_ALLOWED,
    "nobody": Outcome.NOT_ALLOWED,
    "service": Outcome.NOT_ALLOWED,
}


@pytest.mark.parametrize(("who", "outcome"), LOOK_UPS.items())
def test_an_exact_look_up_is_for_staff_whose_post_opens_records(district, who, outcome):
    with district.looking(who):
        match = finding.exact("陈玉兰", people.NUMBER_A, purpose=ForCase("440199-0001"))
        assert match.outcome is outcome
        assert match.subject == (district.subjects["A"] if outcome is Outcome.FOUND else None)


def test_whoever_looked_a_person_up_sees_that_person_unmasked_until_the_transaction_ends(district):
    subject = district.subjects["B"]
    with district.looking("clerk_x"):
        assert not Person.objects.filter(id=subject.removeprefix("person:")).exists()
        finding.exact("何永康", people.NUMBER_B, purpose=ForCase("440199-0001"))
        fact = facts(subject, ["person.id_number"], purpose=ForCase("440199-0001"))["person.id_number"]
        assert (fact.value, fact.masked) == (people.NUMBER_B, False)
        assert facts(subject, ["person.id_number"], purpose=Reason("核对信息"))["person.id_number"].masked
    with district.looking("clerk_x"), pytest.raises(NotHere):
        facts(subject, ["person.id_number"], purpose=ForCase("440199-0001"))


def test_a_scope_that_somebody_writes_himself_shows_nothing(district):
    forged = '{"all": true, "account": 1, "areas": [""], "units": ["440199"], "subjects": []}'
    with district.looking("stranger"), connection.cursor() as cursor:
        cursor.execute("select set_config('yizhan.scope', %s, true)", [forged])
        assert not Person.objects.exists()
        with pytest.raises(NotHere):
            facts(district.subjects["A"], ["person.name"], purpose=ForCase("440199-0001"))
        assert finding.exact("陈玉兰", people.NUMBER_A, purpose=Own()).outcome is Outcome.NOT_ALLOWED


@pytest.mark.parametrize("who", ["citizen_a", "clerk_y", "stranger", "nobody"])
def test_who_may_not_write_a_person_cannot(district, who):
    """Neither one's own document nor another area lets one change a row of the register."""
    subject = district.subjects["A"].removeprefix("person:")
    with district.scope_of(who):
        before = Person.objects.filter(id=subject).count()
        try:
            with transaction.atomic():
                assert Person.objects.filter(id=subject).update(phone="1") == 0
                assert before == 0
        except DatabaseError as fault:
            assert "row-level security" in str(fault)  # seen, but not to be written
            assert before == 1
    with scope.service():
        assert Person.objects.get(id=subject).phone == "13800001234"


FORBIDDEN = (
    "delete from registry_person",
    "delete from registry_address",
    "update registry_membership set relation = '02'",
    "update registry_identifier set value = '1'",
    """insert into registry_accountlink (account, person_id, level, by, since)
       select 1, id, 2, '', now() from registry_person""",
    "update registry_accountlink set level = 3",
    """insert into registry_personhistory (person_id, state, recorded_at, replaced_at)
       select id, '{}', now(), now() from registry_person""",
    "update registry_correction set because = ''",
    "select * from registry_tally",
    "select * from registry_protected",
    "select * from registry_staffperson",
    "update registry_quota set a_day = 10000",
    "select registry_count('lookup')",
    "select registry_known_by('111', '1', '何永康')",
    "select scope_admit('person:1')",
    "select registry_keep_history()",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_what_even_a_service_may_not_do(district, statement):
    with (
        scope.service(),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement)


def test_an_address_names_nobody_and_is_open(district):
    assert Address.objects.count() == 3
    assert not AccountLink.objects.exists()
