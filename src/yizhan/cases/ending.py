"""Ending a case before its process does 撤回与终止, and going on after the end 重新办理."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yizhan.cases import follow_ups, issuing, motion, processes
from yizhan.cases.joining import coordinates
from yizhan.cases.models import Case, Closure, Decision, Reopening, Status
from yizhan.cases.refusals import NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.cases.worded import worded
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.events import Reopened, Terminated, Withdrawn


def withdraw(case: int, *, by: Actor, command: uuid.UUID) -> Answer:
    """The applicant takes the case back, for as long as the process allows it.

    Raises:
        NotYours: not the applicant.
        Impossible: too late.
    """

    def do(step: Step) -> None:
        if not by.is_citizen:
            raise NotYours
        motion.move(step, Withdrawn())

    return take(case, by=by, command=command, kind="case.withdrawn", do=do)


def terminate(case: int, *, reason: str, by: Actor, command: uuid.UUID) -> Answer:
    """The organ ends the case 终止, with a reason and the paper that the item has for it.

    Raises:
        NotYours: the actor does not coordinate this item.
        Incomplete: no reason was given.
        Impossible: it has ended.
    """
    words = worded(reason, "ending_reason", _("请写明终止办理的理由"))

    def do(step: Step) -> None:
        if not coordinates(step.case, by):
            raise NotYours
        step.reason = words
        step.note(reason=words)
        motion.move(step, Terminated())

    return take(case, by=by, command=command, kind="case.terminated", do=do)


def may_reopen(case: Case, by: Actor) -> bool:
    """Whether somebody holds the role that the item names for it, and the case has ended."""
    role = case.item.definition.handling.reopens
    if role is None or case.closed_at is None or not by.holds(role):
        return False
    unit = Unit.objects.filter(code=case.unit).only("path", "division").first()
    return unit is not None and by.may(role, unit.path, unit.division)


def places(case: Case) -> list[n.Task]:
    """The steps at which a case that has ended could go on: those of the process itself."""
    nodes = processes.graph(case.release_id, case.process).nodes.values()
    return [node for node in nodes if isinstance(node, n.Task) and not node.within and node.each is None]


def reopen(case: int, node: str, *, reason: str, by: Actor, command: uuid.UUID) -> Answer:
    """A case that had ended goes on at a step; what was decided is set aside, and kept with the reason.

    Raises:
        NotYours: the actor does not hold the role that the item names.
        NotNow: it has not ended.
        Incomplete: no reason was given.
        Impossible: it cannot go on there.
    """
    words = worded(reason, "reopening_reason", _("请写明重新办理的理由和依据"))

    def do(step: Step) -> None:
        if step.case.closed_at is None:
            raise NotNow(_("本件尚未办结。"))
        if not may_reopen(step.case, by):
            raise NotYours
        _set_aside(step, node[:120], words)
        follow_ups.give_up(step)
        step.reason = words
        step.note(reopened=node[:120], reason=words)
        motion.move(step, Reopened(node))
        step.news("case.reopened", node=node)
        issuing.paper(step, "reopened")

    return take(case, by=by, command=command, kind="case.reopened", do=do)


def _set_aside(step: Step, node: str, words: str) -> None:
    """Keep what was decided in the reopening, and let the case stand as before."""
    case = step.case
    was: dict[str, Any] = {"status": case.status, "outcome": case.outcome}
    for name, model in (("decision", Decision), ("closure", Closure)):
        row = model.objects.filter(case=case).values().first()
        was[name] = {key: _plain(value) for key, value in row.items()} if row else None
    issuing.withdraw(step, case.outcome, words)
    Reopening.objects.create(
        case=case, rev=step.rev, at=step.at, by=step.who, node=node, reason=words, was=was
    )
    with connection.cursor() as cursor:
        cursor.execute("select case_set_aside(%s)", [case.pk])
    for name in ("decision", "closure"):
        case._state.fields_cache.pop(name, None)
    case.status = Status.ACCEPTED if case.accepted_at else Status.RECEIVED
    case.outcome, case.decided_at, case.closed_at = "", None, None


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)
