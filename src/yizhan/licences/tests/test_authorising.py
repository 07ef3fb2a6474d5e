"""A holder lets a unit look at a licence: that unit, that licence, until that day, and every look is told."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from yizhan import clock
from yizhan.identity import accounts, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Post, Role, RoleGrant, Unit
from yizhan.journal.models import Access
from yizhan.licences import authorising, life, using, wallet
from yizhan.licences.authorising import Wanted
from yizhan.licences.models import Authorisation
from yizhan.licences.tests.conftest import BUREAU
from yizhan.registry.licences import Word
from yizhan.registry.tests.test_entities import citizen, looking

BANK = "440104-jrb"
WANTED = Wanted(BANK, "贷款贴息审核", date(2026, 12, 31))


@pytest.fixture
def officers(bureau):
    """One of the unit that is let look, one of the issuer's, neither with an area."""
    unit = Unit(
        code=BANK, name="越秀区金融工作局", kind="department", parent_id="440104", division="440104000000"
    )
    unit.found(by=HOUSE)
    role = Role.objects.create(code="test.officer", pack="test", title_zh="测试", title_en="Test")
    found = {}
    for code in (BANK, BUREAU):
        found[code] = accounts.create_staff(f"officer.{code}", "何一", by=HOUSE)
        post = Post(unit_id=code, code="officer", title="科员", title_en="Officer").found(by=HOUSE)
        RoleGrant.give(role, post, "own_unit", by=HOUSE, reason="测试")
        post.appoint(found[code], by=HOUSE)
    return found


def give(owner, licence, wanted=WANTED, command=None):
    with looking(owner) as actor:
        return authorising.give(
            wallet.mine(owner, licence.id), wanted, by=actor, command=command or uuid.uuid4()
        )


def seen_by(officer):
    with looking(officer):
        return [(one.title.zh, one.holder, one.purpose) for one in authorising.granted()]


def test_that_unit_sees_it_and_the_holder_sees_each_look(owner, licence, officers):
    given = give(owner, licence)
    assert seen_by(officers[BANK]) == [("户外招牌设置许可", "示例云澜文化有限公司", "贷款贴息审核")]
    assert seen_by(officers[BUREAU]) == []
    with looking(officers[BANK]):
        opened = authorising.open_(given.id)
    assert opened.found.licence.number == licence.number and opened.found.licence.in_force
    line = Access.objects.latest("id")
    assert (line.subjects, line.purpose) == ([licence.subject], "reason:持证人授权：贷款贴息审核")
    with looking(officers[BUREAU]):
        assert authorising.open_(given.id) is None
    with looking(owner):
        (used,) = using.of(licence)
        assert (used.how, used.who, used.purpose) == ("获授权单位查看", "越秀区金融工作局", "贷款贴息审核")


def test_it_ends_with_its_day_and_when_it_is_taken_back(owner, licence, officers):
    given, other = give(owner, licence), give(owner, licence, Wanted(BANK, "另一个用途", date(2026, 11, 21)))
    with clock.standing_at("2026-11-22T09:00"):
        assert [purpose for _title, _holder, purpose in seen_by(officers[BANK])] == ["贷款贴息审核"]
        with looking(officers[BANK]):
            assert authorising.open_(other.id) is None
    with looking(owner):
        authorising.withdraw(given.id)
        authorising.withdraw(given.id)
        assert [one.id for one in authorising.of(licence)] == [other.id]
    with looking(officers[BANK]):
        assert authorising.open_(given.id) is None


def test_it_shows_the_version_that_stands_and_how(owner, licence, officers):
    given = give(owner, licence)
    with scope.service():
        made = life.reissue(licence, word=Word("account:1", "遗失"))
        life.suspend(made, word=Word("account:1", "正在调查"))
    with looking(officers[BANK]):
        assert authorising.open_(given.id).found.licence.standing == "已暂停"


def test_a_click_twice_gives_one(owner, licence, officers):
    command = uuid.uuid4()
    assert give(owner, licence, command=command) == give(owner, licence, command=command)
    with looking(owner):
        assert Authorisation.objects.count() == 1


def test_only_the_holder_gives_it(owner, licence, officers):
    stranger = citizen("何某", "13900000008", "440199197405010048")
    given = give(owner, licence)
    for account in (stranger, officers[BUREAU]):
        with looking(account) as actor:
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                authorising.give(licence, WANTED, by=actor, command=uuid.uuid4())
            assert authorising.withdraw(given.id) is None
    assert len(seen_by(officers[BANK])) == 1


def test_what_is_missing_is_told_at_its_place(officers):
    today = clock.today()
    for wanted, place in (
        (Wanted("440104-nowhere", "贷款贴息审核", today), "unit"),
        (Wanted(BANK, "贷款", today), "purpose"),
        (Wanted(BANK, "贷款贴息审核", today - timedelta(days=1)), "until"),
        (Wanted(BANK, "贷款贴息审核", today + timedelta(days=367)), "until"),
        (Wanted(BANK, "贷款贴息审核", None), "until"),
    ):
        assert [found for found, _words in authorising.faults(wanted)] == [place]
    assert authorising.faults(Wanted(BANK, "贷款贴息审核", today)) == []
