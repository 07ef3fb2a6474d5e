"""What the menus of the workbench ask of a request: who is here, how much waits. Asked once a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.http import HttpRequest

from yizhan.cases import inbox
from yizhan.cases.inbox import Counts
from yizhan.identity.actor import Actor
from yizhan.notices.inbox import unread_count
from yizhan.payments.closing import benefits_of
from yizhan.voice import inbox as ratings

Answer = TypeVar("Answer")

SYSTEM = "platform.system_admin"
SECURITY = "platform.security_admin"
AUDIT = "platform.audit_admin"
LEADER = "platform.leader"
SUPERVISOR = "platform.supervisor"
ADMINISTRATORS = (SYSTEM, SECURITY, AUDIT)


def counts(request: HttpRequest) -> Counts:
    """The numbers over the list of tasks."""
    return _once(request, "counts", lambda: inbox.counts(_actor(request)))


def keep_counts(request: HttpRequest, found: Counts) -> None:
    """The page has counted already: its menus need not."""
    _once(request, "counts", lambda: found)


def todo(request: HttpRequest) -> int:
    """How many tasks one could work on; where the list shows more numbers, it is one of them."""
    known: dict[str, Any] = request.__dict__.setdefault("asked_by_the_desk", {})
    if "counts" in known:
        return counts(request).todo
    return _once(request, "todo", lambda: inbox.waiting(_actor(request)))


def unread(request: HttpRequest) -> int:
    """How many messages were not read yet."""
    return _once(request, "unread", lambda: unread_count(_actor(request).account_id or 0))


def bad_ratings(request: HttpRequest) -> int:
    """How many bad ratings of one's units wait for a step."""
    return _once(request, "bad_ratings", ratings.waiting)


def answers_ratings(request: HttpRequest) -> bool:
    """Whether bad ratings are dealt with from this post: one that handles cases, or leads."""
    return handles_cases(request)


def pays(request: HttpRequest) -> bool:
    """Whether monthly lists are closed from this post."""
    return is_staff(request) and _once(request, "pays", lambda: bool(benefits_of(_actor(request))))


def is_staff(request: HttpRequest) -> bool:
    """Whether a member of staff is here."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor is not None and actor.is_staff


def holds(*roles: str) -> Callable[[HttpRequest], bool]:
    """Whether whoever is here holds one of these roles."""

    def asked(request: HttpRequest) -> bool:
        return is_staff(request) and any(_actor(request).holds(role) for role in roles)

    return asked


def handles_cases(request: HttpRequest) -> bool:
    """Whether whoever is here has roles of business; an administrator's post has none 三员不办业务."""
    return is_staff(request) and any(role not in ADMINISTRATORS for role in _actor(request).roles)


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor  # type: ignore[no-any-return]  # the door let nobody in without one


def _once(request: HttpRequest, name: str, ask: Callable[[], Answer]) -> Answer:
    known: dict[str, Any] = request.__dict__.setdefault("asked_by_the_desk", {})
    if name not in known:
        known[name] = ask()
    return cast(Answer, known[name])
