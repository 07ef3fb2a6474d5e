"""The verbs of a step 步骤: each is one call of the verb that the desk's pages call."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from yizhan.calendar.deadlines import day_of
from yizhan.cases import (
    by_the_house,
    ending,
    extending,
    handling,
    joining,
    motion,
    naming,
    processes,
    returning,
    situations,
    supplements,
    suspending,
    tasks,
    urging,
    works,
)  # fmt: skip
from yizhan.cases.answering import Answering
from yizhan.cases.models import Case, Extension, FollowUp, Suspension, Task, TaskKind
from yizhan.cases.step import Step, take
from yizhan.cases.supplements import Missing
from yizhan.cases.suspending import Wanted
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE, Actor
from yizhan.identity.models import Unit
from yizhan.journal.models import Effect
from yizhan.rehearsal.applying import laid_over
from yizhan.rehearsal.definition import StepDefinition
from yizhan.rehearsal.failure import Failed, NothingToDo
from yizhan.rehearsal.stage import Stage
from yizhan.ui import dates
from yizhan.workflow.processes.events import Message, WorkDone, WorkFailed


class Doing:
    """One step that somebody does.

    Attributes:
        case: the case as the house sees it.
        by: who acts; None where something outside does.
    """

    def __init__(self, stage: Stage, step: StepDefinition, path: str, by: Actor | None) -> None:
        self.stage, self.step, self.path, self._by = stage, step, path, by
        with scope.service():
            self.case: Case = stage.case()
            self._tasks = stage.tasks()
        self.command = uuid.uuid4()

    @property
    def by(self) -> Actor:
        """Who acts."""
        assert self._by is not None  # the shape has seen to it
        return self._by

    def task(self) -> Task:
        """The task of the step: open, within the actor's rights, at the state that is named if one is.

        Raises:
            Failed: there is none, or several.
        """
        mine = [one for one in self._tasks if one.kind == TaskKind.STEP and one.state == "open"]
        mine = [one for one in mine if tasks.may(self.by, one)]
        if self.step.where is not None:
            mine = [one for one in mine if one.node == self.step.where]
        if len(mine) == 1:
            return mine[0]
        words = {"name": self.stage.cast.name(self.step.by or ""), "tasks": self.open_tasks()}
        if mine:
            raise Failed(
                f"{self.path}.where", _("%(name)s 有几项待办，请用 where 写明是哪一项：%(tasks)s") % words
            )
        raise NothingToDo(f"{self.path}.by", _("%(name)s 此时没有可办的待办；现有待办：%(tasks)s") % words)

    def open_tasks(self) -> str:
        """What there is to do, in words."""
        return "；".join(told(self.case, one) for one in self._tasks) or _("没有")


def told(case: Case, task: Task) -> str:
    """A task in words: state and whose."""
    whose = _("申请人")
    if task.audience == "staff":
        unit = Unit.objects.filter(code=task.unit).first()
        whose = str(unit or task.unit)
    words = {"key": task.node, "title": naming.node(case, task.node), "whose": whose}
    return _("%(title)s（%(key)s，%(whose)s）") % words


def do(doing: Doing) -> None:
    """Do the step.

    Raises:
        Refusal: the house does not let them.
        Failed: the step itself cannot be meant.
    """
    _VERBS[doing.step.verb](doing)


def _does(d: Doing) -> None:
    task, action = d.task(), d.step.does or ""
    graph = processes.graph(d.case.release_id, d.case.process)
    asked = graph.supplement(task.node)
    if asked is not None and asked.key == action:
        raise Failed(f"{d.path}.does", _("要求补正请写 asks，列明缺什么"))
    handling.complete(
        d.case.pk, task.id, action=action, reason=d.step.words, given=dict(d.step.given), by=d.by, command=d.command
    )  # fmt: skip


def _asks(d: Doing) -> None:
    missing = [Missing(one.path, one.words) for one in d.step.asks]
    supplements.ask(d.case.pk, d.task().id, missing=missing, words=d.step.words, by=d.by, command=d.command)


def _supplies(d: Doing) -> None:
    answering = Answering(Case.objects.select_related("item").get(id=d.case.pk), d.by)
    answering.save(laid_over(answering.data, d.step.supplies or {}))
    answering.hand_in(d.command)


def _suspends(d: Doing) -> None:
    wanted = d.step.suspends
    assert wanted is not None
    how = Wanted(wanted.kind, d.step.words, wanted.until, wanted.document, wanted.own)
    suspending.suspend(d.case.pk, d.task().id, how, by=d.by, command=d.command)


def _resumes(d: Doing) -> None:
    kind = d.step.resumes
    with scope.service():
        found = Suspension.objects.filter(case=d.case, kind=kind, until=None).order_by("-id").first()
    if found is None:
        raise Failed(f"{d.path}.resumes", _("没有因 %(kind)s 中止的计时") % {"kind": kind})
    suspending.resume(d.case.pk, found.pk, words=d.step.words, by=d.by, command=d.command)


def _extends(d: Doing) -> None:
    extending.ask(d.case.pk, d.task().id, reason=d.step.words, by=d.by, command=d.command)


def _answers_extension(d: Doing) -> None:
    with scope.service():
        found = Extension.objects.filter(case=d.case, answer=None).order_by("-id").first()
    if found is None:
        raise Failed(f"{d.path}.answers_extension", _("没有待答复的延期申请"))
    granted = d.step.answers_extension == "granted"
    extending.answer(d.case.pk, found.pk, granted=granted, words=d.step.words, by=d.by, command=d.command)


def _sends_back(d: Doing) -> None:
    returning.send_back(
        d.case.pk, d.task().id, d.step.sends_back or "", reason=d.step.words, by=d.by, command=d.command
    )


def _takes_back(d: Doing) -> None:
    returning.take_back(d.case.pk, by=d.by, command=d.command)


def _joins(d: Doing) -> None:
    joining.add(d.case, _joint(d), d.step.joins or "", reason=d.step.words, by=d.by, command=d.command)


def _leaves(d: Doing) -> None:
    node = _joint(d)
    with scope.service():
        each = next((one for one in situations.situation(d.case).scopes if one.node == node), None)
    units = [joining.unit_of(one) for one in each.expected] if each else []
    if d.step.leaves not in units:
        raise Failed(f"{d.path}.leaves", _("会办单位中没有 %(name)s") % {"name": d.step.leaves})
    joining.remove(d.case, node, units.index(d.step.leaves), reason=d.step.words, by=d.by, command=d.command)


def _joint(d: Doing) -> str:
    """Where several act: the state that is named, or the only one."""
    with scope.service():
        found = [one.node for one in situations.situation(d.case).scopes if one.kind == "each"]
    if d.step.where is None and len(found) == 1:
        return found[0]
    if d.step.where is None:
        raise Failed(f"{d.path}.where", _("请用 where 写明在哪个会办环节"))
    return d.step.where


def _urges(d: Doing) -> None:
    urging.urge(d.case.pk, words=d.step.words, by=d.by, command=d.command)


def _withdraws(d: Doing) -> None:
    ending.withdraw(d.case.pk, by=d.by, command=d.command)


def _terminates(d: Doing) -> None:
    ending.terminate(d.case.pk, reason=d.step.words, by=d.by, command=d.command)


def _reopens(d: Doing) -> None:
    ending.reopen(d.case.pk, d.step.reopens or "", reason=d.step.words, by=d.by, command=d.command)


def _receives(d: Doing) -> None:
    wanted = d.step.receives
    assert wanted is not None

    def hear(step: Step) -> None:
        motion.move(step, Message(wanted.name, wanted.data))

    with d.stage.house():
        take(d.case.pk, by=HOUSE, command=d.command, kind="message.received", do=hear)


def _reports(d: Doing) -> None:
    wanted = d.step.reports
    assert wanted is not None
    with d.stage.house():
        waiting = Effect.objects.filter(
            topic=works.TOPIC, done_at=None, body__contains={"case": d.case.pk, "work": wanted.work}
        )
        errand = waiting.order_by("id").first()
        if errand is None:
            raise Failed(f"{d.path}.reports", _("没有等待外部办理的 %(work)s") % {"work": wanted.work})
        token = errand.body["token"] or 0
        report = WorkFailed(token, wanted.fails) if wanted.fails else WorkDone(token, wanted.gives)
        take(
            d.case.pk,
            by=HOUSE,
            command=d.command,
            kind="work.reported",
            do=lambda step: motion.move(step, report),
        )
        Effect.objects.filter(id=errand.pk).update(done_at=Now())


def _follows(d: Doing) -> None:
    """The house opens what follows the case, if its day has come; the journey goes on with that."""
    with d.stage.house():
        waiting = FollowUp.objects.filter(case=d.case, item=d.step.follows, opened_as="", given_up_at=None)
        row = waiting.select_related("case", "origin").first()
        if row is None:
            words = _("此后没有要由系统立案的 %(item)s") % {"item": d.step.follows}
            raise Failed(f"{d.path}.follows", words)
        if row.due > d.stage.at:
            due = {"day": dates.day(day_of(row.due))}
            raise Failed(f"{d.path}.after", _("到%(day)s才由系统立案") % due)
        d.stage.goes_on_with(by_the_house.open_one(row))


_VERBS: Mapping[str, Callable[[Doing], None]] = {
    "does": _does,
    "asks": _asks,
    "supplies": _supplies,
    "suspends": _suspends,
    "resumes": _resumes,
    "extends": _extends,
    "answers_extension": _answers_extension,
    "sends_back": _sends_back,
    "takes_back": _takes_back,
    "joins": _joins,
    "leaves": _leaves,
    "urges": _urges,
    "withdraws": _withdraws,
    "terminates": _terminates,
    "reopens": _reopens,
    "receives": _receives,
    "reports": _reports,
    "follows": _follows,
}
