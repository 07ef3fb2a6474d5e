"""What an office enters by hand that happens to somebody 手工登记: a death, and what becomes of the household book.

As with :mod:`by_hand`: only the office that answers for it, once for each command, noted beside the looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan.journal import access
from yizhan.registry import memberships, outside, owning, persons
from yizhan.registry.by_hand import Act, ByHand, begun
from yizhan.registry.changing import hold
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.memberships import Told
from yizhan.registry.models import Source
from yizhan.registry.purposes import Reason

DEATH, BOOK = "person.died", "household.relation"
"""Keys of the catalogue by which it is found who answers for a death, and for household books."""
_LONGEST_PLACE = 100


def died(subject: str, *, on: date, place: str, how: ByHand) -> None:
    """Enter a death and where it was; whoever was married to the dead is widowed.

    Raises:
        NotHere: no such person in the present scope.
        Refused: another office's, dead already, before the birth or in the future, or the spouse is out of scope.
    """
    if len(place.strip()) > _LONGEST_PLACE:
        raise Refused(_("死亡地点请写在 100 字以内。"))
    with _with_the_spouse(subject), transaction.atomic():
        if (source := _begun(subject, DEATH, Act.DEATH, how)) is None:
            return
        if hold(subject).died_on is not None:
            raise Refused(_("此人已登记死亡，未作改动；登记有误的，请先撤销死亡登记。"))
        persons.died(
            subject, on, source=source.code, source_record=how.record, by=how.by.key, place=place.strip()
        )


def died_not(subject: str, *, how: ByHand) -> None:
    """Take back a death that was entered by mistake: a correction, the old value stays in the past.

    Raises:
        NotHere: no such person in the present scope.
        Refused: another office's, not dead, or the spouse is out of scope.
    """
    with _with_the_spouse(subject), transaction.atomic():
        if (source := _begun(subject, DEATH, Act.CORRECTION, how)) is not None:
            persons.died_not(subject, source=source.code, because=how.because, by=how.by.key)


def joined(subject: str, book_number: str, relation: str, *, on: date, how: ByHand) -> None:
    """Enter that somebody belongs to a household from a day on.

    Raises:
        NotHere: no such person in the present scope.
        Refused: another office's, or as with :func:`memberships.joined`.
    """
    with _household(subject, on, how) as told:
        if told is not None:
            memberships.joined(subject, book_number, relation, told)


def founded(subject: str, book_number: str, *, on: date, how: ByHand) -> None:
    """Enter a household of its own for somebody, who is its head.

    Raises:
        NotHere: no such person in the present scope.
        Refused: another office's, or as with :func:`memberships.founded`.
    """
    with _household(subject, on, how) as told:
        if told is not None:
            memberships.founded(subject, book_number, told)


def left(subject: str, *, on: date, how: ByHand) -> None:
    """Enter that somebody is in no household from a day on.

    Raises:
        NotHere: no such person in the present scope.
        Refused: another office's, or as with :func:`memberships.left`.
    """
    with _household(subject, on, how) as told:
        if told is not None:
            memberships.left(subject, told)


def headed(subject: str, relations: Mapping[str, str], *, on: date, how: ByHand) -> None:
    """Enter another head of a household, and what everybody else in it is to the new head.

    Raises:
        NotHere: no such person in the present scope.
        Refused: another office's, also of one of the others, or as with :func:`memberships.headed`.
    """
    with _household(subject, on, how) as told:
        if told is not None:
            for other in relations:
                owning.answering(other, BOOK, by=how.by)
            access.saw(relations, [BOOK], purpose=str(Reason(how.because)), action="enter")
            memberships.headed(subject, relations, told)


def _begun(subject: str, key: str, act: str, how: ByHand) -> Source | None:
    """The source on whose word it is entered; None when the command was carried out before."""
    source = owning.answering(subject, key, by=how.by)
    access.saw([subject], [key], purpose=str(Reason(how.because)), action="enter")
    return source if begun(subject, act, [key], how, source) else None


@contextmanager
def _household(subject: str, on: date, how: ByHand) -> Iterator[Told | None]:
    not_ours = _("户口所在地不在您的辖区内，未作登记，请由所在地的单位登记。")
    with outside.refused(not_ours), transaction.atomic():
        source = _begun(subject, BOOK, Act.HOUSEHOLD, how)
        yield Told(on=on, source=source.code, record=how.record, by=how.by.key) if source else None


@contextmanager
def _with_the_spouse(subject: str) -> Iterator[None]:
    """A death is entered for both of a couple or not at all."""
    try:
        yield
    except NotHere as fault:
        if str(fault) == subject:
            raise
        raise Refused(_("其配偶不在您的辖区内，请由能办理双方登记的上级单位登记，未作登记。")) from None
