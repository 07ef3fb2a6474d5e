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
from yizhan.database.rows import new


@dataclass(frozen=True)
class Hand:
    """Who did it, as the proof keeps it: keys and names of that moment, never foreign keys."""

    account: str
    name: str = ""
    post: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True)
class Said:
    """What an event says of its step."""

    command: uuid.UUID
    kind: str
    node: str
    delta: dict[str, Any]
    at: datetime


def answered(command: uuid.UUID, *, actor: str, kind: str) -> dict[str, Any] | None:
    """The answer of a command that was carried out before, or None.

    Raises:
        CommandReused: the id belongs to another actor's or another kind of command.
    """
    known = Command.objects.filter(id=command).first()
    return None if known is None else answer_of(known, actor=actor, kind=kind)


def answer_of(known: Command, *, actor: str, kind: str) -> dict[str, Any]:
    """The answer of a command that was carried out.

    Raises:
        CommandReused: the id belongs to another actor's or another kind of command.
    """
    if (known.actor, known.kind) != (actor, kind):
        raise CommandReused
    answer: dict[str, Any] = known.answer
    return answer


def event(case: Case, said: Said, *, by: Hand, previous: str) -> Event:
    """The event of the case's present revision, chained to the one before; to be written with the step."""
    made: Event = new(
        Event,
        case_id=case.pk,
        rev=case.rev,
        command=said.command,
        kind=said.kind,
        node=said.node,
        actor=by.account,
        actor_name=by.name,
        post=by.post,
        on_behalf_of=by.on_behalf_of,
        delta=said.delta,
        at=said.at,
        previous=previous,
    )
    made.hash = digest(made)
    return made


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
