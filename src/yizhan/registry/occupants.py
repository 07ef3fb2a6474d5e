"""Who is in a building or a room 在册人员与法人: only those whom the present scope sees, and no word of the others.

Every count here is of what could also be listed: row-level security decides both, and the query holds the same rule. So
a page cannot tell "nobody lives there" from "nobody whom you may see", and says so. Where somebody is registered is told to
posts that see households in a file, where somebody lives to those that see residences (``sight.shown``).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection
from django.db.models import F, QuerySet

from yizhan.journal import access
from yizhan.registry import finding, masking, sight
from yizhan.registry.models import Address, Building, Membership, Residence
from yizhan.registry.models.person import subject_of
from yizhan.registry.purposes import Purpose
from yizhan.registry.reaching import persons_seen

MOST = 500
_IN_ORDER = (
    "address__unit", "address__floor", "address__room", "address_id", "person__name_sort", "person_id", "-kind",
)  # fmt: skip

_CATEGORY = {Residence.Kind.REGISTERED: "household", Residence.Kind.LIVING: "residence"}


@dataclass(frozen=True)
class Occupant:
    """A person at an address, the name masked as in every list.

    Attributes:
        kinds: whether registered, living there, or both.
        until: the day on which it ended; None for who is there now.
        book: the number of the household book, masked.
    """

    subject: str
    name: str
    address: Address
    kinds: tuple[str, ...]
    since: date
    until: date | None = None
    book: str = ""

    @property
    def key(self) -> str:
        """As the addresses of pages name the person."""
        return self.subject.removeprefix("person:")


@dataclass(frozen=True)
class Seat:
    """A company at an address."""

    subject: str
    name: str
    address: Address

    @property
    def uscc(self) -> str:
        """Its code."""
        return self.subject.removeprefix("entity:")


@dataclass(frozen=True)
class Occupied:
    """What one may see of who is at a place; ``more`` when the list was cut off, ``past`` who was there before."""

    persons: tuple[Occupant, ...]
    companies: tuple[Seat, ...]
    more: bool
    past: tuple[Occupant, ...] = ()


def counted(building: Building) -> dict[int, int]:
    """How many persons live in each room, of those whom the present scope sees; rooms with none are left out."""
    if Residence.Kind.LIVING not in _kinds():
        return {}
    rows = Residence.objects.filter(
        persons_seen(), address__estate=building, until=None, kind=Residence.Kind.LIVING, person__died_on=None
    ).values_list("address_id", "person_id")
    found: dict[int, set[uuid.UUID]] = {}
    for address, person in rows:
        found.setdefault(address, set()).add(person)
    return {address: len(persons) for address, persons in found.items()}


def of_building(building: Building, *, purpose: Purpose) -> Occupied:
    """Who is registered or lives in a building, and whose seat is there; written into the access log."""
    return _of(Address.objects.filter(estate=building), purpose)


def of_address(address: Address, *, purpose: Purpose) -> Occupied:
    """The same of one address, down to the room, and who was there before."""
    return _of(Address.objects.filter(id=address.pk), purpose, and_before=True)


def _of(addresses: QuerySet[Address], purpose: Purpose, *, and_before: bool = False) -> Occupied:
    finding.count_the_look()
    kinds = _kinds()
    there = Residence.objects.filter(persons_seen(), address__in=addresses, kind__in=kinds)
    there = there.select_related("person", "address")
    residences = list(
        there.filter(until=None, person__died_on=None, person__until=None).order_by(*_IN_ORDER)[: MOST + 1]
    )
    ended = there.exclude(until=None).exclude(until=F("since")).order_by("-until", *_IN_ORDER)
    before = list(ended[:MOST]) if and_before else []
    registered = Residence.Kind.REGISTERED in kinds
    books = _books([row.person_id for row in residences[:MOST]]) if registered else {}
    together = groupby(residences[:MOST], key=lambda row: (row.address_id, row.person_id))
    persons = tuple(_occupant(list(rows), books) for _which, rows in together)
    past = tuple(_occupant([row], {}) for row in before)
    companies = _seats({one.pk: one for one in addresses})
    access.saw(
        [*dict.fromkeys(one.subject for one in (*persons, *past)), *(one.subject for one in companies)],
        ["name", "living_address", "registered_address"],
        purpose=str(purpose),
        action="search",
    )
    return Occupied(persons=persons, companies=companies, more=len(residences) > MOST, past=past)


def _kinds() -> list[Residence.Kind]:
    """Which homes of people the post may know."""
    shown = sight.shown()
    return [kind for kind, category in _CATEGORY.items() if category in shown]


def _occupant(rows: list[Residence], books: dict[uuid.UUID, str]) -> Occupant:
    """Registered and living at one address are one line."""
    first = rows[0]
    return Occupant(
        subject=subject_of(first.person_id),
        name=masking.name(first.person.name),
        address=first.address,
        kinds=tuple(row.kind for row in rows),
        since=min(row.since for row in rows),
        until=first.until,
        book=books.get(first.person_id, ""),
    )


def _books(persons: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """By person the number of the household book, masked: who belongs together is seen, the number is not."""
    rows = Membership.objects.filter(person__in=persons, until=None).select_related("household")
    return {row.person_id: masking.number(row.household.book_number) for row in rows}


def _seats(addresses: dict[int, Address]) -> tuple[Seat, ...]:
    """The companies there of which the scope sees what is public."""
    with connection.cursor() as cursor:
        cursor.execute("select uscc, name, address from registry_seats(%s)", [list(addresses)])
        rows = cursor.fetchall()
    return tuple(Seat(subject=f"entity:{code}", name=name, address=addresses[at]) for code, name, at in rows)
