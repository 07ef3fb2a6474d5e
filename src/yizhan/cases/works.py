"""Works that the house does for a process 自动办理: by name, within the step, or outside of the database after it.

A room announces what it can do; a process names it (``does:``) and says what it is given. A work within the step
only touches the database, and is part of it: it stands or falls with the step. One outside leaves through the outbox,
is done at least once, and reports back as a command; a case that waits for it goes on then.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yizhan.cases.models import Case
from yizhan.cases.refusals import CannotGoOn
from yizhan.cases.step import Step
from yizhan.releases.words import Text
from yizhan.workflow import references
from yizhan.workflow.facts import FactType
from yizhan.workflow.processes.events import WorkDone, WorkFailed

TOPIC = "case.work"
Arguments = Mapping[str, Any]
Result = Mapping[str, Any] | None
InStep = Callable[[Step, Arguments], Result]
Outside = Callable[[Case, Arguments], Result]


class Failed(Exception):
    """A work met an error that the process may know how to go on from; nothing it did stays."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True)
class Work:
    """Something the house can do for a case.

    Attributes:
        takes: the names of what it must be given; ``may_take`` what it can be given besides.
        gives: what it gives back, by name.
        errors: what it may fail with.
        at_home: one outside of the step that only touches the house's own database, so that it can be undone.
    """

    name: str
    title: Text
    within: InStep | None = None
    outside: Outside | None = None
    takes: frozenset[str] = frozenset()
    may_take: frozenset[str] = frozenset()
    gives: Mapping[str, FactType] | None = None
    errors: frozenset[str] = frozenset()
    at_home: bool = False


_works: dict[str, Work] = {}


def announce(work: Work) -> Work:
    """Tell of a work that processes may name.

    Raises:
        ValueError: there is one of this name, or it is neither within the step nor outside.
    """
    if work.name in _works or (work.within is None) == (work.outside is None):
        raise ValueError(f"the work {work.name} is announced twice, or is not to be done")
    _works[work.name] = work
    return work


def known() -> dict[str, Work]:
    """All works, by name."""
    return dict(_works)


def perform(step: Step, name: str, *, node: str, token: int | None, arguments: Arguments) -> None:
    """Do a work for a step, or leave it with the step to be done afterwards.

    Raises:
        CannotGoOn: nobody does it any more, or it failed and nobody waits to hear of that; nothing was changed.
    """
    work = _works.get(name)
    if work is None:
        raise CannotGoOn(_("流程要求自动办理“%(work)s”，系统里没有这一项。请联系管理员。") % {"work": name})
    if work.within is None:
        body = {"work": name, "node": node, "token": token, "arguments": dict(arguments)}
        # Each of several may have it done within one step, with nobody who waits for it.
        step.errand(TOPIC, body, f"{node}-{step.sheet.errands if token is None else token}")
        return
    try:
        result = work.within(step, arguments)
    except Failed as fault:
        step.delta.setdefault("performed", []).append({"work": name, "node": node, "error": fault.error})
        if token is None:
            words = {"work": work.title, "error": fault.error}
            raise CannotGoOn(_("“%(work)s”没有办成（%(error)s）。请联系管理员。") % words) from fault
        step.reports.append(WorkFailed(token, fault.error))
        return
    step.delta.setdefault("performed", []).append({"work": name, "node": node})
    if token is not None:
        step.reports.append(WorkDone(token, dict(result or {})))


def carried_out(case: Case, name: str, token: int, arguments: Arguments) -> WorkDone | WorkFailed:
    """Do a work outside of a step; what it reports.

    Raises:
        KeyError: nobody can do it.
    """
    work = _works[name]
    if work.outside is None:
        raise KeyError(name)
    try:
        return WorkDone(token, dict(work.outside(case, arguments) or {}))
    except Failed as fault:
        return WorkFailed(token, fault.error)


def command_of(key: str) -> uuid.UUID:
    """The command by which a work reports: the same at every try."""
    return uuid.uuid5(_NAMES, key)


_NAMES = uuid.UUID("0c6b3a0e-8d53-4f5e-9a35-3f0f8a4c7a52")  # ours
references.announce("work", lambda _pack: frozenset(_works))
