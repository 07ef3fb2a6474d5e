"""Finding laws and policies 法规政策检索, and what was said of one at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from yizhan import clock
from yizhan.registry import laws
from yizhan.registry.faults import NotHere
from yizhan.registry.models import Law, LawHistory

LONGEST = 100
PER_PAGE = 20
_MOST_WORDS = 8


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words of title or number, a kind, a state on a day, whether read at its source."""

    words: str = ""
    kind: str = ""
    state: str = ""
    on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.kind or self.state)


def get(code: str) -> Law:
    """The law of this code.

    Raises:
        NotHere: there is none.
    """
    found = laws.here().select_related("source").filter(code=code).first()
    if found is None:
        raise NotHere(f"law {code}")
    return found


def by_codes(codes: Iterable[str]) -> dict[str, Law]:
    """Some laws by their codes; those that are there. One statement, none for none."""
    wanted = {code for code in codes if code}
    return {one.code: one for one in laws.here().filter(code__in=wanted)} if wanted else {}


def page(asked: Asked, number: int = 1, per_page: int = PER_PAGE) -> tuple[Sequence[Law], int]:
    """One page of what fits, by rank and title, and how many there are in all; two statements."""
    found = _fitting(asked)
    start = (number - 1) * per_page
    return list(found.order_by("sort", "code")[start : start + per_page]), found.count()


def search(words: str, *, limit: int = 8) -> list[Law]:
    """A few laws whose title or number holds these words; two characters are needed."""
    plain = laws.sought(words[:LONGEST])
    return list(_fitting(Asked(words)).order_by("sort", "code")[:limit]) if len(plain) > 1 else []


def ending(by: date) -> list[Law]:
    """Laws that hold no more, or will not on this day."""
    return list(laws.here().filter(Q(repealed_on__lte=by) | Q(valid_until__lt=by)).order_by("sort", "code"))


def replaced_by(law: Law) -> list[Law]:
    """The laws that name this one as what replaced them."""
    return list(laws.here().filter(successor=law.code).order_by("sort", "code"))


def past(law: Law) -> list[LawHistory]:
    """What was said of it before, the newest first."""
    return list(law.history.order_by("-replaced_at", "-id")[:100])


def known_at(law: Law, moment: datetime) -> Law:
    """The law as the register said of it at a moment.

    Raises:
        NotHere: it was not on record yet.
    """
    if moment < law.entered_at:
        raise NotHere(f"law {law.code}")
    then = copy(law)
    for row in law.history.filter(replaced_at__gt=moment).order_by("-replaced_at", "-id"):
        for column, value in row.was.items():
            setattr(then, column, laws.read(column, value))
    return then


def _fitting(asked: Asked) -> QuerySet[Law]:
    found = laws.here()
    for word in asked.words[:LONGEST].split()[:_MOST_WORDS]:
        found = found.filter(sought__contains=laws.sought(word))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    return found.filter(_states(asked.on or clock.today())[asked.state]) if asked.state else found


def _states(day: date) -> dict[str, Q]:
    """Each state as a question to the database; the same as :meth:`Law.state`."""
    repealed = Q(repealed_on__isnull=False, repealed_on__lte=day)
    lapsed = Q(valid_until__isnull=False, valid_until__lt=day)
    ended = repealed | lapsed
    return {
        Law.State.REPEALED: repealed,
        Law.State.LAPSED: lapsed & ~repealed,
        Law.State.UNKNOWN: Q(in_force_on=None) & ~ended,
        Law.State.COMING: Q(in_force_on__gt=day) & ~ended,
        Law.State.IN_FORCE: Q(in_force_on__lte=day) & ~ended,
    }
