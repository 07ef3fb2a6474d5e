"""Cards 预警与亮牌: rows that fall once for a clock and colour, by timers, at moments that a table gives colours.

A clock that runs has a timer for each moment at which a card may fall. Whatever stops the clock takes them away in
the same step; whatever moves its end moves them. A card stays when the end moves later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils import translation

from yizhan import calendar
from yizhan.calendar.daytable import ONE_DAY
from yizhan.calendar.deadlines import day_of
from yizhan.cases import card_rules, telling
from yizhan.cases.models import Card, Clock, ClockState, Colour
from yizhan.cases.refusals import TooLate
from yizhan.cases.step import Step
from yizhan.cases.unit_choice import unit_of
from yizhan.clock import ZONE
from yizhan.releases.words import Text
from yizhan.workflow.processes.effects import UnitChoice

KIND = "card"
WARN, DUE, UNCORRECTED = "warn", "due", "uncorrected"
WATCHED = frozenset({"acceptance", "promised", "statutory", "internal", "delivery"})
_MOMENT = timedelta(microseconds=1)


def arm(step: Step, clock: Clock, *, fresh: bool = False) -> None:
    """Set the timers of a clock anew, as it stands now; none while it stands still.

    Args:
        step: the step that starts or moves it.
        clock: the clock.
        fresh: it begins now, so there are none to be taken away.
    """
    if clock.kind not in WATCHED:
        return
    if not fresh:
        disarm(step, [clock.id])
    for moment, at in moments(clock, step.item.type, _rules(step)):
        _timer(step, clock, moment, at)


def moments(clock: Clock, item_type: str, rules: card_rules.Rules) -> list[tuple[str, datetime]]:
    """When something may fall of a clock as it stands now; nothing of one that stands still or is not watched."""
    if clock.kind not in WATCHED or clock.state != ClockState.RUNNING or clock.due_at is None:
        return []
    wanted = [(DUE, clock.due_at)]
    if clock.warn_at is not None and clock.warn_at > clock.started_at:
        wanted.insert(0, (WARN, clock.warn_at))
    asked = [(rules.of(moment, clock.kind, item_type), moment, at) for moment, at in wanted]
    return [(moment, at) for rule, moment, at in asked if rule.colour or rule.again]


def disarm(step: Step, clocks: Iterable[int]) -> None:
    """These clocks have stopped, or stand still."""
    step.sheet.drop_timers(
        KIND, [f"{clock}:{moment}" for clock in clocks for moment in (WARN, DUE, UNCORRECTED)]
    )


def fall(step: Step, ref: str) -> None:
    """A moment of a clock has come: the card that the table gives it, unless there is one of that colour.

    Raises:
        TooLate: the clock no longer runs.
    """
    number, _colon, moment = ref.partition(":")
    running = [one for one in step.sheet.clocks if one.state == ClockState.RUNNING]
    clock = next((one for one in running if one.id == int(number)), None)
    if clock is None or clock.due_at is None:
        raise TooLate
    rule = _rules(step).of(moment, clock.kind, step.item.type)
    at = _at(step, clock, moment)
    if rule.again:
        _timer(step, clock, UNCORRECTED, _later(clock.due_at, rule.again))
    known = Card.objects.filter(case=step.case, clock=clock.id, colour=rule.colour).exists()
    if rule.colour and not known:
        _issue(step, clock, rule, _Fallen(moment, clock.due_at, at))


class _Fallen(NamedTuple):
    """Which moment came, of a limit that ended when, and when it really was."""

    moment: str
    due: datetime
    at: datetime


def _issue(step: Step, clock: Clock, rule: card_rules.Rule, fallen: _Fallen) -> None:
    task = step.sheet.task(clock.task) if clock.task else None
    card = Card.objects.create(
        case=step.case,
        clock=clock.id,
        kind=clock.kind,
        moment=fallen.moment,
        colour=Colour(rule.colour),
        rule=rule.rule,
        because={"zh": rule.because.zh, "en": rule.because.en},
        unit=task.unit if task else step.case.unit,
        task=clock.task,
        node=clock.node,
        due=fallen.due,
        at=fallen.at,
        noticed_at=step.at,
        number=step.case.number,
        item=step.case.item_id,
        release=step.case.release_id,
        subject_mask=step.case.masked_name,
    )
    step.note(
        card={
            "colour": card.colour,
            "clock": clock.kind,
            "at": fallen.at.isoformat(),
            "because": card.because,
        }
    )
    _tell(step, card)
    step.news("card.issued", colour=card.colour, clock=clock.kind, at_unit=card.unit, task=clock.task)


def _tell(step: Step, card: Card) -> None:
    """Whoever the item wants to be told of such a card."""
    for letter in step.item.limits.cards:
        if card.colour in letter.colours and card.kind in letter.clocks:
            choice, here = UnitChoice.of(letter.unit), step.units.any(card.unit)
            said = {
                "card": _in_both(Colour(card.colour)),
                "due": day_of(card.due - _MOMENT),
                "unit": telling.named([here]),
            }
            units = [unit_of(step, choice) if choice else here]
            telling.tell(step, letter.template, role=letter.to, node=card.node, units=units, **said)


def _in_both(colour: Colour) -> Text:
    with translation.override("en"):
        english = str(colour.label)
    with translation.override("zh-hans"):
        return Text(zh=str(colour.label), en=english)


def _at(step: Step, clock: Clock, moment: str) -> datetime:
    """The moment itself, which is earlier than now where nobody was there to notice."""
    if moment == WARN and clock.warn_at is not None:
        return clock.warn_at
    if moment == DUE and clock.due_at is not None:
        return clock.due_at
    timers = _rules(step).of(DUE, clock.kind, step.item.type)
    return _later(clock.due_at, timers.again) if clock.due_at else step.at


def _later(due_at: datetime, working_days: int) -> datetime:
    """The end of so many working days after the last day of a limit."""
    last = day_of(due_at - _MOMENT)
    return datetime.combine(calendar.table().due(last, working_days) + ONE_DAY, time(), ZONE)


def _rules(step: Step) -> card_rules.Rules:
    if step.found is None:
        return card_rules.rules(step.case.release_id, card_rules.site())
    return card_rules.rules(step.case.release_id, step.found.supervision)


def _timer(step: Step, clock: Clock, moment: str, at: datetime) -> None:
    step.sheet.set_timer(KIND, f"{clock.id}:{moment}", at)
