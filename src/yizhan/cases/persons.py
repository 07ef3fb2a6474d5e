"""Whoever does something with a case is somebody: an account, never nobody."""

from __future__ import annotations

from yizhan.cases.refusals import NotYours
from yizhan.identity.actor import Actor


def account_of(actor: Actor) -> int:
    """The account that acts.

    Raises:
        NotYours: nobody is signed in, or the house itself acts where only a person may.
    """
    if actor.account_id is None:
        raise NotYours
    return actor.account_id
