"""Roles are given to posts, by the one who may, and no person is two administrators."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from pydantic import ValidationError

from yizhan import clock
from yizhan.identity import accounts, kinds, rights, roles
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import NotAllowed, Refused, Separated
from yizhan.identity.models import Appointment, Role, RoleGrant
from yizhan.identity.tests.conftest import role_named
from yizhan.journal.models import News
from yizhan.releases.kinds import house
from yizhan.releases.models import Release

pytestmark = pytest.mark.django_db

SYSTEM, SECURITY, AUDIT = (f"platform.{name}" for name in roles.SEPARATED)
TEXT = {"zh": "受理岗", "en": "Intake"}


def test_the_platform_has_its_roles_after_a_migration(district):
    found = dict(Role.objects.filter(pack="platform").values_list("code", "separated"))
    assert {code for code, separated in found.items() if separated} == {SYSTEM, SECURITY, AUDIT}
    assert {"platform.leader", "platform.supervisor", "platform.window_clerk"} <= found.keys()
    assert not Role.objects.get(code=SYSTEM).reads_records


def test_publishing_enters_roles_and_withdraws_those_no_longer_named(db):
    def release(*keys: str) -> Release:
        definitions = {"roles": {"roles": {"roles": {key: {"title": TEXT} for key in keys}}}} if keys else {}
        return Release(pack="grain", version=1, content={"manifest": {}, "definitions": definitions})

    roles.publish(release("intake", "chief"))
    assert str(Role.objects.get(code="grain.chief")) == "受理岗"
    roles.publish(release("intake"))
    assert Role.objects.get(code="grain.chief").withdrawn_on == clock.today()
    assert Role.objects.get(code="grain.intake").withdrawn_on is None
    roles.publish(release("intake", "chief"))
    assert Role.objects.get(code="grain.chief").withdrawn_on is None
    roles.publish(release())
    assert not Role.objects.filter(pack="grain", withdrawn_on=None).exists()


def test_the_kind_is_announced_and_unknown_keys_are_errors():
    assert house.of_file("", "roles.yaml") is kinds.ROLES
    with pytest.raises(ValidationError):
        roles.RolesFile.model_validate({"roles": {"intake": {"title": TEXT, "rights": "all"}}})
    with pytest.raises(ValidationError):
        roles.RolesFile.model_validate({"roles": {"Intake": {"title": TEXT}}})


def admin_of(person, post, role: str, name: str):
    account = person(name, name)
    post("440199", f"post-{name.replace('.', '-')}", **{role: "all"}).appoint(account, by=HOUSE)
    return account


def test_the_security_administrator_gives_roles_and_others_do_not(person, post):
    security = admin_of(person, post, SECURITY, "sec")
    system = admin_of(person, post, SYSTEM, "sys")
    target = post("440199-mz", "target")
    with pytest.raises(NotAllowed):
        RoleGrant.give(role_named("pack.x"), target, "all", by=rights.actor_in(system), reason="方便")
    grant = RoleGrant.give(
        role_named("pack.x"), target, "own_unit", by=rights.actor_in(security), reason="任职"
    )
    assert grant.given_by == f"account:{security.pk}"
    news = News.objects.filter(kind="role.given").latest("id")
    assert (news.subject, news.data["role"]) == ("post:440199-mz/target", "pack.x")


def test_the_system_administrator_gives_the_first_security_administrator_only(person, post):
    system = rights.actor_in(admin_of(person, post, SYSTEM, "sys"))
    first, second = post("440199", "sec-1"), post("440199", "sec-2")
    RoleGrant.give(Role.objects.get(code=SECURITY), first, "all", by=system, reason="平台启用")
    first.appoint(person("sec.one"), by=HOUSE)
    with pytest.raises(NotAllowed):
        RoleGrant.give(Role.objects.get(code=SECURITY), second, "all", by=system, reason="再来一个")


@pytest.mark.parametrize("other", [SECURITY, AUDIT])
def test_nobody_is_two_administrators_by_two_posts(person, post, other):
    account = admin_of(person, post, SYSTEM, "sys")
    second = post("440199", "second", **{other: "all"})
    with pytest.raises(Separated, match="三员分立"), transaction.atomic():
        second.appoint(account, by=HOUSE, kind="concurrent")
    assert Appointment.objects.filter(account=account).count() == 1


def test_nobody_is_two_administrators_by_two_roles_of_one_post(person, post):
    account = admin_of(person, post, SYSTEM, "sys")
    held = account.appointments.get().post
    with pytest.raises(Separated), transaction.atomic():
        RoleGrant.give(Role.objects.get(code=AUDIT), held, "all", by=HOUSE, reason="兼管")
    assert rights.actor_in(account).roles == {SYSTEM}


def test_one_administrator_s_post_after_the_other_is_allowed(person, post):
    account = admin_of(person, post, SYSTEM, "sys")
    account.appointments.get().end(by=HOUSE, on=clock.today())
    second = post("440199", "second", **{AUDIT: "all"})
    second.appoint(account, by=HOUSE, since=clock.today() + timedelta(days=1))
    with pytest.raises(Separated), transaction.atomic():
        post("440199", "third", **{SECURITY: "all"}).appoint(
            account, by=HOUSE, kind="concurrent", since=clock.today() + timedelta(days=9)
        )


def test_a_role_is_given_to_a_post_once_at_a_time(post):
    target = post("440199-mz", clerk="own_unit")
    with pytest.raises(Refused, match="已有角色"):
        RoleGrant.give(role_named("pack.clerk"), target, "all", by=HOUSE, reason="再来")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            role_id="pack.clerk", post=target, reach="all", given_by="house", reason="绕过"
        )
    target.grants.get().end(by=HOUSE, reason="调整")
    RoleGrant.give(role_named("pack.clerk"), target, "all", by=HOUSE, reason="调整")


def test_giving_needs_a_reason_and_a_role_in_force(post):
    target = post("440199-mz")
    with pytest.raises(Refused, match="事由"):
        RoleGrant.give(role_named("pack.x"), target, "all", by=HOUSE, reason=" ")
    old = role_named("pack.old", withdrawn_on=clock.today())
    with pytest.raises(Refused, match="已停用"):
        RoleGrant.give(old, target, "all", by=HOUSE, reason="任职")


def test_moving_a_person_moves_no_rights(person, post):
    first = person("li.si")
    seat = post("440199-mz", clerk="own_unit")
    appointment = seat.appoint(first, by=HOUSE)
    assert rights.actor_in(first).holds("pack.clerk")
    appointment.end(by=HOUSE)
    successor = person("wang.wu")
    seat.appoint(successor, by=HOUSE)
    assert not rights.actor_in(first).holds("pack.clerk")
    assert rights.actor_in(successor).holds("pack.clerk")


def test_a_person_has_one_main_post_at_a_time(person, post):
    account = person("li.si")
    post("440199-mz").appoint(account, by=HOUSE)
    with pytest.raises(Refused, match="主职"):
        post("440199-rs").appoint(account, by=HOUSE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(account=account, post=post("440199-bj"), kind="main")


def test_a_closed_account_comes_to_no_post(person, post):
    account = person("li.si")
    accounts.deactivate(account, by=HOUSE, reason="离职")
    with pytest.raises(Refused, match="在用"):
        post("440199-mz").appoint(account, by=HOUSE)
    with pytest.raises(Refused, match="在用"):
        post("440199-rs").appoint(SimpleNamespace(is_staff_member=False, is_active=True), by=HOUSE)
