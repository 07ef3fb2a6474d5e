"""What somebody can do with a case now 可办操作: its tasks, their actions, and why some are closed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _

from yizhan.cases import naming, processes, returning, situations, tasks
from yizhan.cases.models import Case, Task, TaskKind, TaskState
from yizhan.cases.refusals import MustDiffer
from yizhan.cases.step import Step
from yizhan.identity.actor import Actor
from yizhan.identity.models import Account
from yizhan.ui.language import sentences
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.parts import Ask
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.stepping import offers

Standing = Literal["free", "mine", "taken", "held", "elsewhere"]


@dataclass(frozen=True)
class Choice:
    """One action of a task: what it asks, and why it is closed, if it is."""

    key: str
    title: str
    style: str
    reason: str
    asks: tuple[Ask, ...] = ()
    closed: str = ""


@dataclass(frozen=True)
class Work:
    """A task of a case in front of somebody.

    Attributes:
        standing: ``free`` to be claimed, ``mine``, ``taken`` by a colleague, ``held`` until the applicant has
            answered, or ``elsewhere``: outside of one's rights.
        holder: who has it, or the unit where it lies, as people outside know it.
        barred: why this person may not do it though their role could, such as the separation of duty.
        supplement: the action that asks the applicant for what is missing.
        asked: of a task beside another: what was asked, and by whom.
        awaited: while it is held for colleagues: who has been asked and has not answered.
        back: the steps to which it can be sent back, by key and title.
    """

    task: Task
    title: str
    standing: Standing
    holder: str = ""
    barred: str = ""
    choices: list[Choice] = field(default_factory=list)
    supplement: Choice | None = None
    asked: tuple[str, str] | None = None
    awaited: list[str] = field(default_factory=list)
    back: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_beside(self) -> bool:
        """Whether somebody asked for it beside their own task."""
        return self.task.kind != TaskKind.STEP

    @property
    def workable(self) -> bool:
        """Whether this person can act on it now."""
        return self.standing in {"free", "mine"} and not self.barred


def works(case: Case, *, by: Actor) -> list[Work]:
    """The tasks of officials that stand open or wait in a case: those one can act on, one's own part, then others'."""
    waiting = {TaskState.OPEN, TaskState.HELD}
    found = [task for task in case.tasks.all() if task.audience == "staff" and task.state in waiting]
    standings = {task.id: _standing(task, by) for task in found}
    units = naming.units({task.unit for task in found if standings[task.id] == "elsewhere"})
    works = [_work(case, task, by, standings[task.id], units) for task in found]
    return sorted(
        works, key=lambda one: (not one.workable, one.standing == "elsewhere", one.task.unit != by.unit)
    )


def _work(case: Case, task: Task, by: Actor, standing: Standing, units: Mapping[str, str]) -> Work:
    title = naming.node(case, task.node)
    if task.kind != TaskKind.STEP:
        asked = str(task.outcome.get("asked", "")), str(task.outcome.get("by", ""))
        said = _("%(title)s（%(kind)s）") % {"title": title, "kind": TaskKind(task.kind).label}
        return Work(task, said, standing, holder=_holder(task, standing, units), asked=asked)
    if standing not in {"free", "mine"}:
        return Work(
            task, title, standing, holder=_holder(task, standing, units), awaited=_awaited(case, task)
        )
    step = Step(case, by=by, command=uuid.uuid4(), kind="look")
    return Work(
        task,
        title,
        standing,
        barred=_barred(step, task),
        choices=_choices(step, task),
        supplement=_supplement(case, task),
        back=[(node.key, str(node.title)) for node in returning.places(case, task)],
    )


def _awaited(case: Case, task: Task) -> list[str]:
    """The names of colleagues that were asked beside a task and have not answered."""
    asked = [
        one.assignee or 0
        for one in case.tasks.all()
        if one.parent == task.id and one.state == TaskState.OPEN and one.kind != TaskKind.READ
    ]
    if not asked:
        return []
    return list(Account.objects.filter(id__in=asked).order_by("name_sort").values_list("name", flat=True))


def _standing(task: Task, by: Actor) -> Standing:
    if not tasks.may(by, task):
        return "elsewhere"
    if task.state == TaskState.HELD:
        return "held"
    if task.assignee is None:
        return "free"
    principal = by.on_behalf_of.account_id if by.on_behalf_of else None
    return "mine" if task.assignee in {by.account_id, principal} else "taken"


def _holder(task: Task, standing: Standing, units: Mapping[str, str]) -> str:
    if standing == "taken":
        return Account.objects.filter(id=task.assignee or 0).values_list("name", flat=True).first() or ""
    if standing == "elsewhere":
        return units.get(task.unit, task.unit)
    return ""


def _barred(step: Step, task: Task) -> str:
    node = processes.graph(step.case.release_id, step.case.process).nodes[task.node]
    try:
        tasks.must_differ(step, node.distinct_from if isinstance(node, n.Task) else ())
    except MustDiffer as refusal:
        return refusal.message
    return ""


def _choices(step: Step, task: Task) -> list[Choice]:
    graph = processes.graph(step.case.release_id, step.case.process)
    try:
        offered = offers(graph, situations.standing(step), task.token, processes.facts(step))
    except NotPossible:
        return []
    return [
        Choice(
            offer.action.key,
            str(offer.action.title),
            offer.action.style,
            offer.action.reason,
            offer.action.asks,
            "" if offer.open else sentences(offer.reasons),
        )
        for offer in offered
    ]


def _supplement(case: Case, task: Task) -> Choice | None:
    allowed = processes.graph(case.release_id, case.process).supplement(task.node)
    if allowed is None:
        return None
    again = allowed.once and case.supplement is not None
    closed = _("补正只能告知一次，此前已经告知过。") if again else ""
    return Choice(allowed.key, str(allowed.title), allowed.style, allowed.reason, closed=closed)
