"""Licences whose last day has passed 有效期届满: the house says so, the day after; each in a transaction of its own."""

from __future__ import annotations

from yizhan.identity.actor import HOUSE
from yizhan.journal import work
from yizhan.licences import life
from yizhan.licences.refusals import Refused
from yizhan.registry import licences
from yizhan.registry.licences import Word

BATCH = 200


@work.round("licences that end")
def expire() -> int:
    """Let some that are past their last day expire; how many that were."""
    done = 0
    with work.one_transaction():
        keys = licences.past_their_day(BATCH)
    for licence in keys:
        if work.stopping():
            break
        try:
            with work.one_transaction():
                life.expire(licence, word=Word(HOUSE.key))
                done += 1
        except Refused:  # somebody ended it meanwhile
            continue
        except Exception:
            work.log.exception("the licence %s could not expire; it will be tried again", licence.id)
    return done
