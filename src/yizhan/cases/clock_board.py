"""The clocks of a case for those who handle it 时限一览: how each runs and why, what it waits for, what can be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from yizhan import clock as house_clock
from yizhan.calendar import countdown, running_words
from yizhan.cases import clock_waits, ends, naming, suspending
from yizhan.cases.clock_waits import Offer, ShownExtension, ShownSuspension
from yizhan.cases.models import Card, Case, Clock, ClockState, Colour
from yizhan.cases.offering import Work
from yizhan.cases.progress import Course
from yizhan.identity.actor import Actor
from yizhan.ui.language import local


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
        [clock_waits.suspension(one, works) for one in suspensions],
        [clock_waits.extension(case, one, by) for one in extensions],
        clock_waits.offers(case, clocks, suspensions) if work else [],
        clock_waits.more(case, clocks, extensions) if work else "",
        work is not None and suspending.has_paper(case, "", own=False),
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
    names = naming.units(codes)
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
