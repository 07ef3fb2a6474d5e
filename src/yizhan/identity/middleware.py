"""Puts the person beside the request: ``request.actor``, None for nobody, and ``request.standing``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from yizhan.identity import presences, rights
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account, Presence
from yizhan.identity.session_store import SessionStore

Answer = Callable[[HttpRequest], HttpResponseBase]

# Where a session that owes something may go meanwhile.
_MEANWHILE = {
    "second_factor": {"mfa_activate_totp", "mfa_view_recovery_codes", "account_reauthenticate"},
    "password": {"account_change_password", "account_reauthenticate", "mfa_reauthenticate"},
}
_ALWAYS = {"account_logout", "account_login", "preferences", "keys"}
_FIRST = {"second_factor": "mfa_activate_totp", "password": "account_change_password"}


class Request(HttpRequest):
    """A request as views of the house get it, for their annotations."""

    actor: Actor | None
    standing: Standing


class Known(Request):
    """A request of somebody whom a mark has let in: what views behind such a mark annotate."""

    user: Account
    actor: Actor


class Standing:
    """What is known about a request's person; looked up when asked, and once."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def presence(self) -> Presence | None:
        """The session's presence; a session without one is thrown away."""
        session = self._request.session
        if auth.SESSION_KEY not in session:
            return None
        presence = session.arrived() if isinstance(session, SessionStore) else None
        if presence is None or not _is_of(session, presence.account):
            presence = self._looked_up()
        if presence is not None:
            presences.seen(presence)
        return presence

    def _looked_up(self) -> Presence | None:
        """The presence where it was not read with the session, or what Django holds of it has changed."""
        user = auth.get_user(self._request)
        if not isinstance(user, Account):
            return None
        presence = presences.live(cast(str, self._request.session.session_key))
        if presence is None or presence.account_id != user.pk:
            self._request.session.flush()
            return None
        presence.account = user
        return presence

    @cached_property
    def choices(self) -> tuple[rights.Choice, ...]:
        """The ways in which a member of staff may act today."""
        presence = self.presence
        if presence is None or presence.owes or not presence.account.is_staff_member:
            return ()
        return rights.choices(presence.account_id, mark=getattr(presence, "rights_mark", None))

    @cached_property
    def choice(self) -> rights.Choice | None:
        """The one chosen in this session."""
        return rights.chosen(self.choices, self.presence) if self.presence else None

    @cached_property
    def actor(self) -> Actor | None:
        """Who acts; nobody when nobody is signed in, and as long as the session owes something."""
        if self.presence is None or self.presence.owes:
            return None
        return rights.actor(self.presence.account, self.choice)

    @property
    def user(self) -> Account | AnonymousUser:
        """The account, for libraries that ask Django's way."""
        return self.presence.account if self.presence else AnonymousUser()


def _is_of(session: SessionBase, account: Account) -> bool:
    """Whether a session is this account's, by all that Django's own look at it asks: account, door, password."""
    return (
        session[auth.SESSION_KEY] == str(account.pk)
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    )


def stand(request: HttpRequest) -> None:
    """Look at the request's person anew: at its beginning, after log-in, log-out, a change of post."""
    asked = cast(Any, request)
    asked.standing = standing = Standing(request)
    asked.user = SimpleLazyObject(lambda: standing.user)
    asked.actor = standing.actor


class Presences:
    """The middleware; stands after Django's authentication and before allauth's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put the person beside the request."""
        stand(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead a session that owes something to where it can do it, before anything else."""
        presence = cast(Request, request).standing.presence
        if presence is None or not presence.owes:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in _ALWAYS or name in _MEANWHILE[presence.owes]:
            return None
        return redirect(_FIRST[presence.owes])
