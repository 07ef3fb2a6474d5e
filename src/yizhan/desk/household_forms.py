"""The form of a household book 户内变动表单: who stands in it, and what each is to a new head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yizhan.codes import lists
from yizhan.desk.hand_forms import Choices, coded
from yizhan.registry import households, memberships
from yizhan.registry.models.household import HEAD
from yizhan.registry.purposes import Purpose

_ONESELF = "01"


@dataclass(frozen=True)
class Line:
    """Somebody in the book; ``field`` is asked where another becomes head, empty for whoever is not asked about."""

    name: str
    relation: str
    head: bool
    dead: bool
    field: str


@dataclass(frozen=True)
class Book:
    """A household as the form shows it.

    Attributes:
        number: of the book, masked as everywhere; empty for somebody in no household.
        mine: the relation of the person of the page, in words.
        others: everybody else.
        head: whether the person of the page is the head.
    """

    number: str
    mine: str
    head: bool
    others: tuple[Line, ...]


def present(subject: str, *, purpose: Purpose) -> Book:
    """The household of somebody now; a look that is logged.

    Raises:
        NotHere: no such person in the present scope.
    """
    seen = households.household_of(subject, purpose=purpose)
    mine = next((one for one in seen.members if one.subject == subject), None)
    dead = _dead(subject)
    others = [
        Line(
            name=one.name,
            relation=_words(one.relation),
            head=one.is_head,
            dead=one.subject in dead,
            field=_field(one.subject) if one.subject and one.subject not in dead else "",
        )
        for one in seen.members
        if one.subject != subject
    ]
    return Book(
        number=str(seen.book_number.value or ""),
        mine=_words(mine.relation) if mine else "",
        head=mine is not None and mine.is_head,
        others=tuple(others),
    )


def relations(subject: str, sent: Mapping[str, str]) -> dict[str, str]:
    """What was chosen for everybody else who is alive in the household of somebody, by subjects; empty where nothing was."""
    home = memberships.household_of(subject)
    standing = memberships.standing_in(home) if home else ()
    return {
        one.subject: sent.get(_field(one.subject), "")
        for one in standing
        if one.subject and one.subject != subject and not one.dead
    }


def not_chosen(relations: Mapping[str, str]) -> list[str]:
    """The fields in which nothing was chosen."""
    return [_field(subject) for subject, chosen in relations.items() if not chosen]


def relation_choices(*, head: bool = False) -> Choices:
    """What one can be to the head of a household; on demand the head's own, for a book in which nobody stands."""
    return [one for one in coded("family_relation") if one[0] != _ONESELF and (head or one[0] != HEAD)]


def _dead(subject: str) -> set[str]:
    home = memberships.household_of(subject)
    standing = memberships.standing_in(home) if home else ()
    return {one.subject for one in standing if one.subject and one.dead}


def _field(subject: str) -> str:
    return f"relation-{subject.removeprefix('person:')}"


def _words(code: str) -> str:
    try:
        return lists.name_of("family_relation", code)
    except lists.UnknownCode:
        return code
