"""What the clocks of a case wait for 中止与延期, as it is shown: suspensions, extensions, offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yizhan import clock as house_clock
from yizhan.calendar import running_words
from yizhan.calendar.deadlines import Unit
from yizhan.cases import ends, extending, naming, suspending
from yizhan.cases.models import Case, Clock, ClockState, Extension, Suspension
from yizhan.cases.offering import Work
from yizhan.identity.actor import Actor
from yizhan.ui.language import listed


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


def suspension(one: Suspension, works: list[Work]) -> ShownSuspension:
    """Whoever could do an open task may say that it is over; of a department's own, whoever has that task."""
    fit = [work for work in works if work.standing != "elsewhere" and one.task in (None, work.task.id)]
    may_end = one.until is None and one.kind != "supplement" and bool(fit)
    return ShownSuspension(
        one.id, naming.suspension(one.kind), one, ends.basis_words(one.basis), one.task is not None, may_end
    )


def extension(case: Case, one: Extension, by: Actor) -> ShownExtension:
    """A request for more time; whoever asked does not answer it."""
    answer = next((said for said in case.extensionanswers.all() if said.extension_id == one.id), None)
    open_ = answer is None and case.closed_at is None and not extending.asked_by(by, one)
    return ShownExtension(
        one,
        running_words.amount(one.amount, Unit(naming.item(case).limits.promised.unit)),
        ends.basis_words(one.basis),
        answer,
        open_ and extending.may_answer(by, one),
    )


def offers(case: Case, clocks: list[Clock], suspensions: list[Suspension]) -> list[Offer]:
    """What running clocks can be made to wait for, beside what they wait for already."""
    running = {one.kind for one in clocks if one.state != ClockState.STOPPED}
    waiting = {(one.kind, one.task is not None) for one in suspensions if one.until is None}
    return [
        Offer(
            f"{rule.kind}.{rule.of}",
            naming.suspension(rule.kind),
            listed(naming.clock(kind) for kind in rule.clocks if kind in running),
            naming.basis(rule.basis) if rule.basis else "",
            rule.ends == "planned_day",
            rule.document == "required" and not suspending.has_paper(case, rule.kind, own=rule.of == "task"),
            rule.restart,
        )
        for rule in suspending.rules(case)
        if running & set(rule.clocks) and (rule.kind, rule.of == "task") not in waiting
    ]


def more(case: Case, clocks: list[Clock], extensions: list[Extension]) -> str:
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
