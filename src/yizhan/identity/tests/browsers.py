"""Browsers in which somebody is signed in, for tests of any room above."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory

from yizhan.identity import sessions
from yizhan.identity.models import Account


def signed_in(client: Client, account: Account) -> Client:
    """The browser, with somebody signed in."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    sessions.log_in(request, account, excused=True)
    request.session.save()
    client.cookies["yizhan_session"] = request.session.session_key
    return client


def browser_of(account: Account) -> Client:
    """A new browser in which somebody is signed in."""
    return signed_in(Client(), account)
