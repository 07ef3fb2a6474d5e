"""Accounts are opened, verified and closed by those who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from yizhan.identity import accounts, presences, rights
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import NotAllowed, Refused
from yizhan.identity.models import Account, Presence, SetUpLink, Unit
from yizhan.journal.models import News

pytestmark = [pytest.mark.django_db, pytest.mark.urls("yizhan.identity.tests.urls")]

PASSWORD = "晨雾里的 白鹭 27"
NUMBER = "440199194501010021"


def citizen(phone: str = "13900000001") -> Account:
    return Account.objects.create(kind="citizen", phone=phone, name="139****0001")


def test_nobody_is_there_by_default():
    assert not Account.objects.exists()


def test_the_first_administrator_can_keep_the_directory_and_gives_no_rights():
    admin = accounts.create_first_administrator("admin.chen", "陈平", PASSWORD)
    actor = rights.actor_in(admin)
    assert actor.roles == {"platform.system_admin"}
    assert actor.unit == "platform"
    assert admin.check_password(PASSWORD)
    Unit(code="440199", name="示例区人民政府", kind="government").found(by=actor)
    assert News.objects.filter(kind="unit.founded", actor=actor.key).exists()


def test_there_is_only_one_first_administrator():
    accounts.create_first_administrator("admin.chen", "陈平", PASSWORD)
    with pytest.raises(Refused, match="已有工作人员"):
        accounts.create_first_administrator("other", "李平", PASSWORD)


def test_a_first_administrator_with_a_weak_password_leaves_nothing_behind():
    with pytest.raises(ValidationError):
        accounts.create_first_administrator("admin.chen", "陈平", "password1")
    assert not Account.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.parametrize("name", ["", "ab", "Zhang San", "张三", "a" * 41, "-abc", "a/b/c"])
def test_user_names_are_plain(name):
    with pytest.raises(Refused, match="用户名须为"):
        accounts.create_staff(name, "张三", by=HOUSE)


def test_a_user_name_is_given_once_whatever_its_case(person):
    person("wang.wu")
    with pytest.raises(Refused, match="已被使用"):
        person("Wang.Wu")


def test_only_the_system_administrator_opens_accounts_of_staff(person, post):
    account = person("li.si")
    post("440199-mz", clerk="own_unit").appoint(account, by=HOUSE)
    with pytest.raises(NotAllowed):
        accounts.create_staff("new.one", "新人", by=rights.actor_in(account))


def test_staff_are_sorted_by_the_sound_of_their_names(person):
    for username, name in (("a01", "张三"), ("b01", "曾四"), ("c01", "安五"), ("d01", "单六")):
        person(username, name)
    assert list(Account.objects.order_by("name_sort").values_list("name", flat=True)) == [
        "安五",
        "单六",
        "曾四",
        "张三",
    ]


def test_a_new_member_of_staff_chooses_a_password_by_a_link_that_works_once(person, client):
    account = person("li.si", "李四")
    assert not account.has_usable_password()
    secret = accounts.make_set_up_link(account, by=HOUSE)
    assert secret not in SetUpLink.objects.get().hash
    page = client.get(f"/staff/set-up/{secret}")
    assert "李四" in page.content.decode()
    assert "至少 8 位" in page.content.decode()
    weak = client.post(f"/staff/set-up/{secret}", {"password": "li.si2026", "again": "li.si2026"})
    assert "不能包含用户名" in weak.content.decode()
    differs = client.post(f"/staff/set-up/{secret}", {"password": PASSWORD, "again": "x"})
    assert "不一致" in differs.content.decode()
    done = client.post(f"/staff/set-up/{secret}", {"password": PASSWORD, "again": PASSWORD})
    assert done.headers["Location"] == "/staff/login"
    assert "密码已设置" in client.get("/staff/login").content.decode()
    assert client.get(f"/staff/set-up/{secret}").status_code == 410
    with pytest.raises(Refused, match="链接无效"):
        accounts.set_up(secret, PASSWORD)


def test_a_newer_link_makes_the_older_void_and_three_days_are_enough(person):
    account = person("li.si")
    old = accounts.make_set_up_link(account, by=HOUSE)
    new = accounts.make_set_up_link(account, by=HOUSE)
    assert accounts.behind_set_up_link(old) is None
    assert accounts.behind_set_up_link(new) == account
    SetUpLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert accounts.behind_set_up_link(new) is None


def test_no_link_for_citizens_and_closed_accounts(person):
    with pytest.raises(Refused, match="工作人员"):
        accounts.make_set_up_link(citizen(), by=HOUSE)
    account = person("li.si")
    accounts.deactivate(account, by=HOUSE, reason="离职")
    with pytest.raises(Refused, match="在用"):
        accounts.make_set_up_link(account, by=HOUSE)


def test_closing_an_account_ends_what_it_holds_and_deletes_nothing(person, post):
    account = person("li.si")
    post("440199-mz", clerk="own_unit").appoint(account, by=HOUSE)
    presences.begin("k" * 32, account, excused=True)
    accounts.deactivate(account, by=HOUSE, reason="离职")
    account.refresh_from_db()
    assert not account.is_active
    assert not account.appointments.live().exists()
    assert account.appointments.count() == 1
    assert Presence.objects.get().ended_at is not None
    assert News.objects.get(kind="account.closed").data == {"reason": "离职"}


def test_nobody_closes_their_own_account_or_without_a_reason(person, post):
    account = person("sys.one")
    post("440199", **{"platform.system_admin": "all"}).appoint(account, by=HOUSE)
    with pytest.raises(Refused, match="本人"):
        accounts.deactivate(account, by=rights.actor_in(account), reason="累了")
    with pytest.raises(Refused, match="事由"):
        accounts.deactivate(person("li.si"), by=HOUSE, reason="")


def test_a_match_with_the_register_makes_a_verified_account():
    account = citizen()
    assert not accounts.verify_real_name(account, "陈婆婆", NUMBER, matched=False)
    account.refresh_from_db()
    assert (account.assurance, account.document_number, account.name) == (0, "", "139****0001")
    assert accounts.verify_real_name(account, "陈婆婆", NUMBER, matched=True)
    account.refresh_from_db()
    assert (account.assurance, account.document_type, account.name) == (1, "111", "陈婆婆")
    kinds = News.objects.filter(kind__startswith="account.real_name").values_list("kind", flat=True)
    assert list(kinds) == ["account.real_name_not_matched", "account.real_name_verified"]
    assert NUMBER not in str(list(News.objects.values_list("data", flat=True)))


def test_a_document_verifies_one_account_at_a_time():
    first, second = citizen(), citizen("13900000002")
    accounts.verify_real_name(first, "陈婆婆", NUMBER, matched=True)
    with pytest.raises(Refused, match="换绑"):
        accounts.verify_real_name(second, "陈婆婆", NUMBER, matched=True)
    second.refresh_from_db()
    assert second.assurance == 0
    accounts.deactivate(first, by=HOUSE, reason="本人申请")
    assert accounts.verify_real_name(second, "陈婆婆", NUMBER, matched=True)


def test_a_window_clerk_sees_a_person_and_replaces_a_lost_phone(person, post):
    clerk = person("win.one")
    post("440199-bj", **{"platform.window_clerk": "own_unit"}).appoint(clerk, by=HOUSE)
    actor, account = rights.actor_in(clerk), citizen()
    with pytest.raises(Refused, match="实名认证"):
        accounts.seen_face_to_face(account, by=actor)
    accounts.verify_real_name(account, "陈婆婆", NUMBER, matched=True)
    accounts.seen_face_to_face(account, by=actor)
    assert account.assurance == 2
    presences.begin("k" * 32, account)
    accounts.replace_phone(account, "13900000003", by=actor)
    assert Presence.objects.get().ended_at is not None
    citizen("13900000004")
    with pytest.raises(Refused, match="已有账户"):
        accounts.replace_phone(account, "13900000004", by=actor)
    with pytest.raises(NotAllowed):
        accounts.replace_phone(account, "13900000005", by=rights.actor_in(account))
