"""Replaying a case from its events 依留痕重放: what the machine heard, step by step, must lead to where its rows stand.

Every step keeps in its event what it told the machine (``heard``). What officials wrote stands with their tasks, what
was filed with the filings; so nothing personal is repeated in an event. A case that was moved to another release goes
on with that release's process from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

from yizhan.cases import processes, situations
from yizhan.cases.earlier import MOVED
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, Event, Filing, Task, TaskState
from yizhan.releases.models import definition
from yizhan.workflow.processes import events as ev
from yizhan.workflow.processes.moving import renamed
from yizhan.workflow.processes.situation import NOT_BEGUN, Situation
from yizhan.workflow.processes.stepping import advance

HEARD = "heard"
_WRITTEN = frozenset({"input", "reason"})  # stands with the task
_EVENTS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        ev.Started, ev.TaskCompleted, ev.Message, ev.Timer, ev.WorkDone, ev.WorkFailed, ev.Joined, ev.Left,
        ev.SentBack, ev.Reopened, ev.Withdrawn, ev.Terminated,
    )
}  # fmt: skip


class NotKept(Exception):
    """A step of the case does not say what the machine heard: it is older than that is kept."""


def plain(event: ev.Event) -> dict[str, Any]:
    """What an event of the case keeps of what the machine heard: keys and plain values."""
    assert is_dataclass(event)
    told = {field.name: _plain(getattr(event, field.name)) for field in fields(event)}
    return {"what": type(event).__name__, **{name: told[name] for name in told.keys() - _WRITTEN}}


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def replayed(case: Case) -> Situation:
    """Where a case stands by its events alone.

    Raises:
        NotKept: its events do not say enough.
        NotPossible: the machine does not allow what an event says has happened.
    """
    replay = _Replay(case)
    for event in Event.objects.filter(case=case).order_by("rev"):
        replay.take(event)
    return replay.situation


def agrees(case: Case) -> bool:
    """Whether the rows of a case say what its events lead to.

    Raises:
        NotKept, NotPossible: as with :func:`replayed`.
    """
    return replayed(case).plain() == situations.situation(case).plain()


@dataclass
class _Replay:
    """A case on its way, event by event."""

    case: Case
    situation: Situation = NOT_BEGUN
    release: int = 0
    process: str = ""

    def take(self, event: Event) -> None:
        """Let what an event says happen."""
        if self.situation is NOT_BEGUN:
            self.release = event.delta.get("release", self.case.release_id)
            self.process = event.delta.get("process") or self._process_of(self.release)
        if event.rev == 1 and HEARD not in event.delta:
            raise NotKept(self.case.number)
        if event.kind == MOVED:
            self._move(event.delta["moved"])
        for told in event.delta.get(HEARD, ()):
            graph = processes.graph(self.release, self.process)
            self.situation = advance(
                graph, self.situation, self._heard(told), self._facts(event.rev)
            ).situation

    def _move(self, told: dict[str, Any]) -> None:
        """Another release from here on; whether the case could go was asked when it went."""
        old = processes.graph(self.release, self.process)
        self.release, self.process = told["to"], told["to_process"]
        self.situation = renamed(old, self.situation, told["nodes"])

    def _process_of(self, release: int) -> str:
        item = definition(release, "item", self.case.item_id, ItemDefinition)
        return item.handling.process

    def _heard(self, told: dict[str, Any]) -> ev.Event:
        given = {name: value for name, value in told.items() if name != "what"}
        kind = _EVENTS[told["what"]]
        if kind is ev.TaskCompleted:
            outcome = self._outcomes.get(given["token"], {})
            given |= {"input": outcome.get("given", {}), "reason": outcome.get("reason", "")}
        made: ev.Event = kind(**given)
        return made

    def _facts(self, rev: int) -> processes.Facts:
        filed = [one for one in self._filings if one.rev <= rev]
        item = definition(self.release, "item", self.case.item_id, ItemDefinition)
        return processes.Facts(item, lambda: max(filed, key=lambda one: one.rev))

    @cached_property
    def _filings(self) -> list[Filing]:
        return list(Filing.objects.filter(case=self.case))

    @cached_property
    def _outcomes(self) -> dict[int, dict[str, Any]]:
        done = Task.objects.filter(case=self.case, state=TaskState.DONE, kind="step")
        return dict(done.values_list("token", "outcome"))
