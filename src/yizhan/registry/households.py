"""The household of a person 本户成员."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from yizhan.journal import access
from yizhan.registry import masking
from yizhan.registry.facts import Fact, facts, person_id
from yizhan.registry.models.household import HEAD
from yizhan.registry.models.person import subject_of
from yizhan.registry.purposes import Purpose


@dataclass(frozen=True)
class Member:
    """A member of a household 户内成员.

    Attributes:
        subject: None for somebody whom the present scope does not see.
        name: masked for such a person, and for everybody unless the purpose opens the household.
        relation: to the head, GB/T 4761.
    """

    subject: str | None
    name: str
    masked: bool
    relation: str

    @property
    def is_head(self) -> bool:
        """Whether this is the head of the household 户主."""
        return self.relation == HEAD


@dataclass(frozen=True)
class HouseholdOf:
    """A household as seen from one of its members; without a number the register knows none."""

    book_number: Fact
    members: tuple[Member, ...]


def admit(subject: str) -> None:
    """Let the transaction see who stands in the same household book as somebody to whom staff were admitted.

    For a case or an application at a window; of anybody else, and of a collective household, nobody is admitted.
    """
    with connection.cursor() as cursor:
        cursor.execute("select registry_admit_household(%s)", [person_id(subject)])


def household_of(subject: str, *, purpose: Purpose) -> HouseholdOf:
    """The present household of a person, its head first.

    Raises:
        NotHere: no such person in the present scope.
    """
    book_number = facts(subject, ["household.book_number"], purpose=purpose)["household.book_number"]
    with connection.cursor() as cursor:
        cursor.execute("select person, name, relation from registry_household_of(%s)", [person_id(subject)])
        rows = cursor.fetchall()
    members = []
    for person, name, relation in rows:
        masked = person is None or book_number.masked
        shown = masking.name(name) if masked and person is not None else name
        members.append(
            Member(
                subject=subject_of(person) if person else None, name=shown, masked=masked, relation=relation
            )
        )
    seen = [member.subject for member in members if member.subject]
    access.saw(seen, ["person.name", "household.relation"], purpose=str(purpose))
    return HouseholdOf(book_number=book_number, members=tuple(members))
