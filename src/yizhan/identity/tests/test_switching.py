"""One person after another in the same browser."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from yizhan.identity import presences, sessions
from yizhan.identity.models import Account, Presence

pytestmark = pytest.mark.django_db


def test_whoever_comes_second_has_a_session_of_their_own():
    first, second = (
        Account.objects.create(kind="citizen", phone=f"1390000000{n}", name="某") for n in (1, 2)
    )
    request = RequestFactory().get("/")
    request.session = SessionStore()
    sessions.log_in(request, first)
    before = request.session.session_key
    sessions.log_in(request, second)
    after = request.session.session_key
    assert after not in {None, before}
    assert Presence.objects.get(key=presences.key_of(after), ended_at=None).account == second
    assert request.session["_auth_user_id"] == str(second.pk)
