"""Where a case stands and why its dates are what they are 办理进度, for residents and staff alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Literal

from django.utils.translation import gettext as _

from yizhan import calendar
from yizhan.calendar.daytable import Table
from yizhan.cases import ends, naming
from yizhan.cases.models import Case, Clock, ClockState, Passage, Span, Status
from yizhan.ui.dates import day, moment

State = Literal["done", "now", "next", "stopped"]


@dataclass(frozen=True)
class Moment:
    """One line of the time line."""

    title: str
    state: State
    when: str = ""
    note: str = ""
    because: str = ""


@dataclass(frozen=True)
class Deadline:
    """A time limit of the case, explained: days counted, days skipped and why."""

    kind: str
    title: str
    due_at: datetime | None
    state: str
    words: str


@dataclass
class Course:
    """What a case went through, read once for all that is said about it: passages in order, clocks of its own."""

    passages: list[Passage]
    clocks: list[Clock]
    spans: list[Span] = field(default_factory=list)
    _ends: dict[int, ends.Course] = field(default_factory=dict)

    @cached_property
    def calendar(self) -> Table:
        """The working days by which its limits are explained; asked for once."""
        return calendar.table()

    def end(self, clock: Clock) -> ends.Course:
        """How a clock's end was found; a page says it in two places, and it is reckoned once."""
        if clock.pk not in self._ends:
            self._ends[clock.pk] = ends.reckoned(clock, self.calendar, self.spans)
        return self._ends[clock.pk]


def course(case: Case) -> Course:
    """Read it; three statements, where the case was not read in one look."""
    return Course(
        sorted(case.passages.all(), key=lambda passage: (passage.rev, passage.id)),
        sorted((clock for clock in case.clocks.all() if clock.task is None), key=lambda clock: clock.id),
        sorted(case.spans.all(), key=lambda span: span.id),
    )


def timeline(case: Case, read: Course | None = None) -> list[Moment]:
    """What happened and what is promised, in order."""
    run = read or course(case)
    dated = [
        *_accepted(case),
        *_steps(case, run.passages),
        *_supplement(case),
        *_waits(case),
        *_extended(case),
    ]
    dated.sort(key=lambda one: one[0])
    moments = [_received(case), *(one for _at, one in dated)]
    decision = getattr(case, "decision", None)
    if decision is not None:
        moments.append(
            Moment(
                naming.outcome(case),
                "done",
                moment(decision.at),
                note=_("由系统根据数据自动作出") if decision.automatic else "",
            )
        )
    elif case.status != Status.CLOSED:
        moments += _expected(run)
    if case.status == Status.CLOSED and decision is None:
        moments.append(Moment(naming.outcome(case), "done", moment(case.closed_at)))
    return moments


def deadlines(case: Case, read: Course | None = None) -> list[Deadline]:
    """All limits of the case as a whole that ran for a while, the running ones first."""
    run = read or course(case)
    found = [clock for clock in run.clocks if clock.stopped_at != clock.started_at]
    explained = [
        Deadline(
            clock.kind,
            naming.clock(clock.kind),
            clock.due_at,
            clock.state,
            run.end(clock).words,
        )
        for clock in found
    ]
    return sorted(explained, key=lambda one: one.state != ClockState.RUNNING)


def _received(case: Case) -> Moment:
    if case.channel == "house":
        return Moment(_("立案"), "done", moment(case.opened_at), note=_("到期由系统依职权立案"))
    how = _("窗口提交") if case.channel == "window" else _("网上提交")
    return Moment(_("收件"), "done", moment(case.opened_at), note=how)


def _accepted(case: Case) -> list[tuple[datetime, Moment]]:
    """That it was accepted, from which day the limits run; the place where that is done tells only since when."""
    if case.accepted_at is None:
        return []
    return [(case.accepted_at, Moment(_("已受理"), "done", moment(case.accepted_at)))]


def _supplement(case: Case) -> list[tuple[datetime, Moment]]:
    asked = case.supplement
    if asked is None:
        return []
    lines = [(asked.at, Moment(_("一次性告知补正"), "done", moment(asked.at), note=asked.words))]
    accepted = case.accepted_at is not None and case.accepted_at <= asked.at
    if asked.answered_at:
        answered = moment(asked.answered_at)
        because = _("补正后，办理期限继续计算") if accepted else _("补正后，受理期限重新计算")
        lines.append((asked.answered_at, Moment(_("已补正"), "done", answered, because=because)))
    else:
        lines.append((asked.at, Moment(_("等待补正"), "stopped", note=_to_answer(asked.due_on, accepted))))
    return lines


def _to_answer(due: date | None, accepted: bool) -> str:
    """Until when the applicant answers, and what that does to the limits: before acceptance theirs begins anew."""
    if due is None:
        return ""
    words = (
        _("请在 %(day)s前补正，补正期间办理期限中止，提交后继续计算")
        if accepted
        else _("请在 %(day)s前补正，补正后受理期限重新计算")
    )
    return words % {"day": day(due)}


def _waits(case: Case) -> list[tuple[datetime, Moment]]:
    """What the whole case waited or waits for, beside supplements."""
    lines = []
    for one in case.suspensions.all():
        if one.kind == "supplement" or one.task is not None:
            continue
        told = _("文书：%(document)s") % {"document": one.document} if one.document else ""
        title = _("中止计时：%(kind)s") % {"kind": naming.suspension(one.kind)}
        lines.append(
            (one.since, Moment(title, "done" if one.until else "stopped", moment(one.since), note=told))
        )
        if one.until:
            lines.append((one.until, Moment(_("恢复计时"), "done", moment(one.until), note=one.ended_words)))
    return lines


def _extended(case: Case) -> list[tuple[datetime, Moment]]:
    """That the limit was extended, and why."""
    reasons = {one.id: one.reason for one in case.extensions.all()}
    return [
        (one.at, Moment(_("期限延长"), "done", moment(one.at), note=reasons.get(one.extension_id, "")))
        for one in case.extensionanswers.all()
        if one.granted
    ]


def _steps(case: Case, passed: list[Passage]) -> list[tuple[datetime, Moment]]:
    """The places of the process that people worked at; the last one is where the case stands."""
    worked = [(passage.node, passage.at) for passage in passed if naming.is_worked(case, passage.node)]
    together = [(node, at, len(list(same))) for (node, at), same in groupby(worked)]
    lines = []
    for number, (node, at, many) in enumerate(together, start=1):
        last = number == len(together)
        standing = last and case.status not in {Status.DECIDED, Status.CLOSED, Status.CORRECTING}
        note = _("%(n)s 家单位同时办理") % {"n": many} if many > 1 else ""
        state: State = "now" if standing else "done"
        lines.append((at, Moment(naming.node(case, node), state, moment(at), note=note)))
    return lines


def _expected(run: Course) -> list[Moment]:
    running = {clock.kind: clock for clock in run.clocks if clock.state == ClockState.RUNNING}
    clock = running.get("promised") or running.get("acceptance")
    end = run.end(clock) if clock else None
    if clock is None or end is None or end.last_day is None:
        return []
    title = _("承诺办结") if clock.kind == "promised" else _("最迟受理")
    return [Moment(title, "next", day(end.last_day), because=end.words)]
