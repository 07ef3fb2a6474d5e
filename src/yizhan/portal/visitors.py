"""Who looks at a page 访客: what menus show to whom, and the number on the bell."""

from __future__ import annotations

from typing import TypeGuard

from django.http import HttpRequest

from yizhan.identity.actor import Actor
from yizhan.identity.middleware import Known
from yizhan.notices import inbox


def actor(request: HttpRequest) -> Actor | None:
    """Who is signed in, if anybody; a page of another room may ask before that is known."""
    found: Actor | None = getattr(request, "actor", None)
    return found


def nobody(request: HttpRequest) -> bool:
    """Whether nobody is signed in."""
    return actor(request) is None


def resident(request: HttpRequest) -> TypeGuard[Known]:
    """Whether a resident is signed in."""
    found = actor(request)
    return found is not None and found.is_citizen


def not_staff(request: HttpRequest) -> bool:
    """Whether a resident's own pages can be offered: to residents, and to those who may still sign in."""
    found = actor(request)
    return found is None or found.is_citizen


def unread(request: HttpRequest) -> int | None:
    """How many messages wait; asked once a request, however many menus show it."""
    if not resident(request):
        return None
    known: int | None = request.__dict__.get("unread_messages")
    if known is None:
        known = request.__dict__["unread_messages"] = inbox.unread_count(request.user.pk)
    return known
