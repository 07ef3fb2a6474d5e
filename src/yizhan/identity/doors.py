"""For whom an address is 门禁: every view says it, and nothing answers that does not.

A view is marked with one of the decorators below. The mark lets in whom it names, opens the scope of
row-level security, runs the view in the request's one transaction and writes the access log's line before
it commits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, cast
from urllib.parse import urlencode, urlsplit

from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from yizhan.identity import presences, scope
from yizhan.identity.middleware import Request
from yizhan.journal import access

Kind = Literal["public", "with_session", "signed_in", "citizen", "staff"]
View = Callable[..., HttpResponseBase]

_LOGIN = {
    "with_session": "account_login",
    "signed_in": "portal:login",
    "citizen": "portal:login",
    "staff": "account_login",
}
_ONLY = {"with_session": "staff", "staff": "staff", "citizen": "citizen"}


@dataclass(frozen=True)
class Door:
    """Who may come in: a kind of person, and for staff the roles of which one is needed."""

    kind: Kind
    roles: frozenset[str] = frozenset()

    def refuses(self, request: Request) -> HttpResponseBase | None:
        """The answer to somebody who may not come in, or None.

        Raises:
            PermissionDenied: somebody is signed in and this is not for them.
        """
        if self.kind == "public":
            return None
        presence, actor = request.standing.presence, request.actor
        if presence is None or (actor is None and self.kind != "with_session"):
            return redirect(f"{reverse(_LOGIN[self.kind])}?{urlencode({'next': _page_of(request)})}")
        if self.kind in _ONLY and presence.account.kind != _ONLY[self.kind]:
            raise PermissionDenied
        if self.roles and not any(actor is not None and actor.holds(role) for role in self.roles):
            raise PermissionDenied
        return None


def public(view: View) -> View:
    """Anybody may come in."""
    return _behind(Door("public"), view)


def without_database(view: View) -> View:
    """Anybody may come in, also while the database is away: no transaction, no scope, no line in the log."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    answer.door = Door("public")  # type: ignore[attr-defined]  # read by door_of
    return cast(View, transaction.non_atomic_requests(answer))


def with_session(view: View) -> View:
    """Staff who logged in, also while they owe a second factor or a new password: where they can do that."""
    return _behind(Door("with_session"), view)


def signed_in(view: View) -> View:
    """Anybody with an account may come in."""
    return _behind(Door("signed_in"), view)


def citizen(view: View) -> View:
    """Residents and companies' agents may come in."""
    return _behind(Door("citizen"), view)


def staff(*roles: str) -> Callable[[View], View]:
    """Staff may come in; with roles named, only holders of one of them."""

    def mark(view: View) -> View:
        return _behind(Door("staff", frozenset(roles)), view)

    return mark


def recently_authenticated(view: View) -> View:
    """For sensitive acts (seals, exports, grants, unmasking): whoever comes proved it within five minutes.

    Others are led to prove it again, and come back to what they were doing. Stands below the mark.
    """

    @wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        presence = request.standing.presence
        if presence is None or not presences.proved_recently(presence):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return answer


def door_of(view: Callable[..., Any]) -> Door | None:
    """The mark of a view."""
    return cast("Door | None", getattr(view, "door", None))


class Unmarked(RuntimeError):
    """A view does not say for whom it is: a mistake in the program; nobody is let in."""


class Doors:
    """The middleware that lets no view answer without a mark."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; the work is done in :meth:`process_view`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        """Look for the mark.

        Raises:
            Unmarked: there is none.
        """
        if door_of(view) is None:
            raise Unmarked(f"{request.path}: {view!r} says not for whom it is")


def _behind(door: Door, view: View) -> View:
    @wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # No savepoint: with ATOMIC_REQUESTS the transaction is there already.
        with transaction.atomic(savepoint=False), access.watching(_viewer(request)):
            refusal = door.refuses(request)
            if refusal is not None:
                return refusal
            scope.open_for(request)
            response = _rendered(view(request, *args, **kwargs))
        if door.kind != "public":
            # The next person at a shared computer finds nothing of it by going back.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    answer.door = door  # type: ignore[attr-defined]  # read by door_of
    return answer


def _page_of(request: Request) -> str:
    """Where somebody goes on after the log-in: an address that takes forms only leads to the page it stood on."""
    if request.method == "GET":
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host() or not page.path:
        return "/"
    return f"{page.path}?{page.query}" if page.query else page.path


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Render a late response now, while transaction and scope are open."""
    render = getattr(response, "render", None)
    if callable(render) and not getattr(response, "is_rendered", True):
        return cast(HttpResponseBase, render())
    return response


def _viewer(request: Request) -> access.Viewer:
    address = presences.address_of(request)
    return request.actor.viewer(address) if request.actor else access.Viewer(account="", address=address)
