"""What the menus of the workbench ask of a request: who is here, how much waits. Asked once a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.http import HttpRequest

from yizhan.calendar.daytable import Table
from yizhan.cases import inbox
from yizhan.cases.inbox import Counts
from yizhan.database.asking import Question, ask
from yizhan.identity.actor import Actor
from yizhan.notices.inbox import unread as unread_of
from yizhan.payments import closing
from yizhan.seals import register as seals
from yizhan.voice import inbox as ratings

Answer = TypeVar("Answer")

SYSTEM = "platform.system_admin"
SECURITY = "platform.security_admin"
AUDIT = "platform.audit_admin"
ADMINISTRATORS = (SYSTEM, SECURITY, AUDIT)
KEEPER_OF_SEALS = seals.KEEPER
_NOT_BUSINESS = (*ADMINISTRATORS, KEEPER_OF_SEALS)


def counts(request: HttpRequest, table: Table | None = None) -> Counts:
    """The numbers over the list of tasks; ``table`` is the calendar in force, where the page has it."""
    return _once(request, "counts", lambda: inbox.counts(_actor(request), table))


def keep_counts(request: HttpRequest, found: Counts) -> None:
    """The page has counted already: its menus need not."""
    _once(request, "counts", lambda: found)


def todo(request: HttpRequest) -> int:
    """How many tasks one could work on; where the list shows more numbers, it is one of them."""
    return counts(request).todo if "counts" in _known(request) else int(_answers(request)["todo"])


def unread(request: HttpRequest) -> int:
    """How many messages were not read yet."""
    return int(_answers(request)["unread"])


def bad_ratings(request: HttpRequest) -> int:
    """How many bad ratings of one's units wait for a step."""
    return int(_answers(request)["bad_ratings"])


def answers_ratings(request: HttpRequest) -> bool:
    """Whether bad ratings are dealt with from this post: one that handles cases, or leads."""
    return handles_cases(request)


def pays(request: HttpRequest) -> bool:
    """Whether monthly lists are closed from this post."""
    return is_staff(request) and closing.pays(_actor(request), _answers(request)["payers"])


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
    """Whether whoever is here has roles of business; administrators 三员不办业务 and keepers of seals have none."""
    return is_staff(request) and any(role not in _NOT_BUSINESS for role in _actor(request).roles)


def looks_for_people(request: HttpRequest) -> bool:
    """Whether a role of business reaches an area: the register is searched by where people live, not by units."""
    return bool(areas(request))


def areas(request: HttpRequest) -> list[str]:
    """The beginnings of the divisions that roles of business reach; one that is empty is everywhere."""
    if not is_staff(request):
        return []
    grants = [grant for grant in _actor(request).grants if grant.role not in _NOT_BUSINESS]
    return [
        "" if grant.reach == "all" else grant.area
        for grant in grants
        if grant.reach == "all" or (grant.reach == "area" and grant.area)
    ]


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor  # type: ignore[no-any-return]  # the door let nobody in without one


def _answers(request: HttpRequest) -> dict[str, Any]:
    """What the menus want to know, asked in one statement."""
    return _once(request, "answers", lambda: ask(_questions(request)))


def _questions(request: HttpRequest) -> dict[str, Question]:
    actor = _actor(request)
    asked = {
        "unread": unread_of(actor.account_id or 0),
        "bad_ratings": ratings.waiting(),
        "payers": closing.payers(),
    }
    return asked if "counts" in _known(request) else {"todo": inbox.waiting(actor), **asked}


def _once(request: HttpRequest, name: str, find: Callable[[], Answer]) -> Answer:
    known = _known(request)
    if name not in known:
        known[name] = find()
    return cast(Answer, known[name])


def _known(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.__dict__.setdefault("asked_by_the_desk", {})
    return found
