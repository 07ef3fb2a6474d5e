"""Opening a file, unmasking and export are acts of their own; looks at some people bear marks; residents see who looked."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from yizhan import clock
from yizhan.identity.models import Presence
from yizhan.journal.models import Access
from yizhan.registry import acts, finding, guarding, seen
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.purposes import ForCase, Own, Reason
from yizhan.registry.tests import people

WHY = Reason("核实高龄津贴申请人的户籍")
KEYS = ["person.id_number", "residence.address", "person.phone"]


def masked(subject: str, purpose=WHY) -> set[str]:
    return {key for key, one in facts(subject, KEYS, purpose=purpose).items() if one.masked}


def test_a_category_is_unmasked_by_an_act_and_only_until_the_transaction_ends(district):
    a = district.subjects["A"]
    with district.looking("clerk_x"):
        assert "person.id_number" in masked(a)
        acts.unmask(a, ["identity"], purpose=WHY)
        assert "person.id_number" not in masked(a)
        assert "residence.address" in masked(a), "another category stays masked"
        assert "person.id_number" in masked(district.subjects["S"]), "another person stays masked"
    with district.looking("clerk_x"):
        assert "person.id_number" in masked(a)
    line = Access.objects.get(action="unmask")
    assert (line.subjects, line.purpose) == ([a], str(WHY))
    assert "person.id_number" in line.fields and "person.phone" not in line.fields


def test_unmasking_takes_a_recent_proof_a_purpose_and_a_person_in_scope(district):
    a, b = district.subjects["A"], district.subjects["B"]
    with district.looking("clerk_x"):
        with pytest.raises(NotHere):
            acts.unmask(b, ["identity"], purpose=WHY)
        with pytest.raises(Refused, match="事由"):
            acts.unmask(a, ["identity"], purpose=Own())
        late = timezone.now() - settings.PROOF_LASTS
        Presence.objects.filter(account=district.accounts["clerk_x"]).update(proved_at=late)
        with pytest.raises(Refused, match="重新验证身份"):
            acts.unmask(a, ["identity"], purpose=WHY)
        with pytest.raises(Refused, match="重新验证身份"):
            acts.export([a], KEYS, purpose=WHY)
        assert "person.id_number" in masked(a)
    with district.looking("citizen_b"), pytest.raises(Refused, match="没有查询"):
        acts.unmask(a, ["identity"], purpose=WHY)


def test_the_application_cannot_open_what_was_not_unmasked(district):
    a = district.subjects["A"].removeprefix("person:")
    with district.looking("clerk_x"), connection.cursor() as cursor:
        cursor.execute("select current_setting('yizhan.scope')::jsonb")
        cursor.execute(
            """select set_config('yizhan.scope', (current_setting('yizhan.scope')::jsonb
               || jsonb_build_object('unmasked', jsonb_build_object(%s::text, '["*"]'::jsonb)))::text, true)""",
            [a],
        )
        cursor.execute("select registry_sight(%s, false)->>'opens'", [a])
        assert cursor.fetchone() == ("[]",), "the seal is broken: nothing is opened"


def test_files_are_counted_by_the_table_whoever_is_found_or_not(district):
    with district.looking("security"):
        guarding.set_quota("staff", "file", 2)
    a = district.subjects["A"]
    with district.looking("clerk_x"):
        acts.open_file(a, purpose=WHY)
        with pytest.raises(NotHere):
            acts.open_file(district.subjects["B"], purpose=WHY)
        with pytest.raises(Refused, match="已用完"):
            acts.open_file(a, purpose=WHY)
        assert finding.exact("陈玉兰", people.NUMBER_A, purpose=ForCase("440199-0001")), (
            "look-ups count alone"
        )
    with district.looking("clerk_y"), pytest.raises(NotHere):
        acts.open_file(a, purpose=WHY)


def test_looks_at_the_protected_at_colleagues_and_kin_bear_their_marks(district):
    a, s = district.subjects["A"], district.subjects["S"]
    with district.looking("security"):
        guarding.protect("陈玉兰", people.NUMBER_A, reason="信访保护", since=clock.today(), until=None)
        guarding.staff_is(district.accounts["clerk_x"], "李志强", people.NUMBER_SON)
        (one,) = guarding.protected()
        assert "玉兰" not in one.name and people.NUMBER_A not in one.number
    with district.looking("clerk_x"):
        facts(a, KEYS, purpose=WHY)
    with district.looking("supervisor"):
        facts(s, KEYS, purpose=WHY)
    with district.looking("clerk_x"):
        facts(s, KEYS, purpose=WHY)
    marks = [set(line.marks) for line in Access.objects.filter(action="view").order_by("id")]
    assert marks == [{"protected", "relative"}, {"colleague"}, {"self"}]
    with district.looking("security"):
        guarding.protect_no_more(one.id)
        assert guarding.protected() == []


def test_who_is_protected_is_told_of_whom_one_sees_and_of_nobody_else(district):
    """Whoever knows a key must not learn by it that its person is protected, or a colleague."""
    a = district.subjects["A"].removeprefix("person:")
    with district.looking("security"):
        guarding.protect("陈玉兰", people.NUMBER_A, reason="信访保护", since=clock.today(), until=None)
    told = {}
    for who in ("clerk_x", "clerk_y", "admin", "security", "citizen_a"):
        with district.looking(who), connection.cursor() as cursor:
            cursor.execute("select registry_marks(%s), registry_sight(%s, false) -> 'marks'", [a, a])
            told[who] = cursor.fetchone()
    assert told.pop("clerk_x") == (["protected"], '["protected"]')
    assert set(map(str, told.values())) == {"([], '[]')"}


def test_only_the_security_administrator_keeps_the_list(district):
    with district.looking("supervisor"):
        with pytest.raises(Refused):
            guarding.protect("陈玉兰", people.NUMBER_A, reason="试试", since=clock.today(), until=None)
        assert guarding.protected() == []
        with pytest.raises(Refused):
            guarding.set_quota("staff", "lookup", 9999)


def test_a_resident_sees_who_looked_and_nobody_else_does(district):
    a, s = district.subjects["A"], district.subjects["S"]
    with district.looking("clerk_x"):
        facts(a, KEYS, purpose=WHY)
        facts(s, KEYS, purpose=Reason("另一件事情"))
    with district.looking("citizen_a"):
        facts(a, KEYS, purpose=Own())
    with district.looking("citizen_a"):
        (one,) = seen.looks_at_me(below=None, most=20)
        assert (one.who, one.action, one.purpose) == ("staff", "view", str(WHY))
        assert one.unit is not None and one.unit.zh == "440199-x" and list(one.fields) == KEYS
        assert seen.looks_at_me(below=one.id, most=20) == []
    for who in ("citizen_b", "stranger", "clerk_x", "nobody"):
        with district.looking(who):
            assert seen.looks_at_me(below=None, most=20) == []


def test_the_house_is_told_as_such(district):
    a = district.subjects["A"]
    with district.looking("service"):
        facts(a, KEYS, purpose=ForCase("440199-0001"))
    with district.looking("citizen_a"):
        assert [one.who for one in seen.looks_at_me(below=None, most=20)] == ["house"]
