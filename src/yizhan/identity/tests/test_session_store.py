"""What is read with a session: as trustworthy as Django's own look, and one statement."""

from __future__ import annotations

import pytest
from django.contrib import auth
from django.contrib.sessions.models import Session

from yizhan.identity import presences
from yizhan.identity.actor import HOUSE
from yizhan.identity.middleware import stand
from yizhan.identity.session_store import SessionStore
from yizhan.identity.tests.requests import request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(person, post):
    account = person("zhang.san")
    post("440199-mz").appoint(account, by=HOUSE)
    return account


@pytest.fixture
def key(clerk) -> str:
    request = request_of(clerk)
    request.session.save()
    return request.session.session_key


def again(key: str):
    """A later request in the same session."""
    request = request_of(None)
    request.session = SessionStore(key)
    stand(request)
    return request


def test_session_presence_and_account_are_one_statement(clerk, key, statements):
    again(key)
    with statements() as seen:
        request = again(key)
        assert request.actor.account_id == clerk.pk
    assert len(seen) == 1


def test_it_is_told_once(clerk, key):
    store = SessionStore(key)
    assert store[auth.SESSION_KEY] == str(clerk.pk)
    assert store.arrived().account == clerk
    assert store.arrived() is None


@pytest.mark.parametrize(
    "slip", [{auth.HASH_SESSION_KEY: "0" * 64}, {auth.BACKEND_SESSION_KEY: "nobody.knows"}]
)
def test_a_session_that_django_would_not_trust_lets_nobody_in(key, slip):
    store = SessionStore(key)
    store.update(slip)
    store.save()
    assert again(key).actor is None


def test_a_new_password_ends_it(clerk, key):
    clerk.set_password("another-One-2026!")
    clerk.save()
    assert again(key).actor is None


def test_a_session_of_another_account_lets_nobody_in(key, person):
    store = SessionStore(key)
    store[auth.SESSION_KEY] = str(person("li.si").pk)
    store.save()
    assert again(key).actor is None


def test_an_ended_presence_ends_it(clerk, key):
    presences.end_all(clerk)
    assert again(key).actor is None
    assert not Session.objects.filter(session_key=key).exists(), "it is thrown away"


def test_an_unknown_key_is_no_session():
    store = SessionStore("not-a-session-that-anybody-made")
    assert auth.SESSION_KEY not in store
    assert store.session_key is None
    assert store.arrived() is None
