"""Objecting to what a register says 信息异议: a case at the office that answers for the value.

The form names the value and shows what the register says of it; the works of the process note the objection, read what
the officer typed, and put the value right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yizhan import clock
from yizhan.cases import catalogue, drafts
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Case, Draft, Item
from yizhan.cases.objection_facts import KEY
from yizhan.cases.persons import account_of
from yizhan.forms.paths import get, put
from yizhan.identity.actor import Actor
from yizhan.registry import file, objecting, sight, typing_in
from yizhan.registry.catalogue import CATALOGUE, CATEGORIES, CATEGORY_OF
from yizhan.registry.faults import NotHere
from yizhan.registry.file import Earlier
from yizhan.registry.models import Objection
from yizhan.registry.objecting import Registered
from yizhan.registry.purposes import ForCase
from yizhan.registry.wording import said
from yizhan.ui.language import local

ITEM = "register_objection"
"""The item by which people object; a house without its pack offers it nowhere."""
PAGE = "value"
"""The page of the form at which somebody goes on who has chosen the value already."""


@dataclass(frozen=True)
class Shown:
    """An objection as whoever handles it sees it.

    Attributes:
        was: what the register said when the case began; ``now`` what it says today, None where it shows the person no more.
        how: how the value is typed; empty where it cannot be put right from the case.
        earlier: what was said of the same thing before.
    """

    row: Objection
    title: str
    category: str
    was: str
    now: Registered | None
    how: str
    empties: bool
    earlier: tuple[Earlier, ...]


def offered() -> Item | None:
    """The item by which people object, where the house has it."""
    try:
        return catalogue.get(ITEM)
    except Item.DoesNotExist:
        return None


def begin(item: Item, *, by: Actor, subject: str, key: str) -> Desk:
    """Begin an objection to one value, or go on with the one begun for it.

    Raises:
        KeyError: the key is in none of the categories.
        NotYours: see :func:`drafts.begin`.
    """
    if key not in CATEGORY_OF:
        raise KeyError(key)
    for one in _begun(item, by, subject):
        if get(one.data, KEY) == key:
            return Desk(one, by)
    desk = drafts.begin(item, by=by, subject=subject, anew=True)
    data = desk.draft.data
    put(data, KEY, key)
    drafts.bring(desk, data)
    return desk


def of(case: Case) -> Shown | None:
    """The objection that a case handles; None for other cases. One look of the registry, with its line in the log."""
    row = objecting.of_case(case.number) if case.item_id == ITEM else None
    if row is None:
        return None
    one, category, purpose = CATALOGUE[row.key], CATEGORY_OF[row.key], ForCase(case.number)
    title = file.title_of(row.key)
    can = typing_in.correctable(row.key)
    try:
        now: Registered | None = objecting.registered(case.subject, row.key, purpose=purpose)
        look = sight.look(case.subject, purpose=purpose)
        past = tuple(each for each in file.earlier(look) if each.title == title)
    except NotHere:
        now, past = None, ()
    return Shown(
        row=row,
        title=title,
        category=local(CATEGORIES[category][0]),
        was=said(one, row.said),
        now=now,
        how=typing_in.how(row.key) if can else "",
        empties=can and typing_in.empties(row.key),
        earlier=past,
    )


def _begun(item: Item, by: Actor, subject: str) -> Iterable[Draft]:
    return Draft.objects.filter(
        account=account_of(by), item=item, subject=subject, submitted_as="", expires_at__gt=clock.now()
    ).order_by("-saved_at")
