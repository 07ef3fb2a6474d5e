"""Facts of companies, and the licences they hold: recorded, replaced, revoked, and seen by whom it concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yizhan import clock
from yizhan.identity import scope
from yizhan.journal.models import Access, News
from yizhan.registry import entities, licences
from yizhan.registry.catalogue import keys_of
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, UnknownKey
from yizhan.registry.licences import Issued, State, Verb, Word
from yizhan.registry.models import Entity, Licence
from yizhan.registry.purposes import ForCase, Own, Reason
from yizhan.registry.tests.test_entities import (  # noqa: F401 (fixtures)
    COMPANY,
    OTHER,
    agent,
    citizen,
    company,
    give,
    looking,
    owner,
)
from yizhan.releases.words import Text

SUBJECT = f"entity:{COMPANY}"
NUMBER = "entity.licence.food_business.number"


def issued(number="JY24401990000001", **more):
    today = clock.today()
    given = {
        "kind": "food_business",
        "number": number,
        "issuer": "440104-scj",
        "issued_by": Text(zh="越秀区市场监督管理局", en="Market Supervision Bureau"),
        "valid_from": today,
        "valid_to": today + timedelta(days=1825),
        **more,
    }
    return Issued(**given)


def record(**more):
    with scope.service():
        return licences.record(SUBJECT, issued(**more), word=Word("house"))


def known(account, *keys, subject=SUBJECT, purpose=None):
    with looking(account):
        return facts(subject, keys, purpose=purpose or Own())


def test_a_representative_is_told_all_that_is_known_of_her_company_with_its_source(owner, company):  # noqa: F811
    told = known(owner, *keys_of("entity"))
    assert told["entity.name"].value == "示例云澜文化有限公司"
    assert told["entity.representative"].value == "郑丽华"
    assert told["entity.in_operation"].value is True
    assert told["entity.address"].value is None
    assert told["entity.name"].source == Text(zh="市场主体登记", en="Company register")
    assert told["entity.name"].as_of == clock.today()
    assert told["entity.licence.food_business.held"].value is False
    line = Access.objects.latest("id")
    assert (line.subjects, line.purpose) == ([SUBJECT], "own")


def test_an_agent_is_told_for_as_long_as_the_mandate_holds_and_a_stranger_never(owner, agent, company):  # noqa: F811
    with looking(owner) as actor:
        mandate = give(actor, entities.of_representative(owner, COMPANY))
    assert known(agent, "entity.name")["entity.name"].value
    with pytest.raises(NotHere):
        known(agent, "entity.name", subject=f"entity:{OTHER}")
    with looking(owner) as actor:
        entities.revoke_mandate(mandate.id, by=actor)
    for account in (agent, citizen("何某", "13900000003")):
        for purpose in (Own(), Reason("想看看这家企业"), ForCase("YX-1")):
            with pytest.raises(NotHere):
                known(account, "entity.name", purpose=purpose)


def test_a_company_is_not_asked_what_only_persons_have(owner, company):  # noqa: F811
    with pytest.raises(UnknownKey):
        known(owner, "person.born")
    with pytest.raises(UnknownKey):
        known(owner, "entity.licence.food_busines.number")


def test_a_licence_is_a_fact_with_its_issuer_as_source_until_its_last_day(owner, company):  # noqa: F811
    record()
    told = known(owner, NUMBER, "entity.licence.food_business.valid_to")
    assert told[NUMBER].value == "JY24401990000001"
    assert told[NUMBER].source == Text(zh="越秀区市场监督管理局", en="Market Supervision Bureau")
    assert told[NUMBER].as_of == clock.today()
    last = told["entity.licence.food_business.valid_to"].value
    with looking(owner):
        for day, value in ((last, "JY24401990000001"), (last + timedelta(days=1), None)):
            assert facts(SUBJECT, [NUMBER], purpose=Own(), on=day)[NUMBER].value == value


def test_a_licence_recorded_anew_replaces_the_earlier_and_the_history_stays(owner, company):  # noqa: F811
    record(number="A")
    record(number="B")
    assert known(owner, NUMBER)[NUMBER].value == "B"
    with looking(owner):
        rows = licences.held(SUBJECT, purpose=Own())
    assert [(one.number, one.state) for one in rows] == [("B", "in_force"), ("A", "replaced")]
    assert News.objects.filter(kind="entity.licence_recorded", subject=SUBJECT).count() == 2


def test_a_case_records_its_licence_once(owner, company):  # noqa: F811
    first, again = record(case="YX2026-1"), record(case="YX2026-1", number="other")
    assert first == again
    assert Licence.objects.count() == 0, "nobody sees licences without a scope"
    with scope.service():
        assert Licence.objects.count() == 1


def test_a_revoked_licence_is_no_longer_in_force_and_says_why(owner, company):  # noqa: F811
    licence = record()
    with scope.service():
        stale = Licence.objects.get(id=licence.id)
        licences.move(licence, State.REVOKED, Verb.REVOKED, word=Word("house", "依申请注销"))
        with pytest.raises(NotHere):
            licences.move(stale, State.REVOKED, Verb.REVOKED, word=Word("house", "again"))
    assert known(owner, NUMBER)[NUMBER].value is None
    with looking(owner):
        (row,) = licences.held(SUBJECT, purpose=Own())
    assert (row.state, row.ended_because) == ("revoked", "依申请注销")
    assert News.objects.filter(kind="entity.licence_revoked").count() == 1


def test_what_cannot_be_is_not_recorded(company):  # noqa: F811
    with pytest.raises(UnknownKey):
        record(kind="fishing")
    with pytest.raises(ValueError, match="ends before"):
        record(valid_to=date(2020, 1, 1))


def test_only_the_house_enters_and_ends_licences(owner, company):  # noqa: F811
    licence = record()
    with looking(owner), pytest.raises(Exception, match="row-level security"):
        licences.record(SUBJECT, issued(number="X", kind="drainage"), word=Word("x"))
    with looking(owner), pytest.raises(NotHere):
        licences.move(licence, State.REVOKED, Verb.REVOKED, word=Word("x", "x"))


def test_a_clerk_finds_a_company_by_code_and_name_and_is_admitted(district, owner, company):  # noqa: F811
    purpose = Reason("窗口收件：开办小餐饮店")
    with district.looking("clerk_x"):
        assert entities.find(COMPANY, "别的名字", purpose=purpose).subject is None
        assert not Entity.objects.exists()
        found = entities.find(COMPANY, "示例云澜文化有限公司", purpose=purpose)
        assert found.subject == SUBJECT
        assert facts(SUBJECT, ["entity.name"], purpose=ForCase("draft 1"))["entity.name"].value
        with pytest.raises(NotHere):
            facts(SUBJECT, ["entity.name"], purpose=Own())
    with looking(owner):
        assert entities.find(COMPANY, "示例云澜文化有限公司", purpose=purpose).state == "not_allowed"
