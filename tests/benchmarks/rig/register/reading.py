"""What a form of thirty fields asks of the register, and all that 一人一档 tells, beside a person read by her key."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.benchmarks.rig.register.lookers import Looker
from tests.benchmarks.rig.register.searching import WHY, Person, read
from tests.benchmarks.rig.register.timing import Timed
from yizhan.registry import events, facts, file, households, licences, relations, sight
from yizhan.registry.catalogue import CATEGORIES

FIELDS = 30
FORM, FILE = f"a form of {FIELDS} fields", "the whole file of a person"
_KEYS = [key for _title, keys in CATEGORIES.values() for key in keys][:FIELDS]


def measure(looker: Looker, people: list[Person]) -> Timed:
    """Both for each person, right after the key read."""
    timed = Timed()
    for kind, ask in ((FORM, _form), (FILE, _file)):
        pairs: list[tuple[Any, Any]] = [
            (partial(read, one.key), partial(ask, f"person:{one.key}")) for one in people
        ]
        timed.beside(looker, kind, pairs)
    return timed


def _form(subject: str) -> object:
    return facts.facts(subject, _KEYS, purpose=WHY)


def _file(subject: str) -> object:
    """What the register itself tells on the page; cases and payments are other rooms'."""
    look = sight.look(subject, purpose=WHY)
    told = file.read(look)
    file.earlier(look)
    events.of(look)
    licences.held(subject, purpose=WHY)
    relations.relatives_of(look)
    households.household_of(subject, purpose=WHY)
    return told
