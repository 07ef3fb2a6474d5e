"""The one way out 发件箱: effects outside the database.

A step writes what must follow (a message, a paper, an exchange) as a row in its own transaction. A
worker performs it afterwards, at least once, and never gives up on a receiver that is merely away:
the waiting time doubles up to six hours and stays there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from yizhan.database.rows import entered, new
from yizhan.journal import work
from yizhan.journal.models import Effect
from yizhan.journal.writing import wake

BATCH = 20
_SLOWEST_RETRY = timedelta(hours=6)

Handler = Callable[["Errand"], None]
_handlers: dict[str, Handler] = {}


class Undeliverable(Exception):
    """This effect can never happen (an address that does not exist); trying again is no use."""


@dataclass(frozen=True)
class Errand:
    """An effect as its handler gets it. ``key`` stays the same at every try."""

    id: int
    topic: str
    key: str
    body: dict[str, Any]
    tries: int


def put(topic: str, body: dict[str, Any], *, key: str) -> None:
    """Leave an effect with the step that causes it. A key that is known already changes nothing."""
    entered(new(Effect, topic=topic, body=body, key=key))
    wake()


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Make a function responsible for a topic.

    Raises:
        ValueError: the topic has a handler already.
    """

    def register(handler: Handler) -> Handler:
        if topic in _handlers:
            raise ValueError(f"two handlers for the topic {topic}")
        _handlers[topic] = handler
        return handler

    return register


@work.round("outbox")
def deliver() -> int:
    """Perform a batch of waiting effects, each in a transaction of its own; the number performed."""
    done = 0
    while done < BATCH and not work.stopping() and _deliver_one():
        done += 1
    return done


def hasten(fault: str) -> None:
    """What waits because of a fault, by the name of its type, is tried at once: the reason is gone."""
    Effect.objects.filter(done_at=None, refused_at=None, fault__startswith=f"{fault}:").update(
        next_try_at=Now()
    )
    wake()


def perform_here(topics: Collection[str], *, after: int, wanted: Callable[[Errand], bool]) -> tuple[int, int]:
    """Perform waiting effects within the present transaction.

    For whoever tries something that will be undone: what fails is theirs to know, and nothing is tried again.

    Args:
        topics: which effects; others stay where they are.
        after: the number of the last effect that was looked at.
        wanted: whether one of them is meant.

    Returns:
        How many were performed, and the number of the last that was looked at.
    """
    done = 0
    for effect in Effect.objects.filter(id__gt=after, topic__in=topics).order_by("id"):
        errand = Errand(effect.id, effect.topic, effect.key, effect.body, effect.tries)
        if wanted(errand):
            _handlers[effect.topic](errand)
            Effect.objects.filter(id=effect.id).update(done_at=Now(), tries=F("tries") + 1)
            done += 1
        after = effect.id
    return done, after


def last() -> int:
    """The number of the latest effect; 0 where there is none."""
    return Effect.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _deliver_one() -> bool:
    with work.one_transaction():
        effect = (
            Effect.objects.select_for_update(skip_locked=True)
            .filter(done_at=None, refused_at=None, next_try_at__lte=Now(), topic__in=list(_handlers))
            .order_by("next_try_at", "id")
            .first()
        )
        if effect is None:
            return False
        _perform(effect)
        return True


def _perform(effect: Effect) -> None:
    errand = Errand(effect.id, effect.topic, effect.key, effect.body, effect.tries)
    mine = Effect.objects.filter(id=effect.id)
    try:
        with transaction.atomic():
            _handlers[effect.topic](errand)
    except Undeliverable as fault:
        mine.update(refused_at=Now(), tries=F("tries") + 1, fault=str(fault)[:2000])
    except Exception as fault:
        work.log.exception("effect %s (%s) failed, it will be tried again", effect.id, effect.topic)
        wait = min(timedelta(seconds=5 * 2 ** min(effect.tries, 20)), _SLOWEST_RETRY)
        mine.update(
            next_try_at=Now() + wait, tries=F("tries") + 1, fault=f"{type(fault).__name__}: {fault}"[:2000]
        )
    else:
        mine.update(done_at=Now(), tries=F("tries") + 1, fault="")
