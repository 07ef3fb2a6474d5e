"""Who takes part where several departments act 会办单位: one more joins, one leaves, each by a command with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.utils.translation import gettext as _

from yizhan.cases import motion, situations
from yizhan.cases.models import Case
from yizhan.cases.refusals import Incomplete, NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.cases.worded import worded
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit
from yizhan.workflow.processes.events import Joined, Left
from yizhan.workflow.processes.situation import Scope


def add(case: Case, node: str, unit: str, *, reason: str, by: Actor, command: uuid.UUID) -> Answer:
    """One more department takes part 增加会办单位.

    Args:
        case: the case.
        node: where several act.
        unit: the code of the department's unit.
        reason: why; kept in the event.
        by: who coordinates the item.
        command: the command's id.

    Raises:
        NotYours: the actor does not coordinate this item.
        NotNow: nobody acts together there any more.
        Incomplete: no such unit, or no reason.
        Impossible: it takes part already.
    """
    words = worded(reason, "joining_reason", _("请写明增加会办单位的理由"))
    found = Unit.objects.open().filter(code=unit).first()
    if found is None:
        raise Incomplete([("unit", _("请选择会办单位"))])

    def do(step: Step) -> None:
        _coordinates(step)
        each = _open(step, node)
        shaped = any(isinstance(one, dict) for one in each.expected)
        step.note(joined=unit, node=node, reason=words)
        motion.move(step, Joined(each.token or 0, {"unit": unit} if shaped else unit))

    return take(case.id, by=by, command=command, kind="joint.joined", do=do)


def remove(case: Case, node: str, index: int, *, reason: str, by: Actor, command: uuid.UUID) -> Answer:
    """A department takes part no longer 撤出会办单位; what it had to do is cancelled.

    Raises:
        NotYours: the actor does not coordinate this item.
        NotNow: nobody acts together there any more.
        Incomplete: no reason.
        Impossible: it has answered, or takes no part.
    """
    words = worded(reason, "leaving_reason", _("请写明撤出会办单位的理由"))

    def do(step: Step) -> None:
        _coordinates(step)
        each = _open(step, node)
        if 0 <= index < len(each.expected):
            step.note(left=unit_of(each.expected[index]))
        step.note(node=node, reason=words)
        motion.move(step, Left(each.token or 0, index))

    return take(case.id, by=by, command=command, kind="joint.left", do=do)


def coordinates(case: Case, by: Actor) -> bool:
    """Whether somebody holds the role that the item names for this, at the unit that answers for it."""
    role = case.item.definition.handling.coordinator
    if role is None or not by.holds(role):
        return False
    unit = Unit.objects.filter(code=case.unit).only("path", "division").first()
    return unit is not None and by.may(role, unit.path, unit.division)


def joinable(present: Collection[str]) -> list[tuple[str, str]]:
    """The departments and sub-districts that could take part besides those present, by code and name."""
    kinds = [Unit.Kind.DEPARTMENT, Unit.Kind.SUBDISTRICT]
    found = Unit.objects.open().filter(kind__in=kinds).exclude(code__in=list(present))
    return [(unit.code, str(unit)) for unit in found]


def unit_of(one: object) -> str:
    """The code of the unit of one of several."""
    return str(one.get("unit", "")) if isinstance(one, dict) else str(one)


def _coordinates(step: Step) -> None:
    if not coordinates(step.case, step.by):
        raise NotYours


def _open(step: Step, node: str) -> Scope:
    for scope in situations.standing(step).scopes:
        if scope.kind == "each" and scope.node == node:
            return scope
    raise NotNow(_("会办已经结束，不能再增减单位。"))
