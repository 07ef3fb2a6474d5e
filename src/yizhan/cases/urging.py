"""Urging 催办: whoever has a task is reminded, at most once a day by the same person; it is counted and kept."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils.translation import gettext as _

from yizhan.cases.joining import coordinates
from yizhan.cases.models import Case, Event
from yizhan.cases.refusals import NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.cases.worded import worded
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit

SUPERVISORS = ("platform.supervisor", "platform.leader")
_ONCE_IN = timedelta(hours=20)  # once a day, whatever the hour


def may_urge(case: Case, by: Actor) -> bool:
    """Whether somebody may urge: the applicant, who coordinates the item, and supervisors within their reach."""
    if by.is_citizen:
        return case.applicant == by.account_id
    if coordinates(case, by):
        return True
    if not any(by.holds(role) for role in SUPERVISORS):
        return False
    units = list(Unit.objects.filter(code__in=case.units).only("path", "division"))
    return any(by.may(role, unit.path, unit.division) for role in SUPERVISORS for unit in units)


def urge(case: int, *, words: str = "", by: Actor, command: uuid.UUID) -> Answer:
    """Urge whoever has something to do in a case.

    Raises:
        NotYours: the actor may not.
        NotNow: nobody has anything to do, or the actor urged within the last day.
        Incomplete: too many words.
    """
    said = worded(words, "urging_words", longest=200)

    def do(step: Step) -> None:
        if not may_urge(step.case, by):
            raise NotYours
        lately = Event.objects.filter(
            case=step.case, kind="case.urged", actor=by.key, at__gt=step.at - _ONCE_IN
        )
        if lately.exists():
            raise NotNow(_("今天已经催办过，请等待办理。"))
        open_ = step.sheet.open_tasks()
        urged = [{"id": task.id, "node": task.node, "unit": task.unit} for task in open_]
        if not urged:
            raise NotNow(_("目前没有需要工作人员办理的环节，不需要催办。"))
        for task in open_:
            step.sheet.change(task, urged=task.urged + 1)
        step.note(urged=[one["id"] for one in urged], reason=said)
        step.news("case.urged", tasks=urged, by_applicant=by.is_citizen)

    return take(case, by=by, command=command, kind="case.urged", do=do)
