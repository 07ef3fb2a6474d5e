"""Whoever keeps the seals of units has them made, suspended, replaced and destroyed, and sees what they came on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from yizhan import clock
from yizhan.desk.tests.conftest import give, words
from yizhan.identity import accounts
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Appointment, Post, Presence, Role, RoleGrant
from yizhan.identity.tests.browsers import browser_of
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.seals import approvals, holding, waiting
from yizhan.seals.models import Seal, Spell, Use

MZ = "440104-mz"


@pytest.fixture
def keeper(town, as_):
    """The approver, in a post of 越秀区民政局, keeps the seals of everybody."""
    give(town, "approver", "platform.seal_admin", "all")
    return as_("approver")


@pytest.fixture
def seal(town):
    return Seal.objects.get(unit=MZ, kind="official")


def send(browser, address, act, **fields):
    return browser.post(
        address, {"act": act, **{f"{act}-{name}": value for name, value in fields.items()}}, follow=True
    )


def change(browser, seal, act, **fields):
    return send(browser, f"/desk/seals/{seal.pk}/change", act, **{"why": "示例事由", **fields})


def states(seal):
    return list(Spell.objects.filter(seal=seal).order_by("since", "id").values_list("state", flat=True))


def used(seal, *numbers):
    """It came on papers with these numbers, one a second."""
    for number in numbers:
        made = approvals.of_any(
            f"paper:{number}", f"{number:064d}", unit=seal.unit, kind=seal.kind, by="house", why="测试",
            called=f"示例决定书 第{number}号",
        )  # fmt: skip
        approval = approvals.give(made)
        at = clock.now() + timedelta(seconds=number)
        Use.objects.create(approval=approval, seal=seal, serials={}, after="", at=at)


def test_the_list_finds_by_unit_number_and_state(keeper, seal):
    page = words(keeper.get("/desk/seals"))
    assert f"/desk/seals/{seal.pk}" in page and seal.number in page and "在用" in page
    other = Seal.objects.exclude(unit=MZ).first()
    found = words(keeper.get("/desk/seals", {"q": seal.number}))
    assert f"/desk/seals/{seal.pk}" in found and f"/desk/seals/{other.pk}" not in found
    assert f"/desk/seals/{seal.pk}" in words(keeper.get("/desk/seals", {"q": "民政局"}))
    holding.change(seal, "suspended", by="house", why="测试")
    resting = words(keeper.get("/desk/seals", {"state": "suspended"}))
    assert f"/desk/seals/{seal.pk}" in resting and f"/desk/seals/{other.pk}" not in resting
    assert "没有找到印章" in words(keeper.get("/desk/seals", {"q": "%_\x00'"}))
    assert words(keeper.get("/desk/seals", {"page": "99999999999999999999", "state": "x"}))


def test_a_page_tells_what_became_of_it_and_on_what_it_came(town, keeper, seal):
    town.apply("chen")
    town.work()
    page = words(keeper.get(f"/desk/seals/{seal.pk}"))
    for told in ("高龄津贴准予发放决定书", seal.number, "系统", "使用中", "<svg xmlns="):
        assert told in page, told
    assert "陈玥堃" not in page
    picture = re.search(r"<svg xmlns.*?</svg>", page).group()
    assert "style" not in picture and len(picture) > 5_000


def test_as_many_statements_for_one_use_as_for_many(keeper, seal, django_assert_max_num_queries):
    address = f"/desk/seals/{seal.pk}"
    used(seal, 0)
    with CaptureQueriesContext(connection) as few:
        keeper.get(address)
    used(seal, *range(1, 45))
    with django_assert_max_num_queries(len(few)):
        page = words(keeper.get(address))
    assert "第44号" in page and "第0号" not in page and "?page=3" in page
    assert "第0号" in words(keeper.get(address, {"page": "3"}))


def test_made_with_what_stands_on_it(keeper):
    answer = send(keeper, "/desk/seals/new", "make", unit=MZ, kind="approval", number="44010499000001", name="",
                  why="启用审批专用章（示例）")  # fmt: skip
    page = words(answer)
    made = Seal.objects.get(number="44010499000001")
    assert (
        "已制发印章“越秀区民政局行政审批专用章”" in page
        and answer.redirect_chain[-1][0] == f"/desk/seals/{made.pk}"
    )
    assert authority.current(made.key, Family.CLASSIC).name == "越秀区民政局行政审批专用章"
    assert "启用审批专用章（示例）" in page


def test_a_seal_is_chinese_whoever_has_it_made(keeper):
    keeper.cookies["django_language"] = "en"
    words(
        send(
            keeper,
            "/desk/seals/new",
            "make",
            unit=MZ,
            kind="notice",
            number="44010499000002",
            name="",
            why="示例",
        )
    )
    assert str(Seal.objects.get(number="44010499000002")) == "越秀区民政局业务专用章"


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"unit": "440104-none"}, 422, "请选择管辖范围内的单位"),
        ({"kind": "official"}, 409, "请更换原印章，不要重复制发"),
        ({"kind": "x"}, 422, "make-kind-error"),
        ({"number": "44-0104"}, 422, "印章编号由 1 至 20 位数字或字母组成"),
        ({"number": "{taken}"}, 422, "已用于另一枚印章"),
        ({"name": "某" * 25}, 422, "最多 24 个字"),
        ({"name": "民政局\U0002b740"}, 422, "印章字体中没有"),
        ({"why": " "}, 422, "请填写“理由”"),
    ],
)
def test_what_cannot_be_made_is_told_at_its_place(keeper, seal, fields, status, told):
    typed = {
        "unit": MZ,
        "kind": "approval",
        "number": "44010499000003",
        "name": "示例局",
        "why": "示例事由",
        **fields,
    }
    typed["number"] = typed["number"].format(taken=seal.number)
    before = Seal.objects.count()
    answer = send(keeper, "/desk/seals/new", "make", **typed)
    page = words(answer, status)
    assert told in page and "<title>错误：" in page
    if typed["why"].strip():
        assert "示例事由" in page
    if status == 422:
        (field,) = fields
        assert f'href="#id_make-{field}"' in page and f'id="id_make-{field}-error"' in page
    assert Seal.objects.count() == before


@pytest.fixture
def signatory(town):
    return Appointment.objects.get(account=town.people["approver"])


def stamp_of(browser, whose, **fields):
    typed = {"appointment": whose.pk, "number": "44010499000071", "why": "签发文书（示例）", **fields}
    return send(browser, "/desk/seals/new", "stamp", **typed)


def test_a_signature_stamp_is_made_for_a_person_in_her_post(keeper, signatory):
    offered = words(keeper.get("/desk/seals/new"))
    assert f'value="{signatory.pk}"' in offered and "梁建国 · 越秀区民政局 · 科员" in offered
    assert 'value="signature"' not in offered, "the seal of a unit is none"
    answer = stamp_of(keeper, signatory)
    page = words(answer)
    made = Seal.objects.get(number="44010499000071")
    assert "已制发“梁建国”的签名章" in page and answer.redirect_chain[-1][0] == f"/desk/seals/{made.pk}"
    assert "签名章" in page and "科员" in page and "越秀区民政局" in page
    assert authority.current(made.holder, Family.CLASSIC).serial in page
    assert "越秀区民政局 · 科员" in words(keeper.get("/desk/seals", {"q": "梁建国"}))


def test_it_is_suspended_used_again_and_destroyed_like_a_seal(keeper, signatory):
    stamp_of(keeper, signatory)
    made = Seal.objects.get(number="44010499000071")
    assert "印章已停用" in words(change(keeper, made, "suspend"))
    assert "印章已恢复使用" in words(change(keeper, made, "resume"))
    assert "印章已销毁" in words(change(keeper, made, "destroy", sure=made.number))
    assert authority.current(made.holder, Family.CLASSIC) is None
    assert states(made) == ["active", "suspended", "active", "destroyed"]


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"appointment": "0"}, 422, "请选择管辖范围内在任的人员"),
        ({"appointment": "x\x00'"}, 422, "请选择管辖范围内在任的人员"),
        ({"number": "44-0104"}, 422, "印章编号由 1 至 20 位数字或字母组成"),
        ({"why": " "}, 422, "请填写“理由”"),
        ({}, 409, "请更换原签名章，不要重复制发"),
    ],
)
def test_a_stamp_that_cannot_be_made_is_told_at_its_place(keeper, signatory, fields, status, told):
    if not fields:
        holding.make_stamp(signatory, number="44010499000070", by="house", why="示例")
    page = words(stamp_of(keeper, signatory, **fields), status)
    assert told in page and "<title>错误：" in page
    for field in fields:
        assert f'id="id_stamp-{field}-error"' in page
    assert not Seal.objects.filter(number="44010499000071").exists()


def test_people_in_posts_beyond_reach_are_not_offered(town, as_, signatory):
    give(town, "approver", "platform.seal_admin", "own_unit")
    offered = words(as_("approver").get("/desk/seals/new"))
    assert "梁建国" in offered and "林晓岚" not in offered


def test_suspended_and_used_again(town, keeper, seal):
    page = words(change(keeper, seal, "suspend", why="换装设备（示例）"))
    assert "印章已停用" in page and "换装设备（示例）" in page
    town.apply("chen")
    town.work()
    assert not Use.objects.exists()
    assert "1 份文书待用印：越秀区民政局的单位公章停用中，请印章管理员恢复使用" in words(
        keeper.get("/desk/seals")
    )
    assert "印章已恢复使用" in words(change(keeper, seal, "resume"))
    town.work()
    assert Use.objects.get().seal == seal
    assert "待用印" not in words(keeper.get("/desk/seals"))
    assert states(seal) == ["active", "suspended", "active"]


def test_a_certificate_that_was_revoked_says_by_whom_and_why_and_papers_wait_until_the_seal_is_replaced(
    town, keeper, seal
):
    revoked = authority.current(seal.key, Family.CLASSIC)
    authority.revoke(revoked, by="operator:root", because="密钥可能泄露（示例）")
    page = words(keeper.get(f"/desk/seals/{seal.pk}"))
    assert "命令行（root） · 密钥可能泄露（示例）" in page
    assert "越秀区民政局的单位公章签章证书已撤销，请印章管理员更换印章" in page
    town.apply("chen")
    town.work()
    told = "1 份文书待用印：越秀区民政局的单位公章签章证书已撤销，请印章管理员更换印章"
    assert told in words(keeper.get("/desk/seals"))
    change(keeper, seal, "replace", number="44019900000099", sure=seal.number)
    town.work()
    assert Use.objects.get().seal.replaces == seal
    assert "待用印" not in words(keeper.get("/desk/seals"))


def test_whoever_runs_the_house_is_told_of_papers_that_wait(town, seal):
    holding.change(seal, "suspended", by="house", why="测试")
    town.apply("chen")
    town.work()
    assert waiting.fault() == "1 份文书待用印：越秀区民政局的单位公章停用中，请印章管理员恢复使用"
    post = Post(unit_id="440104", code="system", title="系统管理员").found(by=HOUSE)
    RoleGrant.give(Role.objects.get(code="platform.system_admin"), post, "all", by=HOUSE, reason="测试")
    account = accounts.create_staff("system", "邓文博", by=HOUSE)
    post.appoint(account, by=HOUSE)
    assert waiting.fault() in words(browser_of(account).get("/desk/admin/running"))
    holding.change(seal, "active", by="house", why="测试")
    assert waiting.fault() == "", "what was tried without a seal is tried again at once"
    town.work()
    assert Use.objects.get().seal == seal


def test_what_is_for_good_wants_the_number(keeper, seal):
    answer = change(keeper, seal, "lose", sure="44010400000000")
    assert "输入的编号与本印章不一致" in words(answer, 422)
    assert states(seal) == ["active"]
    assert "印章已挂失" in words(change(keeper, seal, "lose", sure=seal.number))
    assert Certificate.objects.get(holder=seal.key).revoked_at is not None
    page = words(change(keeper, seal, "replace", sure=seal.number, number="44010499000009"))
    new = Seal.objects.get(replaces=seal)
    assert "已更换印章" in page and f"/desk/seals/{seal.pk}" in page
    assert authority.current(new.key, Family.CLASSIC) is not None
    assert "印章已销毁" in words(change(keeper, seal, "destroy", sure=seal.number))
    assert states(seal) == ["active", "lost", "replaced", "destroyed"]
    assert "已销毁的印章不能再更改" in words(keeper.get(f"/desk/seals/{seal.pk}/change"))


def test_a_second_click_changes_nothing(keeper, seal):
    change(keeper, seal, "suspend")
    again = change(keeper, seal, "suspend", why="再点一次")
    page = words(again, 409)
    assert "不能改为" in page and "再点一次" in page
    assert states(seal) == ["active", "suspended"]
    assert change(keeper, seal, "burn").status_code == 404


def test_acts_want_a_recent_proof_and_looking_does_not(keeper, seal):
    Presence.objects.update(proved_at=timezone.now() - timedelta(minutes=6))
    for address in ("/desk/seals/new", f"/desk/seals/{seal.pk}/change"):
        assert keeper.get(address).url.startswith("/staff/")
    assert (
        keeper.post(f"/desk/seals/{seal.pk}/change", {"act": "suspend", "suspend-why": "x"}).status_code
        == 302
    )
    assert states(seal) == ["active"]
    assert keeper.get(f"/desk/seals/{seal.pk}").status_code == keeper.get("/desk/seals").status_code == 200


def test_only_the_seals_of_one_s_units(town, as_, seal):
    give(town, "approver", "platform.seal_admin", "own_unit")
    own = as_("approver")
    unit = town.people["approver"].appointments.get().post.unit
    foreign = Seal.objects.exclude(unit=unit.code).filter(kind="official").first()
    page = words(own.get("/desk/seals"))
    assert f"/desk/seals/{foreign.pk}" not in page
    for address in (f"/desk/seals/{foreign.pk}", f"/desk/seals/{foreign.pk}/change"):
        assert own.get(address).status_code == 404
    assert change(own, foreign, "suspend").status_code == 404
    answer = send(
        own, "/desk/seals/new", "make", unit=foreign.unit, kind="approval", number="1", name="", why="x"
    )
    assert "请选择管辖范围内的单位" in words(answer, 422)
    assert f'value="{foreign.unit}"' not in words(own.get("/desk/seals/new"))
    assert f'value="{unit.code}"' in words(own.get("/desk/seals/new"))


def test_nobody_else_finds_a_door(town, as_, seal):
    for address in (
        "/desk/seals",
        "/desk/seals/new",
        f"/desk/seals/{seal.pk}",
        f"/desk/seals/{seal.pk}/change",
    ):
        assert as_("clerk").get(address).status_code == 403
    assert "印章管理" not in words(as_("clerk").get("/desk/"))


def test_keeping_seals_handles_no_cases(town):
    post = Post(unit_id=MZ, code="seals", title="印章管理员").found(by=HOUSE)
    RoleGrant.give(Role.objects.get(code="platform.seal_admin"), post, "all", by=HOUSE, reason="测试")
    account = accounts.create_staff("seals", "简慕贞", by=HOUSE)
    post.appoint(account, by=HOUSE)
    page = words(browser_of(account).get("/desk/"))
    assert "印章管理" in page
    for other in ("差评办理", "楼栋与地址", "企业档案"):
        assert other not in page
