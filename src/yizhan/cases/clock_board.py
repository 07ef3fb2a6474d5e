"""The clocks of a case for those who handle it 时限一览: how each runs and why, what it waits for, what can be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yizhan import clock as house_clock
from yizhan.calendar import countdown, running_words
from yizhan.calendar.deadlines import Unit
from yizhan.cases import ends, extending, naming, suspending
from yizhan.cases.models import Card, Case, Clock, ClockState, Colour, Extension, Suspension
from yizhan.cases.offering import Work
from yizhan.cases.progress import Course
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit as Organisation
from yizhan.ui.language import listed, local


@dataclass(frozen=True)
class ShownCard:
    """A card of a clock; ``annulled`` says by whom and why it no longer counts."""

    colour: str
    title: str
    because: str
    at: datetime
    noticed_at: datetime
    annulled: str = ""


@dataclass(frozen=True)
class ShownClock:
    """One clock, with its sentences.

    Attributes:
        where: the place of a department's clock.
        used: empty once the limit has passed; then ``left`` says by how much.
    """

    kind: str
    title: str
    where: str
    state: str
    due_at: datetime | None
    warn_at: datetime | None
    used: str
    left: str
    course: ends.Course
    cards: list[ShownCard] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """Why it ends when it does."""
        return self.course.why


@dataclass(frozen=True)
class ShownSuspension:
    """What is or was waited for."""

    id: int
    title: str
    row: Suspension
    basis: str
    own: bool
    may_end: bool


@dataclass(frozen=True)
class ShownExtension:
    """A request for more time, and its answer if there is one."""

    row: Extension
    amount: str
    basis: str
    answer: Any
    may_answer: bool


@dataclass(frozen=True)
class Offer:
    """What the clocks can be made to wait for."""

    value: str
    title: str
    clocks: str
    basis: str
    needs_day: bool
    needs_paper: bool
    restart: bool


@dataclass(frozen=True)
class Board:
    """All of it; ``more`` is the extension that can be asked for, in words.

    Attributes:
        writes: whether the house itself makes the paper that tells of a suspension.
    """

    clocks: list[ShownClock]
    suspensions: list[ShownSuspension]
    extensions: list[ShownExtension]
    offers: list[Offer]
    more: str
    writes: bool

    @property
    def running(self) -> list[ShownClock]:
        """Those that have not stopped."""
        return [one for one in self.clocks if one.state != ClockState.STOPPED]

    @property
    def stopped(self) -> list[ShownClock]:
        """Those that have."""
        return [one for one in self.clocks if one.state == ClockState.STOPPED]


def board(case: Case, course: Course, works: list[Work], *, by: Actor) -> Board:
    """Gather it from the rows of a case that was read in one look."""
    work = next((one for one in works if one.workable), None)
    clocks = [one for one in case.clocks.all() if one.stopped_at != one.started_at]
    clocks.sort(key=lambda one: (one.state == ClockState.STOPPED, one.task is not None, one.id))
    where = _places(case, clocks)
    suspensions = sorted(case.suspensions.all(), key=lambda one: -one.id)
    extensions = sorted(case.extensions.all(), key=lambda one: -one.id)
    return Board(
        [_clock(case, one, course, where.get(one.id, "")) for one in clocks],
        [_suspension(one, works) for one in suspensions],
        [_extension(case, one, by) for one in extensions],
        _offers(case, clocks, suspensions) if work else [],
        _more(case, clocks, extensions) if work else "",
        naming.item(case).papers.suspended is not None,
    )


def _clock(case: Case, one: Clock, course: Course, where: str) -> ShownClock:
    end = course.end(one)
    used = left = ""
    if one.state != ClockState.STOPPED and one.kind != "supplement":
        so_far = ends.used(one, house_clock.now(), course.calendar, course.spans)
        unit = so_far.budget.unit
        if so_far.standing:
            used, left = running_words.length(so_far.used, unit), running_words.length(so_far.left, unit)
        else:
            late = end.due_at if unit.in_hours else end.last_day
            left = countdown.remaining(course.calendar, house_clock.now(), late).words() if late else ""
    cards = [_card(case, card) for card in case.cards.all() if card.clock == one.id]
    return ShownClock(
        one.kind, naming.clock(one.kind), where, one.state, one.due_at, one.warn_at, used, left, end, cards
    )


def _card(case: Case, card: Card) -> ShownCard:
    annulment = next((one for one in case.cardannulments.all() if one.card_id == card.id), None)
    return ShownCard(
        card.colour,
        str(Colour(card.colour).label),
        local(card.because),
        card.at,
        card.noticed_at,
        f"{annulment.by}：{annulment.reason}" if annulment else "",
    )


def _places(case: Case, clocks: list[Clock]) -> dict[int, str]:
    """The place of each department's clock; with the unit, where several departments work at one place."""
    own = [one for one in clocks if one.task is not None]
    several = {node for node, number in Counter(one.node for one in own).items() if number > 1}
    units = {task.id: task.unit for task in case.tasks.all()}
    codes = {units.get(one.task or 0, "") for one in own if one.node in several}
    names = {one.code: str(one) for one in Organisation.objects.filter(code__in=codes)} if codes else {}
    return {
        one.id: " · ".join(
            part
            for part in (
                naming.node(case, one.node),
                names.get(units.get(one.task or 0, ""), "") if one.node in several else "",
            )
            if part
        )
        for one in own
    }


