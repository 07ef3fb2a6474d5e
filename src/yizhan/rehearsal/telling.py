"""The account of a journey in words 记述: what happened when, by whom, and how it stood then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from yizhan.calendar.deadlines import day_of
from yizhan.cases import naming, trail
from yizhan.cases.models import Case, Status, Task
from yizhan.clock import ZONE
from yizhan.rehearsal.acting import told
from yizhan.rehearsal.stage import Fresh, Stage
from yizhan.ui import dates
from yizhan.ui.language import listed


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, what, and what is to be said of it."""

    at: datetime
    what: str
    words: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """As a terminal shows it."""
        local = self.at.astimezone(ZONE)
        when = f"{local:%Y-%m-%d %H:%M} {dates.weekday(local)}"
        return "\n".join([f"  {when}  {self.what}", *(f"      {words}" for words in self.words)])


class Account:
    """The account in the making; it remembers how far it has told."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.lines = stage, list[Line]()
        self._rev, self._of = 0, 0

    def go_on(self, case: Case) -> None:
        """Tell what the case has gone through since; in the house's scope."""
        if self._of != case.pk:  # what followed began anew
            self._rev, self._of = 0, case.pk
        events = [event for event in trail.events_of(case) if event.rev > self._rev]
        for one in reversed(trail.trail(case, events).traces):
            what = f"{one.who} {one.what}" if one.who else one.what
            self.lines.append(Line(one.at, what, [words for words in one.words if words]))
        self._rev = max((event.rev for event in events), default=self._rev)

    def stands(self, case: Case, fresh: Fresh) -> None:
        """Tell how it stands after a step; in the house's scope."""
        self.lines.append(
            Line(self.stage.at, "→ " + _standing(case), [*_left(case, self.stage.tasks()), *_came(fresh)])
        )

    def say(self, what: str) -> None:
        """Tell something that is no step of the case."""
        self.lines.append(Line(self.stage.at, what))


def _standing(case: Case) -> str:
    if case.status == Status.CLOSED:
        return f"{naming.status(case)}：{naming.outcome(case)}"
    return naming.status(case)


def _left(case: Case, tasks: list[Task]) -> Iterator[str]:
    for task in tasks:
        due = _("，至%(day)s") % {"day": _end(task.due_at)} if task.due_at else ""
        yield _("待办：%(task)s%(due)s") % {"task": told(case, task), "due": due}


def _end(due_at: datetime) -> str:
    """A limit in days ends with its last day, one in hours at a moment."""
    local = due_at.astimezone(ZONE)
    return (
        dates.moment(local)
        if local.time() != time()
        else dates.day(day_of(due_at - timedelta(microseconds=1)))
    )


def _came(fresh: Fresh) -> Iterator[str]:
    titles = {"papers": _("文书"), "messages": _("通知"), "told": _("告知工作人员"), "cards": _("亮牌")}
    for kind, title in titles.items():
        if fresh[kind]:
            yield f"{title}：" + listed(_("%(title)s（%(key)s）") % one._asdict() for one in fresh[kind])
