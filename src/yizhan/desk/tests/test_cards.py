"""The list of cards, one card, and annulling it with a reason."""

from __future__ import annotations

import uuid

import pytest

from yizhan import clock
from yizhan.cases.models import Card, CardAnnulment, Event
from yizhan.cases.tests.conftest import _staff
from yizhan.identity import scope
from yizhan.identity.models import RoleGrant

LATER = "2026-12-04T10:00"


@pytest.fixture
def carded(town, as_):
    """Two cases whose acceptance has passed; a supervisor of 北京街道 and one of the whole district."""
    numbers = town.apply("chen", other_allowance=True), town.apply("wang", other_allowance=True)
    with clock.standing_at(LATER):
        town.work()
        for who, unit, reach in (("near", "440104-bj", "own_unit"), ("all", "440104", "all")):
            town.people[who] = _staff(who, "赵明远", unit, "platform.supervisor")
            RoleGrant.objects.filter(post__appointments__account=town.people[who]).update(reach=reach)
        yield numbers


def listed(client, **asked):
    answer = client.get("/desk/cards", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def a_card(number, colour="yellow"):
    with scope.service():
        return Card.objects.filter(number=number, colour=colour, kind="internal").order_by("id").first().id


def test_each_sees_the_cards_of_the_units_within_reach(town, carded, as_):
    mine, other = carded
    near, everything = listed(as_("near")), listed(as_("all"))
    assert mine in near
    assert other not in near
    assert mine in everything
    assert other in everything
    assert as_("clerk").get("/desk/cards").status_code == 403


def test_the_filters(town, carded, as_):
    assert carded[1] not in listed(as_("all"), unit="440104-bj")
    reds = listed(as_("all"), colour="red")
    assert "亮黄牌后三个工作日仍未办理" in reds
    assert "超过期限未办理" not in reds
    assert "没有亮牌" in listed(as_("all"), state="annulled")
    assert "没有亮牌" in listed(as_("all"), unit="nobody", below="x")


def test_a_card_says_by_which_rule_and_when_it_was_noticed(town, carded, as_):
    shown = as_("near").get(f"/desk/cards/{a_card(carded[0])}").content.decode()
    for words in ("超过期限未办理", "card_colour / C3", "系统发现时间", "2026年12月4日 10:00"):
        assert words in shown
    assert as_("near").get(f"/desk/cards/{a_card(carded[1])}").status_code == 404


def test_a_supervisor_annuls_with_a_reason_once(town, carded, as_):
    card = a_card(carded[0])
    address, near = f"/desk/cards/{card}/annul", as_("near")
    refused = near.post(address, {"command": uuid.uuid4(), "reason": " "})
    assert refused.status_code == 422
    assert "请写明撤牌的理由" in refused.content.decode()
    done = near.post(address, {"command": uuid.uuid4(), "reason": "系统故障期间无法办理"}, follow=True)
    assert "已撤牌，记入留痕" in done.content.decode()
    assert near.post(address, {"command": uuid.uuid4(), "reason": "再撤一次"}).status_code == 409
    assert carded[0] in listed(near, state="annulled")
    with scope.service():
        assert CardAnnulment.objects.get(card=card).reason == "系统故障期间无法办理"
        assert Event.objects.filter(case__number=carded[0], kind="card.annulled").count() == 1
    assert "系统故障期间无法办理" in as_("clerk").get(f"/desk/cases/{carded[0]}").content.decode()
    assert town.intact(carded[0])


def test_who_does_not_supervise_annuls_nothing(town, carded, as_):
    card = a_card(carded[0])
    assert as_("clerk").post(f"/desk/cards/{card}/annul", {"reason": "x"}).status_code == 403
