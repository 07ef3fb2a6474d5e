"""Drafts: begin, save, come back; what the registers know is asked anew each time a page opens."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import connection

from yizhan import clock
from yizhan.cases import (
    account_facts,
    contact_facts,
    holdings_ended,
    household,
    in_the_way,
    objection_facts,
)
from yizhan.cases.application_form import form_of
from yizhan.cases.household import Member
from yizhan.cases.in_the_way import Earlier
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Draft, Item
from yizhan.cases.needed import Held, Needed, needed
from yizhan.cases.persons import account_of
from yizhan.cases.refusals import AlreadyThere, NotNow, NotYours
from yizhan.cases.subjects import kind_of, required_to_act
from yizhan.forms.faults import Fault
from yizhan.forms.form import Form
from yizhan.forms.paths import Data
from yizhan.forms.prefill import Given, Prefill
from yizhan.identity.actor import Actor
from yizhan.registry.facts import Fact, facts
from yizhan.registry.purposes import ForCase, Own, Purpose
from yizhan.releases.models import definition
from yizhan.releases.words import Text

KEPT = timedelta(days=30)
_UNNAMED = {
    "person": Text(zh="人口库", en="population register"),
    "entity": Text(zh="法人库", en="company register"),
}


@dataclass
class Desk:
    """A draft on the desk: its form, what the registers know, and the draft's data."""

    draft: Draft
    by: Actor
    _looked_up: tuple[str, dict[str, Fact]] = field(default=("-", {}), repr=False)

    @cached_property
    def item(self) -> ItemDefinition:
        """The item in the release the draft stands on."""
        return definition(self.draft.release_id, "item", self.draft.item_id, ItemDefinition)

    @property
    def earlier(self) -> Earlier | None:
        """The case that stands in the way, by the item as it is in force now, whatever release the draft stands on."""
        return in_the_way.earlier(self.draft.item.definition, self.draft.subject)

    @cached_property
    def form(self) -> Form:
        """The form in the release the draft stands on."""
        return form_of(self.draft.release_id, self.draft.item_id)

    @property
    def known(self) -> dict[str, Fact]:
        """What the registers say, for all that form and process ask of them: one look, one line."""
        return self._registered | self._objected if self._objected else self._registered

    @cached_property
    def _registered(self) -> dict[str, Fact]:
        own = [key for key in self._asked if key in account_facts.KEYS]
        reach = [key for key in self._asked if key in contact_facts.KEYS]
        registered = [key for key in self._asked if key not in {*own, *reach, *objection_facts.KEYS}]
        subject, purpose = self.draft.subject, self._purpose
        found = facts(subject, [*registered, *contact_facts.registered(reach, subject)], purpose=purpose)
        reached = contact_facts.known(subject, reach, found, purpose=purpose)
        return found | account_facts.known(self.by, own) | reached

    @cached_property
    def _asked(self) -> list[str]:
        keys = [binding.fact for binding in self.form.bindings()]
        keys += [wanted.fact for wanted in self.form.facts]
        keys += [wanted.fact for wanted in self.item.inputs if wanted.fact]
        return [*keys, *(one.held_by for one in self.item.materials if one.held_by)]

    @property
    def _objected(self) -> dict[str, Fact]:
        """What it says of the value to which somebody objects: looked up again when another one is chosen."""
        wanted = [key for key in self._asked if key in objection_facts.KEYS]
        chosen = objection_facts.chosen(self.draft.data)
        if wanted and self._looked_up[0] != chosen:
            found = objection_facts.known(self.draft.subject, chosen, purpose=self._purpose)
            self._looked_up = chosen, found
        return self._looked_up[1] if wanted else {}

    @cached_property
    def household(self) -> list[Member]:
        """Who lives in one household with the person, where the form wants to know it; one look for each."""
        if not household.asked(self.form):
            return []
        return household.members(self.draft.subject, purpose=self._purpose)

    @property
    def prefill(self) -> Prefill:
        """The answers nobody needs to type. A value the register does not have is asked for."""
        return household.prefill(self.form, self.household) | {
            binding.path: Given(
                value=_plain(self.known[binding.fact].value),
                source=self.known[binding.fact].source or _UNNAMED[kind_of(self.draft.subject)],
                as_of=self.known[binding.fact].as_of,
                locked=binding.mode == "locked",
            )
            for binding in self.form.bindings()
            if self.known[binding.fact].value is not None
        }

    @property
    def conditions(self) -> dict[str, Any]:
        """What the form's conditions may ask of the registers."""
        return {wanted.name: _plain(self.known[wanted.fact].value) for wanted in self.form.facts}

    @property
    def snapshot(self) -> dict[str, Any]:
        """The registers' facts as they are filed with the application: value, source, as of."""
        lived = {household.FILED: household.as_filed(self.household)} if household.asked(self.form) else {}
        return lived | {
            key: {
                "value": _plain(fact.value),
                "source": fact.source.model_dump() if fact.source else None,
                "as_of": fact.as_of.isoformat() if fact.as_of else None,
            }
            for key, fact in self.known.items()
        }

    @property
    def needed(self) -> list[Needed]:
        """The materials that are needed for what was answered so far."""
        held = {
            key: Held(str(_plain(fact.value)), fact.source, fact.as_of)
            for key, fact in self.known.items()
            if fact.value not in (None, False)
        }
        found = needed(self.item.materials, self.form, self.draft.data, self.conditions, held)
        subject = self.draft.subject
        return [
            one if one.free else replace(one, ended=holdings_ended.told(subject, one.material.held_by))
            for one in found
        ]

    def faults(self, data: Data) -> list[Fault]:
        """What is wrong with answers; where a file is wanted because a licence holds no more, that is said."""
        found = self.form.validate(data, self.conditions, prefill=self.prefill)
        missed = [one for one in self.needed if one.ended and not one.files] if found else []
        ended = {one.material.at: one.ended for one in missed}
        return [
            replace(fault, message=ended[fault.path], advice=fault.words) if fault.path in ended else fault
            for fault in found
        ]

    @property
    def _purpose(self) -> Purpose:
        return Own() if self.by.is_citizen else ForCase(f"draft {self.draft.id}")


