"""The same questions behind row-level security, and by a role that sees everything with the filter written into them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import psycopg
from django.db import connection

from tests.benchmarks.rig.register.lookers import Looker
from tests.benchmarks.rig.register.searching import Person
from tests.benchmarks.rig.register.timing import undone
from yizhan.cli.cluster import OWNER, Cluster

_LIST = "select id, name, sex, born_on from registry_person where until is null {and_filter} order by name_sort, id limit 50"
_COUNT = "select count(*) from registry_person where born_on < '1966-11-20' {and_filter}"
_KEY = "select id, name, sex, born_on from registry_person where id = %s {and_filter}"
_FILTER = """and ((register_division >= %s and register_division < %s)
    or (living_division >= %s and living_division < %s))"""
_TIMES = {"one by key": 200, "a list of fifty": 15, "a count over the area": 7}


def measure(looker: Looker, people: list[Person]) -> Iterator[tuple[str, float]]:
    """For each question, how many times as long it takes behind the wall: the median of pairs."""
    asked = {"one by key": _KEY, "a list of fifty": _LIST, "a count over the area": _COUNT}
    bounds = [looker.area, looker.area + "~"] * 2
    with psycopg.connect(Cluster().address(OWNER), autocommit=True) as owner, undone(looker):
        own: Any = connection.connection
        for name, question in asked.items():
            behind, open_ = question.format(and_filter=""), question.format(and_filter=_FILTER)
            pairs = []
            for number in range(_TIMES[name] + 3):
                key = [people[number % len(people)].key] if question is _KEY else []
                pairs.append((_seconds(own, behind, key), _seconds(owner, open_, [*key, *bounds])))
            yield name, median(one / other for one, other in pairs[3:])


def _seconds(database: Any, question: str, given: list[str]) -> float:
    began = time.perf_counter()
    database.execute(question, given).fetchall()
    return time.perf_counter() - began
