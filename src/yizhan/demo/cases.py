"""The life of the last weeks, each act by the real verbs at its own moment, so that every desk is alive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count
from random import Random

from yizhan import clock
from yizhan.demo import opinions, payroll, personas, telling, unfinished, workdays
from yizhan.demo.population import DISTRICT
from yizhan.demo.stories import STORIES, Story
from yizhan.demo.timeline import Timeline
from yizhan.identity.models import Account
from yizhan.journal import worker
from yizhan.registry.registration import Registration


def make(dice: Random, residents: list[Registration]) -> int:
    """Tell everything; how many acts that were."""
    dice.shuffle(residents)
    here = iter([entry for entry in residents if _lives_in(entry, personas.BEIJING_STREET)])
    elsewhere = iter([entry for entry in residents if not _lives_in(entry, personas.BEIJING_STREET)])
    number = count()
    timeline = Timeline()
    for place, story in enumerate(STORIES):
        # Every second doubtful case goes to the sub-district whose clerk one can be.
        entry = next(here if story.doubtful and place % 2 else elsewhere)
        _plan(timeline, dice, story, _account(entry, next(number)))
    _plan(timeline, dice, Story(3, True, ("supplement",)), personas.account("liang"))
    payroll.plan(timeline, dice, list(_accounts(elsewhere, number, payroll.RECIPIENTS)))
    unfinished.plan(timeline, dice, list(_accounts(elsewhere, number, unfinished.DRAFTS)), next(here))
    done = timeline.run()
    worker.drain()
    return done


def _plan(timeline: Timeline, dice: Random, story: Story, account: Account) -> None:
    """Put a story's acts into their places; all but the first learn the number from the first."""
    told: list[str] = []

    def apply() -> None:
        told.append(telling.apply(account, doubtful=story.doubtful))

    day = applied = workdays.ago(story.days_ago)
    timeline.at(workdays.in_office_hours(dice, day), apply)
    for step in story.steps:
        day = workdays.later(day, 1)
        timeline.at(workdays.in_office_hours(dice, day), partial(_act, dice, told, step))
    if story.opinion is not None:
        opinions.plan(timeline, dice, story.opinion, applied=applied, by=account, number=lambda: told[0])


def _act(dice: Random, told: list[str], step: str) -> None:
    telling.act(dice, told[0], step)


def _accounts(residents: Iterator[Registration], number: Iterator[int], many: int) -> Iterator[Account]:
    for _ in range(many):
        yield _account(next(residents), next(number))


def _account(entry: Registration, number: int) -> Account:
    phone = f"1991000{number:04d}"
    account = Account.objects.create(kind=Account.Kind.CITIZEN, phone=phone, name=phone)
    personas.prove(account, entry)
    return account


def eligible(entry: Registration) -> bool:
    """Old enough, alive, registered here: what the stories need."""
    born = entry.born_on
    if born is None or entry.died_on or entry.registered is None:
        return False
    return (clock.today() - born).days / 365.25 >= 71 and entry.registered.division.startswith(DISTRICT)


def _lives_in(entry: Registration, street: str) -> bool:
    return entry.registered is not None and entry.registered.division.startswith(street)
