"""Searches of the register beside one person read by her key, as one looker sees them, in seconds."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.db import connection

from tests.benchmarks.rig.register.lookers import Looker
from tests.benchmarks.rig.register.timing import Timed, undone
from yizhan import hanzi
from yizhan.registry import finding
from yizhan.registry.purposes import Reason

_Call = Callable[[], object]
WHY = Reason("测量检索用时")
_SAMPLE = 60
_OF_ONE_LOOKER = 45  # searches of a transaction: far below what a day allows
_COLUMNS = "id, name, former_name, sex, born_on, id_number, living_division"
_SOMEBODY = """
    select id::text, name, id_number from registry_person tablesample system (%s)
    where until is null and length(name) = 3 and id_number <> '' and living_division ^@ %s limit 4000
"""
_NAMES_ELSEWHERE = """
    select name from registry_person where length(name) = 3 and not living_division ^@ %s
      and not register_division ^@ %s limit 2000
"""
_BORNE = """
    select name, bool_or(living_division ^@ %s or register_division ^@ %s) from registry_person
    where name = any (%s) group by name
"""


@dataclass(frozen=True)
class Person:
    """Somebody who is looked for."""

    key: str
    name: str
    number: str


def sample(looker: Looker, seed: int) -> list[Person]:
    """Some who live in the looker's area."""
    with connection.cursor() as cursor:
        for share in (2, 100):
            cursor.execute(_SOMEBODY, [share, looker.area])
            if len(rows := cursor.fetchall()) >= _SAMPLE:
                break
    chosen = random.Random(seed).sample(rows, min(_SAMPLE, len(rows)))
    return [Person(*row) for row in chosen]


def strangers(looker: Looker, seed: int) -> tuple[list[str], list[str]]:
    """Names that people bear outside of the area and nobody within; and names of the same characters that nobody bears."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES_ELSEWHERE, [looker.area, looker.area])
        outside = sorted({name for (name,) in cursor.fetchall()})
        mixed = [
            one[0] + other[1] + last[2]
            for one, other, last in zip(outside, outside[7:], outside[3:], strict=False)
        ]
        cursor.execute(_BORNE, [looker.area, looker.area, outside + mixed])
        borne = dict(cursor.fetchall())
    chance = random.Random(seed)
    some = [name for name in outside if not borne.get(name, False)]
    none = [name for name in mixed if name not in borne]
    many = min(_SAMPLE, len(some), len(none))
    return chance.sample(some, many), chance.sample(none, many)


def kinds(people: Iterable[Person]) -> dict[str, list[_Call]]:
    """What is asked: each kind of search, once for each person."""
    asked: dict[str, list[_Call]] = defaultdict(list)
    for one in people:
        spelled = hanzi.pinyin(one.name).replace(" ", "")
        swapped = one.number[:15] + one.number[16] + one.number[15] + one.number[17:]
        asked["a key read"].append(partial(read, one.key))
        asked["exact: number and name"].append(partial(finding.exact, one.name, one.number, purpose=WHY))
        for kind, words in (
            ("exact: number", one.number),
            ("name", one.name),
            ("beginning of a name", one.name[:2]),
            ("surname", one.name[0]),
            ("pinyin", spelled),
            ("initials", hanzi.initials(one.name)),
            ("fuzzy: heard wrong", spelled.replace("zh", "z").replace("ing", "in").replace("ch", "c") + "g"),
            ("fuzzy: one character wrong", f"{one.name[:2]}囍"),
            ("fuzzy: two digits swapped", swapped),
        ):
            asked[kind].append(partial(finding.search, words, purpose=WHY))
    return asked


def measure(looker: Looker, people: list[Person]) -> Timed:
    """Each search right after a key read; some in one transaction, which is undone so that no look-up is used up."""
    timed = Timed()
    asked = kinds(people)
    keys = asked.pop("a key read")
    for kind, calls in asked.items():
        for first in range(0, len(calls), _OF_ONE_LOOKER):
            some = calls[first : first + _OF_ONE_LOOKER]
            timed.beside(looker, kind, list(zip(keys, some, strict=False)))
    return timed


def by_turns(looker: Looker, borne: list[str], nobody: list[str]) -> tuple[list[float], list[float]]:
    """Seconds of searches for names of either kind, one after the other."""
    took: tuple[list[float], list[float]] = ([], [])
    for first in range(0, len(borne), _OF_ONE_LOOKER // 2):
        with undone(looker):
            for pair in zip(
                *(names[first : first + _OF_ONE_LOOKER // 2] for names in (borne, nobody)), strict=True
            ):
                for seconds, name in zip(took, pair, strict=True):
                    began = time.perf_counter()
                    finding.search(name, purpose=WHY)
                    seconds.append(time.perf_counter() - began)
    return took


def read(key: str) -> object:
    """The unit of all: a person's row by its key."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {_COLUMNS} from registry_person where id = %s", [key])
        return cursor.fetchone()
