"""Changing the post at the workbench, and the top bar that offers it."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from yizhan import clock
from yizhan.identity import devices, presences
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Delegation, Presence
from yizhan.identity.tests.requests import request_of
from yizhan.ui import navigation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("yizhan.identity.tests.urls")]


@pytest.fixture
def clerk(post, person):
    account = person("wang.wu", "王五")
    post("440199-mz", title="副科长", clerk="own_unit").appoint(account, by=HOUSE)
    post("440199-rs", "adviser", title="顾问").appoint(account, by=HOUSE, kind="concurrent")
    other = person("li.si", "李四")
    appointment = post("440199-bj", title="主任").appoint(other, by=HOUSE)
    Delegation.give(appointment, account, by=HOUSE, since=clock.today(), until=clock.today(), reason="出差")
    return account


def test_the_top_bar_offers_every_post_and_every_delegation(clerk):
    assert "identity/post_switch.jinja" in navigation.slot("desk-post")
    assert "identity/who.jinja" in navigation.slot("desk-who")
    request = request_of(clerk)
    bar = render_to_string("identity/post_switch.jinja", request=request)
    offered = re.findall(r'value="((?:appointment|delegation):\d+)"', bar)
    assert len(offered) == 3
    assert bar.count('aria-current="true"') == 1
    assert "代 李四" in bar
    assert "王五" in render_to_string("identity/who.jinja", request=request)


def test_a_visitor_s_top_bar_is_empty():
    request = request_of(None)
    assert render_to_string("identity/post_switch.jinja", request=request).strip() == ""
    assert render_to_string("identity/who.jinja", request=request).strip() == ""


@pytest.fixture
def desk(clerk, client):
    client.force_login(clerk)
    presences.begin(client.session.session_key, clerk, excused=True)
    return client


def test_one_changes_the_post_and_comes_back_to_the_page(desk, clerk):
    other = clerk.appointments.get(kind="concurrent")
    answer = desk.post("/staff/post", {"as": f"appointment:{other.pk}", "next": "/desk/?tab=mine"})
    assert answer.headers["Location"] == "/desk/?tab=mine"
    assert Presence.objects.get().appointment_id == other.pk


def test_one_acts_for_another_and_goes_back_to_oneself(desk, clerk):
    delegation = clerk.received.get()
    desk.post("/staff/post", {"as": f"delegation:{delegation.pk}"})
    assert desk.get("/desk/").wsgi_request.actor.on_behalf_of.name == "李四"
    main = clerk.appointments.get(kind="main")
    desk.post("/staff/post", {"as": f"appointment:{main.pk}"})
    assert desk.get("/desk/").wsgi_request.actor.on_behalf_of is None


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "appointment:",
        "appointment:x",
        "appointment:999999",
        "owner:1",
        "delegation:0",
        "delegation:" + "9" * 5000,
    ],
)
def test_what_cannot_be_chosen_changes_nothing(desk, clerk, wanted):
    before = Presence.objects.get().appointment_id
    assert desk.post("/staff/post", {"as": wanted}).status_code == 302
    assert Presence.objects.get().appointment_id == before


@pytest.mark.parametrize("wanted", ["//evil.example/", "desk:home", "abc"])
def test_nobody_is_sent_to_another_house(desk, clerk, wanted):
    main = clerk.appointments.get(kind="main")
    answer = desk.post("/staff/post", {"as": f"appointment:{main.pk}", "next": wanted})
    assert answer.headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0", "WeChat · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; Kylin) Firefox/115.0", "Firefox · Kylin"),
        ("curl/8.0", ""),
    ],
)
def test_devices_are_called_what_people_call_them(user_agent, name):
    assert devices.name_of(user_agent) == name