def _suspension(one: Suspension, works: list[Work]) -> ShownSuspension:
    """Whoever could do an open task may say that it is over; of a department's own, whoever has that task."""
    fit = [work for work in works if work.standing != "elsewhere" and one.task in (None, work.task.id)]
    may_end = one.until is None and one.kind != "supplement" and bool(fit)
    return ShownSuspension(
        one.id, naming.suspension(one.kind), one, ends.basis_words(one.basis), one.task is not None, may_end
    )


def _extension(case: Case, one: Extension, by: Actor) -> ShownExtension:
    answer = next((said for said in case.extensionanswers.all() if said.extension_id == one.id), None)
    open_ = answer is None and case.closed_at is None and not extending.asked_by(by, one)
    return ShownExtension(
        one,
        running_words.amount(one.amount, Unit(naming.item(case).limits.promised.unit)),
        ends.basis_words(one.basis),
        answer,
        open_ and extending.may_answer(by, one),
    )


def _offers(case: Case, clocks: list[Clock], suspensions: list[Suspension]) -> list[Offer]:
    running = {one.kind for one in clocks if one.state != ClockState.STOPPED}
    waiting = {(one.kind, one.task is not None) for one in suspensions if one.until is None}
    return [
        Offer(
            f"{rule.kind}.{rule.of}",
            naming.suspension(rule.kind),
            listed(naming.clock(kind) for kind in rule.clocks if kind in running),
            naming.basis(rule.basis) if rule.basis else "",
            rule.ends == "planned_day",
            rule.document == "required"
            and suspending.paper_of(naming.item(case), own=rule.of == "task") is None,
            rule.restart,
        )
        for rule in suspending.rules(case)
        if running & set(rule.clocks) and (rule.kind, rule.of == "task") not in waiting
    ]


def _more(case: Case, clocks: list[Clock], extensions: list[Extension]) -> str:
    """The extension that can still be asked for, in words; empty where there is none."""
    rule = extending.rule(case)
    refused = {said.extension_id for said in case.extensionanswers.all() if not said.granted}
    if rule is None or any(one.id not in refused for one in extensions):
        return ""
    now = house_clock.now()
    fit = [one for one in clocks if one.kind in rule.clocks and one.state == ClockState.RUNNING]
    if not any(one.due_at and one.due_at > now for one in fit):
        return ""
    return running_words.amount(rule.amount, Unit(naming.item(case).limits.promised.unit))


def data(case: Case, course: Course) -> dict[str, Any]:
    """All clocks of a case for programs: plain values, each with its explanation (``Explanation.data``)."""
    found = []
    for one in sorted(case.clocks.all(), key=lambda clock: clock.id):
        found.append(
            {
                "clock": one.id,
                "kind": one.kind,
                "title": naming.clock(one.kind),
                "task": one.task,
                "node": one.node,
                "state": one.state,
                "started_at": one.started_at.isoformat(),
                "due_at": _iso(one.due_at),
                "warn_at": _iso(one.warn_at),
                "provisional": one.provisional,
                "used": one.used,
                "basis": one.basis,
                "cards": [
                    {
                        "colour": card.colour,
                        "rule": card.rule,
                        "at": _iso(card.at),
                        "noticed_at": _iso(card.noticed_at),
                    }
                    for card in case.cards.all()
                    if card.clock == one.id
                ],
                "explanation": course.end(one).explanation.data(daily=True),
            }
        )
    return {"case": case.number, "clocks": found}


def _iso(moment: datetime | date | None) -> str | None:
    return moment.isoformat() if moment else None
