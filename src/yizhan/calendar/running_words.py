"""Sentences about limits that stood still, in the active language."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizhan.calendar import wording
from yizhan.calendar.deadlines import Deadline, Unit, day_of
from yizhan.calendar.running import Budget, Pause, Run, Standstill
from yizhan.releases.words import Text
from yizhan.ui.language import sentences

_AND = Text(zh="、", en=", ")


def amount(number: int, unit: Unit) -> str:
    """A length in its unit: 10 个工作日."""
    if unit is Unit.WORKING_DAYS:
        said = ngettext("%(n)s个工作日", "%(n)s个工作日", number)
    elif unit is Unit.NATURAL_DAYS:
        said = ngettext("%(n)s日", "%(n)s日", number)
    elif unit is Unit.DUTY_HOURS:
        said = ngettext("%(n)s个工作小时", "%(n)s个工作小时", number)
    else:
        said = ngettext("%(n)s小时", "%(n)s小时", number)
    return said % {"n": number}


def length(of: timedelta, unit: Unit) -> str:
    """What was used or is left."""
    return wording.duration(of) if unit.in_hours else amount(of.days, unit)


def begins(run: Run) -> str:
    """From when, how long, and what an extension added."""
    budget = run.budget
    start = _when(run.start, budget)
    if budget.extended:
        said = (
            _("自%(start)s起计算，期限%(amount)s，经批准延长%(more)s，共%(whole)s。")
            if budget.unit.in_hours
            else _("自%(start)s的次日起计算，期限%(amount)s，经批准延长%(more)s，共%(whole)s。")
        )
    elif budget.unit.in_hours:
        said = _("自%(start)s起计算，期限%(amount)s。")
    else:
        said = _("自%(start)s的次日起计算，期限%(amount)s。")
    return said % {
        "start": start,
        "amount": amount(budget.amount, budget.unit),
        "more": amount(budget.extended, budget.unit),
        "whole": amount(budget.amount + budget.extended, budget.unit),
    }


def whys(stand: Standstill) -> str:
    """Why it stood still: the reasons of all its pauses."""
    said = list(dict.fromkeys(str(pause.why) for pause in stand.pauses if pause.why))
    return str(_AND).join(said) or _("中止期间")


def stood(run: Run, stand: Standstill) -> str:
    """A standstill: since when and why, what was used before it, how it goes on."""
    budget = run.budget
    left = budget.length - stand.used
    if stand.until is None:
        said = (
            _("%(since)s起因%(why)s中止计时，恢复后重新计算。")
            if stand.restart
            else _("%(since)s起因%(why)s中止计时，已用%(used)s，剩余%(left)s，恢复后继续计算。")
        )
    elif stand.restart:
        said = _("%(since)s因%(why)s中止计时，%(until)s恢复，期限重新计算。")
    else:
        said = _("%(since)s因%(why)s中止计时，已用%(used)s；%(until)s恢复，其间不计入期限。")
    return said % {
        "since": _when(stand.since, budget),
        "until": _when(stand.until, budget) if stand.until else "",
        "why": whys(stand),
        "used": length(stand.used, budget.unit),
        "left": length(left, budget.unit),
    }


def grounds(pause: Pause) -> str:
    """On which basis, told by which paper."""
    basis, paper = str(pause.basis), pause.paper
    if basis and paper:
        return _("依据：%(basis)s；文书：%(paper)s。") % {"basis": basis, "paper": paper}
    return _("依据：%(basis)s。") % {"basis": basis} if basis else _("文书：%(paper)s。") % {"paper": paper}


def ends(run: Run) -> str:
    """How the last stretch was counted, and when it ends."""
    budget, due = run.budget, run.last_day
    if run.due_at is None or due is None:
        return ""
    due_words = wording.moment(run.due_at) if budget.unit.in_hours else wording.day(due)
    moved = run.end.moved_from if isinstance(run.end, Deadline) else None
    if not run.left:
        said = _("期限已用完，至%(due)s届满。")
    elif not run.stands:
        said = _("至%(due)s届满。")
    elif budget.unit.in_hours:
        said = _("自%(since)s起再计%(left)s，至%(due)s届满。")
    else:
        said = _("自%(since)s的次日起再计%(left)s，至%(due)s届满。")
    if moved:
        moving = _("最后一日%(ends)s不上班，顺延至下一个工作日。") % {"ends": wording.day(moved)}
        said = sentences([said, moving])
    return said % {
        "since": _when(run.since, budget),
        "left": length(run.left, budget.unit),
        "due": due_words,
    }


def _when(moment: datetime, budget: Budget) -> str:
    return wording.moment(moment) if budget.unit.in_hours else wording.day(day_of(moment))
