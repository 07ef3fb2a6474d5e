"""Every view says for whom it is."""

from __future__ import annotations

import pytest
from django.urls import URLPattern

from yizhan.identity import doors, presences, urls
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account
from yizhan.journal.models import Access

pytestmark = [pytest.mark.django_db, pytest.mark.urls("yizhan.identity.tests.urls")]


@pytest.fixture
def as_staff(client, post, person):
    account = person("wang.wu", "王五")
    post("440199-mz", clerk="own_unit").appoint(account, by=HOUSE)
    client.force_login(account)
    presences.begin(client.session.session_key, account, excused=True)
    return client


@pytest.fixture
def as_citizen(client):
    account = Account.objects.create(kind="citizen", phone="13900000001", name="陈婆婆")
    client.force_login(account)
    presences.begin(client.session.session_key, account)
    return client


def test_anybody_comes_in_where_it_is_public(client):
    assert client.get("/open").content.decode() == "GET nobody"


@pytest.mark.parametrize(
    ("address", "login"),
    [
        ("/known", "/login"),
        ("/resident", "/login"),
        ("/desk/", "/staff/login"),
        ("/staff/password", "/staff/login"),
    ],
)
def test_a_visitor_is_led_to_the_right_log_in(client, address, login):
    assert client.get(f"{address}?a=1").headers["Location"].startswith(f"{login}?next=%2F")


def test_staff_come_in_where_staff_may(as_staff):
    assert [as_staff.get(a).status_code for a in ("/desk/", "/known", "/resident", "/chief")] == [
        200,
        200,
        403,
        403,
    ]


def test_citizens_come_in_where_citizens_may(as_citizen):
    seen = [as_citizen.get(a).status_code for a in ("/resident", "/known", "/desk/", "/staff/password")]
    assert seen == [200, 200, 403, 403]


def test_a_view_that_does_not_say_for_whom_it_is_answers_nobody(client):
    with pytest.raises(doors.Unmarked):
        client.get("/forgotten")


def test_every_address_of_the_room_is_marked():
    assert all(doors.door_of(p.callback) for p in urls.urlpatterns if isinstance(p, URLPattern))


def test_what_a_view_saw_is_one_line_of_the_access_log(as_staff):
    assert as_staff.get("/look").status_code == 200
    line = Access.objects.get()
    account = Account.objects.get(username="wang.wu")
    assert (line.account, line.subjects, line.address) == (
        f"account:{account.pk}",
        ["person:a", "person:b"],
        "127.0.0.1",
    )
    assert line.post == f"post:{account.appointments.get().post_id}"


def test_where_nothing_was_seen_no_line_is_written(as_staff):
    as_staff.get("/desk/")
    assert not Access.objects.exists()


@pytest.mark.parametrize("address", ["/known", "/desk/", "/seal"])
def test_what_is_behind_a_door_stays_in_no_cache(as_staff, address):
    assert as_staff.get(address).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/desk/cases/1?tab=a", "%2Fdesk%2Fcases%2F1%3Ftab%3Da"),
        ("http://evil.example/desk/", "%2F"),
        ("", "%2F"),
    ],
)
def test_who_was_logged_out_before_sending_a_form_comes_back_to_its_page(client, referer, leads_to):
    answer = client.post("/desk/", {"a": "1"}, headers={"referer": referer})
    assert answer.headers["Location"] == f"/staff/login?next={leads_to}"
