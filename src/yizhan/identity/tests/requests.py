"""Requests as the middleware leaves them, without a server."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from yizhan.identity import sessions
from yizhan.identity.middleware import stand
from yizhan.identity.models import Account


def request_of(account: Account | None) -> Any:
    """A request as the middleware leaves it."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.user = AnonymousUser()
    if account is not None:
        sessions.log_in(request, account, excused=True)
    else:
        stand(request)
    return request
