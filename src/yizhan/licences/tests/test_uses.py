"""A licence in its holder's hands: shown by a code for a minute, asked for by number and name, taken by applications."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from yizhan import clock
from yizhan.identity import scope
from yizhan.licences import asking, life, showing, using, wallet
from yizhan.licences.models import Showing, Use
from yizhan.licences.tests.conftest import KIND, SUBJECT
from yizhan.registry import entities
from yizhan.registry.licences import Word
from yizhan.registry.tests.test_entities import citizen, looking

NAME = "示例云澜文化有限公司"


def show(owner, licence):
    with looking(owner) as actor:
        return showing.begin(wallet.mine(owner, licence.id), by=actor)


def uses(owner, licence):
    with looking(owner):
        return [(one.how, one.who) for one in using.of(licence)]


def test_the_wallet_holds_what_stands_and_the_card_tells_its_life(owner, licence):
    with scope.service():
        made = life.reissue(licence, word=Word("account:1", "遗失"))
    with looking(owner):
        (pocket,) = wallet.of(owner)
        assert pocket.name == NAME
        assert [one.id for one in pocket.licences] == [made.id], "the earlier version is no card of its own"
        card = wallet.card(owner, made.id)
        assert [step.verb for step in card.steps] == ["reissued", "replaced", "issued"]
        assert card.paper is None and made.paper is not None, "it is set and sealed afterwards"
        assert wallet.card(owner, licence.id).paper is None, "what was lost is not handed out again"


def test_nobody_elses_licence_is_in_the_wallet(licence):
    stranger = citizen("何某", "13900000008", "440199197405010048")
    with looking(stranger):
        assert wallet.of(stranger) == []
        assert wallet.card(stranger, licence.id) is None


def test_a_code_tells_whoever_reads_it_for_a_minute_and_the_holder_sees_it(owner, licence):
    code = show(owner, licence)
    assert code.address.endswith(code.code)
    told = showing.read(f" {code.written.lower()} ").told
    assert (told.holder, told.number, told.in_force) == (NAME, licence.number, True)
    assert told.valid_to == licence.valid_to
    with clock.standing_at((clock.now() + timedelta(seconds=61)).strftime("%Y-%m-%dT%H:%M:%S")):
        late = showing.read(code.code)
        assert late.told is None and late.past
    assert showing.read("0" * 20) == showing.read("x") == showing.Shown(None)
    assert uses(owner, licence) == [("扫码查看", ""), ("出示证照码", "郑丽华")]


def test_a_code_tells_how_the_licence_stands_now(owner, licence):
    code = show(owner, licence)
    with scope.service():
        life.suspend(licence, word=Word("account:1", "正在调查"))
    told = showing.read(code.code).told
    assert (told.in_force, told.standing) == (False, "已暂停")


def test_the_code_itself_is_kept_nowhere_and_only_the_holder_makes_one(owner, licence):
    code = show(owner, licence)
    with looking(owner):
        (row,) = Showing.objects.all()
        assert code.code not in str(vars(row))
    stranger = citizen("何某", "13900000008", "440199197405010048")
    with looking(stranger) as actor:
        assert not Showing.objects.exists() and not Use.objects.exists()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            showing.begin(licence, by=actor)


def test_who_knows_number_and_holder_is_told_so_much_as_the_kind_allows(owner, licence, bureau):
    found = asking.ask(licence.number, " 示例云澜文化 有限公司")
    assert found.licence.in_force and found.licence.issuer.zh == "越秀区城市管理和综合执法局"
    assert found.says == ()
    for number, name in ((licence.number, "示例云海文化有限公司"), ("ZP0", NAME), (licence.number, "")):
        assert asking.ask(number, name) is None
    assert uses(owner, licence) == [("按编号查询", "")]


def test_only_what_the_kind_allows_of_what_it_says(monkeypatch, licence):
    from yizhan.licences import types  # noqa: PLC0415

    brought = types.find("food_business")
    monkeypatch.setattr(asking.types, "find", lambda _kind: brought)
    data = {"premises": "示例路8号", "representative": "郑丽华"}
    assert [value for _title, value in asking._says(KIND, data)] == ["示例路8号"]


def test_an_application_that_took_it_stands_in_the_log_once(owner, licence):
    with looking(owner) as actor:
        for _again in range(2):
            using.taken(SUBJECT, [KIND, "drainage"], case="YX2026-1", purpose="开办小餐饮店", by=actor.key)
        (used,) = using.of(licence)
        assert (used.how, used.case, used.purpose) == ("办事免交材料", "YX2026-1", "开办小餐饮店")


def test_an_agent_sees_the_companys_licences_for_as_long_as_the_mandate_holds(owner, licence):
    from yizhan.registry.tests.test_entities import COMPANY, give  # noqa: PLC0415

    other = citizen("吴志明", "13900000002", "440199199205010012")
    with looking(owner) as actor:
        mandate = give(actor, entities.of_representative(owner, COMPANY))
    with looking(other):
        assert [pocket.name for pocket in wallet.of(other)] == [NAME]
    with looking(owner) as actor:
        entities.revoke_mandate(mandate.id, by=actor)
    with looking(other):
        assert wallet.of(other) == []
