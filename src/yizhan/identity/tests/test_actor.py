"""The actor: what somebody may do in a post, read in a fixed number of statements, right at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yizhan import clock
from yizhan.identity import presences, rights
from yizhan.identity.actor import HOUSE, Actor, Grant
from yizhan.identity.faults import NotAllowed, Refused
from yizhan.identity.models import Appointment, Delegation, Presence, Role, RoleGrant
from yizhan.identity.tests.requests import request_of


@pytest.fixture
def clerk(post, person):
    account = person("wang.wu", "王五")
    post("440199-mz", title="副科长", clerk="unit_subtree").appoint(account, by=HOUSE)
    return account


@pytest.mark.django_db
def test_a_member_of_staff_acts_in_the_main_post(clerk):
    actor = rights.actor_in(clerk)
    assert (actor.kind, actor.name, actor.post_title, actor.unit) == ("staff", "王五", "副科长", "440199-mz")
    assert actor.unit_path == "440199/440199-mz/"
    assert actor.key == f"account:{clerk.pk}"
    assert actor.holds("pack.clerk")
    assert not actor.holds("pack.chief")
    assert actor.may("pack.clerk", "440199/440199-mz/440199-mz-fw/")
    assert not actor.may("pack.clerk", "440199/440199-rs/")


@pytest.mark.django_db
def test_the_title_is_in_the_language_of_the_page(clerk):
    actor = rights.actor_in(clerk)
    with translation.override("en"):
        assert actor.title == "副科长".title()
    Appointment.objects.get().post.__class__.objects.update(title_en="Deputy Head")
    with translation.override("en"):
        assert rights.actor_in(clerk).title == "Deputy Head"


GRANT = Grant("pack.r", "own_unit", "a/b/", "440199001")


@pytest.mark.parametrize(
    ("reach", "path", "division", "covered"),
    [
        ("own_unit", "a/b/", "", True),
        ("own_unit", "a/b/c/", "", False),
        ("unit_subtree", "a/b/c/", "", True),
        ("unit_subtree", "a/bc/", "", False),
        ("unit_subtree", "", "440199001001", False),
        ("area", "a/x/", "440199001001", True),
        ("area", "a/x/", "440199002000", False),
        ("area", "a/b/c/", "", True),
        ("all", "z/", "", True),
    ],
)
def test_how_far_a_grant_reaches(reach, path, division, covered):
    assert Grant("pack.r", reach, "a/b/", "440199001").covers(path, division) is covered


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), st.lists(st.sampled_from("abc"), max_size=6))
def test_a_subtree_is_the_unit_and_what_is_below_it(own, other):
    path, asked = "".join(f"{p}/" for p in own), "".join(f"{p}/" for p in other)
    assert Grant("r", "unit_subtree", path, "").covers(asked) is (other[: len(own)] == own)


def test_the_house_may_everything_and_nobody_requires_more_than_is_held():
    assert HOUSE.may("any.role", "any/")
    assert HOUSE.key == "house"
    nobody = Actor(7, "citizen", "陈婆婆")
    with pytest.raises(NotAllowed):
        nobody.require("platform.system_admin", "platform.security_admin")


def give_many(post, number: int) -> None:
    Role.objects.bulk_create(
        [Role(code=f"p{n}.r", pack=f"p{n}", title_zh="角色", title_en="Role") for n in range(number)]
    )
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(role_id=f"p{n}.r", post=post, reach="own_unit", given_by="house", reason="测试")
            for n in range(number)
        ]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 580])
def test_any_number_of_grants_takes_the_same_statements(post, person, statements, number):
    account, made = person("li.si"), post("440199-mz")
    give_many(made, number)
    made.appoint(account, by=HOUSE)
    with statements() as seen:
        actor = rights.actor_in(account)
    assert len(actor.grants) == number
    assert len(seen) == 1


@pytest.mark.django_db
def test_an_ordinary_page_pays_one_read_for_who_acts(clerk, statements):
    request = request_of(clerk)
    assert request.actor.holds("pack.clerk")
    key = request.session.session_key
    with statements() as seen:
        presence = presences.live(key)
        found = rights.choices(presence.account_id, mark=presence.rights_mark)
        actor = rights.actor(clerk, rights.chosen(found, presence))
    assert actor.holds("pack.clerk")
    assert len(seen) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda account: account.appointments.get().end(by=HOUSE),
        lambda account: account.appointments.get().post.grants.get().end(by=HOUSE, reason="调整"),
        lambda account: connection.cursor().execute("update identity_rolegrant set ended_at = now()"),
        lambda account: connection.cursor().execute("update identity_role set withdrawn_on = current_date"),
    ],
    ids=[
        "the appointment ends",
        "the role is taken back",
        "by hand in the database",
        "withdrawn by its pack",
    ],
)
def test_a_change_of_rights_is_seen_by_the_very_next_request(clerk, change):
    assert request_of(clerk).actor.holds("pack.clerk")
    change(clerk)
    assert not request_of(clerk).actor.holds("pack.clerk")


@pytest.mark.django_db
def test_what_a_rollback_took_back_is_not_remembered(clerk):
    made = clerk.appointments.get().post
    try:
        with transaction.atomic():
            give_many(made, 1)
            assert request_of(clerk).actor.holds("p0.r")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    with transaction.atomic():
        Role.objects.create(code="other.r", pack="other", title_zh="角色", title_en="Role")
    assert not request_of(clerk).actor.holds("p0.r")


@pytest.mark.django_db
def test_rights_begin_and_end_with_their_days(clerk):
    appointment = clerk.appointments.get()
    tomorrow = clock.today() + timedelta(days=1)
    appointment.end(by=HOUSE, on=clock.today())
    assert rights.actor_in(clerk).holds("pack.clerk")
    with clock.standing_at(tomorrow.isoformat()):
        assert not rights.actor_in(clerk).holds("pack.clerk")


@pytest.mark.django_db
def test_one_goes_on_in_another_post_within_the_session(clerk, post):
    post("440199-rs", "adviser", title="顾问", adviser="own_unit").appoint(clerk, by=HOUSE, kind="concurrent")
    request = request_of(clerk)
    assert request.actor.unit == "440199-mz"
    other = next(c for c in request.standing.choices if c.unit == "440199-rs")
    presences.act_as(request.standing.presence, appointment=other.appointment_id)
    again = presences.live(request.session.session_key)
    actor = rights.actor(clerk, rights.chosen(rights.choices(clerk.pk), again))
    assert (actor.unit, actor.holds("pack.adviser"), actor.holds("pack.clerk")) == ("440199-rs", True, False)


@pytest.mark.django_db
def test_nobody_goes_on_in_a_post_of_another(clerk, post, person):
    stranger = person("li.si")
    appointment = post("440199-rs").appoint(stranger, by=HOUSE)
    request = request_of(clerk)
    with pytest.raises(Refused, match="岗位或委托"):
        presences.act_as(request.standing.presence, appointment=appointment.pk)
    assert Presence.objects.get().appointment_id == clerk.appointments.get().pk


@pytest.mark.django_db
def test_when_the_chosen_post_is_gone_the_main_post_is_acted_in(clerk, post):
    extra = post("440199-rs", "adviser").appoint(clerk, by=HOUSE, kind="concurrent")
    request = request_of(clerk)
    presences.act_as(request.standing.presence, appointment=extra.pk)
    extra.end(by=HOUSE)
    presence = presences.live(request.session.session_key)
    choice = rights.chosen(rights.choices(clerk.pk, mark=presence.rights_mark), presence)
    assert choice.unit == "440199-mz"


@pytest.mark.django_db
def test_acting_for_another_is_a_choice_and_never_the_default(clerk, person):
    receiver = person("li.si", "李四")
    Delegation.give(
        clerk.appointments.get(), receiver, by=HOUSE, since=clock.today(), until=clock.today(), reason="休假"
    )
    assert rights.actor_in(receiver).post_id is None
    (choice,) = rights.choices(receiver.pk)
    actor = rights.actor(receiver, choice)
    assert (actor.name, actor.on_behalf_of.name, actor.unit) == ("李四", "王五", "440199-mz")
    assert actor.key == f"account:{receiver.pk}"
    assert actor.viewer("10.0.0.1").on_behalf_of == f"account:{clerk.pk}"
