"""Acting for another: for some days, some roles, never further, never to oneself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from yizhan import clock
from yizhan.codes import uscc
from yizhan.identity import accounts, rights
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import NotAllowed, Refused
from yizhan.identity.models import Account, Delegation, Mandate
from yizhan.journal.models import News

pytestmark = pytest.mark.django_db

COMPANY = uscc.make("91", "440199", "MA000001")


@pytest.fixture
def giver(person, post):
    account = person("wang.wu", "王五")
    post("440199-mz", clerk="own_unit", chief="own_unit").appoint(account, by=HOUSE)
    return account


@pytest.fixture
def receiver(person, post):
    account = person("li.si", "李四")
    post("440199-rs", adviser="own_unit").appoint(account, by=HOUSE)
    return account


def give(giver, receiver, *, by=HOUSE, days=(0, 3), **more):
    today = clock.today()
    return Delegation.give(
        giver.appointments.get(),
        receiver,
        by=by,
        since=today + timedelta(days=days[0]),
        until=today + timedelta(days=days[1]),
        **{"reason": "出差", **more},
    )


def received(account) -> list[set[str]]:
    return [
        {grant.role for grant in choice.grants}
        for choice in rights.choices(account.pk)
        if choice.delegation_id is not None
    ]


def test_the_giver_hands_all_roles_over_or_some(giver, receiver):
    give(giver, receiver, by=rights.actor_in(giver), roles=["pack.clerk"])
    assert received(receiver) == [{"pack.clerk"}]
    assert rights.actor_in(receiver).roles == {"pack.adviser"}, "one's own post stays what it is"
    assert News.objects.get(kind="delegation.began").data["receiver"] == receiver.pk


def test_the_giver_keeps_the_roles_too(giver, receiver):
    give(giver, receiver)
    assert received(receiver) == [{"pack.clerk", "pack.chief"}]
    assert rights.actor_in(giver).roles == {"pack.clerk", "pack.chief"}


def test_it_begins_and_ends_with_its_days(giver, receiver):
    give(giver, receiver, days=(1, 2))
    assert received(receiver) == []
    with clock.standing_at((clock.today() + timedelta(days=2)).isoformat()):
        assert len(received(receiver)) == 1
    with clock.standing_at((clock.today() + timedelta(days=3)).isoformat()):
        assert received(receiver) == []


@pytest.mark.parametrize("who", ["giver", "receiver"])
def test_giver_and_receiver_can_end_it_at_once(giver, receiver, who):
    delegation = give(giver, receiver)
    delegation.end(by=rights.actor_in({"giver": giver, "receiver": receiver}[who]))
    assert received(receiver) == []


def test_a_stranger_can_neither_give_nor_end_it(giver, receiver, person):
    stranger = rights.actor_in(person("zhao.liu"))
    with pytest.raises(NotAllowed):
        give(giver, receiver, by=stranger)
    delegation = give(giver, receiver)
    with pytest.raises(NotAllowed):
        delegation.end(by=stranger)


def test_it_cannot_be_handed_on(giver, receiver, person):
    give(giver, receiver)
    (choice,) = (c for c in rights.choices(receiver.pk) if c.delegation_id)
    acting = rights.actor(receiver, choice)
    third = person("zhao.liu")
    with pytest.raises(NotAllowed):
        give(giver, third, by=acting, days=(5, 6))
    with pytest.raises(NotAllowed):
        give(receiver, third, by=acting)
    with pytest.raises(Refused, match="没有这些角色"):
        give(receiver, third, by=rights.actor_in(receiver), roles=["pack.clerk"])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"days": (3, 1)}, "期限"),
        ({"days": (-5, -1)}, "期限"),
        ({"reason": " "}, "事由"),
        ({"roles": ["pack.adviser"]}, "没有这些角色"),
    ],
)
def test_what_is_refused(giver, receiver, more, words):
    with pytest.raises(Refused, match=words):
        give(giver, receiver, **more)


def test_not_to_oneself_not_to_a_citizen_not_to_a_closed_account(giver, receiver):
    with pytest.raises(Refused, match="本人"):
        give(giver, giver)
    citizen = Account.objects.create(kind="citizen", phone="13900000001", name="陈婆婆")
    with pytest.raises(Refused, match="工作人员"):
        give(giver, citizen)
    accounts.deactivate(receiver, by=HOUSE, reason="离职")
    with pytest.raises(Refused, match="在用"):
        give(giver, receiver)


def test_a_role_is_in_one_other_hand_at_a_time(giver, receiver, person):
    third = person("zhao.liu", "赵六")
    give(giver, receiver, days=(0, 3), roles=["pack.clerk"])
    give(giver, third, days=(0, 3), roles=["pack.chief"])
    with pytest.raises(Refused, match="已委托给"):
        give(giver, third, days=(3, 5), roles=["pack.clerk"])
    with pytest.raises(Refused, match="已委托给"):
        give(giver, third, days=(3, 5))
    give(giver, third, days=(4, 5))


def test_an_administrator_s_role_is_never_delegated(person, post, receiver):
    admin = person("sys")
    post("440199", **{"platform.system_admin": "all", "clerk": "all"}).appoint(admin, by=HOUSE)
    with pytest.raises(Refused, match="不得委托"):
        give(admin, receiver, roles=["platform.system_admin"])
    give(admin, receiver)
    assert received(receiver) == [{"pack.clerk"}]


def test_it_ends_with_the_giver_s_appointment_and_account(giver, receiver):
    give(giver, receiver)
    accounts.deactivate(giver, by=HOUSE, reason="离职")
    assert received(receiver) == []


def test_the_database_wants_an_end(giver, receiver):
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            giver=giver.appointments.get(), receiver=receiver, reason="永远", given_by="house"
        )


def verified() -> Account:
    citizen = Account.objects.create(kind="citizen", phone="13900000001", name="陈婆婆")
    accounts.verify_real_name(citizen, "陈婆婆", "440199194501010021", matched=True)
    return citizen


def test_a_mandate_for_everything_is_good_for_every_item_until_its_last_day():
    citizen = verified()
    Mandate.grant(citizen, COMPANY, by=HOUSE, until=clock.today())
    assert Mandate.allows(citizen.pk, COMPANY, "licence.close")
    with clock.standing_at((clock.today() + timedelta(days=1)).isoformat()):
        assert not Mandate.allows(citizen.pk, COMPANY, "licence.close")


def test_no_mandate_for_a_company_that_cannot_exist():
    with pytest.raises(Refused, match="信用代码"):
        Mandate.grant(verified(), "91440199MA00000000", by=HOUSE)
    with pytest.raises(Refused, match="结束日期"):
        Mandate.grant(Account.objects.get(), COMPANY, by=HOUSE, until=clock.today() - timedelta(days=1))


def test_a_company_s_agent_is_a_verified_citizen():
    stranger = Account.objects.create(kind="citizen", phone="13900000002", name="某人")
    with pytest.raises(Refused, match="实名"):
        Mandate.grant(stranger, COMPANY, by=HOUSE)


def test_a_mandate_is_entered_once_and_ends_when_it_is_revoked():
    citizen = verified()
    first = Mandate.grant(citizen, COMPANY, by=HOUSE, scope=["licence.open"])
    assert Mandate.grant(citizen, COMPANY, by=HOUSE, scope=["licence.open"]) == first
    assert Mandate.allows(citizen.pk, COMPANY, "licence.open")
    assert not Mandate.allows(citizen.pk, COMPANY, "licence.close")
    first.revoke(by=HOUSE)
    assert not Mandate.objects.live().exists()
    assert not Mandate.allows(citizen.pk, COMPANY, "licence.open")
    assert Mandate.objects.count() == 1
