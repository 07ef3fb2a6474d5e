"""What a window needs besides drafts and intake 窗口收件: drafts to be found again, receipts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from yizhan import clock
from yizhan.cases.application_form import form_of
from yizhan.cases.models import Case, Draft
from yizhan.cases.persons import account_of
from yizhan.cases.subjects import is_company
from yizhan.forms.paths import Data, get
from yizhan.identity.actor import Actor
from yizhan.journal import access
from yizhan.ui.masks import mask_name

NAMES = ("person.name", "entity.name")


@dataclass(frozen=True)
class Kept:
    """A draft left at the window: for which item, for whom (masked), since when, until when."""

    id: uuid.UUID
    title: str
    name: str
    saved_at: datetime
    expires_at: datetime


def drafts_of(actor: Actor) -> list[Kept]:
    """The drafts a clerk can go on with, the latest first; one statement."""
    found = (
        Draft.objects.filter(account=account_of(actor), submitted_as="", expires_at__gt=clock.now())
        .select_related("item")
        .defer("facts", "item__card", "item__search")
        .order_by("-saved_at")
    )
    return [Kept(one.id, str(one.item), _name(one), one.saved_at, one.expires_at) for one in found]


def submitted_as(draft: uuid.UUID, *, by: Actor) -> str:
    """The number of the case that one's own draft became; empty where it became none."""
    found = Draft.objects.filter(id=draft, account=account_of(by)).values_list("submitted_as", flat=True)
    return found.first() or ""


def received(number: str) -> Case | None:
    """A case that came in at a window, for its receipt; None for one that the scope does not show."""
    parts = ("item", "decision", "acceptance")
    case = Case.objects.select_related(*parts).filter(number=number, channel="window").first()
    if case is not None:
        access.saw([case.subject], ["name"], purpose=f"case:{number}")
    return case


def _name(draft: Draft) -> str:
    """The name in the draft's answers, at whichever question the register's name is bound to; a person's masked."""
    form = form_of(draft.release_id, draft.item_id)
    data: Data = draft.data
    named = (get(data, binding.path) for binding in form.bindings() if binding.fact in NAMES)
    name = next((str(name) for name in named if name), "")
    return name if is_company(draft.subject) else mask_name(name)
