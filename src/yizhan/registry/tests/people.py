"""Numbers and persons for tests: invented, with the division 440199 that was never issued."""

from __future__ import annotations

from datetime import date
from typing import Any

from yizhan.codes import identity_number
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration

TODAY = date(2026, 11, 20)


def number_of(born: date, sequence: int) -> str:
    """A well-formed number; an odd sequence is a man's."""
    return identity_number.make(identity_number.DEMO_DIVISION, born, sequence)


def place(division: str, room: str = "301房") -> Place:
    return Place(division=division, road="榕荫街", door_plate="12号之一", building="2栋", room=room)


COMMITTEE_X = "440199001001"
COMMITTEE_Y = "440199002003"
NUMBER_A = number_of(date(1941, 3, 5), 22)
NUMBER_B = number_of(date(1950, 8, 17), 31)
NUMBER_SON = number_of(date(1968, 1, 30), 15)


def entry(record: str, name: str, **more: Any) -> Registration:
    """One record of the police's register, as of the day on which the tests stand."""
    return Registration(**{"source_record": record, "as_of": TODAY, "name": name, **more})


def grandmother() -> Registration:
    """A: 陈玉兰, 85, head of a household in committee X, where she also lives."""
    return entry(
        "A", "陈玉兰", sex="2", born_on=date(1941, 3, 5), ethnic_group="01", id_number=NUMBER_A,
        phone="13800001234", book_number="440199001-0001", relation="02",
        registered=place(COMMITTEE_X), living=place(COMMITTEE_X),
        registered_since=date(1999, 5, 1), living_since=date(1999, 5, 1),
    )  # fmt: skip


def son() -> Registration:
    """Her son, in the same household, who lives in sub-district Y."""
    return entry(
        "S", "李志强", sex="1", born_on=date(1968, 1, 30), id_number=NUMBER_SON,
        book_number="440199001-0001", relation="20",
        registered=place(COMMITTEE_X), living=place(COMMITTEE_Y, "502房"),
    )  # fmt: skip


def neighbour() -> Registration:
    """B: 何永康, 76, of sub-district Y."""
    return entry(
        "B", "何永康", sex="1", born_on=date(1950, 8, 17), id_number=NUMBER_B, phone="13900005678",
        book_number="440199002-0009", relation="02",
        registered=place(COMMITTEE_Y), living=place(COMMITTEE_Y),
        registered_since=date(2003, 1, 1), living_since=date(2003, 1, 1),
    )  # fmt: skip
