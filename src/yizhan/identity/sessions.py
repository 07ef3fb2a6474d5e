"""Letting people in and out 登录与退出: the session of a request begins and ends here.

What keeps it alive meanwhile is its presence (``presences.py``).
"""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from yizhan.identity import presences
from yizhan.identity.middleware import stand
from yizhan.identity.models import Account, Presence
from yizhan.identity.presences import address_of

__all__ = ["address_of", "arrive", "log_in", "log_out"]


def log_in(request: HttpRequest, account: Account, *, excused: bool = False) -> Presence:
    """Let a person in whose proof the caller has seen (a phone code, the demo's list of personas).

    Args:
        request: gets a fresh session; an older one of another person ends.
        account: who.
        excused: the door has a proof of its own, so nothing is owed (second factor, password's age).
    """
    auth.login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if request.session.session_key is None:  # Django ended another person's session and made no key yet
        request.session.create()
    return arrive(request, account, excused=excused)


def log_out(request: HttpRequest) -> None:
    """End the request's session."""
    if request.session.session_key:
        key = presences.key_of(request.session.session_key)
        for presence in Presence.objects.filter(key=key, ended_at=None):
            presences.end(presence)
    auth.logout(request)
    stand(request)


def arrive(request: HttpRequest, account: Account, *, excused: bool = False) -> Presence:
    """Enter the presence of a request whose session Django has just made."""
    presence = presences.begin(
        cast(str, request.session.session_key),
        account,
        address=address_of(request),
        device=request.headers.get("User-Agent", ""),
        excused=excused,
    )
    stand(request)
    return presence
