"""Writing the proof of a step: the command's answer and one chained event."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from yizhan.cases.models import Case, Command, Event
from yizhan.cases.refusals import CommandReused


@dataclass(frozen=True)
class Hand:
    """Who did it, as the proof keeps it: keys and names of that moment, never foreign keys."""

    account: str
    name: str = ""
    post: str = ""
    on_behalf_of: str = ""


HOUSE = Hand(account="system")


def answered(command: uuid.UUID, *, actor: str, kind: str) -> dict[str, Any] | None:
    """The answer of a command that was carried out before, or None.

    Raises:
        CommandReused: the id belongs to another actor's or another kind of command.
    """
    known = Command.objects.filter(id=command).first()
    if known is None:
        return None
    if (known.actor, known.kind) != (actor, kind):
        raise CommandReused
    answer: dict[str, Any] = known.answer
    return answer


def write_event(
    case: Case, *, command: uuid.UUID, kind: str, node: str, by: Hand, delta: dict[str, Any], at: datetime
) -> Event:
    """Add the event of the case's present revision to its chain."""
    previous = Event.objects.filter(case=case, rev=case.rev - 1).values_list("hash", flat=True).first() or ""
    event = Event(
        case=case,
        rev=case.rev,
        command=command,
        kind=kind,
        node=node,
        actor=by.account,
        actor_name=by.name,
        post=by.post,
        on_behalf_of=by.on_behalf_of,
        delta=delta,
        at=at,
        previous=previous,
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    return event


def digest(event: Event) -> str:
    """SHA-256 over everything an event says, its place in the chain included."""
    content = {
        "case": event.case_id,
        "rev": event.rev,
        "command": str(event.command),
        "kind": event.kind,
        "node": event.node,
        "actor": event.actor,
        "actor_name": event.actor_name,
        "post": event.post,
        "on_behalf_of": event.on_behalf_of,
        "delta": event.delta,
        "at": event.at.astimezone(UTC).isoformat(),
        "previous": event.previous,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def broken_links(case: Case, events: Iterable[Event] | None = None) -> list[int]:
    """Revisions whose event is missing, out of its chain or changed; an empty list when all is well.

    Whoever has read the case's events already hands them over.
    """
    broken: list[int] = []
    previous = ""
    found = Event.objects.filter(case=case) if events is None else events
    by_rev = {event.rev: event for event in found}
    for rev in range(1, case.rev + 1):
        event = by_rev.get(rev)
        if event is None or event.previous != previous or digest(event) != event.hash:
            broken.append(rev)
        previous = event.hash if event else previous
    return broken
