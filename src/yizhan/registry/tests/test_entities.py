"""Legal persons: who sees them, and how their representative gives and takes mandates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction

from yizhan import clock
from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.identity.actor import Actor
from yizhan.identity.faults import Refused as RefusedByIdentity
from yizhan.identity.models import Account, Mandate
from yizhan.journal import access
from yizhan.journal.models import Access, News
from yizhan.registry import entities, sources
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Entity

pytestmark = pytest.mark.django_db

COMPANY, OTHER = (uscc.make("91", "440199", f"MA00000{n}") for n in (1, 2))
UNTIL = date(2027, 6, 30)


def citizen(name: str, phone: str, number: str = "") -> Account:
    return Account.objects.create(
        kind="citizen",
        phone=phone,
        name=name,
        document_type="111" if number else "",
        document_number=number,
        assurance=1 if number else 0,
    )


@pytest.fixture
def owner(db):
    return citizen("郑丽华", "13900000001", "440199197405010021")


@pytest.fixture
def agent(db):
    return citizen("吴志明", "13900000002", "440199199205010012")


@pytest.fixture
def company(owner):
    with scope.service():
        source = sources.declare(
            "market.entities", zh="市场主体登记", en="Company register", unit="440104-scj"
        )
        for code, representative in ((COMPANY, owner.document_number), (OTHER, "440199196001010010")):
            entities.enter(
                code,
                "示例云澜文化有限公司",
                representative="郑丽华",
                document=f"111:{representative}",
                source=source,
                as_of=clock.today(),
            )
    return COMPANY


@contextmanager
def looking(account: Account) -> Iterator[Actor]:
    """Somebody's scope, with an access log that knows who looks."""
    with scope.as_account(account) as actor, access.watching(actor.viewer()):
        yield actor


def give(actor, entity, **more):
    return entities.give_mandate(
        entity, by=actor, **{"name": "吴志明", "phone": "139 0000 0002", "until": UNTIL, **more}
    )


def test_a_representative_finds_the_companies_the_register_names_her_for_and_no_other(owner, company):
    with looking(owner):
        assert [one.uscc for one in entities.represented(owner)] == [COMPANY]
        assert [one.uscc for one in Entity.objects.all()] == [COMPANY], "the database shows her no more"
        with pytest.raises(NotHere):
            entities.of_representative(owner, OTHER)
    line = Access.objects.latest("id")
    assert line.subjects == [f"entity:{COMPANY}"]
    assert line.purpose == "own"


def test_a_stranger_and_who_is_not_verified_see_none(agent, company):
    for account in (agent, citizen("13900000009", "13900000009")):
        with looking(account):
            assert entities.represented(account) == []
            assert not Entity.objects.exists()


def test_an_agent_is_named_finds_the_company_and_is_dismissed(owner, agent, company):
    with looking(owner) as actor:
        mandate = give(actor, entities.of_representative(owner, COMPANY))
        assert [one.account for one in entities.mandates_of(Entity.objects.get())] == [agent]
    with looking(agent):
        assert [(one.until, of.uscc) for one, of in entities.acted_for(agent)] == [(UNTIL, COMPANY)]
        with pytest.raises(NotHere):
            entities.of_representative(agent, COMPANY)
    with looking(owner) as actor:
        entities.revoke_mandate(mandate.id, by=actor)
        assert entities.mandates_of(Entity.objects.get())[0].ended_at is not None
        with pytest.raises(NotHere):
            entities.revoke_mandate(mandate.id, by=actor)
    with looking(agent):
        assert entities.acted_for(agent) == []
        assert not Entity.objects.exists()
    told = News.objects.filter(kind__startswith="mandate.").order_by("id")
    assert [(one.kind, one.actor, one.subject) for one in told] == [
        ("mandate.granted", owner.subject, f"entity:{COMPANY}"),
        ("mandate.revoked", owner.subject, f"entity:{COMPANY}"),
    ]


def test_an_agent_may_lay_it_down_and_a_stranger_may_not_end_it(owner, agent, company):
    with looking(owner) as actor:
        mandate = give(actor, entities.of_representative(owner, COMPANY))
    stranger = citizen("何某", "13900000003", "440199198001010014")
    with looking(stranger) as actor, pytest.raises(NotHere):
        entities.revoke_mandate(mandate.id, by=actor)
    with looking(agent) as actor:
        entities.revoke_mandate(mandate.id, by=actor)
    assert not Mandate.allows(agent.pk, COMPANY, "any")


def test_an_agent_never_names_another(owner, agent, company):
    with looking(owner) as actor:
        entity = entities.of_representative(owner, COMPANY)
        give(actor, entity)
    citizen("何某", "13900000003", "440199198001010014")
    with looking(agent) as actor, pytest.raises(NotHere):
        give(actor, entity, name="何某", phone="13900000003")


@pytest.mark.parametrize(
    "wrong", [{"name": "吴志强"}, {"phone": "13900000008"}, {"name": "郑丽华", "phone": "13900000001"}]
)
def test_name_and_phone_must_be_one_verified_account_s_and_not_her_own(owner, agent, company, wrong):
    with looking(owner) as actor:
        entity = entities.of_representative(owner, COMPANY)
        with pytest.raises(Refused, match="没有查到|本人即可办理"):
            give(actor, entity, **wrong)
    assert not Mandate.objects.exists()


def test_what_cannot_be_is_refused(owner, agent, company):
    with looking(owner) as actor:
        entity = entities.of_representative(owner, COMPANY)
        with pytest.raises(RefusedByIdentity, match="手机号"):
            give(actor, entity, phone="12")
        with pytest.raises(RefusedByIdentity, match="结束日期"):
            give(actor, entity, until=date(2020, 1, 1))
    with scope.service(), transaction.atomic(), pytest.raises(Refused, match="信用代码"):
        source = sources.declare("x", zh="某", en="x", unit="u")
        entities.enter(
            "91440199MA00000000", "某", representative="某", document="", source=source, as_of=UNTIL
        )


def test_a_new_representative_takes_the_old_one_s_place(owner, agent, company):
    with scope.service():
        source = sources.declare(
            "market.entities", zh="市场主体登记", en="Company register", unit="440104-scj"
        )
        for day, document in ((date(2027, 1, 1), agent.document_number), (date(2020, 1, 1), "x")):
            entities.enter(
                COMPANY, "新名", representative="吴志明", document=f"111:{document}", source=source, as_of=day
            )
    with looking(owner):
        assert entities.represented(owner) == []
    with looking(agent):
        assert [one.name for one in entities.represented(agent)] == ["新名"]
