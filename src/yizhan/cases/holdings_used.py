"""Licences that an application took instead of an upload 免交材料: the holder sees each in her wallet."""

from __future__ import annotations

from yizhan.cases import holdings_ended
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Case
from yizhan.identity.actor import Actor
from yizhan.licences import using


def note(desk: Desk, case: Case, *, by: Actor) -> None:
    """Write down, with the case that was just opened, which licences stand in the place of a material."""
    held = [one.material.held_by for one in desk.needed if one.standing == "held"]
    kinds = [kind for key in held if (kind := holdings_ended.kind_of(key))]
    if kinds:
        who = by.key if by.is_citizen else f"unit:{by.unit}"
        using.taken(case.subject, kinds, case=case.number, purpose=str(desk.item.title.zh), by=who)
