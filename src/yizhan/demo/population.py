"""The people of the demo district: households at invented addresses in real committees' areas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from yizhan import clock
from yizhan.codes import divisions, identity_number
from yizhan.codes.models import Division
from yizhan.demo import ground, names
from yizhan.registry.places import Place
from yizhan.registry.registration import Registration

DISTRICT = "440104"
NEVER_ISSUED = "440199"  # identity numbers of this division belong to nobody
_AGES = ((0, 14, 11), (15, 34, 24), (35, 59, 38), (60, 69, 14), (70, 79, 8), (80, 89, 4), (90, 101, 1))


SCALES = {"small": 20_000, "tenth": 193_000, "full": 1_930_000}
"""People by scale."""

_NAMES_LAST = 20_000  # so many people bear the common names well; a larger district has rarer ones too


def subdistricts() -> list[Division]:
    """All sub-districts of the demo district, in the order of their codes."""
    return divisions.children(f"{DISTRICT}000000")


class Numbers:
    """Identity numbers nobody else in the district has: a running sequence for each birthday and sex."""

    def __init__(self) -> None:
        self._given: dict[tuple[date, bool], int] = {}

    def next(self, born: date, *, woman: bool) -> str:
        """The next number of a birthday."""
        count = self._given.get((born, woman), 0)
        self._given[born, woman] = count + 1
        return identity_number.make(NEVER_ISSUED, born, 2 * count + (0 if woman else 1))


def people(dice: Random, numbers: Numbers, many: int, *, first: int = 1) -> Iterator[Registration]:
    """So many people in households, one after another; the same dice give the same people."""
    committees = [c.code for s in subdistricts() for c in divisions.children(s.code)]
    made, household = 0, first
    while made < many:
        rare, built = made >= _NAMES_LAST, _built(made)
        for one in _household(dice, numbers, household, dice.choice(committees), rare=rare, built=built):
            yield one
            made += 1
            if made == many:
                return
        household += 1


def _built(made: int) -> int:
    """How many buildings of each committee are there for the next people: those of the smallest scale that has them."""
    return next((ground.BUILT[scale] for scale, most in SCALES.items() if made < most), ground.BUILT["full"])


def _household(
    dice: Random, numbers: Numbers, number: int, committee: str, *, rare: bool, built: int
) -> Iterator[Registration]:
    """A household of one to five; some members live elsewhere than where they are registered."""
    home = place(dice, committee, built=built)
    size = dice.choices((1, 2, 3, 4, 5), (22, 30, 28, 14, 6))[0]
    head = _age(dice, youngest=25)
    since = clock.today() - timedelta(days=dice.randrange(400, 12000))
    for member in range(size):
        woman = dice.random() < 0.51
        age = head if member == 0 else _relative(dice, head, member)
        relation = "02" if member == 0 else _relation(member, woman=woman)
        yield person(
            dice,
            numbers,
            record=f"{number:07d}-{member}",
            name=names.full(dice, woman=woman, age=age, rare=rare),
            woman=woman,
            age=age,
            home=home,
            living=home if dice.random() < 0.9 else place(dice, committee, built=built),
            book=f"H{number:07d}",
            relation=relation,
            since=since,
        )


def person(
    dice: Random,
    numbers: Numbers,
    *,
    record: str,
    name: str,
    woman: bool,
    age: int,
    home: Place,
    living: Place | None,
    book: str,
    relation: str,
    since: date,
) -> Registration:
    """One person as the police's register says it."""
    today = clock.today()
    born = today.replace(day=1) - timedelta(days=int(age * 365.25) + dice.randrange(0, 300))
    died = today - timedelta(days=dice.randrange(5, 200)) if age > 75 and dice.random() < 0.01 else None
    return Registration(
        source_record=record,
        as_of=today - timedelta(days=2),
        name=name,
        sex="2" if woman else "1",
        born_on=born,
        ethnic_group="01",
        id_number=numbers.next(born, woman=woman),
        phone=f"1990{dice.randrange(10_000_000):07d}" if age >= 14 and dice.random() < 0.85 else "",
        died_on=died,
        book_number=book,
        relation=relation,
        registered=home,
        living=living,
        since=min(since, today - timedelta(days=2)),
    )


def place(dice: Random, committee: str, *, built: int = ground.BUILT["small"]) -> Place:
    """An address of the invented ground in a committee's area, in one of its first so many buildings."""
    return ground.home(dice, committee, built)


def _age(dice: Random, *, youngest: int = 0) -> int:
    low, high, _weight = dice.choices(_AGES, [weight for _low, _high, weight in _AGES])[0]
    return max(youngest, dice.randint(low, high))


def _relative(dice: Random, head: int, member: int) -> int:
    if member == 1:
        return max(20, head + dice.randrange(-6, 6))
    return (
        max(0, head - dice.randrange(22, 40))
        if dice.random() < 0.8
        else min(99, head + dice.randrange(20, 32))
    )


def _relation(member: int, *, woman: bool) -> str:
    """Relation to the head (GB/T 4761): spouse, then children and others."""
    if member == 1:
        return "12" if woman else "11"
    return "30" if woman else "20"