def begin(item: Item, *, by: Actor, subject: str, anew: bool = False) -> Desk:
    """Begin an application, or go on with the one begun for the same person; ``anew`` begins one beside it.

    Raises:
        AlreadyThere: an earlier case stands in the way; nothing was begun, and what was begun before is kept.
        NotYours: a citizen does not act for this company in this item.
    """
    required_to_act(by, item.code, subject)
    in_the_way.one_by_one(item.code, subject)
    earlier = in_the_way.earlier(item.definition, subject)
    if earlier is not None:
        raise AlreadyThere(earlier)
    now = clock.now()
    draft = None if anew else begun(item, by=by, subject=subject)
    if draft is None:
        draft = Draft(
            account=account_of(by),
            unit=by.unit if by.is_staff else "",
            item=item,
            release_id=item.release_id,
            subject=subject,
            begun_at=now,
            saved_at=now,
            expires_at=now + KEPT,
        )
        desk = Desk(draft, by)
        draft.data = desk.form.begin(desk.prefill)
        draft.save(force_insert=True)
        return desk
    return Desk(draft, by)


def begun(item: Item, *, by: Actor, subject: str) -> Draft | None:
    """The application somebody has begun for a person and not handed in, if there is one."""
    return (
        Draft.objects.filter(
            account=account_of(by), item=item, subject=subject, submitted_as="", expires_at__gt=clock.now()
        )
        .order_by("-saved_at")
        .first()
    )


def open_(draft_id: uuid.UUID, *, by: Actor) -> Desk:
    """Go on with a draft.

    Raises:
        NotYours: no such draft, or somebody else's, or for a company one does not act for any more.
        NotNow: it was submitted already, or has expired.
    """
    draft = Draft.objects.filter(id=draft_id).first()
    if draft is None or draft.account != by.account_id:
        raise NotYours
    if draft.submitted_as or draft.expires_at <= clock.now():
        raise NotNow
    required_to_act(by, draft.item_id, draft.subject)
    if by.is_staff:
        with connection.cursor() as cursor:
            cursor.execute("select case_admit_draft(%s)", [draft.id])
    return Desk(draft, by)


def save(desk: Desk, data: Data) -> None:
    """Keep what was typed, right or wrong."""
    now = clock.now()
    draft = desk.draft
    draft.data, draft.rev = data, draft.rev + 1
    draft.saved_at, draft.expires_at = now, now + KEPT
    draft.save(update_fields=["data", "rev", "saved_at", "expires_at"])


def bring(desk: Desk, data: Data) -> None:
    """Keep what was answered before the application began; it does not count as filled in yet."""
    desk.draft.data = data
    desk.draft.save(update_fields=["data"])


def discard(desk: Desk) -> None:
    """Throw a draft away; its files are swept with time."""
    Draft.objects.filter(id=desk.draft.id, submitted_as="").delete()


def of(actor: Actor) -> list[Draft]:
    """The drafts somebody can go on with, the latest first."""
    return list(
        Draft.objects.filter(account=account_of(actor), submitted_as="", expires_at__gt=clock.now())
        .select_related("item")
        .only("id", "subject", "item__title_zh", "item__title_en", "saved_at", "begun_at")
        .order_by("-saved_at")
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
