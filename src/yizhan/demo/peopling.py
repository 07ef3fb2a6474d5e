"""Entering the demo's people: household after household, up to two million, going on where it was cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import groupby, islice
from random import Random

from django.db import connection, transaction

from yizhan import clock
from yizhan.demo import lives, personas, population
from yizhan.demo.models import Loaded
from yizhan.identity import scope
from yizhan.registry import loading
from yizhan.registry.registration import Registration

SEED = 440104
_BATCH = 10_000

Progress = Callable[[int, int], None]
"""Is told how many people are there, of how many."""


def settle(many: int, progress: Progress | None = None) -> None:
    """Enter so many people, in batches that are committed one by one; a second start goes on after the last.

    While the database enters one batch the next is made up.
    """
    done = sum(Loaded.objects.filter(part__startswith="people").values_list("rows", flat=True))
    if done >= many:
        return
    stream = people(many)
    for _skipped in islice(stream, done):
        pass
    moment = clock.now()
    with ThreadPoolExecutor(1) as entering:
        waiting: Future[None] | None = None
        for batch in _batches(stream):
            if waiting is not None:
                waiting.result()
            waiting = entering.submit(_enter, batch, done, moment)
            done += len(batch)
            if progress is not None:
                progress(done, many)
            if done >= many:
                break
        if waiting is not None:
            waiting.result()
        entering.submit(_leave).result()


def people(many: int) -> Iterator[Registration]:
    """The people with their lives; the same on every call that stands at the same moment."""
    numbers = population.Numbers()
    personas.registrations(Random(SEED + 1), numbers)  # their numbers are taken
    dice, today = Random(SEED + 7), clock.today()
    stream = population.people(Random(SEED + 2), numbers, many)
    for _book, household in groupby(stream, key=lambda one: one.book_number):
        yield from lives.furnish(dice, list(household), today)


def _enter(batch: list[Registration], done: int, moment: datetime) -> None:
    """One batch and the mark that it is there, in the thread that has a connection of its own."""
    with clock.standing_at(moment), scope.service(), transaction.atomic():
        loading.load(batch, source=personas.SOURCE)
        Loaded.objects.create(part=f"people {done}", rows=len(batch))


def _leave() -> None:
    """The thread's connection goes with it."""
    connection.close()


def _batches(stream: Iterator[Registration]) -> Iterator[list[Registration]]:
    """Some ten thousand at a time, households whole: relatives are entered with each other."""
    batch: list[Registration] = []
    for _book, household in groupby(stream, key=lambda one: one.book_number):
        batch.extend(household)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
